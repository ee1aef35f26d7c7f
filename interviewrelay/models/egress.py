"""Egress: what left this server, for which study and whose interview."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, column_property, mapped_column

from interviewrelay.core.db.session import Base
from interviewrelay.models.interviews import Interview
from interviewrelay.models.mixins import OfOrganization, one_of


class Egress(Base):
    """Transfer to another program. `egress.egress_ledger` is the only writer; it holds no content.

    Its id is random: ids of other tables tell the time, which an erasure removes from here.
    """

    __tablename__ = "egress"
    __table_args__ = (
        one_of(
            "service", "language_model", "speech_to_text", "text_to_speech", "email", "webhook"
        ),
        Index("ix_egress_campaign_id_at", "campaign_id", "at", "id"),
        Index("ix_egress_invite_id_at", "invite_id", "at", "id"),
        Index("ix_egress_at", "at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: str(uuid4()))
    org_id: Mapped[OfOrganization]
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    invite_id: Mapped[str | None] = mapped_column(ForeignKey("invite.id", ondelete="SET NULL"))
    """Invite of the person; None for the whole study, and after their erasure."""
    at: Mapped[datetime]
    """After an erasure, only the day."""
    service: Mapped[str]
    content: Mapped[str]
    """Kind of content (`egress.egress_ledger.Content`)."""
    host: Mapped[str]
    local: Mapped[bool]
    model: Mapped[str]
    size: Mapped[int]
    tokens: Mapped[int | None]
    failed: Mapped[bool]

    session_id: Mapped[str | None] = column_property(
        select(Interview.id)
        .where(Interview.invite_id == invite_id)
        .correlate_except(Interview)
        .scalar_subquery()
    )
