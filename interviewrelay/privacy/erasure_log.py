"""Erasure log: invites of erased people, by ids that name nobody, so that a restored backup can
erase them again.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from sqlalchemy import select

from interviewrelay.core.db.session import db
from interviewrelay.core.ids import is_id
from interviewrelay.models import Invite
from interviewrelay.models.invites import ERASED, WITHDREW
from interviewrelay.privacy import erasure
from interviewrelay.runtime.services import Services


@dataclass(frozen=True, slots=True)
class ErasedInvite:
    """Invite of an erased person; `withdrew` if they withdrew themselves."""

    invite_id: str
    withdrew: bool


def list_erased() -> Iterator[ErasedInvite]:
    """All erasures so far. Uses only columns of the first migration, so it also reads databases of
    older versions.
    """
    erased = select(Invite.id, Invite.email).where(Invite.email.endswith(ERASED))
    for invite_id, email in db.session.execute(erased.order_by(Invite.id)):
        yield ErasedInvite(invite_id, email.startswith(WITHDREW))


def format_line(entry: ErasedInvite) -> str:
    """Line of the log as JSON."""
    return json.dumps(asdict(entry))


def parse_line(line: str) -> ErasedInvite:
    """Parse a line of the log. Raises ValueError."""
    try:
        told = json.loads(line)
        entry = ErasedInvite(told["invite_id"], told["withdrew"] is True)
    except (KeyError, TypeError):
        raise ValueError("not a line of an erasure log") from None
    if not is_id(entry.invite_id):
        raise ValueError("not an invite ID")
    return entry


def replay_erasures(services: Services, entries: Iterable[ErasedInvite]) -> int:
    """Erase again everybody whom a backup has restored; returns how many. A repeat erases nobody."""
    erased = 0
    for entry in entries:
        query = select(Invite).where(Invite.id == entry.invite_id)
        invite = db.session.execute(query).scalar_one_or_none()
        if invite is not None and not erasure.is_erased_address(invite.email):
            if entry.withdrew:
                erasure.withdraw_participant(services, invite)
            else:
                erasure.erase_invites(services, invite.org_id, [invite])
            erased += 1
    return erased
