"""Validity of an invite: whether it may be used now."""

from interviewrelay.campaigns import availability
from interviewrelay.core import clock
from interviewrelay.core.errors import (
    InviteCancelled,
    InviteExpired,
    NoLongerOpen,
    Withdrawn,
)
from interviewrelay.models import Invite


def openness(invite: Invite) -> None:
    """Whether this invite can be used now. Raises InviteCancelled, InviteExpired, and as
    `openings.to_begin`.
    """
    if invite.status == "cancelled":
        raise cancelled(withdrew=invite.withdrew, taken_back=invite.taken_back)
    if invite.status != "pending":
        return
    if invite.expires_at <= clock.now():
        raise InviteExpired
    availability.to_begin(invite.campaign)


def cancelled(*, withdrew: bool, taken_back: bool) -> InviteCancelled:
    """Why a link works no more: its person took everything back, or whoever invited them did."""
    if withdrew:
        return Withdrawn()
    return NoLongerOpen() if taken_back else InviteCancelled()
