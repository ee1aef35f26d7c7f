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
from interviewrelay.runtime.services import Office


@dataclass(frozen=True, slots=True)
class Erased:
    """Invite of an erased person; `withdrew` if they withdrew themselves."""

    invite_id: str
    withdrew: bool


def log() -> Iterator[Erased]:
    """All erasures so far. It needs only columns of the first migration."""
    erased = select(Invite.id, Invite.email).where(Invite.email.endswith(ERASED))
    for invite_id, email in db.session.execute(erased.order_by(Invite.id)):
        yield Erased(invite_id, email.startswith(WITHDREW))


def written(entry: Erased) -> str:
    """Line of the log as JSON."""
    return json.dumps(asdict(entry))


def read(line: str) -> Erased:
    """Raises ValueError."""
    try:
        told = json.loads(line)
        entry = Erased(told["invite_id"], told["withdrew"] is True)
    except (KeyError, TypeError):
        raise ValueError("no line of an erasure log") from None
    if not is_id(entry.invite_id):
        raise ValueError("no invite's id")
    return entry


def replay(office: Office, entries: Iterable[Erased]) -> int:
    """Erase again the people that a backup has brought back; returns how many. A repeat finds none."""
    erased = 0
    for entry in entries:
        query = select(Invite).where(Invite.id == entry.invite_id)
        invite = db.session.execute(query).scalar_one_or_none()
        if invite is not None and not erasure.erased(invite.email):
            if entry.withdrew:
                erasure.withdraw(office, invite)
            else:
                erasure.forget(office, invite.org_id, [invite])
            erased += 1
    return erased
