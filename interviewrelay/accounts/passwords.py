"""Passwords: strength rules, hashing and verification."""

import gzip
import re
from functools import cache
from importlib import resources
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, select

from interviewrelay.core.db.session import db, require_transaction
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.core.security import tokens
from interviewrelay.models import Login, Membership, User

SHORTEST: Final = 12
LONGEST: Final = 128
TOO_COMMON: Final = (
    "This password is too easy to guess. It’s a common password, or a variation of one. Choose a few"
    " words that only you would put together."
)
_PRODUCT: Final = "interviewrelay"
_RUNS: Final = ("1234567890" * 14, "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
"""Sequences of digits, letters and keyboard keys; checked backwards too."""


def hash_password(password: str) -> str:
    """Hash with Argon2id and the library's parameters; slow on purpose, so never inside a
    transaction.
    """
    return _hasher().hash(password)


def matches_hash(kept: str | None, password: str) -> bool:
    """Verify a password against a hash; equally slow without one."""
    if len(password) > LONGEST:
        return False
    try:
        right = _hasher().verify(kept or _decoy(), password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return right and kept is not None


def needs_rehash(kept: str) -> bool:
    """True if the hash uses weaker parameters than today's."""
    return _hasher().check_needs_rehash(kept)


def require_strong(password: str) -> None:
    """Raises InvalidParameter for a weak password."""
    if words := describe_weakness(password):
        raise InvalidParameter.field("password", "string", words)


def describe_weakness(password: str) -> str | None:
    """Problem of a new password as a sentence, or None."""
    if not SHORTEST <= len(password) <= LONGEST:
        return f"Use {SHORTEST} to {LONGEST} characters for your password."
    if len(set(password)) < 5 or _is_common(password):
        return TOO_COMMON
    return None


def store_password(user: User, hashed: str) -> None:
    """Building block: set the password hash; all login sessions and known browsers end."""
    require_transaction()
    user.password_hash = hashed
    mine = select(Membership.id).where(Membership.user_id == user.id)
    db.session.execute(delete(Login).where(Login.membership_id.in_(mine)))


def _is_common(password: str) -> bool:
    """True if the password is on the list in any case, also repeated or with digits or symbols
    added.
    """
    plain = password.casefold()
    bare = re.sub(r"^[\W_]+|[\W_]+$", "", plain)
    letters = re.sub(r"[\W\d_]", "", plain)
    forms = {form for text in (plain, bare, letters) for form in (text, _unit(text))}
    runs = any(plain in run or plain[::-1] in run for run in _RUNS)
    return runs or not _common().isdisjoint(forms)


def _unit(text: str) -> str:
    """Repeating unit of a text, such as `abc` in `abcabcabc`; otherwise the text itself."""
    at = (text + text).find(text, 1)
    return text[:at] if 0 < at < len(text) else text


@cache
def _common() -> frozenset[str]:
    """Common passwords from the package, with source and licence beside it (`common_passwords/`)."""
    file = resources.files("interviewrelay.accounts").joinpath(
        "common_passwords", "passwords.txt.gz"
    )
    words = gzip.decompress(file.read_bytes()).decode().split()
    return frozenset([*words, _PRODUCT])


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _decoy() -> str:
    return hash_password(tokens.new_secret_key())
