"""Payments for top-ups: what was ordered, and what became of it at the payment provider."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.database import Base
from interviewrelay.models.columns import Created, Key


class Payment(Base):
    """`mismatch` means that something else was paid than was ordered: somebody must look at it."""

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint(
            "state IN ('open', 'paid', 'expired', 'failed', 'mismatch')", name="state"
        ),
        CheckConstraint("credits > 0 AND cents > 0", name="amount"),
        CheckConstraint("refund_seen >= 0 AND refunded_credits >= 0", name="refund"),
    )

    id: Mapped[Key]
    org_id: Mapped[str] = mapped_column(
        ForeignKey("organization.id", ondelete="CASCADE"), index=True
    )
    credits: Mapped[int]
    cents: Mapped[int]
    currency: Mapped[str]
    state: Mapped[str] = mapped_column(default="open")
    checkout_id: Mapped[str | None]
    url: Mapped[str | None]
    """Where to pay, while it is open."""
    payment_intent_id: Mapped[str | None] = mapped_column(unique=True)
    refund_seen: Mapped[int] = mapped_column(default=0)
    """Cents that the provider has given back so far, by its own count."""
    refund_done: Mapped[int] = mapped_column(default=0)
    """Cents of those for which credits have been taken back, where they were still there."""
    refunded_credits: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Created]
    paid_at: Mapped[datetime | None]
