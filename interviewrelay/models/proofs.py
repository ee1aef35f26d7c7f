"""How far a proof has come that goes through everything a little at a time."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.database import Base


class Proof(Base):
    """`after` is the id of the last that was looked at, empty at the beginning."""

    __tablename__ = "proof"

    name: Mapped[str] = mapped_column(primary_key=True)
    after: Mapped[str]
    due_at: Mapped[datetime]
    wrong: Mapped[int]
    """What was found on this way through."""
    wrong_before: Mapped[int]
    """And on the last one."""
