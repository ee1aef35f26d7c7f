"""Credits: the append-only ledger, the balance cached from it, and reservations."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.core.db.session import Base
from interviewrelay.models.mixins import Created, OfOrganization, OrganizationRow, one_of


class CreditAccount(Base):
    __tablename__ = "credit_account"
    __table_args__ = (
        CheckConstraint(
            "starter >= 0 AND monthly >= 0 AND topup >= 0 AND held >= 0", name="whole"
        ),
        one_of("warned", "info", "warning", "critical"),
    )

    org_id: Mapped[OfOrganization] = mapped_column(primary_key=True)
    starter: Mapped[int] = mapped_column(default=0)
    monthly: Mapped[int] = mapped_column(default=0)
    topup: Mapped[int] = mapped_column(default=0)
    held: Mapped[int] = mapped_column(default=0)
    """Credits reserved by open holds; they are part of the balance."""
    seq: Mapped[int] = mapped_column(default=0)
    monthly_amount: Mapped[int] = mapped_column(default=0)
    period_amount: Mapped[int] = mapped_column(default=0)
    """Highest monthly amount granted for this month: a change of plan grants only the difference,
    once.
    """
    monthly_reset_at: Mapped[datetime]
    warned: Mapped[str] = mapped_column(default="info")
    """Warning level after the last movement; an email goes out only when it gets worse."""
    warn_below: Mapped[int | None]
    """Low-balance threshold of the organization, in addition to the plan's rule."""
    last_low_balance_warning_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]


class CreditEntry(OrganizationRow):
    """Ledger entry: one movement of one kind of credits. Triggers refuse updates and deletes."""

    __tablename__ = "credit_entry"
    __table_args__ = (
        one_of("pool", "starter", "monthly", "topup"),
        one_of("kind", "grant", "reset", "purchase", "charge", "refund", "adjust", "expire"),
        CheckConstraint("amount <> 0 OR kind IN ('charge', 'adjust')", name="amount"),
        CheckConstraint("balance_after >= 0 AND pool_after >= 0", name="balance"),
        UniqueConstraint("org_id", "seq"),
        UniqueConstraint("org_id", "reference", "pool"),
        Index("ix_credit_entry_org_id_created_at", "org_id", "created_at"),
        Index("ix_credit_entry_session_id", "session_id"),
        Index("ix_credit_entry_created_at_id", "created_at", "id"),
    )

    seq: Mapped[int]
    pool: Mapped[str]
    amount: Mapped[int]
    kind: Mapped[str]
    pool_after: Mapped[int]
    balance_after: Mapped[int]
    """Total balance of all kinds after the entry, as the API shows it."""
    reference: Mapped[str]
    description: Mapped[str]
    session_id: Mapped[str | None]
    payment_intent_id: Mapped[str | None]
    created_at: Mapped[Created]


class CreditHold(OrganizationRow):
    __tablename__ = "credit_hold"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        one_of("state", "open", "posted", "voided", "expired"),
        Index("ix_credit_hold_org_id_state", "org_id", "state"),
        Index("ix_credit_hold_org_id_resolved_at", "org_id", "resolved_at"),
    )

    session_id: Mapped[str] = mapped_column(unique=True)
    campaign_id: Mapped[str | None]
    """Campaign of the interview; kept even if the interview is erased."""
    amount: Mapped[int]
    state: Mapped[str] = mapped_column(default="open")
    minutes: Mapped[int | None]
    """Started minutes as billed, set when the hold is settled."""
    charged: Mapped[int | None]
    """Credits charged for the interview, set when the hold is settled."""
    created_at: Mapped[Created]
    resolved_at: Mapped[datetime | None]


class DayCount(Base):
    """Daily counters, in UTC, of a campaign or the whole organization, so that no chart counts
    rows.

    Updated in the transaction of their cause (`billing.daily_counts`). Tests are not counted;
    erased interviews still are.
    """

    __tablename__ = "day_count"
    __table_args__ = (Index("ix_day_count_org_id_day", "org_id", "day"),)

    org_id: Mapped[OfOrganization] = mapped_column(primary_key=True)
    campaign_id: Mapped[str] = mapped_column(primary_key=True)
    """Campaign id; empty for the whole organization, a dash when unknown."""
    day: Mapped[str] = mapped_column(primary_key=True)
    completed: Mapped[int] = mapped_column(default=0)
    """Interviews that were completed."""
    ended_early: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """Completed interviews that ended before the guide was worked through
    (`completeness.is_complete`).
    """
    charged: Mapped[int] = mapped_column(default=0)
    """Charged interviews, including abandoned ones."""
    minutes: Mapped[int] = mapped_column(default=0)
    """Started minutes of the charged interviews, as billed."""
    credits: Mapped[int] = mapped_column(default=0)


class Payment(OrganizationRow):
    """Payment of a top-up. `mismatch` means that the amount paid differs from the order, and a
    person must check it.
    """

    __tablename__ = "payment"
    __table_args__ = (
        one_of("state", "open", "paid", "expired", "failed", "mismatch"),
        CheckConstraint("credits > 0 AND cents > 0", name="amount"),
        CheckConstraint("refund_seen >= 0 AND refunded_credits >= 0", name="refund"),
        Index("ix_payment_org_id", "org_id"),
    )

    credits: Mapped[int]
    cents: Mapped[int]
    currency: Mapped[str]
    state: Mapped[str] = mapped_column(default="open")
    checkout_id: Mapped[str | None]
    url: Mapped[str | None]
    """Checkout URL while the payment is open."""
    payment_intent_id: Mapped[str | None] = mapped_column(unique=True)
    refund_seen: Mapped[int] = mapped_column(default=0)
    """Total refund in cents reported by the provider."""
    refund_done: Mapped[int] = mapped_column(default=0)
    """Refunded cents for which credits were taken back, as far as they were available."""
    refunded_credits: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Created]
    paid_at: Mapped[datetime | None]
