"""Ends that are said in several clauses: "that will do for today, please finish", "I am off, bye"."""

from collections.abc import Callable
from typing import Final

from interviewrelay.interviewer import act_patterns, asking, wishes
from interviewrelay.interviewer.act_patterns_leave import FAREWELLS, REASONS, TOLD_OF
from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.needles import Haystacks, trigrams

LONGEST = 160
"""Characters of a sentence that does no more than end it."""

LAST = 60
"""Characters of the clause with which somebody leaves."""


_FAREWELLS: Final = Haystacks(FAREWELLS)
_REASONS: Final = Haystacks(REASONS)
_TOLD_OF: Final = Late(TOLD_OF)
_ABOUT_IT: Final = Late(
    r"\b(?:interview|chat\w*|talk\w*|questions?|conversation|pleasure|nice|said|answer\w*|enough"
    r"|over|done|finish\w*|gespräch|fragen|nett|gesagt|genug|fertig|vorbei|gesprek|vragen|leuk|gezegd"
    r"|klaar|genoeg|entretien|plaisir|dit|fini|assez|entrevista|preguntas|gusto|dicho|todo)\b"
)


def says_goodbye(line: str, language: str) -> bool:
    """Whether a plain sentence of several clauses closes with a goodbye that is not told of."""
    *before, last = asking.CLAUSE.split(line)
    if not before or len(last) > LAST or not _fits(_FAREWELLS, last, language):
        return False
    return not (
        asking.REPORTED.search(before[-1])
        or _TOLD_OF.search(line)
        # "At six I was let out, bye": an account that closes so.
        or (wishes.tells_of_past(" ".join(before), language) and not _ABOUT_IT.search(line))
    )


def is_made_of(line: str, language: str, ends: Callable[[str], bool]) -> bool:
    """Whether some clause of a plain sentence `ends` it, and all others do too or say nothing."""
    clauses = asking.CLAUSE.split(line) if len(line) <= LONGEST else [line]
    found = False
    for clause in reversed(clauses[:-1] and clauses):
        if ends(clause):
            found = True
        elif not (act_patterns.polite(clause, language) or _fits(_REASONS, clause, language)):
            return False
    return found


def _fits(known: Haystacks[str], clause: str, language: str) -> bool:
    likely = [pattern for _, pattern in known.likely(clause, trigrams(clause))]
    forms = act_patterns.forms(clause, language) if likely else []
    return any(pattern.fullmatch(form) for pattern in likely for form in forms)
