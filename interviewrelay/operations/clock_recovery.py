"""Clock recovery: reschedule rows that were postponed while the clock was ahead.

Such rows are recognisable: their ids, or those of their attempts, carry the machine's time and lie
in the future. Leased rows recover by themselves (`delivery`, `delivery_leases`, `job_queue`).
"""

from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from interviewrelay.core import clock
from interviewrelay.core.db.session import count_affected, transaction
from interviewrelay.core.ids import min_id_ahead
from interviewrelay.models import Attempt, Campaign, Delivery, Invite, Mail
from interviewrelay.notifications import mail_delivery

AHEAD: Final = timedelta(minutes=10)
"""Tolerance: clocks of several machines differ by less."""
LONGEST_WAIT: Final = timedelta(seconds=mail_delivery.RETRY_DELAYS[-1]) * 1.2
"""Longest retry delay of an email."""


def reschedule() -> int:
    """Reschedule to now; returns the number of emails and deliveries. Emails still wait for the
    start of their campaign.
    """
    now = clock.now()
    mails = (
        update(Mail)
        .where(Mail.state == "queued", Mail.next_at > now + AHEAD, _put_off(), _begun())
        .values(next_at=now, tried_until=None)
    )
    told = (
        update(Delivery)
        .where(Delivery.state == "pending", Delivery.next_at > now + AHEAD, _tried_ahead())
        .values(next_at=now)
    )
    with transaction():
        return count_affected(mails) + count_affected(told)


def _put_off() -> ColumnElement[bool]:
    latest = clock.now() + AHEAD
    failed_ahead = or_(
        Mail.tried_until > latest + mail_delivery.GIVES_UP, Mail.next_at > latest + LONGEST_WAIT
    )
    untried = and_(Mail.tried_until.is_(None), Mail.id >= min_id_ahead(AHEAD))
    return or_(untried, and_(Mail.tried_until.is_not(None), failed_ahead))


def _tried_ahead() -> ColumnElement[bool]:
    """Condition: created or last tried ahead of the clock. Failures after the correction wait as
    usual.
    """
    ahead, other = min_id_ahead(AHEAD), aliased(Attempt)
    last = select(func.max(other.number)).where(other.delivery_id == Attempt.delivery_id)
    tried = exists().where(
        Attempt.delivery_id == Delivery.id,
        Attempt.number == last.correlate(Attempt).scalar_subquery(),
        Attempt.id >= ahead,
    )
    untried = ~exists().where(Attempt.delivery_id == Delivery.id)
    return or_(tried, and_(untried, Delivery.id >= ahead))


def _begun() -> ColumnElement[bool]:
    starts_later = exists().where(
        Invite.id == Mail.invite_id,
        Campaign.id == Invite.campaign_id,
        Campaign.starts_at > clock.now(),
    )
    return ~starts_later
