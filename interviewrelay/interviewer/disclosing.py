"""What people tell that is not gone into: a death, harm that was done, grave illness, a secret.

It is met with one sentence of sympathy or thanks, and neither asked about nor quoted. What speaks of
danger is told by `danger`, tears by `manner`.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from interviewrelay.interviewer import (
    disclosed_de as de,
    disclosed_en as en,
    disclosed_es as es,
    disclosed_fr as fr,
    disclosed_nl as nl,
)
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.needles import Haystacks, trigrams, ways
from interviewrelay.interviewer.words import (
    base_language,
    passages,
    plain,
    unaccented,
)

LOSS, HARM, ILL, SECRET = "loss", "harm", "ill", "secret"
KINDS = (LOSS, HARM, ILL, SECRET)
"""In the order in which they count."""

LANGUAGES: Final = {"de": de, "en": en, "es": es, "fr": fr, "nl": nl}


def _forms(code: str) -> Iterator[tuple[tuple[str, int], str]]:
    spoken = LANGUAGES[code]
    for kind in KINDS:
        forms = (way for form in getattr(spoken, kind.upper()) for way in ways(form))
        for number, form in enumerate(forms):
            yield (kind, number), form


_TOLD: Final[Mapping[str, Haystacks[tuple[str, int]]]] = {
    code: Haystacks(dict(_forms(code))) for code in LANGUAGES
}
_ILLNESS: Final = {code: Late(spoken.ILLNESS) for code, spoken in LANGUAGES.items()}
_NOT_TOLD: Final = {code: tuple(map(Late, spoken.NO)) for code, spoken in LANGUAGES.items()}


def disclosed(text: str, language: str) -> str:
    """The kind of what a text tells and is not gone into, or nothing. English is heard everywhere."""
    codes = _codes(language)
    kinds = {kind for passage in passages(text) for kind in _kinds(passage, codes)}
    return next((kind for kind in KINDS if kind in kinds), "")


def _kinds(passage: str, codes: Sequence[str]) -> set[str]:
    line = unaccented(plain(passage))
    grams = trigrams(line)
    likely = [found for code in codes for found in _TOLD[code].likely(line, grams)]
    if not any(form.search(line) for _, form in likely):  # most answers
        return set()
    for form in (form for code in codes for form in _NOT_TOLD[code]):
        line = form.sub(" ", line)
    return {kind for (kind, _), form in likely if form.search(line)}


def is_asked_for(guide: Guide, text: str) -> bool:
    """Whether the script itself asks for the illness that a text tells of."""
    told = _illnesses(text, guide.language)
    return bool(told) and not told.isdisjoint(_in_script(guide.questions, guide.language))


@lru_cache(maxsize=64)
def _in_script(questions: Sequence[Question], language: str) -> frozenset[str]:
    texts = (t for q in questions for t in (q.text, *q.probes, *(n.ask for n in q.needs)))
    return frozenset().union(*(_illnesses(text, language) for text in texts))


def _illnesses(text: str, language: str) -> frozenset[str]:
    line = unaccented(plain(text))
    return frozenset().union(*(_ILLNESS[code].findall(line) for code in _codes(language)))


def _codes(language: str) -> list[str]:
    """Whose forms are looked for: those of the script's language, and the English ones."""
    return [code for code in dict.fromkeys(("en", base_language(language))) if code in _TOLD]
