"""What an organization has chosen to have its questions worded by."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.database import Base
from interviewrelay.models.columns import OfOrganization


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
