"""Mails: rows written with their cause, handed over afterwards."""

from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviewrelay.core.db.session import Base, Json
from interviewrelay.models.invites import Invite
from interviewrelay.models.mixins import Cause, Created, Key, OfOrganization

PERSONAL: Final = ("password", "password_changed", "login_alert", "member")
"""Kinds that are between the server and one person: no outbox shows them."""

LEFT: Final = "state IN ('kept', 'failed')"
"""Those that stay until somebody does something; found without the others."""


class Mail(Base):
    """`kept` means that no mail server is configured: it stays here, with its link, to be copied.

    An invitation takes its words from its invite; a notice to a person at the desk brings its own.
    """

    ON_THE_WAY: ClassVar = ("queued", "sending")
    """The states of what is still to go."""

    __tablename__ = "mail"
    __table_args__ = (
        CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'kept', 'failed')", name="state"
        ),
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

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]
    invite_id: Mapped[str | None] = mapped_column(
        ForeignKey("invite.id", ondelete="CASCADE"), index=True
    )
    to_mark: Mapped[str | None]
    """Whose it is, for counting (`mails.to_mark`); None for a notice."""
    recipient: Mapped[str | None]
    facts: Mapped[dict[str, Any] | None] = mapped_column(Json)
    kind: Mapped[str]
    dedupe: Mapped[str] = mapped_column(unique=True)
    custom_message: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    tried_until: Mapped[datetime | None]
    """When it is given up; None until it could not be handed over for the first time."""
    last_error: Mapped[str | None]
    created_at: Mapped[Created]
    sent_at: Mapped[datetime | None]
    request_id: Mapped[Cause]

    invite: Mapped[Invite | None] = relationship()


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
