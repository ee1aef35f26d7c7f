"""Wish lexicon: what people want from the interviewer now, in any sentence.

Leaving, a pause, hurry, complaints and "that is all" are data, one file for each language in
`languages/`, with positive and negative examples. The format is that of `safety.care_lexicon`.
"""

from functools import cache
from typing import Final

from interviewrelay.interviewer.acts import act_patterns, participant_questions, stop_requests
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.safety.care_lexicon import (
    LANGUAGES,
    PhraseLexicon,
    is_arabic,
    read_lexicon,
)
from interviewrelay.interviewer.text.tokenization import get_base_language, once_a_turn

LEAVING, AWAY, WAIT, HURRY = "leaving", "away", "wait", "hurry"
COMPLAINT, MISQUOTED, TOLD, ENOUGH = "complaint", "misquoted", "told", "enough"
KINDS: Final = (LEAVING, AWAY, WAIT, HURRY, COMPLAINT, MISQUOTED, TOLD, ENOUGH)
LONG: Final = 25
"""Minimum words of a one-clause sentence that also tells something."""

_BY_ANYBODY: Final = frozenset({LEAVING, AWAY, WAIT, HURRY, COMPLAINT})
"""Wishes that people also report about others."""

_QUOTES: Final = LazyPattern('["\u201c\u201d\u201e\u00ab\u00bb]')


@cache
def load_lexicon(code: str) -> PhraseLexicon:
    """Wish lexicon of a language, read once."""
    return read_lexicon(code, "wishes", KINDS)


@once_a_turn
def find_wishes(sentence: str, language: str) -> frozenset[str]:
    """Wishes in one plain sentence, in the script's language, English or Arabic; none in reported
    speech.
    """
    codes = dict.fromkeys(("en", get_base_language(language)))
    if is_arabic(sentence):
        codes["ar"] = None
    found: frozenset[str] = frozenset().union(
        *(load_lexicon(code).find(sentence) for code in codes if code in LANGUAGES)
    )
    told = found and (stop_requests.TOLD_OF.search(sentence) or _QUOTES.search(sentence))
    return frozenset(k for k in found if k in KINDS and not (told and k in _BY_ANYBODY))


def split_wishes(line: str, language: str, *, first: bool) -> tuple[frozenset[str], str]:
    """Wishes in a plain sentence, and the rest of what it tells; `first` is true at the beginning
    of the text.

    "My bus is here, I have to go" tells nothing else, because a reason belongs to its wish.
    """
    kinds = find_wishes(line, language)
    if not first:
        kinds -= {MISQUOTED}  # "I never said that" about what others claimed
    if not kinds:
        return kinds, line
    clauses = participant_questions.CLAUSE.split(line)
    if not any(
        find_wishes(clause, language) for clause in clauses[: len(clauses) > 1 and None]
    ):
        return kinds, line if line.count(" ") >= LONG else ""
    left = [
        clause
        for clause in clauses
        if not (
            find_wishes(clause, language)
            or act_patterns.is_only_polite(clause, language)
            or stop_requests.says_why(clause, language)
        )
    ]
    return kinds, ", ".join(left)
