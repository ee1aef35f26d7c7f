"""Direct answers: a clause that states the fact answers the question for it."""

from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.guide import Need
from interviewrelay.interviewer.text.tokenization import (
    filter_content_words,
    get_base_language,
    get_cached_stems,
    get_stem,
    normalize,
    split_words,
    strip_accents,
)
from interviewrelay.interviewer.understanding.coverage import FoundNeed

FEWEST_DETAILS = 2
"""Minimum words beside the cue: "a course on safety in spring" tells, "a course" does not."""

ASKS_WHAT: Final = languages.load_pattern("facts", "asks_what")
_CLAUSE: Final = languages.load_pattern("facts", "clause")
_THERE_WAS: Final = languages.load_patterns("facts", "there_was")
_NONE: Final = languages.load_pattern("facts", "none")


def is_direct_answer(need: Need, found: FoundNeed, language: str) -> bool:
    """True if the sentence that shows a need states what its question asks for."""
    there_was = _THERE_WAS.get(get_base_language(language))
    if there_was is None or not ASKS_WHAT.match(strip_accents(normalize(need.ask))):
        return False
    cues = [need.cues[n] for n in found.cues]
    single = frozenset().union(
        *(get_cached_stems(cue, language) for cue in cues if len(split_words(cue)) == 1)
    )
    named = get_cached_stems(f"{need.label} {need.ask}", language) | single
    return any(
        there_was.search(strip_accents(clause)) is not None
        and _NONE.search(strip_accents(clause)) is None
        and _tells_more(clause, single, named, language)
        for clause in _CLAUSE.split(normalize(found.quote))
    )


def _tells_more(
    clause: str, cues: frozenset[str], named: frozenset[str], language: str
) -> bool:
    """True if a clause has a cue, and words that the question lacks."""
    said = [
        get_stem(word, language) for word in filter_content_words(split_words(clause), language)
    ]
    return not cues.isdisjoint(said) and len(set(said) - named) >= FEWEST_DETAILS
