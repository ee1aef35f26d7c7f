"""Time limit for analysing an answer: one that takes too long is abandoned, marked and reported.

An answer is stored before it is analysed, so one that cannot be analysed would be retried by every
restart and worker. Instead it is marked `reading: abandoned`; the engine ignores its text from then
on, and the script's next question is asked. The same happens to a spoken answer that is not
transcribed yet, which is marked `unheard`.
"""

import logging
from dataclasses import replace
from typing import Any, Final

from interviewrelay.core.config import failpoints
from interviewrelay.core.conversation import ABANDONED, UNHEARD, is_abandoned_reading
from interviewrelay.core.db.session import transaction
from interviewrelay.interviewer import acts
from interviewrelay.interviewer.dialogue import controller
from interviewrelay.interviewer.patterns.lazy_pattern import MatchTimeout, time_limit
from interviewrelay.interviewer.understanding import response
from interviewrelay.interviewer.understanding.reading import Analysis
from interviewrelay.interviews import safety_alerts, state
from interviewrelay.interviews.turn_store import InterviewSnapshot
from interviewrelay.models import Interview
from interviewrelay.organizations import access

log = logging.getLogger(__name__)

CPU_SECONDS: Final = 2.0
"""Processor time in seconds for one reading; ordinary ones take a few milliseconds."""

REASONS: Final = {
    ABANDONED: "The answer took too long to analyse, so the next question was asked.",
    UNHEARD: "The spoken answer was not transcribed yet, so the next question was asked.",
}

_SENTENCE: Final = (
    "An answer in this interview took too long to analyse. It is saved, and the interview "
    "continued with the next question. No follow-up was based on it, so please read it yourself."
)


def get_next_move(
    snapshot: InterviewSnapshot, here: controller.EngineContext
) -> controller.Move:
    """The interviewer's move on the last answer, marked if that was not read."""
    heard = snapshot.turns[-1]
    if state.is_unheard(heard):
        heard.reading = _without_text(snapshot.language, UNHEARD)
    elif not is_abandoned_reading(heard.reading):
        try:
            with time_limit(CPU_SECONDS):
                failpoints.reach_failpoint("reading hangs")
                return _move(snapshot, here)
        except MatchTimeout:
            abandon_reading(snapshot)
    return _told(_move(snapshot, here), (heard.reading or {})["reading"])


def abandon_reading(snapshot: InterviewSnapshot) -> None:
    """Mark the last answer, so that the engine ignores its text."""
    heard = snapshot.turns[-1]
    log.error("answer_analysis_abandoned", extra={"session": snapshot.id, "turn": heard.number})
    heard.reading = _without_text(snapshot.language, ABANDONED)


def raise_alert(snapshot: InterviewSnapshot) -> None:
    """Alert owners and admins by email about an abandoned answer, once per interview; not for
    tests.
    """
    with transaction():
        interview = access.lock_row(Interview, snapshot.id)
        subject = "An answer could not be analysed"
        safety_alerts.notify_team(interview, "reading", subject, _SENTENCE)


def _move(snapshot: InterviewSnapshot, here: controller.EngineContext) -> controller.Move:
    return controller.next_move(snapshot.guide, state.build_engine_turns(snapshot.turns), here)


def _without_text(language: str, why: str) -> dict[str, Any]:
    """Empty reading, as if the participant had said that there is no more to tell."""
    reading = Analysis(acts=(acts.NOTHING_MORE,), telling=False)
    sense = response.Interpretation(
        response.NOTHING_MORE, answered=True, known=False, covered=frozenset()
    )
    return {**reading.as_json(language), "sense": sense.as_json(), "reading": why}


def _told(move: controller.Move, why: str) -> controller.Move:
    if move.decision is None:
        return move
    details = {**move.decision.details, "reading": why}
    reason = f"{REASONS[why]} {move.decision.reason}".strip()
    return replace(move, decision=replace(move.decision, reason=reason, details=details))
