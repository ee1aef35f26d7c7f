"""Completeness: who ended an interview, and whether its guide was worked through."""

from typing import Final, Literal

from interviewrelay.core.conversation import Decision
from interviewrelay.interviewer import acts
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.state import conditions
from interviewrelay.interviewer.state.state import State
from interviewrelay.interviewer.understanding import response

EndedBy = Literal["interviewer", "participant", "care", "time", "researcher"]
"""`interviewer`: the script went to its close. `participant`: they stopped, pressed End or withdrew.
`care`: an answer spoke of acute danger. `time`: nothing was answered for a day. `researcher`: nothing
ends an interview so today.
"""

_PUT: Final = frozenset({"covered", "duplicate"})
"""Reasons for which a question is passed over because it was put, or answered, already."""


def ended_by(decision: Decision, state: State) -> EndedBy:
    """Who ends it with this decision, which has the act `end` or `care`."""
    if decision.act == acts.CARE:
        return "care"
    return "participant" if state.response == response.STOP_NOW else "interviewer"


def is_complete(guide: Guide, state: State, by: EndedBy) -> bool:
    """Whether every question of importance `must` that applied was put to the person (asked, or found
    answered) and the interviewer came to its close.

    It came to its close where it ended the interview, and where the person did so at the closing
    question, when nothing of the script was left.
    """
    closed = by == "interviewer" or (by == "participant" and state.closing_asked)
    musts = [q for q in guide.questions if q.importance == "must"]
    return closed and all(
        _was_put(state, must) or not conditions.applies(guide, state, must) for must in musts
    )


def _was_put(state: State, question: Question) -> bool:
    return question.id in state.threads or state.passed.get(question.id) in _PUT
