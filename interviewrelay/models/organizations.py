"""Organizations: the audit log, branding, and the choice of a language model."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.core.db.session import Base
from interviewrelay.models.mixins import Cause, OfOrganization, OrganizationRow, one_of


class AuditEntry(OrganizationRow):
    """Audit log entry; never changed. `user_id` is no foreign key, so the entry outlives the
    account; `about` never names a participant.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        one_of("door", "page", "key", "command", "server"),
        Index("ix_audit_entry_org_id_at", "org_id", "at", "id"),
        Index("ix_audit_entry_at", "at"),
    )

    at: Mapped[datetime]
    door: Mapped[str]
    """Origin of the change; `server` is a system administrator in an organization that is not
    theirs.
    """
    user_id: Mapped[str | None]
    act: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    request_id: Mapped[Cause]


class Branding(Base):
    """Branding; without a row, the organization has the defaults."""

    __tablename__ = "branding"

    org_id: Mapped[OfOrganization] = mapped_column(primary_key=True)
    accent: Mapped[str | None]
    """Accent colour as chosen, `#rrggbb`; pages show shades of it (`brand_theme`)."""
    logo_id: Mapped[str | None] = mapped_column(unique=True)
    """Id in the file name of the logo (`stored_files.get_logo_name`); each upload gets a new one."""
    logo_width: Mapped[int | None]
    logo_height: Mapped[int | None]
    changed_at: Mapped[datetime]


class ModelChoice(Base):
    """Model choice: the server's model, one of its own, or none. The settings of its own model stay
    while it is not used.
    """

    __tablename__ = "model_choice"
    __table_args__ = (
        one_of("whose", "server", "own", "none"),
        CheckConstraint("whose <> 'own' OR (base_url <> '' AND name <> '')", name="own"),
        CheckConstraint("daily_tokens >= 0", name="tokens"),
    )

    org_id: Mapped[OfOrganization] = mapped_column(primary_key=True)
    version: Mapped[str]
    """Version, new after each change, so that readers notice an outdated copy."""
    whose: Mapped[str]
    base_url: Mapped[str]
    name: Mapped[str]
    sealed_key: Mapped[str | None]
    last_four: Mapped[str]
    hides_personal_data: Mapped[bool]
    daily_tokens: Mapped[int]
    """Daily token limit; 0 means no limit."""
    changed_at: Mapped[datetime]
    changed_by: Mapped[str | None]
    """Email address of the person; None for a command."""


class ServerModel(Base):
    """Local model chosen for the whole server: one row, or none.

    No address is stored, since it is always 127.0.0.1.
    """

    __tablename__ = "server_model"
    __table_args__ = (
        CheckConstraint("id = 1", name="one"),
        CheckConstraint("port BETWEEN 1 AND 65535", name="port"),
        CheckConstraint("name <> ''", name="name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    version: Mapped[str]
    """Version, new after each change."""
    port: Mapped[int]
    name: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str | None]
    """Email address of the person; None for a command."""
