"""Known browsers: a signed cookie that recognizes a browser that has logged in before.

The signature covers the account and its password hash, so a new password invalidates all cookies.
Nothing is stored.
"""

import re
import secrets
from datetime import timedelta
from typing import Final

from interviewrelay.core import clock
from interviewrelay.core.security import tokens
from interviewrelay.models import User

KEPT: Final = timedelta(days=180)
_FORM: Final = re.compile(r"([A-Za-z0-9_-]{16})\.([0-9]{1,12})\.([0-9a-f]{64})", re.ASCII)


def issue_browser_cookie(ring: tokens.KeyRing, user: User) -> str:
    """Cookie that makes a browser known for this account for 180 days."""
    name = secrets.token_urlsafe(12)
    until = int((clock.now() + KEPT).timestamp())
    return f"{name}.{until}.{ring.digest('browser', _signed(name, until, user))}"


def recognize_browser(ring: tokens.KeyRing, user: User, cookie: str) -> str | None:
    """Random name of a known browser; None for a cookie that is forged, expired, of another
    account, or from before the last change of password.
    """
    match = _FORM.fullmatch(cookie)
    if match is None or int(match[2]) <= clock.now().timestamp():
        return None
    marks = ring.digests("browser", _signed(match[1], int(match[2]), user))
    return (
        match[1]
        if any(tokens.equal_in_constant_time(mark, match[3]) for mark in marks)
        else None
    )


def _signed(name: str, until: int, user: User) -> str:
    return f"{name} {until} {user.id} {user.password_hash}"
