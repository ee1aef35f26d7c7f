"""The participant's page, as far as it speaks JSON. Without a key: the token is the right."""

from dataclasses import replace
from typing import Final

from interviewrelay.core.errors import (
    CampaignNotActive,
    Conflict,
    Forbidden,
    InsufficientCredits,
    InviteCancelled,
    InviteExpired,
    PlanLimitReached,
    RateLimited,
    SessionAlreadyCompleted,
)
from interviewrelay.web.openapi.examples import sessions as examples_talk, studies
from interviewrelay.web.openapi.operations.operation import Operation, Refusals
from interviewrelay.web.openapi.schemas import sessions
from interviewrelay.web.participant.interview import FeedbackIn, SkipIn, StartIn, TurnIn

_CLOSED: Final[Refusals] = (InviteCancelled,)
_UNDER_WAY: Final[Refusals] = (Conflict, SessionAlreadyCompleted, Forbidden, *_CLOSED)

_LOOK: Final = Operation(
    zone="participant",
    view="open_link",
    method="GET",
    path="/interview/{token}",
    tag="Participant",
    summary="Open the link",
    words="What a participant is told before they start. Changes nothing.",
    answers={200: sessions.Opened},
    files={"text/html": "The page, for browsers."},
    refusals=(CampaignNotActive, InviteExpired, *_CLOSED),
    example=examples_talk.OPENED,
)
_STEP: Final = replace(
    _LOOK,
    method="POST",
    files={},
    answers={200: sessions.State},
    example=examples_talk.STATE,
)

PARTICIPANT: Final = (
    _LOOK,
    replace(
        _STEP,
        view="start",
        path="/interview/{token}/start",
        summary="Start",
        words="Begin (201), or come back to where it stood (200). Query parameters of the link "
        "are kept as metadata.",
        body=StartIn,
        body_required=False,
        answers={201: sessions.Started, 200: sessions.Started},
        gives={"session_id": "/session_id"},
        refusals=(
            InsufficientCredits,
            CampaignNotActive,
            InviteExpired,
            *_UNDER_WAY,
        ),
        sent={"consent": True},
        example=examples_talk.STARTED,
    ),
    replace(
        _STEP,
        view="note_opened",
        path="/interview/{token}/opened",
        summary="Tell that it is opened",
        words="The page sends it at the first sign of a person before the interview: a press, a "
        "touch, a key. Counted once in the campaign's `opened`; a start counts there by itself.",
        answers={204: None},
        refusals=(CampaignNotActive, InviteExpired, Forbidden, *_CLOSED),
        example=None,
    ),
    replace(
        _STEP,
        view="answer_question",
        path="/interview/{token}/turns",
        summary="Answer",
        words="Questions have odd numbers, answers even ones. The answer is stored before "
        "anything else happens; the same number with the same text again gives the same reply "
        "(200). A number that is not next: 409 `CONFLICT` with the state in `details`. A text "
        "has at most 10,000 characters.",
        body=TurnIn,
        answers={201: sessions.Reply, 200: sessions.Reply},
        refusals=_UNDER_WAY,
        sent={"number": 2, "text": "It went well."},
        example=examples_talk.REPLY,
    ),
    replace(
        _STEP,
        view="skip_question",
        path="/interview/{token}/skip",
        summary="Skip",
        words="Leave a question unanswered; `number` is the one that its answer would have.",
        body=SkipIn,
        answers={200: sessions.Skipped},
        refusals=_UNDER_WAY,
        sent={"number": 2},
        example={
            **examples_talk.STATE,
            **examples_talk.REPLY,
            "saved": {"number": 2, "text": "", "skipped": True},
        },
    ),
    replace(
        _STEP,
        view="read_state",
        method="GET",
        path="/interview/{token}/state",
        summary="Read the state",
        words="Everything that a reload or another device needs.",
        refusals=(Conflict, *_CLOSED),
    ),
    *(
        replace(
            _STEP,
            view=verb,
            path=f"/interview/{{token}}/{verb}",
            summary=summary,
            words=words,
            refusals=_UNDER_WAY,
            example={**examples_talk.STATE, "status": status},
        )
        for verb, summary, words, status in (
            ("pause", "Pause", "Time spent paused is not charged.", "paused"),
            ("resume", "Resume", "Go on after a pause.", "in_progress"),
        )
    ),
    replace(
        _STEP,
        view="complete",
        path="/interview/{token}/complete",
        summary="End",
        words="End the interview; again changes nothing.",
        refusals=_UNDER_WAY,
        example={
            **examples_talk.STATE,
            "status": "completed",
            "next_number": None,
            "closing": "Thank you for your time.",
        },
    ),
    replace(
        _STEP,
        view="give_feedback",
        path="/interview/{token}/feedback",
        summary="Feedback",
        words="What a participant thinks of the interview and, if they like, of the closing summary.",
        body=FeedbackIn,
        refusals=_UNDER_WAY,
        sent={"rating": 5, "comment": "It listened."},
        example={
            **examples_talk.STATE,
            "status": "completed",
            "next_number": None,
            "closing": "Thank you for your time.",
        },
    ),
    replace(
        _STEP,
        view="send_copy",
        path="/interview/{token}/copy",
        summary="A copy by mail",
        words="Send what was said to the address of the invite, after the end. It goes once; asking "
        "again changes nothing. 409 where this server sends no mail.",
        refusals=(*_UNDER_WAY, PlanLimitReached, RateLimited),
        example={
            **examples_talk.STATE,
            "status": "completed",
            "next_number": None,
            "closing": "Thank you for your time.",
        },
    ),
    replace(
        _STEP,
        view="withdraw",
        path="/interview/{token}/withdraw",
        summary="Withdraw",
        words="Erase everything that was said, and who said it.",
        answers={200: sessions.Withdrawn},
        refusals=(Forbidden,),
        example={
            "session_id": studies.SESSION_ID,
            "status": "withdrawn",
            "turns": [],
            "next_number": None,
            "progress": None,
            "closing": None,
        },
    ),
)
