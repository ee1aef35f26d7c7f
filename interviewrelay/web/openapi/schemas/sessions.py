"""The answers of the API as schemas: interviews that were held, and one that is being held."""

from dataclasses import fields
from typing import Any, Final, Literal

from pydantic import Field, RootModel, create_model

from interviewrelay.campaigns.invites import invites
from interviewrelay.core.conversation import Sentiment, Speaker
from interviewrelay.insights import representation, session_summary
from interviewrelay.interviewer.state.completeness import EndedBy
from interviewrelay.privacy import erasure
from interviewrelay.web.openapi.schemas.studies import (
    Address,
    Answer,
    Count,
    Decision,
    Id,
    Progress,
    Suppression,
    Time,
    Url,
    listed,
)


class SessionItem(Answer):
    id: Id
    campaign_id: Id
    participant_email: Address
    status: Literal["completed", "in_progress", "abandoned", "failed"]
    duration_minutes: Count = Field(description="Started minutes, as billed.")
    started_at: Time
    completed_at: Time | None
    duration_seconds: Count = Field(
        description="From the start to the end without pauses, in whole seconds, which are billed; "
        "a part of a second is cut off."
    )
    paused_at: Time | None
    language: str
    mode: Literal["text", "voice"]
    test: bool
    ended_by: EndedBy | None = Field(
        description="`interviewer` (the script went to its close), `participant` (they stopped or "
        "pressed End), `care` (an answer spoke of acute danger), `time` (no answer for 24 hours). "
        "null while it goes on. `researcher` is kept for later."
    )
    complete: bool = Field(
        description="Every question that must be asked and applied was put to the person, and the "
        "interviewer came to its close. false where the participant ended it before."
    )


class Feedback(Answer):
    rating: int = Field(ge=1, le=5)
    comment: str | None
    summary_rating: int | None = Field(
        ge=1, le=5, description="How well the closing summary got what the participant meant."
    )


class Outcome(SessionItem):
    """What a session has besides its place in a list."""

    credits_charged: Count | None
    feedback: Feedback | None
    metadata: dict[str, str]
    interviewer: str = Field(
        description="`built-in`; where a language model worded a question, with its name."
    )
    participant_name: str
    ended_at: Time | None
    closing: str | None = Field(description="What was said to the participant at the end.")


class Mood(Answer):
    label: Sentiment
    score: float = Field(ge=-1, le=1)


class Consent(Answer):
    version: str
    language: str
    agreed_at: Time


class Safety(Answer):
    """An answer spoke of danger to a life, which ended the interview."""

    at: Time
    seen_at: Time | None
    seen_by: str | None = Field(description="The address of whoever has seen it first.")


class Session(Outcome):
    transcript_url: Url
    audio_url: Url | None
    summary: str | None
    sentiment: Mood
    themes: list[session_summary.OwnTheme]
    safety: Safety | None
    consent: Consent


class TranscriptTurn(Answer):
    timestamp: float = Field(
        ge=0,
        description="Seconds since the interview began: when a question was asked, or an answer "
        "had been given.",
    )
    speaker: Speaker
    text: str
    sentiment: Sentiment
    id: Id
    number: Count
    duration: float | None = Field(
        ge=0, description="Seconds from an answer's question to the answer."
    )
    confidence: float | None = Field(ge=0, le=1)
    question_id: str | None
    decision: Decision | None
    skipped: bool
    amends: Count | None = Field(description="The number of the answer that this one corrects.")
    amended_by: list[Count] = Field(
        description="The numbers of later answers that correct this one; its own text never changes."
    )
    original: str | None = Field(
        description="What stood here before the participant corrected it while looking over their "
        "answers; empty where they had skipped the question. `text` is what holds."
    )
    struck: bool = Field(
        description="Whether the participant took it back: its words are gone."
    )
    quotable: bool = Field(
        description="False where the participant wants not to be quoted: no summary and no theme does."
    )


class Transcript(Answer):
    session_id: Id
    started_at: Time
    completed_at: Time | None
    turns: list[TranscriptTurn]
    closing: str | None = Field(description="What was said to the participant at the end.")


class ExportedSession(Outcome):
    session_id: Id
    turns: list[TranscriptTurn]


class Transcripts(Answer):
    campaign_id: Id
    exported_at: Time
    sessions: list[ExportedSession]


_COUNTS: Final[dict[str, Any]] = {field.name: (Count, ...) for field in fields(erasure.Tally)}
Tally = create_model("Tally", __base__=Answer, __doc__="How much was erased.", **_COUNTS)


class CampaignInsights(RootModel[representation.Insights]):
    """What a campaign's interviews come to."""


class Erased(Answer):
    erased: Tally  # type: ignore[valid-type]


class KeptInvite(Answer):
    """An invite without its link."""

    id: Id
    email: Address
    expires_at: Time
    status: invites.Status
    campaign_id: Id
    created_at: Time
    name: str
    metadata: dict[str, str]
    reminded_at: Time | None
    opened_at: Time | None = Field(
        description="When the person first touched the page; null before, and once they started."
    )
    test: bool


class ConsentInFull(Consent):
    text: str


class KeptNote(Answer):
    """What members noted: on a turn, or on the whole session; who wrote it is left out."""

    turn_number: Count | None
    quote: str | None = Field(description="Words of the turn, as they stand in it.")
    text: str
    tags: list[str]
    created_at: Time


class KeptSession(Session):
    consent: ConsentInFull
    turns: list[TranscriptTurn]
    notes: list[KeptNote]


class KeptMail(Answer):
    id: Id
    kind: str
    state: Literal["queued", "sending", "sent", "kept", "failed"]
    custom_message: str
    created_at: Time
    sent_at: Time | None


class Listed(Answer):
    campaign_id: Id
    text: str


class Person(Answer):
    """Everything that is kept about a person."""

    email: str
    exported_at: Time
    invites: list[KeptInvite]
    sessions: list[KeptSession]
    mails: list[KeptMail]
    drafts: list[Listed] = Field(
        description="Lines of lists of drafts: campaigns that were not sent off yet."
    )
    do_not_write: Suppression | None


class Study(Answer):
    title: str
    purpose: str
    target_minutes: Count
    mode: Literal["text", "voice", "both"]
    language: str


class ConsentText(Answer):
    version: str
    text: str


class Opened(Answer):
    status: Literal["pending", "in_progress", "paused", "completed", "abandoned", "failed"]
    campaign: Study
    consent: ConsentText
    organization: str


class Said(Answer):
    number: Count
    speaker: Speaker
    text: str
    skipped: bool


class State(Answer):
    session_id: Id
    status: Literal["in_progress", "paused", "completed", "abandoned", "failed"]
    turns: list[Said]
    next_number: int | None = Field(description="The number of the answer that is awaited.")
    progress: Progress
    closing: str | None


class Question(Answer):
    number: Count
    speaker: Literal["ai"]
    text: str
    question_id: str | None


class Started(State):
    turn: Question | None


class Saved(Answer):
    number: Count
    text: str
    skipped: bool


class Reply(Answer):
    session_id: Id
    saved: Saved
    turn: Question | None
    status: Literal["in_progress", "paused", "completed", "abandoned", "failed"]
    progress: Progress
    next_number: int | None
    closing: str | None


class Skipped(State):
    saved: Saved
    turn: Question | None


class Withdrawn(Answer):
    session_id: Id | None
    status: Literal["withdrawn"]
    turns: list[Any] = Field(max_length=0)
    next_number: None
    progress: None
    closing: None


SESSIONS = listed("sessions", SessionItem)
