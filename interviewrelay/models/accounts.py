"""Organizations, the people in them, their log-ins and their API keys."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviewrelay.core.db.session import Base, Json
from interviewrelay.models.mixins import Created, Key, OfOrganization


class Organization(Base):
    __tablename__ = "organization"
    __table_args__ = (
        CheckConstraint(
            "plan IN ('free', 'starter', 'professional', 'enterprise')", name="plan"
        ),
        Index("ix_organization_created_at", "created_at", "id"),
    )

    id: Mapped[Key]
    name: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)
    plan: Mapped[str] = mapped_column(default="free")
    requests_per_hour: Mapped[int | None]
    """Enterprise only: requests an hour; None means without a limit."""
    monthly_credits: Mapped[int | None]
    """Enterprise only: credits a month."""
    transcript_days: Mapped[int | None]
    """For how many days after an interview its transcript is kept; None is for ever."""
    address_days: Mapped[int | None]
    """The same of addresses whose link has ended unused."""
    time_zone: Mapped[str | None]
    """Its name, such as Europe/Amsterdam; None is UTC."""
    language: Mapped[str | None]
    """What new scripts begin with, as the contact."""
    contact: Mapped[str | None]
    sender_name: Mapped[str | None]
    """In whose name participants are written to; None is the organization's own."""
    reply_to: Mapped[str | None]
    created_at: Mapped[Created]


class User(Base):
    __tablename__ = "person"  # "user" is a reserved word on PostgreSQL

    id: Mapped[Key]
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str]
    system_admin: Mapped[bool] = mapped_column(default=False)
    failed_logins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    """Unused, as is `failed_logins`: servers of the version before still write both during an upgrade.
    A later revision drops them.
    """
    created_at: Mapped[Created]


class Membership(Base):
    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("org_id", "user_id"),
        CheckConstraint("role IN ('owner', 'admin', 'researcher', 'viewer')", name="role"),
    )

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]
    user_id: Mapped[str] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[str]
    no_model_reminder_at: Mapped[datetime | None]
    """When they dismissed the overview's reminder that no language model is set up."""
    created_at: Mapped[Created]

    organization: Mapped[Organization] = relationship(lazy="joined")
    user: Mapped[User] = relationship(lazy="joined")


class Login(Base):
    """One browser that is logged in. Its cookie holds a random token, of which we keep the mark."""

    __tablename__ = "login"

    id: Mapped[Key]
    mark: Mapped[str] = mapped_column(unique=True)
    membership_id: Mapped[str] = mapped_column(
        ForeignKey("membership.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[Created]
    seen_at: Mapped[datetime]
    device: Mapped[str | None]
    """What it is called, such as "Firefox on Linux"; nothing else of what a browser tells is kept."""

    membership: Mapped[Membership] = relationship(lazy="joined")


class ApiKey(Base):
    __tablename__ = "api_key"
    __table_args__ = (Index("ix_api_key_org_id_created_at", "org_id", "created_at"),)

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]
    membership_id: Mapped[str] = mapped_column(
        ForeignKey("membership.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    public_id: Mapped[str] = mapped_column(unique=True)
    mark: Mapped[str]
    marked_by: Mapped[str | None]
    """The name of the secret key that made the mark (`KeyRing.names`); None where it was not noted."""
    last_four: Mapped[str]
    permissions: Mapped[list[str]] = mapped_column(Json)
    test: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Created]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]

    membership: Mapped[Membership] = relationship(lazy="joined")


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


class MemberInvite(Base):
    """Gone when it is used or taken back. Of its link we keep the mark; None before the first."""

    __tablename__ = "member_invite"
    __table_args__ = (
        UniqueConstraint("org_id", "email"),
        CheckConstraint("role IN ('owner', 'admin', 'researcher', 'viewer')", name="role"),
    )

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]
    email: Mapped[str]
    role: Mapped[str]
    invited_by: Mapped[str]
    mark: Mapped[str | None] = mapped_column(unique=True)
    created_at: Mapped[Created]
    expires_at: Mapped[datetime]


class PasswordLink(Base):
    """A link that sets a new password once. Its token is in a mail only; we keep the mark."""

    __tablename__ = "password_link"

    id: Mapped[Key]
    mark: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[str] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[Created]
    expires_at: Mapped[datetime]


class PasswordAsk(Base):
    """That a link was asked for, by the mark of the address, whether or not anybody has it."""

    __tablename__ = "password_ask"
    __table_args__ = (Index("ix_password_ask_mark_created_at", "mark", "created_at"),)

    id: Mapped[Key]
    mark: Mapped[str]
    created_at: Mapped[Created]
