"""Disclosures that get no follow-up: a death, harm, grave illness, a secret.

The reply is one sentence of sympathy or thanks; they are neither asked about nor quoted.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import Late
from interviewrelay.interviewer.patterns.pattern_prefilter import Haystacks, trigrams, ways
from interviewrelay.interviewer.text.tokenization import (
    base_language,
    passages,
    plain,
    unaccented,
)

_TABLE: Final = "disclosures"
LOSS, HARM, ILL, SECRET = "loss", "harm", "ill", "secret"
KINDS = (LOSS, HARM, ILL, SECRET)
"""In order of priority."""


def _forms(code: str) -> Iterator[tuple[tuple[str, int], str]]:
    for kind in KINDS:
        for number, form in enumerate(ways(languages.written(code, _TABLE, kind))):
            yield (kind, number), form


TOLD: Final = languages.by_language(_TABLE, LOSS, lambda code: Haystacks(dict(_forms(code))))
"""Patterns of each kind, by language."""
_NONE: Final = languages.by_language(
    _TABLE, "none", lambda code: tuple(map(Late, languages.each(code, _TABLE, "none")))
)
_FIRST: Final = languages.patterns(_TABLE, "first")
_SEEN: Final = languages.pattern(_TABLE, "seen")
_GOES_ON: Final = languages.pattern(_TABLE, "goes_on")
_END: Final = re.compile(r"[.!?] ")


def disclosed(text: str, language: str) -> str:
    """Kind of disclosure in a text, or empty. English is always checked."""
    codes = _codes(language)
    kinds = {kind for passage in passages(text) for kind in _kinds(passage, codes)}
    return next((kind for kind in KINDS if kind in kinds), "")


def _kinds(passage: str, codes: Sequence[str]) -> set[str]:
    line = unaccented(plain(passage))
    grams = trigrams(line)
    likely = [(code, *found) for code in codes for found in TOLD[code].likely(line, grams)]
    if not any(form.search(line) for _, _, form in likely):  # most answers
        return set()
    for form in (form for code in codes for form in _NONE[code]):
        line = form.sub(" ", line)
    return {
        kind
        for code, (kind, _), form in likely
        if any(_is_own(line, found, kind, code) for found in form.finditer(line))
    }


def _is_own(line: str, found: re.Match[str], kind: str, code: str) -> bool:
    """True if the match concerns the speaker: another shift's accident does not."""
    first = _FIRST.get(code)
    if first is None or (kind == HARM and not _SEEN.search(found[0])):
        return True
    begins = _begin(line, found.start())
    if begins and _GOES_ON.match(line[begins:]):  # "My uncle was ill. He died in May."
        begins = _begin(line, begins - 2)
    ends = _END.search(line, found.end())
    return first.search(line[begins : ends.start() if ends else len(line)]) is not None


def _begin(line: str, at: int) -> int:
    """Start of the sentence at this position."""
    marks = (line.rfind(mark, 0, at) for mark in (". ", "! ", "? "))
    return max((mark + 2 for mark in marks if mark >= 0), default=0)


def _codes(language: str) -> list[str]:
    """Languages to check: the script's, and English."""
    return [code for code in dict.fromkeys(("en", base_language(language))) if code in TOLD]
