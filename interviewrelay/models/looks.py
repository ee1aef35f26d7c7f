"""When a member last looked at the overview, and what it said then."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.database import Base


class Look(Base):
    """The figures of the last look, and those of the last look of the visit before."""

    __tablename__ = "look"

    membership_id: Mapped[str] = mapped_column(
        ForeignKey("membership.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[datetime]
    started: Mapped[int]
    completed: Mapped[int]
    since: Mapped[datetime | None]
    """The end of the visit before; None on the first one."""
    since_started: Mapped[int] = mapped_column(default=0)
    since_completed: Mapped[int] = mapped_column(default=0)
