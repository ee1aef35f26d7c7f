"""Server-wide credit summary for system administrators."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, case, func, select

from interviewrelay.billing import balance
from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import Forbidden
from interviewrelay.models import CreditAccount, CreditEntry, Organization

MOST_LOW: Final = 1_000
MOST_RECENT: Final = 50


@dataclass(frozen=True, slots=True)
class CreditSummary:
    """Credit summary of all accounts: totals, low balances (lowest first), and the latest entries."""

    organizations: int
    starter: int
    monthly: int
    topup: int
    low: int
    critical: int
    low_accounts: Sequence[tuple[CreditAccount, Organization]]
    recent: Sequence[tuple[CreditEntry, Organization]]


def get_credit_summary(actor: Actor) -> CreditSummary:
    """Credit summary. For system administrators only; raises Forbidden."""
    require_system_admin(actor)
    monthly = balance.monthly_pool_at(clock.now())
    total = CreditAccount.starter + monthly + CreditAccount.topup
    severity = severity_column(total)
    figures = db.session.execute(
        select(
            func.count(),
            *(
                func.coalesce(func.sum(pool), 0)
                for pool in (CreditAccount.starter, monthly, CreditAccount.topup)
            ),
            func.count().filter(severity != "info"),
            func.count().filter(severity == "critical"),
        ).select_from(CreditAccount)
    ).one()
    low = db.session.execute(
        select(CreditAccount, Organization)
        .join(Organization, Organization.id == CreditAccount.org_id)
        .where(severity != "info")
        .order_by(total, CreditAccount.org_id)
        .limit(MOST_LOW)
    )
    recent = db.session.execute(
        select(CreditEntry, Organization)
        .join(Organization, Organization.id == CreditEntry.org_id)
        .order_by(CreditEntry.created_at.desc(), CreditEntry.id.desc())
        .limit(MOST_RECENT)
    )
    organizations, starter, of_month, topup, few, critical = map(int, figures)
    return CreditSummary(
        organizations,
        starter,
        of_month,
        topup,
        few,
        critical,
        [(balance.get_current_account(account), organization) for account, organization in low],
        [(entry, organization) for entry, organization in recent],
    )


def require_system_admin(actor: Actor) -> None:
    """Guard for system administrators. Raises Forbidden."""
    if not actor.system_admin:
        raise Forbidden("Only server administrators can see this.")


def severity_column(total: ColumnElement[int]) -> ColumnElement[str]:
    """SQL expression of `plans.get_severity` for an account with this total."""
    amount = CreditAccount.monthly_amount
    return case(
        ((total < 100) | (amount > total * 20), "critical"),
        ((total < 300) | (amount > total * 5), "warning"),
        else_="info",
    )
