"""API representations of an interview, for lists and events, built from its row alone."""

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


class SessionItem(Representation):  # list queries build it in SQL: `transcripts.list_sessions`
    id: Id = field(example=SESSION_ID)
    campaign_id: Id
    participant_email: Address = field(example="user@example.com")
    status: Literal["completed", "in_progress", "abandoned", "failed"]
    duration_minutes: Count = field(
        lambda row: count_started_minutes(measures.get_duration_seconds(row)),
        "Started minutes that were charged.", example=12,
    )  # fmt: skip
    started_at: Time
    completed_at: Time | None = field(_completed, example=ENDED)
    duration_seconds: Count = field(
        measures.get_duration_seconds,
        "Billed length from start to end without pauses, in whole seconds (rounded down).",
        example=720,
    )
    paused_at: Time | None
    language: str = field(example="en")
    mode: Literal["text", "voice"]
    test: bool
    ended_by: EndedBy | None = field(
        None,
        "`interviewer` (all questions were asked), `participant` (they stopped or pressed End), "
        "`care` (answers suggested acute danger, and the participant didn't say that there was none), "
        "`time` (no answer for 24 hours). null during the interview. `researcher` is reserved for "
        "future use.",
        example="interviewer",
    )
    complete: bool = field(
        lambda row: bool(row.complete),
        "Whether all required questions that applied were asked and the interviewer finished the "
        "script. false if the participant ended the interview before that.",
        example=True,
    )


class Feedback(Representation):
    rating: int = field("feedback_rating", example=5, ge=1, le=5)
    comment: str | None = field("feedback_comment", example="It listened.")
    summary_rating: int | None = field(
        None, "How well the closing summary reflected what the participant meant.",
        example=4, ge=1, le=5,
    )  # fmt: skip


class Outcome(SessionItem):
    """Session with the fields that lists leave out."""

    credits_charged: Count | None = field(example=120)
    feedback: Feedback | None = field(
        lambda row: row if row.feedback_rating is not None else None, example=Feedback.example()
    )
    metadata: dict[str, str] = field("extra")
    interviewer: str = field(
        None, "`built-in`, or `built-in, with NAME` if a language model worded a question.",
        example="built-in",
    )  # fmt: skip
    participant_name: str
    ended_at: Time | None = field(example=ENDED)
    closing: str | None = field(
        "closing_text", "The interviewer's closing words.",
        example="Thank you for your time.",
    )  # fmt: skip


class Mood(Representation):
    label: Sentiment = field(example="positive")
    score: float = field(example=0.4, ge=-1, le=1)


class SessionOutcome(Outcome):
    """A session, as in events."""

    sentiment: Mood


def build_session(row: Interview, turns: tuple[TurnRow, ...] | None = None) -> Shape:
    """Build a session from its row, with its sentiment; pass `turns` if they are loaded."""
    return {**Outcome.read(row), "sentiment": measures.get_mood(row, turns)}
