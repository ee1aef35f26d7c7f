"""Login attempts: every password check, with back-off and an alert to the owner."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import select, update

from interviewrelay.accounts import accounts, known_browsers, login_sessions, passwords
from interviewrelay.accounts.login_backoff import AttemptCounters, Backoff, build_wait_refusal
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.models import Mail, User
from interviewrelay.runtime.services import Services

log = logging.getLogger(__name__)

ALERT_EVERY: Final = 20
"""Alert threshold: with every so many wrong or refused attempts in an hour, the owner may get an
email.
"""
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Caller:
    """Client that sends a password; `browser` is its known-browser cookie, `device` its name."""

    counters: AttemptCounters
    address: str
    network: str
    browser: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class NewLogin:
    """New login session, and the cookie that makes its browser known."""

    token: str
    browser: str


def log_in(services: Services, caller: Caller, email: str, password: str) -> NewLogin | None:
    """Login with a password; None when address and password do not match.

    Raises RateLimited with the seconds to wait. Response and timing are the same whether or not an
    account has the address.
    """
    user = verify_password(services, caller, email, password)
    if user is None:
        return None
    outdated = passwords.needs_rehash(user.password_hash)
    fresh = passwords.hash_password(password) if outdated else user.password_hash
    with transaction():
        membership = accounts.find_membership(user.email)
        if membership is None:
            return None
        if outdated:
            changed = update(User).where(User.id == user.id).values(password_hash=fresh)
            db.session.execute(changed)
            db.session.refresh(user)
        token = login_sessions.create_login(services.ring, membership, caller.device)
        return NewLogin(token, known_browsers.issue_browser_cookie(services.ring, user))


def verify_password(
    services: Services, caller: Caller, email: str, password: str
) -> User | None:
    """The person with this address and password; None for a wrong one. Raises RateLimited.

    A known browser has its own back-off. While that lasts it is treated like a stranger, so that a
    stolen cookie does not lock out the owner.
    """
    user = accounts.find_user(email)
    plain = email.strip().lower()
    stranger = Backoff(
        caller.counters,
        _mark(services, f"{caller.address} {plain}"),
        _mark(services, plain),
        _mark(services, caller.network),
    )
    known = (
        known_browsers.recognize_browser(services.ring, user, caller.browser) if user else None
    )
    ways = [stranger]
    if known:
        ways.insert(0, Backoff(caller.counters, _mark(services, known), _mark(services, plain)))
    return user if _try(services, ways, user, password) else None


def verify_own_password(
    services: Services, counters: AttemptCounters, user: User, password: str
) -> bool:
    """Check the password of a signed-in person. Raises RateLimited.

    Strangers cannot reach this check, so only wrong passwords entered here cause a wait.
    """
    own = Backoff(counters, _mark(services, f"own {user.id}"), _mark(services, user.email))
    return _try(services, [own], user, password)


def _try(services: Services, ways: list[Backoff], user: User | None, password: str) -> bool:
    """One password check, through the first back-off that allows it. Raises RateLimited."""
    waits = []
    for way in ways:
        wait = way.check()
        if not wait:
            break
        waits.append(wait)
    else:
        _note(services, way, user)
        raise build_wait_refusal(min(waits))
    if passwords.matches_hash(user.password_hash if user else None, password):
        return True
    way.count_failure()
    _note(services, way, user)
    return False


def _note(services: Services, way: Backoff, user: User | None) -> None:
    many = way.count_attempt() % ALERT_EVERY == 0
    if not many or user is None:
        return
    if services.mailer.configured:
        _alert(user)
    else:
        log.warning("many_wrong_passwords", extra={"user": user.id})


def _alert(user: User) -> None:
    """Alert by email to the owner of an account: once in 24 hours at most."""
    member = accounts.find_membership(user.email)
    if member is None:
        return
    now = clock.now()
    days = [f"login_alert:{user.id}:{day:%Y-%m-%d}" for day in (now, now - DAY)]
    with transaction():
        # Of two concurrent alerts, the second sees the first.
        mine = select(User.id).where(User.id == user.id).with_for_update(key_share=True)
        db.session.execute(mine)
        sent = select(Mail.id).where(Mail.dedupe.in_(days), Mail.created_at > now - DAY)
        if db.session.execute(sent).first() is not None:
            return
        alert = Mail(
            org_id=member.org_id,
            recipient=user.email,
            facts={"user_id": user.id, "name": user.name},
            kind="login_alert",
            dedupe=days[0],
            next_at=now,
            created_at=now,
        )
        db.session.add(alert)
    log.warning("many_wrong_passwords", extra={"user": user.id})


def _mark(services: Services, text: str) -> str:
    """Keyed digest, so that the counters reveal neither addresses nor accounts."""
    return services.ring.digest("attempt", text)[:32]
