"""Who has changed what in an organization."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.core.db.session import Base
from interviewrelay.models.mixins import Cause, Key, OfOrganization


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


class Branding(Base):
    """No row, as long as an organization has chosen nothing."""

    __tablename__ = "branding"

    org_id: Mapped[str] = mapped_column(
        ForeignKey("organization.id", ondelete="CASCADE"), primary_key=True
    )
    accent: Mapped[str | None]
    """As it was chosen, `#rrggbb`; what pages show is made of it (`colours`)."""
    logo_id: Mapped[str | None] = mapped_column(unique=True)
    """A file is named after it (`files.logo`); each upload has its own."""
    logo_width: Mapped[int | None]
    logo_height: Mapped[int | None]
    changed_at: Mapped[datetime]


class ModelChoice(Base):
    """The server's model, one of its own, or none. Its own stays known while it is not used."""

    __tablename__ = "model_choice"
    __table_args__ = (
        CheckConstraint("whose IN ('server', 'own', 'none')", name="whose"),
        CheckConstraint("whose <> 'own' OR (base_url <> '' AND name <> '')", name="own"),
        CheckConstraint("daily_tokens >= 0", name="tokens"),
    )

    org_id: Mapped[OfOrganization] = mapped_column(primary_key=True)
    version: Mapped[str]
    """Another one after each change, so that whoever has read it before sees that it is old."""
    whose: Mapped[str]
    base_url: Mapped[str]
    name: Mapped[str]
    sealed_key: Mapped[str | None]
    last_four: Mapped[str]
    hides_personal_data: Mapped[bool]
    daily_tokens: Mapped[int]
    """What may be spent in a day; 0 is no limit."""
    changed_at: Mapped[datetime]
    changed_by: Mapped[str | None]
    """A mail address; None for a command."""


class ServerModel(Base):
    """The server's model, where one that runs on the same machine was chosen: one row, or none.

    No address is stored: it is always 127.0.0.1.
    """

    __tablename__ = "server_model"
    __table_args__ = (
        CheckConstraint("id = 1", name="one"),
        CheckConstraint("port BETWEEN 1 AND 65535", name="port"),
        CheckConstraint("name <> ''", name="name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    version: Mapped[str]
    """Another one after each change."""
    port: Mapped[int]
    name: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str | None]
    """An email address; None for a command."""
