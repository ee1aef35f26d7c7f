"""Campaigns: a published script that people are invited to."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviewrelay.core.db.session import Base, Json
from interviewrelay.models.accounts import Organization
from interviewrelay.models.mixins import Created, OfOrganization, OrganizationRow, one_of
from interviewrelay.models.scripts import ScriptVersion


class RecipientListRow(Base):
    """Recipient list exactly as pasted or uploaded, so that wrong lines can be corrected. Deleted
    once the people are invited.
    """

    __tablename__ = "roster"
    __table_args__ = (
        Index("ix_roster_org_id", "org_id"),
        Index("ix_roster_changed_at", "changed_at"),
    )

    campaign_id: Mapped[str] = mapped_column(
        ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True
    )
    org_id: Mapped[OfOrganization]
    text: Mapped[str]
    changed_at: Mapped[datetime]


class Project(OrganizationRow):
    __tablename__ = "project"
    __table_args__ = (Index("ix_project_org_id_created_at", "org_id", "created_at"),)

    name: Mapped[str]
    description: Mapped[str | None]
    created_at: Mapped[Created]


class Campaign(OrganizationRow):
    """Campaign with counters. They are updated in the transaction of their cause, so that lists
    never count rows.

    Test invites and their interviews are not counted. `cancelled` and `expired` count invites that
    ended before their interview started, `failed` those whose email cannot be delivered,
    `opened_only` those whose page was opened without starting, and `ended_early` the `completed`
    interviews that are not complete.
    """

    __tablename__ = "campaign"
    __table_args__ = (
        one_of("status", "draft", "active", "paused", "completed", "archived"),
        Index("ix_campaign_org_id_created_at", "org_id", "created_at", "id"),
        Index("ix_campaign_project_id_created_at", "project_id", "created_at", "id"),
        Index("ix_campaign_org_id_status", "org_id", "status", "created_at", "id"),
    )

    project_id: Mapped[str] = mapped_column(ForeignKey("project.id"))
    script_id: Mapped[str] = mapped_column(ForeignKey("script.id"), index=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("script_version.id"), index=True)
    name: Mapped[str]
    status: Mapped[str] = mapped_column(default="active")
    invite_valid_hours: Mapped[float] = mapped_column(default=168)
    settings: Mapped[dict[str, Any]] = mapped_column(Json)
    extra: Mapped[dict[str, str]] = mapped_column("metadata", Json)
    reminder_hours_before: Mapped[int | None]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    max_sessions: Mapped[int | None]
    max_completed: Mapped[int | None]
    custom_message: Mapped[str] = mapped_column(default="")
    """Message in the email of each invite that has none of its own."""
    embed_origins: Mapped[list[str]] = mapped_column(
        Json, default=list, server_default=text("'[]'")
    )
    """Origins of the sites that may show the interview in a frame."""
    created_at: Mapped[Created]

    invites_sent: Mapped[int] = mapped_column(default=0)
    opened_only: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """A server of an older version running beside this one does not set it."""
    started: Mapped[int] = mapped_column(default=0)
    completed: Mapped[int] = mapped_column(default=0)
    ended_early: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    abandoned: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    cancelled: Mapped[int] = mapped_column(default=0)
    expired: Mapped[int] = mapped_column(default=0)
    completed_seconds: Mapped[int] = mapped_column(default=0)

    organization: Mapped[Organization] = relationship()
    project: Mapped[Project] = relationship(lazy="joined")
    version: Mapped[ScriptVersion] = relationship()

    @property
    def version_number(self) -> int:
        return self.version.number
