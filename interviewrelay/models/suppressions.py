"""Whom an organization does not write to."""

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from interviewrelay.database import Base
from interviewrelay.models.columns import Created, Key, OfOrganization


class Suppression(Base):
    """An address as its mark under the server's key: it can be compared, and not be read.

    `reason` is who wanted it: the person, by the link in a mail, or somebody at the desk.
    """

    __tablename__ = "suppression"
    __table_args__ = (
        UniqueConstraint("org_id", "mark"),
        CheckConstraint("reason IN ('unsubscribed', 'added')", name="reason"),
        Index("ix_suppression_org_id_created_at", "org_id", "created_at", "id"),
    )

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]
    mark: Mapped[str]
    reason: Mapped[str]
    created_at: Mapped[Created]
