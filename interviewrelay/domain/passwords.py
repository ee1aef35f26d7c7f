"""Passwords: how good they must be, how they are kept, how they are compared."""

import re
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, select

from interviewrelay import tokens
from interviewrelay.database import db, require_transaction
from interviewrelay.errors import InvalidParameter
from interviewrelay.models import Login, Membership, User

SHORTEST: Final = 12
LONGEST: Final = 128


def hashed(password: str) -> str:
    """Argon2id with the library's parameters; slow on purpose, so never inside a transaction."""
    return _hasher().hash(password)


def fit(kept: str | None, password: str) -> bool:
    """Whether a password is the one that is kept; as slow when none is."""
    if len(password) > LONGEST:
        return False
    try:
        right = _hasher().verify(kept or _decoy(), password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return right and kept is not None


def outdated(kept: str) -> bool:
    """Whether it was hashed with weaker parameters than today's."""
    return _hasher().check_needs_rehash(kept)


def check(password: str) -> None:
    """Raises InvalidParameter for one that is too weak."""
    if words := weakness(password):
        raise InvalidParameter.field("password", "string", words)


def weakness(password: str) -> str | None:
    """What is wrong with a new password, in a sentence."""
    if not SHORTEST <= len(password) <= LONGEST:
        return f"A password has {SHORTEST} to {LONGEST} characters."
    plain = re.sub(r"[^a-z]", "", password.lower())
    if len(set(password)) < 5 or plain in ("password", "passwordpassword", "interviewrelay"):
        return "This is easy to guess: take a few words that belong together only to you."
    return None


def give(user: User, hashed: str) -> None:
    """A building block: a new password, with which all log-ins and known browsers end."""
    require_transaction()
    user.password_hash = hashed
    mine = select(Membership.id).where(Membership.user_id == user.id)
    db.session.execute(delete(Login).where(Login.membership_id.in_(mine)))


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _decoy() -> str:
    return hashed(tokens.new_secret_key())
