"""Login sessions: a row for each browser that is logged in, found by the token in its session cookie.

`find_login_membership` checks that token, on every request of the dashboard
(`web.http.authentication`). A person lists and ends their own sessions only.
"""

import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select, update

from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import db, require_transaction, transaction
from interviewrelay.core.errors import NotFound, StorageUnavailable
from interviewrelay.core.ids import is_id
from interviewrelay.core.security import tokens
from interviewrelay.models import Login, Membership

log = logging.getLogger(__name__)

IDLE: Final = timedelta(hours=12)
LONGEST_LOGIN: Final = timedelta(days=14)
SEEN_EVERY: Final = timedelta(minutes=5)
"""Minimum interval between two writes of the last use."""
MOST: Final = 100


def create_login(ring: tokens.KeyRing, membership: Membership, device: str = "") -> str:
    """Building block: create a login session in an organization; returns its token."""
    require_transaction()
    token, now = tokens.new_login_token(), clock.now()
    login = Login(
        mark=ring.digest("login", token),
        membership_id=membership.id,
        created_at=now,
        seen_at=now,
        device=device or None,
    )
    db.session.add(login)
    return token


def delete_login(ring: tokens.KeyRing, token: str) -> None:
    with transaction():
        db.session.execute(delete(Login).where(Login.mark.in_(ring.digests("login", token))))


def find_login_membership(ring: tokens.KeyRing, token: str) -> Membership | None:
    """Membership of a login session; None when unknown, idle for 12 hours or older than 14 days."""
    login = db.session.execute(
        select(Login).where(Login.mark.in_(ring.digests("login", token)))
    ).scalar_one_or_none()
    now = clock.now()
    if login is None or now - login.seen_at > IDLE or now - login.created_at > LONGEST_LOGIN:
        return None
    if now - login.seen_at > SEEN_EVERY:
        with (
            suppress(StorageUnavailable),
            transaction(),
        ):  # reading works even when writing does not
            db.session.execute(update(Login).where(Login.id == login.id).values(seen_at=now))
    return login.membership


def list_logins(actor: Actor) -> Sequence[Login]:
    """Active login sessions of the person in all organizations, last used first."""
    now = clock.now()
    query = (
        select(Login)
        .join(Membership, Membership.id == Login.membership_id)
        .where(
            Membership.user_id == actor.user_id,
            Login.seen_at >= now - IDLE,
            Login.created_at >= now - LONGEST_LOGIN,
        )
        .order_by(Login.seen_at.desc(), Login.id.desc())
        .limit(MOST)
    )
    return db.session.execute(query).scalars().all()


def get_current_login_id(ring: tokens.KeyRing, token: str) -> str:
    """Id of the login session with this token; empty when it has ended."""
    query = select(Login.id).where(Login.mark.in_(ring.digests("login", token)))
    return db.session.execute(query).scalar_one_or_none() or ""


def end_login(actor: Actor, login_id: str) -> None:
    """End a login session, so that its browser must log in again. Raises NotFound if it is not the
    actor's.
    """
    ended = _end(actor, Login.id == login_id) if is_id(login_id) else 0
    if not ended:
        raise NotFound


def end_other_logins(actor: Actor, but: str) -> int:
    """End all other login sessions; returns how many."""
    return _end(actor, Login.id != but)


def delete_expired_logins() -> int:
    """Delete expired login sessions; returns how many."""
    now = clock.now()
    with transaction():
        gone = db.session.execute(
            delete(Login)
            .where((Login.seen_at < now - IDLE) | (Login.created_at < now - LONGEST_LOGIN))
            .returning(Login.id)
        )
        return len(gone.all())


def _end(actor: Actor, which: object) -> int:
    theirs = select(Membership.id).where(Membership.user_id == actor.user_id)
    with transaction():
        gone = delete(Login).where(Login.membership_id.in_(theirs), which)  # type: ignore[arg-type]
        count = len(db.session.execute(gone.returning(Login.id)).all())
    log.warning("signed_out_elsewhere", extra={"user": actor.user_id, "count": count})
    return count
