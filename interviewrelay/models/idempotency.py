"""Answers that are kept for a day, so that a repeated call is answered and not done again."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.database import Base
from interviewrelay.models.columns import Created, Key, OfOrganization


class KeptAnswer(Base):
    """`running` is only for calls to the outside; all others come with their change, `done`.

    Neither the key nor the path is here in clear: both may name people.
    """

    __tablename__ = "kept_answer"
    __table_args__ = (CheckConstraint("state IN ('running', 'done')", name="state"),)

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]
    mark: Mapped[str] = mapped_column(unique=True)
    fingerprint: Mapped[str]
    state: Mapped[str]
    running_until: Mapped[datetime | None]
    status: Mapped[int | None]
    sealed: Mapped[str | None]
    """Headers and body, sealed: answers hold links and keys. None once it was forgotten."""
    created_at: Mapped[Created] = mapped_column(index=True)
