"""Who has changed what in an organization."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.database import Base
from interviewrelay.models.columns import Cause, Key, OfOrganization


class AuditEntry(Base):
    """Never changed. `user_id` refers to nothing, so that it outlives whoever it was; `about` names no
    participant.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        CheckConstraint("door IN ('page', 'key', 'command', 'server')", name="door"),
        Index("ix_audit_entry_org_id_at", "org_id", "at", "id"),
        Index("ix_audit_entry_at", "at"),
    )

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]
    at: Mapped[datetime]
    door: Mapped[str]
    """`server`: whoever administers the server, in an organization that is not theirs."""
    user_id: Mapped[str | None]
    act: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    request_id: Mapped[Cause]
