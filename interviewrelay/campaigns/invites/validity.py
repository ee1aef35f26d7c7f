"""Validity of an invite now."""

from interviewrelay.campaigns import availability
from interviewrelay.core import clock
from interviewrelay.core.errors import InviteCancelled, InviteExpired, NoLongerOpen, Withdrawn
from interviewrelay.models import Invite


def ensure_invite_usable(invite: Invite) -> None:
    """Check that an invite can be used now. Raises InviteCancelled, InviteExpired, and like
    `availability.require_startable`.
    """
    if invite.status == "cancelled":
        raise build_cancelled_error(withdrew=invite.withdrew, taken_back=invite.taken_back)
    if invite.status != "pending":
        return
    if invite.expires_at <= clock.now():
        raise InviteExpired
    availability.require_startable(invite.campaign)


def build_cancelled_error(*, withdrew: bool, taken_back: bool) -> InviteCancelled:
    """Error for a cancelled link: the person withdrew, was erased, or the organization cancelled it."""
    if withdrew:
        return Withdrawn()
    return NoLongerOpen() if taken_back else InviteCancelled()
