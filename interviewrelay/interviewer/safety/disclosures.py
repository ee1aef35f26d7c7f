"""Disclosures that get no follow-up: a death, harm, grave illness, a secret.

The reply is one sentence of sympathy or thanks; they are neither asked about nor quoted.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.patterns.pattern_prefilter import (
    PatternIndex,
    split_alternatives,
    trigrams,
)
from interviewrelay.interviewer.text.tokenization import (
    get_base_language,
    normalize,
    split_passages,
    strip_accents,
)

_TABLE: Final = "disclosures"
LOSS, HARM, ILL, SECRET = "loss", "harm", "ill", "secret"
KINDS = (LOSS, HARM, ILL, SECRET)
"""In order of priority."""


def _forms(code: str) -> Iterator[tuple[tuple[str, int], str]]:
    for kind in KINDS:
        for number, form in enumerate(
            split_alternatives(languages.read_pattern_source(code, _TABLE, kind))
        ):
            yield (kind, number), form


TOLD: Final = languages.build_by_language(
    _TABLE, LOSS, lambda code: PatternIndex(dict(_forms(code)))
)
"""Patterns of each kind, by language."""
_NONE: Final = languages.build_by_language(
    _TABLE,
    "none",
    lambda code: tuple(map(LazyPattern, languages.list_pattern_sources(code, _TABLE, "none"))),
)
_FIRST: Final = languages.load_patterns(_TABLE, "first")
_SEEN: Final = languages.load_pattern(_TABLE, "seen")
_GOES_ON: Final = languages.load_pattern(_TABLE, "goes_on")
_END: Final = re.compile(r"[.!?] ")


def classify_disclosure(text: str, language: str) -> str:
    """Kind of disclosure in a text, or empty. English is always checked."""
    codes = _codes(language)
    kinds = {kind for passage in split_passages(text) for kind in _kinds(passage, codes)}
    return next((kind for kind in KINDS if kind in kinds), "")


def _kinds(passage: str, codes: Sequence[str]) -> set[str]:
    line = strip_accents(normalize(passage))
    grams = trigrams(line)
    likely = [(code, *found) for code in codes for found in TOLD[code].candidates(line, grams)]
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
    return [code for code in dict.fromkeys(("en", get_base_language(language))) if code in TOLD]
