"""Bulk actions on invites: each invite is handled alone, so that a failure blocks no other and is
reported with its reason.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from interviewrelay.campaigns.invites import invites, reminders
from interviewrelay.core import clock
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import (
    CampaignNotActive,
    Conflict,
    InvalidParameter,
    PlanLimitReached,
    RateLimited,
)
from interviewrelay.core.ids import derive_id, is_id
from interviewrelay.core.security import tokens
from interviewrelay.mail import suppressions
from interviewrelay.models import Campaign, Invite

MOST: Final = 100
"""Maximum invites of one action, as many as a page shows."""
_REFUSED: Final = CampaignNotActive, Conflict, InvalidParameter, PlanLimitReached, RateLimited


@dataclass(slots=True)
class BulkResult:
    number: int = 0
    left_out: dict[str, list[str]] = field(default_factory=dict)
    """Addresses that were skipped, by reason."""

    def leave_out(self, invite: Invite, reason: str) -> None:
        self.left_out.setdefault(reason, []).append(invite.email)


def list_selected(campaign: Campaign, ids: Collection[str]) -> Sequence[Invite]:
    """Invites of the campaign among these ids, newest first, at most one page."""
    mine = Invite.campaign_id == campaign.id, Invite.id.in_(list(ids)[:MOST])
    query = select(Invite).where(*mine).order_by(Invite.created_at.desc(), Invite.id.desc())
    fresh = query.execution_options(populate_existing=True)
    return db.session.execute(fresh).scalars().all()


def resend_invites(
    ring: tokens.KeyRing, chosen: Sequence[Invite], form: str = ""
) -> BulkResult:
    """Resend the links; the same form id sends each once."""

    def one(invite: Invite) -> None:
        key = derive_id(form, f"resend {invite.id}") if is_id(form) else None
        invites.resend_invite(ring, invite, key=key)

    return _each(chosen, one)


def extend_invites(chosen: Sequence[Invite], hours: int) -> BulkResult:
    """Extend the links to at least so many hours from now."""
    until = clock.now().replace(microsecond=0) + timedelta(hours=hours)
    return _each(chosen, lambda invite: invites.extend_invite_until(invite, until))


def cancel_invites(chosen: Sequence[Invite]) -> BulkResult:
    """Cancel the links at once."""

    def one(invite: Invite) -> None:
        if invite.status in ("completed", "cancelled"):
            raise Conflict(f"This invite is already {invite.status}.")
        invites.cancel_invite(invite)

    return _each(chosen, one)


def remind_invites(
    ring: tokens.KeyRing, campaign: Campaign, chosen: Sequence[Invite]
) -> BulkResult:
    """Remind those who have not started and were not reminded within a day."""
    done, missing = BulkResult(), list[Invite]()
    for invite in chosen:
        if reason := _not_missing(invite):
            done.leave_out(invite, reason)
        else:
            missing.append(invite)
    silent = suppressions.find_suppressed(ring, campaign.org_id, [row.email for row in missing])
    before = {invite.id: invite.reminded_at for invite in missing}
    try:
        reminders.queue_reminders(ring, campaign, only=list(before))
    except _REFUSED as refusal:
        for invite in missing:
            done.leave_out(invite, refusal.message)
        return done
    for invite in list_selected(campaign, before.keys()):
        if invite.email.lower() in silent:
            done.leave_out(invite, "They are on the do-not-email list.")
        elif invite.reminded_at == before[invite.id]:
            done.leave_out(invite, "The daily email limit has been reached.")
        else:
            done.number += 1
    return done


def _not_missing(invite: Invite) -> str:
    """Reason for not reminding a person; empty if they can be reminded."""
    state = invites.get_status(invite)
    if state != "pending":
        return {
            "started": "The interview has started.",
            "completed": "The interview has been completed.",
            "expired": "The link has expired. Extend it first.",
            "cancelled": "The invite has been cancelled.",
        }[state]
    lately = clock.now() - reminders.EVERY
    if invite.reminded_at and invite.reminded_at > lately:
        return "A reminder was sent within the last 24 hours."
    return "Test invites get no emails." if invite.test else ""


def _each(chosen: Sequence[Invite], act: Callable[[Invite], object]) -> BulkResult:
    done = BulkResult()
    for invite in chosen:
        try:
            act(invite)
        except _REFUSED as refusal:
            done.leave_out(invite, refusal.message)
        else:
            done.number += 1
    return done
