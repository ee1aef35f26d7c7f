"""Credits: the append-only ledger, the balance that is checked against it, and holds."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.core.db.session import Base
from interviewrelay.models.mixins import Created, Key, OfOrganization


class CreditAccount(Base):
    __tablename__ = "credit_account"
    __table_args__ = (
        CheckConstraint(
            "starter >= 0 AND monthly >= 0 AND topup >= 0 AND held >= 0", name="whole"
        ),
        CheckConstraint("warned IN ('info', 'warning', 'critical')", name="warned"),
    )

    org_id: Mapped[str] = mapped_column(
        ForeignKey("organization.id", ondelete="CASCADE"), primary_key=True
    )
    starter: Mapped[int] = mapped_column(default=0)
    monthly: Mapped[int] = mapped_column(default=0)
    topup: Mapped[int] = mapped_column(default=0)
    held: Mapped[int] = mapped_column(default=0)
    """What open holds keep back; part of the balance, not beside it."""
    seq: Mapped[int] = mapped_column(default=0)
    monthly_amount: Mapped[int] = mapped_column(default=0)
    period_amount: Mapped[int] = mapped_column(default=0)
    """The most that this month has been given: a change of plan gives what is missing, once."""
    monthly_reset_at: Mapped[datetime]
    warned: Mapped[str] = mapped_column(default="info")
    """How low the balance was when it last moved: a warning is for going down."""
    warn_below: Mapped[int | None]
    """Fewer credits than these are few to this organization, also where the plan's rule is content."""
    last_low_balance_warning_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]


class CreditEntry(Base):
    """One movement of one pool. Never changed, never deleted: triggers refuse it."""

    __tablename__ = "credit_entry"
    __table_args__ = (
        CheckConstraint("pool IN ('starter', 'monthly', 'topup')", name="pool"),
        CheckConstraint(
            "kind IN ('grant', 'reset', 'purchase', 'charge', 'refund', 'adjust', 'expire')",
            name="kind",
        ),
        CheckConstraint("amount <> 0 OR kind IN ('charge', 'adjust')", name="amount"),
        CheckConstraint("balance_after >= 0 AND pool_after >= 0", name="balance"),
        UniqueConstraint("org_id", "seq"),
        UniqueConstraint("org_id", "reference", "pool"),
        Index("ix_credit_entry_org_id_created_at", "org_id", "created_at"),
        Index("ix_credit_entry_session_id", "session_id"),
        Index("ix_credit_entry_created_at_id", "created_at", "id"),
    )

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]
    seq: Mapped[int]
    pool: Mapped[str]
    amount: Mapped[int]
    kind: Mapped[str]
    pool_after: Mapped[int]
    balance_after: Mapped[int]
    """All pools together, as the API shows it."""
    reference: Mapped[str]
    description: Mapped[str]
    session_id: Mapped[str | None]
    payment_intent_id: Mapped[str | None]
    created_at: Mapped[Created]


class CreditHold(Base):
    __tablename__ = "credit_hold"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("state IN ('open', 'posted', 'voided', 'expired')", name="state"),
        Index("ix_credit_hold_org_id_state", "org_id", "state"),
        Index("ix_credit_hold_org_id_resolved_at", "org_id", "resolved_at"),
    )

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]
    session_id: Mapped[str] = mapped_column(unique=True)
    campaign_id: Mapped[str | None]
    """Of which campaign; it outlives the interview, which may be erased."""
    amount: Mapped[int]
    state: Mapped[str] = mapped_column(default="open")
    minutes: Mapped[int | None]
    """Started minutes, as billed, once it is posted."""
    charged: Mapped[int | None]
    """What the interview cost, once it is posted."""
    created_at: Mapped[Created]
    resolved_at: Mapped[datetime | None]


class DayCount(Base):
    """A day, in UTC, of a campaign and of the whole organization, so that no chart counts rows.

    Kept in the transaction of its cause (`domain.day_counts`); tests are in none of it, and what is
    erased still counts.
    """

    __tablename__ = "day_count"
    __table_args__ = (Index("ix_day_count_org_id_day", "org_id", "day"),)

    org_id: Mapped[str] = mapped_column(
        ForeignKey("organization.id", ondelete="CASCADE"), primary_key=True
    )
    campaign_id: Mapped[str] = mapped_column(primary_key=True)
    """Empty for the whole organization; a dash where it is not known."""
    day: Mapped[str] = mapped_column(primary_key=True)
    completed: Mapped[int] = mapped_column(default=0)
    """Interviews that were completed."""
    ended_early: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """Those of them that are not complete (`completeness.is_complete`)."""
    charged: Mapped[int] = mapped_column(default=0)
    """Interviews that were charged, abandoned ones among them."""
    minutes: Mapped[int] = mapped_column(default=0)
    """Started minutes of these, as billed."""
    credits: Mapped[int] = mapped_column(default=0)


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
