"""Completeness: who ended an interview, and whether its guide was worked through."""

from typing import Final, Literal

from interviewrelay.core.conversation import Decision
from interviewrelay.interviewer import acts
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.state import conditions
from interviewrelay.interviewer.state.state import State
from interviewrelay.interviewer.understanding import response

EndedBy = Literal["interviewer", "participant", "care", "time", "researcher"]
"""Ended by. `interviewer`: the script was completed. `participant`: they stopped, pressed End or
withdrew. `care`: an answer mentioned acute danger. `time`: no answer for a day. `researcher`: not
used today.
"""

_PUT: Final = frozenset({"covered", "duplicate"})
"""Reasons for skipping a question that was asked or answered already."""


def get_ended_by(decision: Decision, state: State) -> EndedBy:
    """Ended by: who ends it with this decision, whose act is `end` or `care`."""
    if decision.act == acts.CARE:
        return "care"
    return "participant" if state.response == response.STOP_NOW else "interviewer"


def is_complete(guide: Guide, state: State, by: EndedBy) -> bool:
    """True if every applicable `must` question was put to the person (asked, or found answered) and
    the interviewer reached its close.

    It reached its close if it ended the interview, or if the person did so at the closing question,
    with nothing left of the script.
    """
    closed = by == "interviewer" or (by == "participant" and state.closing_asked)
    musts = [q for q in guide.questions if q.importance == "must"]
    return closed and all(
        _was_put(state, must) or not conditions.applies(guide, state, must) for must in musts
    )


def _was_put(state: State, question: Question) -> bool:
    return question.id in state.threads or state.passed.get(question.id) in _PUT
