"""Reminders to people who have not started."""

from collections.abc import Collection
from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, exists, false, or_, select, update

from interviewrelay.campaigns import availability
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.security import tokens
from interviewrelay.mail import outbox, sending_limits, suppressions
from interviewrelay.models import Campaign, Invite, Mail
from interviewrelay.organizations import access

EVERY: Final = timedelta(hours=24)
"""Minimum interval between two reminders to a person."""
AT_ONCE: Final = 500


def queue_reminders(
    ring: tokens.KeyRing,
    campaign: Campaign,
    custom_message: str = "",
    *,
    test: bool = False,
    only: Collection[str] | None = None,
) -> int:
    """Queue a reminder to everybody with a valid link who has not started, or only to the invite
    ids in `only`; returns how many.

    People who were reminded in the last 24 hours or are suppressed are skipped. If the plan allows
    fewer emails, those invited last wait. A test key reminds test invites, without sending email.
    Raises like `availability.require_invitable`, and RateLimited when no email may go now.
    """
    with transaction():
        campaign = access.lock_row(Campaign, campaign.id)
        availability.require_invitable(campaign)
        most = None if test else sending_limits.get_remaining(campaign.org_id)
        if most == 0:
            sending_limits.reserve(campaign.org_id, 1)
        people = _reminded(campaign, most, test=test, only=only)
        if not test:
            people = _written_to(ring, campaign.org_id, people)
            outbox.enqueue_for_invites(campaign, people, "reminder", custom_message)
    return len(people)


def _reminded(
    campaign: Campaign, most: int | None, *, test: bool, only: Collection[str] | None
) -> list[tuple[str, str]]:
    """Mark invites as reminded; returns their ids and addresses."""
    now = clock.now()
    waiting: list[ColumnElement[bool]] = [
        Invite.campaign_id == campaign.id,
        Invite.status == "pending",
        Invite.expires_at > now,
        Invite.test == test,
        _not_lately(),
        sending_limits.quota_of(campaign.org_id),
    ]
    if only is not None:
        waiting.append(Invite.id.in_(only))
    if most is not None:
        first = select(Invite.id).where(*waiting).order_by(Invite.created_at, Invite.id)
        waiting.append(Invite.id.in_(first.limit(most)))
    rows = db.session.execute(
        update(Invite)
        .where(*waiting)
        .values(reminded_at=now)
        .returning(Invite.id, Invite.email)
        .execution_options(synchronize_session=False)
    )
    return [(key, email) for key, email in rows]


def _written_to(
    ring: tokens.KeyRing, org_id: str, people: list[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Remove suppressed people; they stay marked as reminded, which is harmless."""
    over = suppressions.find_suppressed(ring, org_id, [email for _, email in people])
    return [(key, email) for key, email in people if email.lower() not in over]


def queue_due_reminders(ring: tokens.KeyRing) -> int:
    """Send each campaign's automatic reminder, so many hours before the link ends; returns how
    many.

    Once for each invite, and only if the invite itself was sent by email.
    """
    wanting = db.session.execute(
        select(Campaign.id).where(
            Campaign.status == "active", Campaign.reminder_hours_before.is_not(None)
        )
    ).scalars()
    return sum(_due_in(ring, campaign_id) for campaign_id in list(wanting))


def _due_in(ring: tokens.KeyRing, campaign_id: str) -> int:
    sent = 0
    while found := _some_due(campaign_id):
        with transaction():
            campaign = access.lock_row(Campaign, campaign_id)
            if campaign.status != "active" or campaign.reminder_hours_before is None:
                return sent
            if availability.is_over(campaign):
                return sent
            most = sending_limits.get_remaining(campaign.org_id)
            if most == 0:  # they wait until emails may go again
                return sent
            due = _claimed(campaign, found[:most])
            due = _written_to(ring, campaign.org_id, due)
            outbox.enqueue_for_invites(campaign, due, "reminder")
        sent += len(due)
    return sent


def _some_due(campaign_id: str) -> list[str]:
    campaign = db.session.execute(
        select(Campaign).where(Campaign.id == campaign_id)
    ).scalar_one_or_none()
    if (
        campaign is None
        or campaign.reminder_hours_before is None
        or availability.is_over(campaign)
    ):
        return []
    now = clock.now()
    rows = db.session.execute(
        select(Invite.id)
        .where(
            Invite.campaign_id == campaign_id,
            Invite.status == "pending",
            Invite.expires_at > now,
            Invite.expires_at <= now + timedelta(hours=campaign.reminder_hours_before),
            Invite.reminder_over == false(),
            _not_lately(),
        )
        .limit(AT_ONCE)
    )
    return list(rows.scalars())


def _claimed(campaign: Campaign, ids: list[str]) -> list[tuple[str, str]]:
    """Mark invites as handled; returns ids and addresses of those that get an email.

    An invite whose whole validity is shorter than the reminder's hours is skipped, since the person
    has just been invited.
    """
    now, ahead = clock.now(), timedelta(hours=campaign.reminder_hours_before or 0)
    mailed = exists().where(Mail.invite_id == Invite.id, Mail.kind == "invite")
    still = Invite.id.in_(ids), Invite.status == "pending", Invite.reminder_over == false()
    rows = db.session.execute(
        select(
            Invite.id,
            Invite.email,
            Invite.test,
            Invite.created_at,
            Invite.expires_at,
            mailed & sending_limits.quota_of(campaign.org_id),
        ).where(*still)
    ).all()
    db.session.execute(update(Invite).where(*still).values(reminder_over=True))
    due = [
        (key, email)
        for key, email, test, made, end, told in rows
        if told and not test and made < end - ahead
    ]
    keys = [key for key, _ in due]
    db.session.execute(update(Invite).where(Invite.id.in_(keys)).values(reminded_at=now))
    return due


def _not_lately() -> ColumnElement[bool]:
    limit = clock.now() - EVERY
    return or_(Invite.reminded_at.is_(None), Invite.reminded_at <= limit)
