"""Audit log: who changed what in an organization, written in the same transaction as the change.

It contains nothing about participants, so an erasure need not touch it.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select

from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import count_affected, db, require_transaction, transaction
from interviewrelay.models import AuditEntry, User

KEPT: Final = timedelta(days=730)
LONGEST: Final = 200
ACTS: Final = {
    "member_invited": "Invited {}",
    "member_uninvited": "Withdrew the invitation to {}",
    "member_joined": "{} joined",
    "member_role": "Changed the role of {}",
    "member_removed": "Removed {}",
    "member_password": "Changed their password",
    "key_made": "Created the API key {}",
    "key_revoked": "Revoked the API key {}",
    "webhook_made": "Created the webhook {}",
    "webhook_changed": "Changed the webhook {}",
    "webhook_on": "Turned on the webhook {}",
    "webhook_off": "Turned off the webhook {}",
    "webhook_secret": "Created a new secret for the webhook {}",
    "webhook_deleted": "Deleted the webhook {}",
    "settings_organization": "Changed the organization settings for {}",
    "settings_mail": "Changed the sender of emails to {}",
    "settings_retention": "Changed retention to {}",
    "settings_model": "Changed the language model to {}",
    "settings_server_model": "Changed the server’s language model to {}",
    "settings_branding": "Changed the branding",
    "settings_warning": "Changed low-balance alerts to {}",
    "credits_plan": "Changed the plan to {}",
    "credits_given": "Added {} credits",
    "credits_taken": "Removed {} credits",
    "privacy_session": "Erased the interview {}",
    "privacy_person": "Erased a person",
    "privacy_audio": "Deleted the recordings of {} interviews after their time",
}
"""Actions and their descriptions; the part before the underscore is the subject."""
SUBJECTS: Final = tuple(dict.fromkeys(act.partition("_")[0] for act in ACTS))

_acting: Final[ContextVar[Actor | None]] = ContextVar("acting", default=None)


def set_actor(actor: Actor | None) -> None:
    """Set the actor of this request; None for a participant or a command."""
    _acting.set(actor)


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Set the actor inside the block."""
    before = _acting.set(actor)
    try:
        yield
    finally:
        _acting.reset(before)


def add_entry(org_id: str, act: str, about: str = "") -> None:
    """Building block: write an audit entry with the change. `about` never names a participant."""
    require_transaction()
    if act not in ACTS:
        raise ValueError(f"unknown audit action {act}")
    by = _acting.get()
    entry = AuditEntry(
        org_id=org_id,
        at=clock.now(),
        door=_door(by, org_id),
        user_id=by.user_id if by else None,
        act=act,
        about=about[:LONGEST],
    )
    db.session.add(entry)


def list_entries(
    actor: Actor,
    window: pagination.Window = pagination.Window(),
    *,
    subject: str | None = None,
    since: datetime | None = None,
    before: datetime | None = None,
) -> pagination.Page[AuditEntry]:
    """Audit entries of the organization, newest first; optionally of one subject, and from `since`
    until `before`, which is excluded.
    """
    mine = select(AuditEntry).where(AuditEntry.org_id == actor.org_id)
    if subject is not None:
        mine = mine.where(AuditEntry.act.startswith(f"{subject}_", autoescape=True))
    if since is not None:
        mine = mine.where(AuditEntry.at >= since)
    if before is not None:
        mine = mine.where(AuditEntry.at < before)
    return pagination.fetch_page(mine, AuditEntry.at, AuditEntry.id, window)


def get_addresses(entries: Iterable[AuditEntry]) -> Mapping[str, str]:
    """Email addresses of the people in the entries, by user id, if they still have an account."""
    ids = {entry.user_id for entry in entries if entry.user_id and entry.door != "server"}
    query = select(User.id, User.email).where(User.id.in_(ids))
    return dict(db.session.execute(query).all())


def delete_old_entries() -> int:
    """Delete entries older than two years; returns how many."""
    with transaction():
        return count_affected(delete(AuditEntry).where(AuditEntry.at <= clock.now() - KEPT))


def _door(by: Actor | None, org_id: str) -> str:
    if by is None:
        return "command"
    if by.org_id != org_id:
        return "server"
    return "key" if by.key_id else "page"
