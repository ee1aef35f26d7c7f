"""Password resets by a link that works once for 30 minutes, and password changes."""

import logging
from datetime import timedelta
from typing import Final

from sqlalchemy import Select, delete, select

from interviewrelay.accounts import (
    accounts,
    known_browsers,
    login_attempts,
    login_sessions,
    passwords,
)
from interviewrelay.accounts.login_attempts import Caller, NewLogin
from interviewrelay.core import clock, email_addresses
from interviewrelay.core.actor import Actor
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import count_affected, db, transaction
from interviewrelay.core.errors import InvalidParameter, NotFound
from interviewrelay.core.ids import new_id
from interviewrelay.core.security import tokens
from interviewrelay.models import Mail, PasswordReset, PasswordResetRequest, User
from interviewrelay.organizations import access, audit_log, retired_keys
from interviewrelay.runtime.services import Services

log = logging.getLogger(__name__)

LASTS: Final = timedelta(minutes=30)
MOST_ASKED: Final = 3
"""Maximum emails to one address while a link is valid, so that one link of the owner's always
works. Further requests get the same response and do nothing.
"""
NO_MATCH: Final = "Your current password is incorrect. Check it and try again."


def request_reset(services: Services, email: str) -> None:
    """Request a reset link. Neither response nor timing reveals if an account has the address,
    because the request is recorded either way.

    Raises InvalidParameter for an invalid address.
    """
    known = email_addresses.require_address(email).lower()
    marks = services.ring.digests("password-ask", known)
    with transaction():
        lately = select(PasswordResetRequest.id).where(
            PasswordResetRequest.mark.in_(marks),
            PasswordResetRequest.created_at > clock.now() - LASTS,
        )
        if pagination.count_rows(lately) >= MOST_ASKED:
            return
        db.session.add(PasswordResetRequest(mark=marks[0], created_at=clock.now()))
        _mail(known, "password", until=LASTS)


def issue_reset_link(services: Services, user_id: str) -> str:
    """Issue a fresh link; earlier ones stay valid."""
    token, now = tokens.new_login_token(), clock.now()
    with transaction():
        db.session.add(
            PasswordReset(
                mark=services.ring.digest("password", token),
                user_id=user_id,
                created_at=now,
                expires_at=now + LASTS,
            )
        )
    return services.urls.page_url(f"/password/{token}")


def is_valid_link(ring: tokens.KeyRing, token: str) -> bool:
    """True if this link could set a password; changes nothing."""
    return db.session.execute(_live(ring, token)).first() is not None


def reset_password(services: Services, token: str, password: str) -> str:
    """Set the password of the link's person, and end their login sessions and other links.

    Returns a known-browser cookie, because the holder of the link can read the person's email.
    Raises InvalidParameter for a weak password, and NotFound for a used or expired link.
    """
    passwords.require_strong(password)
    if not is_valid_link(services.ring, token):
        raise NotFound
    hashed = passwords.hash_password(password)
    with transaction():
        user_id = db.session.execute(
            delete(PasswordReset)
            .where(PasswordReset.id.in_(_live(services.ring, token)))
            .returning(PasswordReset.user_id)
        ).scalar_one_or_none()
        if user_id is None:  # a concurrent request used the same link
            raise NotFound
        user = db.session.execute(select(User).where(User.id == user_id)).scalar_one()
        passwords.store_password(user, hashed)
        db.session.execute(delete(PasswordReset).where(PasswordReset.user_id == user_id))
        if services.mailer.configured:
            _mail(user.email, "password_changed", until=None)
        browser = known_browsers.issue_browser_cookie(services.ring, user)
    log.warning("password_changed", extra={"user": user_id})
    return browser


def change_password(
    services: Services, caller: Caller, actor: Actor, old: str, new: str
) -> NewLogin:
    """Change one's own password and end all login sessions; returns a fresh login.

    Raises InvalidParameter, and RateLimited after too many wrong ones.
    """
    person = access.get_membership(actor).user
    passwords.require_strong(new)
    if not login_attempts.verify_own_password(services, caller.counters, person, old):
        raise InvalidParameter.field("old_password", "string", NO_MATCH)
    hashed = passwords.hash_password(new)
    with transaction():
        user = db.session.execute(select(User).where(User.id == actor.user_id)).scalar_one()
        passwords.store_password(user, hashed)
        db.session.execute(delete(PasswordReset).where(PasswordReset.user_id == user.id))
        if services.mailer.configured:
            _mail(user.email, "password_changed", until=None)
        audit_log.add_entry(actor.org_id, "member_password")
        token = login_sessions.create_login(
            services.ring, access.get_membership(actor), caller.device
        )
        browser = known_browsers.issue_browser_cookie(services.ring, user)
    log.warning("password_changed", extra={"user": actor.user_id})
    return NewLogin(token, browser)


def delete_expired_links() -> int:
    """Delete expired links and requests; returns the number of links."""
    now = clock.now()
    with transaction():
        db.session.execute(
            delete(PasswordResetRequest).where(PasswordResetRequest.created_at <= now - LASTS)
        )
        return count_affected(delete(PasswordReset).where(PasswordReset.expires_at <= now))


def _mail(email: str, kind: str, *, until: timedelta | None) -> None:
    """Building block: queue the email. The link is created when the email is sent, and not stored."""
    member = accounts.find_membership(email)
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
    return select(PasswordReset.id).where(
        PasswordReset.mark.in_(retired_keys.build_verifier(ring).digests("password", token)),
        PasswordReset.expires_at > clock.now(),
    )
