"""Known browsers: a signed cookie by which a browser is recognized that has logged in before.

The signature covers the account and its password hash, so that a new password ends all of them.
Nothing is stored here.
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


def issue_browser(ring: tokens.KeyRing, user: User) -> str:
    """The cookie of a browser that is known for this account from now on, for 180 days."""
    name = secrets.token_urlsafe(12)
    until = int((clock.now() + KEPT).timestamp())
    return f"{name}.{until}.{ring.mark('browser', _signed(name, until, user))}"


def recognize_browser(ring: tokens.KeyRing, user: User, cookie: str) -> str | None:
    """The random name of a known browser; None for a cookie that is forged, of another account, too
    old, or from before the account's last change of password.
    """
    match = _FORM.fullmatch(cookie)
    if match is None or int(match[2]) <= clock.now().timestamp():
        return None
    marks = ring.marks("browser", _signed(match[1], int(match[2]), user))
    return match[1] if any(tokens.same(mark, match[3]) for mark in marks) else None


def _signed(name: str, until: int, user: User) -> str:
    return f"{name} {until} {user.id} {user.password_hash}"
