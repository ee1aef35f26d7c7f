"""Proving that what is stored agrees with itself."""

from collections.abc import Callable, Iterator
from typing import Final

from sqlalchemy import false, func, select

from interviewrelay.database import db
from interviewrelay.domain.doctor_ledger import LEDGER
from interviewrelay.models import (
    Campaign,
    Consent,
    CreditHold,
    Interview,
    Invite,
    TurnRow,
)

Check = Callable[[], Iterator[str]]


def examine() -> dict[str, list[str]]:
    """What each check found wrong, in sentences; all empty when everything is well."""
    return {name: list(check()) for name, check in CHECKS.items()}


def _ended_interviews_are_settled() -> Iterator[str]:
    ended = select(Interview.id).where(
        Interview.status != "in_progress", Interview.test == false()
    )
    rows = db.session.execute(
        select(CreditHold.session_id).where(
            CreditHold.state == "open", CreditHold.session_id.in_(ended)
        )
    )
    for session_id in rows.scalars():
        yield f"{session_id}: ended, and its hold is open"


def _no_turn_without_consent() -> Iterator[str]:
    rows = db.session.execute(
        select(TurnRow.interview_id)
        .join(Interview, Interview.id == TurnRow.interview_id)
        .join(Consent, Consent.id == Interview.consent_id)
        .where(TurnRow.at < Consent.agreed_at)
        .distinct()
    )
    for interview_id in rows.scalars():
        yield f"{interview_id}: a turn is older than its consent"


def _turns_without_a_gap() -> Iterator[str]:
    rows = db.session.execute(
        select(TurnRow.interview_id, func.count(TurnRow.id), func.max(TurnRow.number))
        .group_by(TurnRow.interview_id)
        .having(func.count(TurnRow.id) != func.max(TurnRow.number))
    )
    for interview_id, count, last in rows:
        yield f"{interview_id}: {count} turns, the last is number {last}"


def _counters_are_right() -> Iterator[str]:
    for campaign in db.session.execute(select(Campaign)).scalars():
        invited = db.session.execute(
            select(func.count()).select_from(Invite).where(Invite.campaign_id == campaign.id)
        ).scalar_one()
        if invited != campaign.invites_sent:
            yield f"{campaign.id}: {invited} invites, the counter says {campaign.invites_sent}"


CHECKS: Final[dict[str, Check]] = {
    **LEDGER,
    "ended interviews are settled": _ended_interviews_are_settled,
    "no turn without consent": _no_turn_without_consent,
    "turns without a gap": _turns_without_a_gap,
    "counters are right": _counters_are_right,
}
