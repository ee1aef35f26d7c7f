"""Going on on another device by a code."""

from typing import Final

from interviewrelay.core.errors import (
    Conflict,
    Forbidden,
    InviteCancelled,
    SessionAlreadyCompleted,
    UnknownCode,
)
from interviewrelay.web.openapi.examples import sessions
from interviewrelay.web.openapi.operations.operation import Operation
from interviewrelay.web.openapi.schemas import participant
from interviewrelay.web.participant.resume import CodeIn

RESUMING: Final = (
    Operation(
        zone="participant",
        view="ask_code",
        method="GET",
        path="/interview",
        tag="Participant",
        summary="The page for a code",
        words="Where a participant types in, on another device, the code of their interview.",
        answers={200: None},
        files={"text/html": "The page."},
    ),
    Operation(
        zone="participant",
        view="enter_code",
        method="POST",
        path="/interview",
        tag="Participant",
        summary="Go on by a code",
        words="The link that a code leads to; the code leads nowhere after that. Ten tries in 15 "
        "minutes from one address, 300 from all addresses together.",
        body=CodeIn,
        answers={200: participant.Entered},
        refusals=(UnknownCode, Forbidden),
        sent={"code": sessions.CODE},
        example=sessions.ENTERED,
    ),
    Operation(
        zone="participant",
        view="show_code",
        method="POST",
        path="/interview/{token}/code",
        tag="Participant",
        summary="A code for another device",
        words="It works once, within 24 hours, while the interview can go on; until then this "
        "gives the same one.",
        answers={200: participant.ForAnotherDevice},
        refusals=(Conflict, SessionAlreadyCompleted, Forbidden, InviteCancelled),
        example=sessions.FOR_ANOTHER_DEVICE,
    ),
)
