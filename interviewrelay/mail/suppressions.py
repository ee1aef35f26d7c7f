"""Suppressions: addresses that an organization does not email, because the person unsubscribed or a
member added them.

The list holds only keyed digests (`tokens`), no addresses. Erasing a person leaves it unchanged, so
that nobody is emailed again because they were erased.
"""

from collections.abc import Collection

from sqlalchemy import delete, select

from interviewrelay.core import clock, email_addresses
from interviewrelay.core.actor import Actor
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import Conflict, UnknownInvite
from interviewrelay.core.security import tokens
from interviewrelay.models import Invite, Organization, Suppression
from interviewrelay.organizations import access, retired_keys

ASKED_NOT_TO: str = "this person is on the do-not-email list"


def find_suppressed(ring: tokens.KeyRing, org_id: str, emails: Collection[str]) -> set[str]:
    """Suppressed ones among these addresses (lower case)."""
    kept = retired_keys.build_verifier(ring)
    known = {
        mark: email.lower()
        for email in emails
        for mark in kept.digests("suppress", _whose(org_id, email))
    }
    found: set[str] = set()
    marks = list(known)
    for start in range(0, len(marks), 1_000):
        query = select(Suppression.mark).where(
            Suppression.org_id == org_id, Suppression.mark.in_(marks[start : start + 1_000])
        )
        found |= {known[mark] for mark in db.session.execute(query).scalars()}
    return found


def require_not_suppressed(ring: tokens.KeyRing, invite: Invite) -> None:
    """Building block: check before another email to a person. Raises Conflict."""
    if find_suppressed(ring, invite.org_id, [invite.email]):
        raise Conflict(
            "This person is on the do-not-email list, so no emails are sent to them. Their link still "
            "works."
        )


def list_suppressions(
    actor: Actor, window: pagination.Window = pagination.Window()
) -> pagination.Page[Suppression]:
    """Suppressions of the organization, newest first."""
    mine = select(Suppression).where(Suppression.org_id == actor.org_id)
    return pagination.fetch_page(mine, Suppression.created_at, Suppression.id, window)


def find_suppression(ring: tokens.KeyRing, actor: Actor, email: str) -> Suppression | None:
    """Suppression of an address. Raises InvalidParameter."""
    return _found(
        actor.org_id, _marks(ring, actor.org_id, email_addresses.require_address(email))
    )


def add_suppression(ring: tokens.KeyRing, actor: Actor, email: str) -> tuple[Suppression, bool]:
    """Suppress an address; the flag says if it is new. Raises InvalidParameter."""
    marks = _marks(ring, actor.org_id, email_addresses.require_address(email))
    with transaction():
        return _put(actor.org_id, marks, "added")


def remove_suppression(ring: tokens.KeyRing, actor: Actor, email: str) -> bool:
    """Remove a suppression; True if there was one. Raises InvalidParameter."""
    marks = _marks(ring, actor.org_id, email_addresses.require_address(email))
    with transaction():
        gone = db.session.execute(
            delete(Suppression)
            .where(Suppression.org_id == actor.org_id, Suppression.mark.in_(marks))
            .returning(Suppression.id)
        ).all()
    return bool(gone)


def build_token(ring: tokens.KeyRing, org_id: str, email: str) -> str:
    """Unsubscribe token for an email: it works even after an erasure, reveals no address and opens
    no interview.
    """
    return tokens.new_unsubscribe_token(
        ring, org_id, ring.digest("suppress", _whose(org_id, email))
    )


def get_unsubscribe_state(ring: tokens.KeyRing, text: str) -> tuple[Organization, bool]:
    """Organization behind an unsubscribe token, and whether the address is already suppressed;
    changes nothing.

    Raises UnknownInvite.
    """
    organization, mark = _read(ring, text)
    return organization, _found(organization.id, [mark]) is not None


def unsubscribe(ring: tokens.KeyRing, text: str) -> Organization:
    """Unsubscribe by token; a repeat changes nothing.

    Raises UnknownInvite.
    """
    organization, mark = _read(ring, text)
    with transaction():
        _put(organization.id, [mark], "unsubscribed")
    return organization


def _read(ring: tokens.KeyRing, text: str) -> tuple[Organization, str]:
    told = tokens.parse_unsubscribe_token(retired_keys.build_verifier(ring), text)
    if told is None:
        raise UnknownInvite
    org_id, mark = told
    query = select(Organization).where(Organization.id == org_id)
    organization = db.session.execute(query).scalar_one_or_none()
    if organization is None:
        raise UnknownInvite
    return organization, mark


def _marks(ring: tokens.KeyRing, org_id: str, email: str) -> list[str]:
    """Digests under every key, newest first, including retired keys."""
    return retired_keys.build_verifier(ring).digests("suppress", _whose(org_id, email))


def _whose(org_id: str, email: str) -> str:
    """Text to digest. It contains the organization, so lists of two organizations cannot be
    compared.
    """
    return f"{org_id} {email.lower()}"


def _found(org_id: str, marks: list[str]) -> Suppression | None:
    query = select(Suppression).where(Suppression.org_id == org_id, Suppression.mark.in_(marks))
    return db.session.execute(query.limit(1)).scalar_one_or_none()


def _put(org_id: str, marks: list[str], reason: str) -> tuple[Suppression, bool]:
    """Building block: add a suppression. Serialized within an organization, so that concurrent
    calls see each other.
    """
    access.lock_organization(org_id)
    known = _found(org_id, marks)
    if known is not None:
        return known, False
    row = Suppression(org_id=org_id, mark=marks[0], reason=reason, created_at=clock.now())
    db.session.add(row)
    return row, True
