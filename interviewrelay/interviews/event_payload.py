"""Representations that follow from an interview's row alone: what lists and events say of it."""

from datetime import datetime
from typing import Final, Literal

from interviewrelay.billing.prices import count_started_minutes
from interviewrelay.core.conversation import Sentiment
from interviewrelay.core.representation import (
    SESSION_ID,
    Address,
    Count,
    Id,
    Representation,
    Shape,
    Time,
    field,
)
from interviewrelay.interviewer.state.completeness import EndedBy
from interviewrelay.interviews import measures
from interviewrelay.models import Interview, TurnRow

ENDED: Final = "2024-10-20T10:12:00Z"


def _completed(row: Interview) -> datetime | None:
    return row.ended_at if row.status == "completed" else None


class SessionItem(
    Representation
):  # in lists written by the database: `transcripts.list_sessions`
    id: Id = field(example=SESSION_ID)
    campaign_id: Id
    participant_email: Address = field(example="user@example.com")
    status: Literal["completed", "in_progress", "abandoned", "failed"]
    duration_minutes: Count = field(
        lambda row: count_started_minutes(measures.get_duration_seconds(row)),
        "Started minutes, as billed.", example=12,
    )  # fmt: skip
    started_at: Time
    completed_at: Time | None = field(_completed, example=ENDED)
    duration_seconds: Count = field(
        measures.get_duration_seconds,
        "From the start to the end without pauses, in whole seconds, which are billed; "
        "a part of a second is cut off.",
        example=720,
    )
    paused_at: Time | None
    language: str = field(example="en")
    mode: Literal["text", "voice"]
    test: bool
    ended_by: EndedBy | None = field(
        None,
        "`interviewer` (the script went to its close), `participant` (they stopped or "
        "pressed End), `care` (an answer spoke of acute danger), `time` (no answer for 24 hours). "
        "null while it goes on. `researcher` is kept for later.",
        example="interviewer",
    )
    complete: bool = field(
        lambda row: bool(row.complete),
        "Every question that must be asked and applied was put to the person, and the "
        "interviewer came to its close. false where the participant ended it before.",
        example=True,
    )


class Feedback(Representation):
    rating: int = field("feedback_rating", example=5, ge=1, le=5)
    comment: str | None = field("feedback_comment", example="It listened.")
    summary_rating: int | None = field(
        None, "How well the closing summary got what the participant meant.",
        example=4, ge=1, le=5,
    )  # fmt: skip


class Outcome(SessionItem):
    """Fields of a session besides those in lists."""

    credits_charged: Count | None = field(example=120)
    feedback: Feedback | None = field(
        lambda row: row if row.feedback_rating is not None else None, example=Feedback.example()
    )
    metadata: dict[str, str] = field("extra")
    interviewer: str = field(
        None, "`built-in`; where a language model worded a question, with its name.",
        example="built-in",
    )  # fmt: skip
    participant_name: str
    ended_at: Time | None = field(example=ENDED)
    closing: str | None = field(
        "closing_text", "What was said to the participant at the end.",
        example="Thank you for your time.",
    )  # fmt: skip


class Mood(Representation):
    label: Sentiment = field(example="positive")
    score: float = field(example=0.4, ge=-1, le=1)


class SessionOutcome(Outcome):
    """A session as events give it."""

    sentiment: Mood


def build_session(row: Interview, turns: tuple[TurnRow, ...] | None = None) -> Shape:
    """Session from its own row, with its sentiment; `turns` where they are known."""
    return {**Outcome.read(row), "sentiment": measures.get_mood(row, turns)}
