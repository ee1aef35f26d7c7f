"""Password resets by a link that works once for 30 minutes, and password changes."""

import logging
from datetime import timedelta
from typing import Final

from sqlalchemy import Select, delete, func, select

from interviewrelay.accounts import accounts, known_browsers, login_attempts, passwords
from interviewrelay.accounts.login_attempts import Caller, Entered
from interviewrelay.core import clock, email_addresses
from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import InvalidParameter, NotFound
from interviewrelay.core.ids import new_id
from interviewrelay.core.security import tokens
from interviewrelay.models import Mail, PasswordAsk, PasswordLink, User
from interviewrelay.organizations import access, audit_log, retired_keys
from interviewrelay.runtime.services import Office

log = logging.getLogger(__name__)

LASTS: Final = timedelta(minutes=30)
MOST_ASKED: Final = 3
"""Maximum emails to one address while a link is valid, so that one link of the owner's always
works. Further requests get the same response and do nothing.
"""
NO_MATCH: Final = "This is not your current password. Check it and try again."


def ask(office: Office, email: str) -> None:
    """Request a reset link. Neither response nor timing reveals if an account has the address,
    because the request is recorded either way.

    Raises InvalidParameter for an invalid address.
    """
    known = email_addresses.required(email).lower()
    marks = office.ring.marks("password-ask", known)
    with transaction():
        if _asked(marks) >= MOST_ASKED:
            return
        db.session.add(PasswordAsk(mark=marks[0], created_at=clock.now()))
        _mail(known, "password", until=LASTS)


def issue(office: Office, user_id: str) -> str:
    """Issue a fresh link; earlier ones stay valid."""
    token, now = tokens.new_login_token(), clock.now()
    with transaction():
        db.session.add(
            PasswordLink(
                mark=office.ring.mark("password", token),
                user_id=user_id,
                created_at=now,
                expires_at=now + LASTS,
            )
        )
    return office.links.page(f"/password/{token}")


def works(ring: tokens.KeyRing, token: str) -> bool:
    """True if this link could set a password; changes nothing."""
    return db.session.execute(_live(ring, token)).first() is not None


def use(office: Office, token: str, password: str) -> str:
    """Set the password of the link's person, and end their login sessions and other links.

    Returns a known-browser cookie, because the holder of the link can read the person's email.
    Raises InvalidParameter for a weak password, and NotFound for a used or expired link.
    """
    passwords.check(password)
    if not works(office.ring, token):
        raise NotFound
    hashed = passwords.hashed(password)
    with transaction():
        user_id = db.session.execute(
            delete(PasswordLink)
            .where(PasswordLink.id.in_(_live(office.ring, token)))
            .returning(PasswordLink.user_id)
        ).scalar_one_or_none()
        if user_id is None:  # a concurrent request used the same link
            raise NotFound
        user = db.session.execute(select(User).where(User.id == user_id)).scalar_one()
        passwords.give(user, hashed)
        db.session.execute(delete(PasswordLink).where(PasswordLink.user_id == user_id))
        if office.mailer.configured:
            _mail(user.email, "password_changed", until=None)
        browser = known_browsers.issue_browser(office.ring, user)
    log.warning("password_changed", extra={"user": user_id})
    return browser


def change(office: Office, caller: Caller, actor: Actor, old: str, new: str) -> Entered:
    """Change one's own password and end all login sessions; returns a fresh login.

    Raises InvalidParameter, and RateLimited after too many wrong ones.
    """
    person = access.membership(actor).user
    passwords.check(new)
    if not login_attempts.verify_own_password(office, caller.counters, person, old):
        raise InvalidParameter.field("old_password", "string", NO_MATCH)
    hashed = passwords.hashed(new)
    with transaction():
        user = db.session.execute(select(User).where(User.id == actor.user_id)).scalar_one()
        passwords.give(user, hashed)
        db.session.execute(delete(PasswordLink).where(PasswordLink.user_id == user.id))
        if office.mailer.configured:
            _mail(user.email, "password_changed", until=None)
        audit_log.note(actor.org_id, "member_password")
        token = accounts.enter(office.ring, access.membership(actor), caller.device)
        browser = known_browsers.issue_browser(office.ring, user)
    log.warning("password_changed", extra={"user": actor.user_id})
    return Entered(token, browser)


def sweep() -> int:
    """Delete expired links and requests; returns the number of links."""
    now = clock.now()
    with transaction():
        db.session.execute(delete(PasswordAsk).where(PasswordAsk.created_at <= now - LASTS))
        gone = db.session.execute(
            delete(PasswordLink)
            .where(PasswordLink.expires_at <= now)
            .returning(PasswordLink.id)
        )
        return len(gone.all())


def _asked(marks: list[str]) -> int:
    lately = PasswordAsk.created_at > clock.now() - LASTS
    query = select(func.count(PasswordAsk.id)).where(PasswordAsk.mark.in_(marks), lately)
    return db.session.execute(query).scalar_one()


def _mail(email: str, kind: str, *, until: timedelta | None) -> None:
    """Building block: queue the email. The link is created when the email is sent, and not stored."""
    member = accounts.membership_of(email)
    if member is None:
        return
    now = clock.now()
    mail = Mail(
        org_id=member.org_id,
        recipient=member.user.email,
        facts={"user_id": member.user_id, "name": member.user.name},
        kind=kind,
        dedupe=f"{kind}:{new_id()}",
        next_at=now,
        tried_until=now + until if until else None,
        created_at=now,
    )
    db.session.add(mail)


def _live(ring: tokens.KeyRing, token: str) -> Select[str]:
    return select(PasswordLink.id).where(
        PasswordLink.mark.in_(retired_keys.marks(ring).marks("password", token)),
        PasswordLink.expires_at > clock.now(),
    )
