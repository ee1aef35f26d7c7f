"""Interviews (the API's sessions), their turns, and the consent that each rests on."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    UniqueConstraint,
    cast,
    false,
    literal_column,
    text,
    true,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviewrelay.core.db.session import Base, Json
from interviewrelay.models.campaigns import Campaign
from interviewrelay.models.invites import Invite
from interviewrelay.models.mixins import Created, Key, OfOrganization


class Consent(Base):
    """What a participant agreed to, in which words, when. Older than any turn of theirs."""

    __tablename__ = "consent"

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]
    version: Mapped[str]
    text: Mapped[str]
    language: Mapped[str]
    agreed_at: Mapped[datetime]


class Interview(Base):
    __tablename__ = "interview"
    __table_args__ = (
        CheckConstraint(
            "status IN ('in_progress', 'completed', 'abandoned', 'failed')", name="status"
        ),
        Index("ix_interview_org_id_started_at", "org_id", "started_at", "id"),
        Index("ix_interview_campaign_id_started_at", "campaign_id", "started_at", "id"),
        Index("ix_interview_org_id_status", "org_id", "status", "started_at", "id"),
        Index("ix_interview_campaign_id_status", "campaign_id", "status", "started_at", "id"),
        Index(
            "ix_interview_org_id_sentiment_label",
            "org_id",
            "sentiment_label",
            "started_at",
            "id",
        ),
        Index("ix_interview_org_id_language", "org_id", "language", "started_at", "id"),
        Index("ix_interview_org_id_mode", "org_id", "mode", "started_at", "id"),
        Index("ix_interview_status_last_at", "status", "last_at"),
        Index(
            "ix_interview_org_id_unseen_safety",
            "org_id",
            sqlite_where=text("safety_at IS NOT NULL AND safety_seen_at IS NULL"),
            postgresql_where=text("safety_at IS NOT NULL AND safety_seen_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    invite_id: Mapped[str] = mapped_column(
        ForeignKey("invite.id", ondelete="CASCADE"), unique=True
    )
    consent_id: Mapped[str] = mapped_column(ForeignKey("consent.id"), unique=True)
    participant_email: Mapped[str]
    participant_name: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="in_progress")
    mode: Mapped[str]
    language: Mapped[str]
    interviewer: Mapped[str] = mapped_column(default="built-in")
    structured: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the words agreed to say that no model takes part: then none does, whatever is chosen."""
    test: Mapped[bool] = mapped_column(default=False)
    extra: Mapped[dict[str, str]] = mapped_column("metadata", Json)
    started_at: Mapped[datetime]
    last_at: Mapped[datetime]
    """When the participant last did something."""
    ended_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    paused_seconds: Mapped[float] = mapped_column(default=0.0)
    duration_seconds: Mapped[int | None]
    credits_charged: Mapped[int | None]
    closing_text: Mapped[str | None]
    ended_by: Mapped[str | None]
    """Who ended it (`interviewer.completeness.EndedBy`); None while it goes on."""
    complete: Mapped[bool | None]
    """Whether its guide was worked through (`completeness.is_complete`); None while it goes on, and
    where a server of an older version ended it."""
    safety_at: Mapped[datetime | None]
    """When an answer spoke of danger to a life, which ended the interview."""
    safety_seen_at: Mapped[datetime | None]
    """When somebody of the organization said that they have seen it."""
    safety_seen_by: Mapped[str | None]
    """Their mail address, as it was then."""
    sentiment_label: Mapped[str | None]
    sentiment_score: Mapped[float | None]
    feedback_rating: Mapped[int | None]
    feedback_comment: Mapped[str | None]
    summary_rating: Mapped[int | None]
    """How well the closing summary got what the participant meant, 1 to 5."""
    created_at: Mapped[Created]

    campaign: Mapped[Campaign] = relationship()
    invite: Mapped[Invite] = relationship()
    consent: Mapped[Consent] = relationship()


class InterviewCount(Base):
    """How many interviews of a status there are, tests among them, so that no list counts them.

    Kept in the transaction of its cause (`domain.interview_counts`).
    """

    __tablename__ = "interview_count"

    org_id: Mapped[str] = mapped_column(
        ForeignKey("organization.id", ondelete="CASCADE"), primary_key=True
    )
    campaign_id: Mapped[str] = mapped_column(primary_key=True)
    """Empty for the whole organization."""
    status: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]


class TurnRow(Base):
    """One utterance. The number is unique in its interview: a resend cannot store a second one."""

    __tablename__ = "turn"
    __table_args__ = (
        UniqueConstraint("interview_id", "number"),
        CheckConstraint("speaker IN ('ai', 'participant')", name="speaker"),
    )

    id: Mapped[Key]
    interview_id: Mapped[str] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"))
    number: Mapped[int]
    speaker: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]
    elapsed: Mapped[float]
    """Seconds since the interview began, pauses left out."""
    skipped: Mapped[bool] = mapped_column(default=False)
    question_id: Mapped[str | None]
    decision: Mapped[dict[str, Any] | None] = mapped_column(Json)
    reading: Mapped[dict[str, Any] | None] = mapped_column(Json)
    sentiment_label: Mapped[str | None]
    sentiment_score: Mapped[float | None]
    client_turn_id: Mapped[str | None]
    original: Mapped[str | None]
    """What stood here before its participant corrected it (`domain.reviewing`); empty after a skip."""
    struck: Mapped[bool] = mapped_column(server_default=false())
    """Whether its participant took it back: then its words are gone."""
    quotable: Mapped[bool] = mapped_column(server_default=true())
    """False where its participant wants not to be quoted."""

    @hybrid_property
    def amends(self) -> int | None:
        """The number of the turn that this one corrects, as its reading says."""
        return ((self.reading or {}).get("sense") or {}).get("amends")

    @amends.inplace.expression
    @classmethod
    def _amends(cls) -> ColumnElement[int | None]:
        sense = cls.reading.op("->")(literal_column("'sense'"))
        return cast(sense.op("->>")(literal_column("'amends'")), Integer)


class ResumeCode(Base):
    """One at most for an interview. It is found by its mark, and sealed so that it can be shown again
    to whoever has the link.
    """

    __tablename__ = "resume_code"

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]
    interview_id: Mapped[str] = mapped_column(
        ForeignKey("interview.id", ondelete="CASCADE"), unique=True
    )
    mark: Mapped[str] = mapped_column(unique=True)
    sealed_code: Mapped[str]
    created_at: Mapped[Created]
    expires_at: Mapped[datetime]
