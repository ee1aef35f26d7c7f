"""Email outbox: rows written with their cause and sent afterwards."""

from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviewrelay.core.db.session import Json
from interviewrelay.models.invites import Invite
from interviewrelay.models.mixins import Cause, Created, OrganizationRow, one_of

PERSONAL: Final = ("password", "password_changed", "login_alert", "member", "backup")
"""Kinds of emails between the server and one person; the organization's email list hides them."""

LEFT: Final = "state IN ('kept', 'failed')"
"""Condition of the partial index for emails that need an action."""


class Mail(OrganizationRow):
    """Email in the outbox. `kept` means that no mail server is set up: the row stays, and its link
    can be copied.

    An invitation takes its text from its invite; a notice to a member stores its own.
    """

    ON_THE_WAY: ClassVar = ("queued", "sending")
    """States of emails that are still to be sent."""

    __tablename__ = "mail"
    __table_args__ = (
        one_of("state", "queued", "sending", "sent", "kept", "failed"),
        CheckConstraint(
            "(invite_id IS NULL) = (recipient IS NOT NULL AND facts IS NOT NULL)",
            name="to_whom",
        ),
        Index("ix_mail_state_next_at", "state", "next_at"),
        Index("ix_mail_org_id_created_at", "org_id", "created_at"),
        Index(
            "ix_mail_org_id_left",
            "org_id",
            "state",
            sqlite_where=text(LEFT),
            postgresql_where=text(LEFT),
        ),
        Index("ix_mail_org_id_to_mark", "org_id", "to_mark", "created_at"),
    )

    invite_id: Mapped[str | None] = mapped_column(
        ForeignKey("invite.id", ondelete="CASCADE"), index=True
    )
    to_mark: Mapped[str | None]
    """Digest of the recipient, for counting (`outbox.get_recipient_digest`); None for a notice."""
    recipient: Mapped[str | None]
    facts: Mapped[dict[str, Any] | None] = mapped_column(Json)
    kind: Mapped[str]
    dedupe: Mapped[str] = mapped_column(unique=True)
    custom_message: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    tried_until: Mapped[datetime | None]
    """Deadline for retries; None before the first failure."""
    last_error: Mapped[str | None]
    created_at: Mapped[Created]
    sent_at: Mapped[datetime | None]
    request_id: Mapped[Cause]

    invite: Mapped[Invite | None] = relationship()


class Suppression(OrganizationRow):
    """Suppression: an address that gets no emails, stored only as a keyed digest.

    `reason` is who asked for it: the person, through the link in an email, or a member.
    """

    __tablename__ = "suppression"
    __table_args__ = (
        UniqueConstraint("org_id", "mark"),
        one_of("reason", "unsubscribed", "added"),
        Index("ix_suppression_org_id_created_at", "org_id", "created_at", "id"),
    )

    mark: Mapped[str]
    reason: Mapped[str]
    created_at: Mapped[Created]
