"""Direct answers: a clause that states the fact answers the question for it."""

from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.guide import Need
from interviewrelay.interviewer.text.tokenization import (
    base_language,
    content_words,
    plain,
    stem,
    stems,
    unaccented,
    words,
)
from interviewrelay.interviewer.understanding.coverage import Found

FEWEST_DETAILS = 2
"""Minimum words beside the cue: "a course on safety in spring" tells, "a course" does not."""

ASKS_WHAT: Final = languages.pattern("facts", "asks_what")
_CLAUSE: Final = languages.pattern("facts", "clause")
_THERE_WAS: Final = languages.patterns("facts", "there_was")
_NONE: Final = languages.pattern("facts", "none")


def told_outright(need: Need, found: Found, language: str) -> bool:
    """True if the sentence that shows a need states what its question asks for."""
    there_was = _THERE_WAS.get(base_language(language))
    if there_was is None or not ASKS_WHAT.match(unaccented(plain(need.ask))):
        return False
    cues = [need.cues[n] for n in found.cues]
    single = frozenset().union(*(stems(cue, language) for cue in cues if len(words(cue)) == 1))
    named = stems(f"{need.label} {need.ask}", language) | single
    return any(
        there_was.search(unaccented(clause)) is not None
        and _NONE.search(unaccented(clause)) is None
        and _tells_more(clause, single, named, language)
        for clause in _CLAUSE.split(plain(found.quote))
    )


def _tells_more(
    clause: str, cues: frozenset[str], named: frozenset[str], language: str
) -> bool:
    """True if a clause has a cue, and words that the question lacks."""
    said = [stem(word, language) for word in content_words(words(clause), language)]
    return not cues.isdisjoint(said) and len(set(said) - named) >= FEWEST_DETAILS
