"""The people that somebody means to invite with a campaign that is still a draft."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.database import Base
from interviewrelay.models.columns import OfOrganization


class Roster(Base):
    """As it was pasted or stood in a file, so that lines that are wrong can be put right. It is gone
    once the people are invited.
    """

    __tablename__ = "roster"
    __table_args__ = (
        Index("ix_roster_org_id", "org_id"),
        Index("ix_roster_changed_at", "changed_at"),
    )

    campaign_id: Mapped[str] = mapped_column(
        ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True
    )
    org_id: Mapped[OfOrganization]
    text: Mapped[str]
    changed_at: Mapped[datetime]
