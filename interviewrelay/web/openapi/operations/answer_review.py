"""Looking over one's own answers before the end."""

from dataclasses import replace
from typing import Final

from interviewrelay.core.errors import (
    Conflict,
    Forbidden,
    InviteCancelled,
    SessionAlreadyCompleted,
)
from interviewrelay.web.openapi.examples import sessions
from interviewrelay.web.openapi.operations.operation import Operation
from interviewrelay.web.openapi.schemas import participant
from interviewrelay.web.participant.answer_review import ReviewIn

_LOOK: Final = Operation(
    zone="participant",
    view="look_over",
    method="GET",
    path="/interview/{token}/review",
    tag="Participant",
    summary="Look over the answers",
    words="All answers so far, each with its question, as long as the interview goes on.",
    answers={200: participant.Reviewed},
    files={"text/html": "The page, for browsers."},
    refusals=(Conflict, SessionAlreadyCompleted, InviteCancelled),
    example=sessions.REVIEWED,
)

REVIEWING: Final = (
    _LOOK,
    replace(
        _LOOK,
        view="change_answer",
        method="POST",
        files={},
        summary="Change an answer",
        words="`correct` puts other words in its place and keeps the first ones, `strike` deletes "
        "its words for good, `do_not_quote` keeps summaries and themes from quoting it, `quote` "
        "allows that again. Until the end of the interview.",
        body=ReviewIn,
        refusals=(Conflict, SessionAlreadyCompleted, InviteCancelled, Forbidden),
        sent={"number": 2, "act": "do_not_quote"},
    ),
)
