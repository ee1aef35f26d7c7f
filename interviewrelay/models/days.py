"""What came of interviews on each day, counted."""

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.database import Base


class DayCount(Base):
    """A day, in UTC, of a campaign and of the whole organization, so that no chart counts rows.

    Kept in the transaction of its cause (`domain.day_counts`); tests are in none of it, and what is
    erased still counts.
    """

    __tablename__ = "day_count"
    __table_args__ = (Index("ix_day_count_org_id_day", "org_id", "day"),)

    org_id: Mapped[str] = mapped_column(
        ForeignKey("organization.id", ondelete="CASCADE"), primary_key=True
    )
    campaign_id: Mapped[str] = mapped_column(primary_key=True)
    """Empty for the whole organization; a dash where it is not known."""
    day: Mapped[str] = mapped_column(primary_key=True)
    completed: Mapped[int] = mapped_column(default=0)
    """Interviews that were completed."""
    ended_early: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """Those of them that are not complete (`completeness.is_complete`)."""
    charged: Mapped[int] = mapped_column(default=0)
    """Interviews that were charged, abandoned ones among them."""
    minutes: Mapped[int] = mapped_column(default=0)
    """Started minutes of these, as billed."""
    credits: Mapped[int] = mapped_column(default=0)
