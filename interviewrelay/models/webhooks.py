"""Webhooks: events, the endpoints that receive them, and the delivery attempts."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviewrelay.core.db.session import Base, Json
from interviewrelay.models.mixins import (
    Cause,
    Created,
    Key,
    OfOrganization,
    OrganizationRow,
    one_of,
)

# SQLite requires INTEGER for automatic ids.
BIG = BigInteger().with_variant(Integer(), "sqlite")


class EventStream(Base):
    """Event sequence of an organization. Taking the next number serializes writers, so that events
    become visible in order.
    """

    __tablename__ = "event_stream"

    org_id: Mapped[OfOrganization] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(BIG)


class Event(Base):
    """Event; `payload` holds the bytes that are sent and signed."""

    ERASED: ClassVar = "erased"
    """Kind of an erased event: it is no longer delivered and keeps only its number."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("org_id", "position"),
        Index("ix_event_created_at", "created_at"),
        Index("ix_event_session_id", "session_id"),
        Index("ix_event_invite_id", "invite_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    org_id: Mapped[OfOrganization]
    position: Mapped[int] = mapped_column(BIG)
    project_id: Mapped[str | None]
    kind: Mapped[str]
    session_id: Mapped[str | None]
    invite_id: Mapped[str | None]
    """Invite of the event, so that an erasure removes all events of a person."""
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[Created]
    request_id: Mapped[Cause]


class Webhook(OrganizationRow):
    """Webhook endpoint of an organization."""

    __tablename__ = "webhook"
    __table_args__ = (
        one_of("disabled_by", "", "hand", "gone", "failing"),
        CheckConstraint("(disabled_by = '') = (disabled_at IS NULL)", name="disabled"),
        Index("ix_webhook_org_id_created_at", "org_id", "created_at"),
    )

    project_id: Mapped[str | None] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    """Project filter; None for the whole organization."""
    url: Mapped[str]
    description: Mapped[str]
    kinds: Mapped[list[str]] = mapped_column(Json)
    """Subscribed event names; `*` means all."""
    sealed_key: Mapped[str]
    sealed_old_key: Mapped[str | None]
    old_key_until: Mapped[datetime | None]
    disabled_by: Mapped[str] = mapped_column(default="")
    disabled_at: Mapped[datetime | None]
    failing_since: Mapped[datetime | None]
    """Start of the current series of failures; None after a success."""
    created_at: Mapped[Created]


class Delivery(OrganizationRow):
    """Delivery of an event to a webhook. `sent` means leased by a worker until `next_at`."""

    ON_THE_WAY: ClassVar = ("pending", "sent")
    """States of deliveries that are still in progress."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("event_id", "webhook_id"),
        one_of("state", "pending", "sent", "delivered", "failed", "cancelled"),
        Index("ix_delivery_state_next_at", "state", "next_at"),
        Index("ix_delivery_webhook_id_state_next_at", "webhook_id", "state", "next_at"),
        Index("ix_delivery_webhook_id_created_at", "webhook_id", "created_at"),
    )

    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(default="pending")
    tries: Mapped[int] = mapped_column(default=0)
    """Attempts in this round; a manual retry starts a new round."""
    next_at: Mapped[datetime]
    lease: Mapped[str | None]
    """Lease holder: only it may record the result."""
    created_at: Mapped[Created]
    delivered_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    webhook: Mapped[Webhook] = relationship()
    attempts: Mapped[list["Attempt"]] = relationship(order_by="Attempt.number")


class Attempt(Base):
    """Delivery attempt. `status` is the HTTP status; `fault` says why there is none."""

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("delivery_id", "number"),
        CheckConstraint("(status IS NULL) = (fault IS NOT NULL)", name="outcome"),
    )

    id: Mapped[Key]
    delivery_id: Mapped[str] = mapped_column(ForeignKey("delivery.id", ondelete="CASCADE"))
    number: Mapped[int]
    at: Mapped[datetime]
    milliseconds: Mapped[int]
    status: Mapped[int | None]
    fault: Mapped[str | None]
    answer: Mapped[str]
    """Start of the response body."""
