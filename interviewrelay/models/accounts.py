"""Accounts: organizations, people, memberships, logins and API keys."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviewrelay.core.db.session import Base, Json
from interviewrelay.models.mixins import Created, Key, OrganizationRow, one_of


class Organization(Base):
    __tablename__ = "organization"
    __table_args__ = (
        one_of("plan", "free", "starter", "professional", "enterprise"),
        Index("ix_organization_created_at", "created_at", "id"),
    )

    id: Mapped[Key]
    name: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)
    plan: Mapped[str] = mapped_column(default="free")
    requests_per_hour: Mapped[int | None]
    """Requests an hour, for Enterprise only; None means no limit."""
    monthly_credits: Mapped[int | None]
    """Credits a month, for Enterprise only."""
    transcript_days: Mapped[int | None]
    """Retention of transcripts in days after the interview; None keeps them for ever."""
    address_days: Mapped[int | None]
    """Retention in days of addresses whose link ended unused; None keeps them for ever."""
    audio_days: Mapped[int | None] = mapped_column(default=90, server_default=text("90"))
    """Retention of recordings in days after the interview; None keeps them as long as transcripts."""
    time_zone: Mapped[str | None]
    """IANA time zone, such as Europe/Amsterdam; None means UTC."""
    language: Mapped[str | None]
    """Default language of new scripts; the contact is a default too."""
    contact: Mapped[str | None]
    sender_name: Mapped[str | None]
    """Sender name in emails to participants; None means the organization's name."""
    reply_to: Mapped[str | None]
    created_at: Mapped[Created]


class User(Base):
    __tablename__ = "person"  # "user" is a reserved word on PostgreSQL

    id: Mapped[Key]
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str]
    system_admin: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Created]


class Membership(OrganizationRow):
    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("org_id", "user_id"),
        one_of("role", "owner", "admin", "researcher", "viewer"),
    )

    user_id: Mapped[str] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[str]
    no_model_reminder_at: Mapped[datetime | None]
    """Time when they dismissed the reminder that no language model is set up."""
    created_at: Mapped[Created]

    organization: Mapped[Organization] = relationship(lazy="joined")
    user: Mapped[User] = relationship(lazy="joined")


class Login(Base):
    """Login session of one browser. Its cookie holds a random token; the row holds the token's
    digest.
    """

    __tablename__ = "login"

    id: Mapped[Key]
    mark: Mapped[str] = mapped_column(unique=True)
    membership_id: Mapped[str] = mapped_column(
        ForeignKey("membership.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[Created]
    seen_at: Mapped[datetime]
    device: Mapped[str | None]
    """Device name, such as "Firefox on Linux"; nothing else about the browser is stored."""

    membership: Mapped[Membership] = relationship(lazy="joined")


class ApiKey(OrganizationRow):
    __tablename__ = "api_key"
    __table_args__ = (Index("ix_api_key_org_id_created_at", "org_id", "created_at"),)

    membership_id: Mapped[str] = mapped_column(
        ForeignKey("membership.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    public_id: Mapped[str] = mapped_column(unique=True)
    mark: Mapped[str]
    marked_by: Mapped[str | None]
    """Fingerprint of the secret key that made the digest (`KeyRing.key_names`); None if not
    recorded.
    """
    last_four: Mapped[str]
    permissions: Mapped[list[str]] = mapped_column(Json)
    test: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Created]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]

    membership: Mapped[Membership] = relationship(lazy="joined")


class LastVisit(Base):
    """Last visit: the figures shown then, and those of the visit before."""

    __tablename__ = "look"

    membership_id: Mapped[str] = mapped_column(
        ForeignKey("membership.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[datetime]
    started: Mapped[int]
    completed: Mapped[int]
    since: Mapped[datetime | None]
    """End of the previous visit; None on the first one."""
    since_started: Mapped[int] = mapped_column(default=0)
    since_completed: Mapped[int] = mapped_column(default=0)


class MemberInvite(OrganizationRow):
    """Invitation of a member, deleted when it is used or revoked. It stores the digest of its link;
    None before the first link.
    """

    __tablename__ = "member_invite"
    __table_args__ = (
        UniqueConstraint("org_id", "email"),
        one_of("role", "owner", "admin", "researcher", "viewer"),
    )

    email: Mapped[str]
    role: Mapped[str]
    invited_by: Mapped[str]
    mark: Mapped[str | None] = mapped_column(unique=True)
    created_at: Mapped[Created]
    expires_at: Mapped[datetime]


class PasswordReset(Base):
    """Password reset link, valid once. The token is only in the email; the row stores its digest."""

    __tablename__ = "password_link"

    id: Mapped[Key]
    mark: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[str] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[Created]
    expires_at: Mapped[datetime]


class PasswordResetRequest(Base):
    """Request for a reset link, by the digest of the address, whether or not an account has it."""

    __tablename__ = "password_ask"
    __table_args__ = (Index("ix_password_ask_mark_created_at", "mark", "created_at"),)

    id: Mapped[Key]
    mark: Mapped[str]
    created_at: Mapped[Created]
