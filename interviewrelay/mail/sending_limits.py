"""Sending limits: emails an organization may send, by its plan, and to one person.

Counted from the rows of the outbox in the transaction that writes them. So refused emails are not
counted, and two concurrent callers cannot both take the last place. Notices to members are not
counted. Enterprise has no limit except that of one invite.
"""

import math
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from interviewrelay.core import clock
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import PlanLimitReached, RateLimited
from interviewrelay.core.security import tokens
from interviewrelay.mail import outbox, suppressions
from interviewrelay.models import Invite, Mail
from interviewrelay.organizations import plan_limits, plans

DAY: Final = timedelta(hours=24)


def get_remaining(org_id: str) -> int | None:
    """Building block: emails that may still be sent now; None means no limit."""
    most = plan_limits.lock_plan(org_id).mails_per_day
    return None if most is None else most - _sent(org_id, most)


def reserve(org_id: str, wanted: int) -> None:
    """Building block: reserve so many emails.

    Raises PlanLimitReached above the plan's daily maximum, and RateLimited if the limit is used up
    for now.
    """
    plan = plan_limits.lock_plan(org_id)
    most = plan.mails_per_day
    if most is None or wanted == 0:
        return
    details = {"plan": plan.name, "limit": most}
    if wanted > most:
        words = (
            f"The {plan.title} plan allows {most:,} emails in 24 hours, but this needs {wanted:,}. "
            "Invite fewer people at once, invite them without email, or upgrade your plan."
        )
        raise PlanLimitReached(words, details=details)
    free = most - _sent(org_id, most)
    if wanted > free:
        words = (
            f"The {plan.title} plan allows {most:,} emails in 24 hours. You can send {free:,} now, but "
            f"this needs {wanted:,}. Wait, invite fewer people, or invite them without email."
        )
        in_the_way = _nth_newest(most - wanted, *_counted(org_id))
        raise _wait(words, in_the_way or clock.now(), details)


def undeliverable(
    ring: tokens.KeyRing, org_id: str, emails: Iterable[str], known: Collection[str]
) -> dict[str, str]:
    """Building block: addresses (lower case) that get no email, with the reason, in order; reserves
    emails for the other unknown ones.

    People who already have an invite are reported too, so that the caller does not wait for an
    answer. Raises like `reserve`.
    """
    wanted = list(emails)
    new = set(wanted) - set(known)
    why = dict.fromkeys(over_quota(org_id, new), "TOO_MANY_MAILS")
    why |= dict.fromkeys(suppressions.find_suppressed(ring, org_id, wanted), "DO_NOT_WRITE")
    reserve(org_id, len(new - why.keys()))
    return {email: why[email] for email in wanted if email in why}


def over_quota(org_id: str, emails: Collection[str]) -> set[str]:
    """Building block: addresses (lower case) that have reached their daily limit."""
    if plan_limits.lock_plan(org_id).mails_per_day is None:
        return set()
    marks = {outbox.get_recipient_digest(org_id, email): email for email in emails}
    query = (
        select(Mail.to_mark)
        .where(Mail.org_id == org_id, Mail.to_mark.in_(marks), _lately())
        .group_by(Mail.to_mark)
        .having(func.count() >= plans.MAILS_TO_ONE_PERSON)
    )
    return {marks[mark] for mark in db.session.execute(query).scalars() if mark}


def reserve_one(invite: Invite) -> None:
    """Building block: one more email to an invited person. Raises RateLimited."""
    most, theirs = plans.MAILS_TO_ONE_PERSON, [Mail.invite_id == invite.id]
    if plan_limits.lock_plan(invite.org_id).mails_per_day is not None:
        mark = outbox.get_recipient_digest(invite.org_id, invite.email)
        theirs = [Mail.org_id == invite.org_id, Mail.to_mark == mark]
    theirs.append(_lately())
    in_the_way = _nth_newest(most - 1, *theirs)
    if in_the_way is not None:
        words = f"This person got {most} emails in the last 24 hours. Try again later."
        raise _wait(words, in_the_way, {"limit": most})
    reserve(invite.org_id, 1)


def quota_of(org_id: str) -> ColumnElement[bool]:
    """Building block: condition that an invite's person may get another email.

    True for invites that were never emailed.
    """
    theirs = Mail.invite_id == Invite.id
    if plan_limits.lock_plan(org_id).mails_per_day is not None:
        known = aliased(Mail)
        whose = select(known.to_mark).where(known.invite_id == Invite.id).limit(1)
        mark = whose.correlate(Invite).scalar_subquery()
        theirs = (Mail.org_id == org_id) & (Mail.to_mark == mark)
    got = select(func.count(Mail.id)).where(theirs, _lately())
    return got.correlate(Invite).scalar_subquery() < plans.MAILS_TO_ONE_PERSON


def _sent(org_id: str, most: int) -> int:
    """Emails of the last day, counted only up to `most`."""
    lately = select(Mail.id).where(*_counted(org_id)).limit(most)
    return db.session.execute(select(func.count()).select_from(lately.subquery())).scalar_one()


def _counted(org_id: str) -> tuple[ColumnElement[bool], ...]:
    mine = Mail.org_id == org_id
    return mine, _lately(), Mail.invite_id.is_not(None)


def _nth_newest(number: int, *which: ColumnElement[bool]) -> datetime | None:
    """Time when the nth newest was queued, if there are so many; the newest is 0."""
    query = select(Mail.created_at).where(*which).order_by(Mail.created_at.desc())
    return db.session.execute(query.offset(number).limit(1)).scalar_one_or_none()


def _lately() -> ColumnElement[bool]:
    """Condition for an email of the last day. A time far in the future was written before the clock
    was set back.
    """
    now = clock.now()
    return (Mail.created_at > now - DAY) & (Mail.created_at < now + DAY)


def _wait(words: str, since: datetime, details: dict[str, object]) -> RateLimited:
    """Refusal until that email is a day old."""
    refusal = RateLimited(words, details=details)
    seconds = math.ceil((since + DAY - clock.now()).total_seconds())
    refusal.headers["Retry-After"] = str(max(1, seconds))
    return refusal
