"""Representations of sessions and transcripts."""

from dataclasses import asdict
from typing import Final

from interviewrelay.core.conversation import Sentiment, Speaker
from interviewrelay.core.representation import (
    EXAMPLE_HOST,
    SESSION_ID,
    Count,
    Id,
    Representation,
    Shape,
    Time,
    Url,
    field,
)
from interviewrelay.insights import session_summary
from interviewrelay.interviews import event_payload, state
from interviewrelay.interviews.event_payload import Outcome, SessionOutcome
from interviewrelay.interviews.participation.representation import DECISION, Decision
from interviewrelay.models import Interview, TurnRow
from interviewrelay.runtime.services import Services

_ENDED: Final = event_payload.ENDED
_LEAVE: Final = "Thank you for your time."


class Consent(Representation):
    version: str = field(example="3f1c0a9be2d4")
    language: str = field(example="en")
    agreed_at: Time


class Safety(Representation):
    """An answer spoke of danger to a life, which ended the interview."""

    at: Time = field("safety_at")
    seen_at: Time | None = field("safety_seen_at")
    seen_by: str | None = field("safety_seen_by", "The address of whoever has seen it first.")


class Session(SessionOutcome):
    transcript_url: Url = field(example=f"{EXAMPLE_HOST}/api/session/{SESSION_ID}/transcript")
    audio_url: Url | None
    summary: str | None
    themes: list[session_summary.SessionTheme] = field(example=[])
    safety: Safety | None
    consent: Consent


class TranscriptTurn(Representation):
    timestamp: float = field(
        None,
        "Seconds since the interview began: when a question was asked, or an answer "
        "had been given.",
        example=0,
        ge=0,
    )
    speaker: Speaker = field(example="ai")
    text: str = field(example="Hello! Thank you for joining today.")
    sentiment: Sentiment = field(example="neutral")
    id: Id = field(example="cc0e8400-e29b-41d4-a716-446655440007")
    number: Count = field(example=1)
    duration: float | None = field(
        None, "Seconds from an answer's question to the answer.", ge=0
    )
    confidence: float | None = field(ge=0, le=1)
    question_id: str | None = field(example="q1")
    decision: Decision | None = field(example=DECISION)
    skipped: bool
    amends: Count | None = field(None, "The number of the answer that this one corrects.")
    amended_by: list[Count] = field(
        None,
        "The numbers of later answers that correct this one; its own text never changes.",
        example=[],
    )
    original: str | None = field(
        None,
        "What stood here before the participant corrected it while looking over their "
        "answers; empty where they had skipped the question. `text` is what holds.",
    )
    struck: bool = field(None, "Whether the participant took it back: its words are gone.")
    quotable: bool = field(
        None,
        "False where the participant wants not to be quoted: no summary and no theme does.",
        example=True,
    )


TURNS: Final = [
    TranscriptTurn.example(),
    TranscriptTurn.example(
        timestamp=3.5,
        speaker="participant",
        text="Hi, happy to be here.",
        sentiment="positive",
        id="dd0e8400-e29b-41d4-a716-446655440008",
        number=2,
        duration=3.5,
        confidence=1,
        decision=None,
    ),
]


class Transcript(Representation):
    session_id: Id
    started_at: Time
    completed_at: Time | None = field(example=_ENDED)
    turns: list[TranscriptTurn] = field(example=TURNS)
    closing: str | None = field(
        None, "What was said to the participant at the end.", example=_LEAVE
    )


class ExportedSession(Outcome):
    session_id: Id
    turns: list[TranscriptTurn] = field(example=TURNS)


class Transcripts(Representation):
    campaign_id: Id
    exported_at: Time = field(example="2024-10-21T08:00:00Z")
    sessions: list[ExportedSession]


def session(
    services: Services, row: Interview, turns: tuple[TurnRow, ...] | None = None
) -> Shape:
    """Session with all its details; pass `rows` if its turns are loaded."""
    turns = state.list_turns(row) if turns is None else turns
    return {
        **event_payload.build_session(row, turns),
        "transcript_url": services.urls.transcript_url(row.id),
        "audio_url": None,  # interviews in writing have none
        **asdict(session_summary.get_session_summary(row, turns)),
        "safety": Safety.read(row) if row.safety_at else None,
        "consent": Consent.read(row.consent),
    }
