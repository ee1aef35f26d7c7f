"""What was erased: without a name, so that counters and ledger can still be proved."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.database import Base
from interviewrelay.models.columns import Key, OfOrganization


class Erasure(Base):
    """One interview that is no more: what it counted as in its campaign."""

    __tablename__ = "erasure"
    __table_args__ = (
        Index("ix_erasure_org_id", "org_id"),
        Index("ix_erasure_campaign_id", "campaign_id"),
    )

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    session_id: Mapped[str] = mapped_column(unique=True)
    status: Mapped[str]
    test: Mapped[bool] = mapped_column(default=False)
    seconds: Mapped[int]
    ended_early: Mapped[bool] = mapped_column(default=False, server_default=false())
    erased_at: Mapped[datetime]
