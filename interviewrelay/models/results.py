"""Results: analyses of a study, and the claims that they and researchers make, with their evidence."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviewrelay.core.db.session import Base, Json
from interviewrelay.models.mixins import Created, OrganizationRow, one_of


class Analysis(OrganizationRow):
    """Analysis of a campaign's interviews: its progress, its limits and what it left out."""

    __tablename__ = "analysis"
    __table_args__ = (
        one_of("status", "queued", "running", "completed", "failed", "cancelled"),
        Index("ix_analysis_campaign_id_created_at", "campaign_id", "created_at", "id"),
    )

    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    status: Mapped[str] = mapped_column(default="queued")
    engine: Mapped[str]
    """Maker: `built-in`, or the name of the language model."""
    step: Mapped[str] = mapped_column(default="reading")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    """Interviews to read in this step."""
    fault: Mapped[str | None]
    """Why it failed, in a sentence."""
    token_limit: Mapped[int | None]
    tokens: Mapped[int] = mapped_column(default=0)
    statements: Mapped[int] = mapped_column(default=0)
    """Statements that were proposed, with those that were left out."""
    unproven: Mapped[int] = mapped_column(default=0)
    """Statements left out because no evidence for them was found."""
    refused: Mapped[dict[str, int]] = mapped_column(Json, default=dict)
    """Claimed quotes that were no evidence, by reason."""
    created_by: Mapped[str]
    """Name of the person who started it."""
    created_at: Mapped[Created]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class InterviewAnalysis(Base):
    """The latest analysis of one interview, so that the next one reads only what has changed."""

    __tablename__ = "interview_analysis"

    interview_id: Mapped[str] = mapped_column(
        ForeignKey("interview.id", ondelete="CASCADE"), primary_key=True
    )
    campaign_id: Mapped[str] = mapped_column(
        ForeignKey("campaign.id", ondelete="CASCADE"), index=True
    )
    engine: Mapped[str]
    input_hash: Mapped[str]
    """Digest of what was read, with the version of what reads it."""
    analysed_at: Mapped[datetime]


class Claim(OrganizationRow):
    """Claim about a study or about one interview: a finding, a sentence of a summary, the answer to
    a learning goal, an incident.

    Without a text of its own it is stated in the words of its first evidence, which are not copied.
    """

    __tablename__ = "claim"
    __table_args__ = (
        one_of("kind", "finding", "summary", "goal", "incident"),
        Index("ix_claim_campaign_id_kind", "campaign_id", "kind", "key", "position", "id"),
        Index("ix_claim_interview_id", "interview_id", "kind"),
    )

    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    interview_id: Mapped[str | None] = mapped_column(
        ForeignKey("interview.id", ondelete="CASCADE")
    )
    """None for a claim about the study."""
    kind: Mapped[str]
    key: Mapped[str] = mapped_column(default="", server_default=text("''"))
    """Which learning goal, for an answer to one."""
    status: Mapped[str | None]
    """Coverage of a learning goal: `covered` or `touched`."""
    text: Mapped[str] = mapped_column(default="", server_default=text("''"))
    position: Mapped[int]
    made_by: Mapped[str]
    """`built-in`, the name of a language model, or `person`."""
    pinned: Mapped[bool] = mapped_column(default=False, server_default=false())
    """True if later analyses keep it as it is, because a person pinned, edited or wrote it."""
    dismissed: Mapped[bool] = mapped_column(default=False, server_default=false())
    """True if a person removed it; kept so that the next analysis does not bring it back."""
    created_at: Mapped[Created]
    changed_at: Mapped[datetime | None]
    changed_by: Mapped[str | None]
    """Name of the person who last edited it."""

    evidence: Mapped[list["ClaimEvidence"]] = relationship(
        lazy="selectin",
        cascade="all, delete-orphan",
        order_by="ClaimEvidence.position",
        passive_deletes=True,
    )


class ClaimEvidence(Base):
    """Evidence for a claim (`support`), or against it (`counter`), strongest first."""

    __tablename__ = "claim_evidence"
    __table_args__ = (
        one_of("role", "support", "counter"),
        Index("ix_claim_evidence_evidence_id", "evidence_id"),
    )

    claim_id: Mapped[str] = mapped_column(
        ForeignKey("claim.id", ondelete="CASCADE"), primary_key=True
    )
    evidence_id: Mapped[str] = mapped_column(
        ForeignKey("evidence.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str]
    position: Mapped[int]
