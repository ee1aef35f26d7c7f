"""Whether somebody speaks of a danger to a life: a person's own, or that of somebody beside them.

It errs on the side of yes; idioms and plain denials are taken out first. What it must catch, and what
it must let pass, is written down line by line in `tests/interviewer/danger/`.

All languages are looked for in every answer, as people change theirs when it matters; and without
accents, as people leave them out.
"""

from typing import Final

from interviewrelay.interviewer import (
    danger_ar as ar,
    danger_de as de,
    danger_en as en,
    danger_es as es,
    danger_fr as fr,
    danger_nl as nl,
    misspelt,
)
from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.needles import Haystacks, trigrams, ways
from interviewrelay.interviewer.words import passages, unaccented

LANGUAGES: Final = {"ar": ar, "de": de, "en": en, "es": es, "fr": fr, "nl": nl}

_DANGER: Final = Haystacks(
    {way: way for spoken in LANGUAGES.values() for p in spoken.DANGER for way in ways(p)}
)
_NO_DANGER: Final = tuple(Late(p) for spoken in LANGUAGES.values() for p in spoken.NO_DANGER)


def in_danger(text: str) -> bool:
    """Whether a plain text, in any language known here, speaks of a danger to somebody's life."""
    return any(_in_danger(passage) for passage in passages(text))


def _in_danger(text: str) -> bool:
    text = misspelt.put_right(unaccented(text))
    heard = [p for _, p in _DANGER.likely(text, trigrams(text)) if p.search(text)]
    if not heard:  # most answers: what takes idioms out costs more than this
        return False
    for pattern in _NO_DANGER:
        text = pattern.sub(" ", text)
    return any(pattern.search(text) for pattern in heard)
