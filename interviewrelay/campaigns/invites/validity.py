"""Validity of an invite now."""

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
    """Check that an invite can be used now. Raises InviteCancelled, InviteExpired, and like
    `availability.to_begin`.
    """
    if invite.status == "cancelled":
        raise cancelled(withdrew=invite.withdrew, taken_back=invite.taken_back)
    if invite.status != "pending":
        return
    if invite.expires_at <= clock.now():
        raise InviteExpired
    availability.to_begin(invite.campaign)


def cancelled(*, withdrew: bool, taken_back: bool) -> InviteCancelled:
    """Error for a cancelled link: the person withdrew, was erased, or the organization cancelled it."""
    if withdrew:
        return Withdrawn()
    return NoLongerOpen() if taken_back else InviteCancelled()
