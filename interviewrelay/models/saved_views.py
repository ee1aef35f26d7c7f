"""Filters of the list of sessions that are kept under a name."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.database import Base, Json
from interviewrelay.models.columns import Created, Key, OfOrganization


class SavedView(Base):
    __tablename__ = "saved_view"
    __table_args__ = (Index("ix_saved_view_org_id_name", "org_id", "name"),)

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]
    membership_id: Mapped[str | None] = mapped_column(
        ForeignKey("membership.id", ondelete="SET NULL"), index=True
    )
    """Whose it is; None once they have left: what they shared stays."""
    name: Mapped[str]
    filters: Mapped[dict[str, str]] = mapped_column(Json)
    """By the names that the address has for them."""
    shared: Mapped[bool]
    created_at: Mapped[Created]
    changed_at: Mapped[datetime]
