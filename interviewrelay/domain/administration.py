"""What whoever runs the server sees of all organizations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, case, func, select

from interviewrelay.database import db
from interviewrelay.domain.actors import Actor
from interviewrelay.errors import Forbidden
from interviewrelay.models import CreditAccount, CreditEntry, Organization

MOST_LOW: Final = 1_000
MOST_RECENT: Final = 50

_TOTAL: Final[ColumnElement[int]] = (
    CreditAccount.starter + CreditAccount.monthly + CreditAccount.topup
)


@dataclass(frozen=True, slots=True)
class CreditSummary:
    """All accounts in a few figures; the low ones, lowest first; and what moved last."""

    organizations: int
    starter: int
    monthly: int
    topup: int
    low: int
    critical: int
    low_accounts: Sequence[tuple[CreditAccount, Organization]]
    recent: Sequence[tuple[CreditEntry, Organization]]


def credit_summary(actor: Actor) -> CreditSummary:
    """For system administrators only. Raises Forbidden."""
    if not actor.system_admin:
        raise Forbidden("Only an administrator of this server may see this.")
    severity = severity_of_account()
    figures = db.session.execute(
        select(
            func.count(),
            *(
                func.coalesce(func.sum(pool), 0)
                for pool in (CreditAccount.starter, CreditAccount.monthly, CreditAccount.topup)
            ),
            func.coalesce(func.sum(case((severity != "info", 1), else_=0)), 0),
            func.coalesce(func.sum(case((severity == "critical", 1), else_=0)), 0),
        ).select_from(CreditAccount)
    ).one()
    low = db.session.execute(
        select(CreditAccount, Organization)
        .join(Organization, Organization.id == CreditAccount.org_id)
        .where(severity != "info")
        .order_by(_TOTAL, CreditAccount.org_id)
        .limit(MOST_LOW)
    )
    recent = db.session.execute(
        select(CreditEntry, Organization)
        .join(Organization, Organization.id == CreditEntry.org_id)
        .order_by(CreditEntry.created_at.desc(), CreditEntry.id.desc())
        .limit(MOST_RECENT)
    )
    organizations, starter, monthly, topup, few, critical = map(int, figures)
    return CreditSummary(
        organizations, starter, monthly, topup, few, critical, _pairs(low), _pairs(recent)
    )


def severity_of_account() -> ColumnElement[str]:
    """`plans.severity`, as the database reckons it."""
    amount = CreditAccount.monthly_amount
    return case(
        ((_TOTAL < 100) | (amount > _TOTAL * 20), "critical"),
        ((_TOTAL < 300) | (amount > _TOTAL * 5), "warning"),
        else_="info",
    )


def _pairs(rows: Any) -> list[tuple[Any, Any]]:
    return [(one, other) for one, other in rows]
