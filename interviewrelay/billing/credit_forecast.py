"""Credit forecast: credits that may be needed, and how long the balance lasts, from counters."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, Select, literal_column, or_, select

from interviewrelay.billing import balance, daily_counts, ledger, prices
from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import db
from interviewrelay.models import Campaign, CreditAccount, ScriptVersion

PACE_DAYS: Final = 14
"""Days, including today, that the current rate of use is measured over."""
ENOUGH: Final = 3
"""Minimum of completed interviews for using their average length instead of the planned one."""
MOST: Final = 1_000
"""Maximum of active campaigns in the forecast, the newest first."""


@dataclass(frozen=True, slots=True)
class CreditForecast:
    """Credit forecast. `all_come` assumes that everybody with an open link is interviewed, `likely`
    the start rate so far; `open_invites` counts those links. `pace` is the use a day; `days_left`
    says how long the free credits last, None while nothing is used.
    """

    open_invites: int
    all_come: int
    likely: int
    free: int
    pace: int
    days_left: int | None


def build_forecast(actor: Actor, account: CreditAccount | None = None) -> CreditForecast:
    """Forecast for the actor's organization; `account` saves a query."""
    account = account or ledger.get_account(actor)
    waits = [_need(row) for row in db.session.execute(_running(actor))]
    used = [number for _, number in daily_counts.list_credits(actor.org_id)[-PACE_DAYS:]]
    free, whole = balance.available_credits(account), sum(used)
    return CreditForecast(
        open_invites=sum(people for people, _, _ in waits),
        all_come=sum(most for _, most, _ in waits),
        likely=sum(likely for _, _, likely in waits),
        free=free,
        pace=round(whole / PACE_DAYS),
        days_left=free * PACE_DAYS // whole if whole else None,
    )


def _running(actor: Actor) -> Select[Any]:
    target = ScriptVersion.document.op("->>")(literal_column("'target_minutes'"))
    return (
        select(
            Campaign.invites_sent,
            Campaign.started,
            Campaign.completed,
            Campaign.completed_seconds,
            Campaign.max_sessions,
            Campaign.max_completed,
            Campaign.settings,
            (
                Campaign.invites_sent - Campaign.started - Campaign.cancelled - Campaign.expired
            ).label("waiting"),
            target.label("target"),
        )
        .join(ScriptVersion, ScriptVersion.id == Campaign.version_id)
        .where(
            Campaign.org_id == actor.org_id,
            Campaign.status == "active",
            or_(Campaign.ends_at.is_(None), Campaign.ends_at > clock.now()),
        )
        .order_by(Campaign.created_at.desc(), Campaign.id.desc())
        .limit(MOST)
    )


def _need(row: Row[Any]) -> tuple[int, int, int]:
    """For a campaign: interviews that may still start, their credits if all do, and at the start
    rate so far.
    """
    people = max(0, row.waiting)
    if row.max_sessions is not None:
        people = min(people, max(0, row.max_sessions - row.started))
    if row.max_completed is not None:
        people = min(people, max(0, row.max_completed - row.completed))
    minutes = row.settings.get("target_minutes") or int(row.target)
    long = row.completed_seconds / row.completed if row.completed >= ENOUGH else 60 * minutes
    cost = people * prices.get_price(long)
    share = row.started / row.invites_sent if row.invites_sent else 0.0
    return people, cost, round(cost * share)
