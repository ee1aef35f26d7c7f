"""Interviews (`sessions` in the API), their turns, and the consent to each."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
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
from interviewrelay.models.mixins import Created, Key, OfOrganization, OrganizationRow, one_of


class Consent(OrganizationRow):
    """Consent: the text that a participant agreed to, and when. Older than all of their turns."""

    __tablename__ = "consent"

    version: Mapped[str]
    text: Mapped[str]
    language: Mapped[str]
    agreed_at: Mapped[datetime]


class Interview(OrganizationRow):
    __tablename__ = "interview"
    __table_args__ = (
        one_of("status", "in_progress", "completed", "abandoned", "failed"),
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
    """True if the consent text says that no language model is used; then none is, whatever the
    settings.
    """
    voice_agreed: Mapped[bool] = mapped_column(default=False, server_default=false())
    """True if the consent text says that answers may be spoken; without it, no sound is taken."""
    test: Mapped[bool] = mapped_column(default=False)
    extra: Mapped[dict[str, str]] = mapped_column("metadata", Json)
    started_at: Mapped[datetime]
    last_at: Mapped[datetime]
    """Time of the participant's last action."""
    ended_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    paused_seconds: Mapped[float] = mapped_column(default=0.0)
    duration_seconds: Mapped[int | None]
    credits_charged: Mapped[int | None]
    closing_text: Mapped[str | None]
    ended_by: Mapped[str | None]
    """Ended by (`interviewer.state.completeness.EndedBy`); None while it is in progress."""
    complete: Mapped[bool | None]
    """True if the guide was worked through (`completeness.is_complete`); None while in progress, or
    if a server of an older version ended it.
    """
    safety_at: Mapped[datetime | None]
    """Time of an answer that may have mentioned danger to life."""
    safety_seen_at: Mapped[datetime | None]
    """Time when a member acknowledged the safety alert."""
    safety_seen_by: Mapped[str | None]
    """Email address of that member at the time."""
    sentiment_label: Mapped[str | None]
    sentiment_score: Mapped[float | None]
    feedback_rating: Mapped[int | None]
    feedback_comment: Mapped[str | None]
    summary_rating: Mapped[int | None]
    """Participant's rating of the closing summary, 1 to 5."""
    chain_head: Mapped[str | None]
    """Newest link of the chain over its turns (`integrity.chain`); None in an interview of an older
    version that is not sealed yet.
    """
    created_at: Mapped[Created]

    campaign: Mapped[Campaign] = relationship()
    invite: Mapped[Invite] = relationship()
    consent: Mapped[Consent] = relationship()


class InterviewCount(Base):
    """Counters of interviews by status, including tests, so that no list counts rows.

    Updated in the transaction of their cause (`interviews.interview_counts`).
    """

    __tablename__ = "interview_count"

    org_id: Mapped[OfOrganization] = mapped_column(primary_key=True)
    campaign_id: Mapped[str] = mapped_column(primary_key=True)
    """Empty for the whole organization."""
    status: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]


class TurnRow(Base):
    """Turn: one utterance. Its number is unique in the interview, so a resend cannot store a second
    one.
    """

    __tablename__ = "turn"
    __table_args__ = (
        UniqueConstraint("interview_id", "number"),
        one_of("speaker", "ai", "participant"),
    )

    id: Mapped[Key]
    interview_id: Mapped[str] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"))
    number: Mapped[int]
    speaker: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]
    elapsed: Mapped[float]
    """Seconds since the interview began, without pauses."""
    skipped: Mapped[bool] = mapped_column(default=False)
    question_id: Mapped[str | None]
    decision: Mapped[dict[str, Any] | None] = mapped_column(Json)
    reading: Mapped[dict[str, Any] | None] = mapped_column(Json)
    sentiment_label: Mapped[str | None]
    sentiment_score: Mapped[float | None]
    client_turn_id: Mapped[str | None]
    original: Mapped[str | None]
    """Text before the participant edited the answer (`interviews.participation.answer_review`);
    empty after a skip.
    """
    struck: Mapped[bool] = mapped_column(server_default=false())
    """True if the participant removed the answer; its text is then deleted."""
    quotable: Mapped[bool] = mapped_column(server_default=true())
    """False if the participant asked not to be quoted."""
    salt: Mapped[str | None]
    """Salt of `digest`; deleted with the words that the digest is of."""
    digest: Mapped[str | None]
    """Digest of the turn as it was first stored (`integrity.chain`)."""
    link: Mapped[str | None]
    """Link of that event to the one before it; None in turns of an older version."""

    @hybrid_property
    def amends(self) -> int | None:
        """Number of the turn that this one corrects, from its reading."""
        return ((self.reading or {}).get("sense") or {}).get("amends")

    @amends.inplace.expression
    @classmethod
    def _amends(cls) -> ColumnElement[int | None]:
        sense = cls.reading.op("->")(literal_column("'sense'"))
        return cast(sense.op("->>")(literal_column("'amends'")), Integer)


class TurnEvent(Base):
    """Later event of a turn, in the chain over an interview (`integrity.chain`): a correction, a
    removal, the end. What is stored first is in the turn itself.
    """

    __tablename__ = "turn_event"
    __table_args__ = (
        one_of("kind", "found", "corrected", "extended", "redacted", "struck", "ended"),
    )

    interview_id: Mapped[str] = mapped_column(
        ForeignKey("interview.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    """Position in the chain, from 1; the turns take the other positions, in their order."""
    number: Mapped[int]
    """Number of the turn."""
    kind: Mapped[str]
    at: Mapped[datetime]
    salt: Mapped[str | None]
    digest: Mapped[str]
    """Empty for the end, which has no words."""
    link: Mapped[str]


class ResumeCode(OrganizationRow):
    """Resume code, at most one for each interview. It is looked up by its digest, and encrypted so
    that it can be shown again to the holder of the link.
    """

    __tablename__ = "resume_code"

    interview_id: Mapped[str] = mapped_column(
        ForeignKey("interview.id", ondelete="CASCADE"), unique=True
    )
    mark: Mapped[str] = mapped_column(unique=True)
    sealed_code: Mapped[str]
    created_at: Mapped[Created]
    expires_at: Mapped[datetime]
