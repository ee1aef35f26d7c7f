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
from interviewrelay.recordings import session_recording
from interviewrelay.runtime.services import Services

_ENDED: Final = event_payload.ENDED
_LEAVE: Final = "Thank you for your time."


class Consent(Representation):
    version: str = field(example="3f1c0a9be2d4")
    language: str = field(example="en")
    agreed_at: Time


class Safety(Representation):
    """Safety alert: an answer may have mentioned a danger to someone's life."""

    at: Time = field("safety_at")
    seen_at: Time | None = field("safety_seen_at")
    seen_by: str | None = field(
        "safety_seen_by", "Email address of the member who first saw the alert."
    )


class Session(SessionOutcome):
    transcript_url: Url = field(example=f"{EXAMPLE_HOST}/api/session/{SESSION_ID}/transcript")
    audio_url: Url | None = field(
        None, "The recording; null for a session in writing, and until the recording is ready."
    )
    summary: str | None
    themes: list[session_summary.SessionTheme] = field(example=[])
    safety: Safety | None
    consent: Consent


class TranscriptTurn(Representation):
    timestamp: float = field(
        None,
        "Seconds from the start of the interview until the question was asked or the answer "
        "was given. For a session with a recording: its place in the recording.",
        example=0,
        ge=0,
    )
    speaker: Speaker = field(example="ai")
    text: str = field(example="Hello! Thank you for joining today.")
    sentiment: Sentiment = field(example="neutral")
    id: Id = field(example="cc0e8400-e29b-41d4-a716-446655440007")
    number: Count = field(example=1)
    duration: float | None = field(
        None,
        "For answers: seconds between the question and the answer. For a session with a recording: "
        "the length of the turn in it, for questions too; 0 if the answer was typed.",
        ge=0,
    )
    confidence: float | None = field(
        None,
        "For answers: how sure the speech recognition was of the words; 1 if they were typed or "
        "corrected.",
        ge=0,
        le=1,
    )
    question_id: str | None = field(example="q1")
    decision: Decision | None = field(example=DECISION)
    skipped: bool
    amends: Count | None = field(None, "The number of the answer that this one corrects.")
    amended_by: list[Count] = field(
        None,
        "The numbers of later answers that correct this one. They do not change its text.",
        example=[],
    )
    original: str | None = field(
        None,
        "The answer before the participant edited it during review; empty if they had skipped the "
        "question. `text` has the current answer.",
    )
    struck: bool = field(None, "Whether the participant deleted this answer.")
    quotable: bool = field(
        None,
        "False if the participant asked not to be quoted. Summaries and themes leave it out.",
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
    closing: str | None = field(None, "The interviewer's closing words.", example=_LEAVE)


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
        "audio_url": services.urls.audio_url(row.id)
        if session_recording.get_recording(row)
        else None,
        **asdict(session_summary.get_session_summary(row, turns)),
        "safety": Safety.read(row) if row.safety_at else None,
        "consent": Consent.read(row.consent),
    }
