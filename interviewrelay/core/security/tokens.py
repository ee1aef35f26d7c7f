"""Tokens and secrets: how they are generated, recognised and stored.

Nothing is stored in clear text: look-ups use an HMAC digest, and what must be shown again is
encrypted. Both use keys derived from `SECRET_KEYS`, newest first; older keys still verify and
decrypt.
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
import secrets
import string
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple, Protocol
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
_API_KEY = re.compile(
    r"ir_(live|test)_([0-9A-Za-z]{8})([0-9A-Za-z]{32})([0-9A-Za-z]{6})", re.ASCII
)
_INVITE = re.compile(r"inv_[A-Za-z0-9_-]{43}", re.ASCII)

_RESUME_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"
"""No vowels, so that no words appear, and none of 0 O 1 I L."""
_RESUME = re.compile(rf"[{_RESUME_LETTERS}]{{10}}", re.ASCII)

_UNSUBSCRIBING = re.compile(r"uns_[A-Za-z0-9_-]{86}", re.ASCII)

Purpose = Literal[
    "api-key",
    "invite",
    "login",
    "cookie",
    "suppress",
    "unsubscribe",
    "password",
    "password-ask",
    "member",
    "resume",
    "browser",
    "attempt",
    "chain",
    "signing",
]

OUTLIVING: Final[tuple[Purpose, ...]] = (
    "suppress",
    "unsubscribe",
    "password",
    "member",
    "chain",
)
"""Purposes whose digests must outlive their key: only the recipients have the tokens or addresses,
and links between turns are never made again.
"""


PUBLIC: Final = "public"
"""Name of the public key of signatures among derived keys."""


class DerivedKey(NamedTuple):
    """Keys derived from a secret key, by its name, for purposes that outlive it."""

    name: str
    keys: Mapping[str, bytes]

    def serialize(self) -> str:
        return json.dumps([self.name, {use: key.hex() for use, key in self.keys.items()}])

    @classmethod
    def parse(cls, text: str) -> "DerivedKey":
        name, keys = json.loads(text)
        return cls(name, {use: bytes.fromhex(key) for use, key in keys.items()})


class DigestSource(Protocol):
    """Digest provider: gives all digests under which a secret may be stored, newest key first."""

    def digests(self, purpose: Purpose, secret: str) -> list[str]: ...


class RingKeys(NamedTuple):
    """Immutable state of a key ring at one moment."""

    keys: list[bytes]
    seals: MultiFernet


class KeyRing:
    """Key ring: the server's secret keys, newest first."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Each key is any text of 32 characters or more."""
        self._take(keys)

    def _take(self, keys: Sequence[str]) -> None:
        """Replace the keys atomically for concurrent readers."""
        ring = [key.encode() for key in keys]
        seals = [Fernet(base64.urlsafe_b64encode(_derive(key, "seal"))) for key in ring]
        self.__held = RingKeys(ring, MultiFernet(seals))

    @property
    def _held(self) -> "RingKeys":
        return self.__held

    def newest(self) -> "KeyRing":
        """A ring with only the newest key."""
        return KeyRing([self._held.keys[0].decode()])

    def digest(self, purpose: Purpose, secret: str) -> str:
        """HMAC-SHA256 digest of a secret for look-ups, as 64 hexadecimal digits."""
        return _mark(self._held.keys[0], purpose, secret)

    def digests(self, purpose: Purpose, secret: str) -> list[str]:
        """Digests under every key, for look-ups during a key rotation."""
        return [_mark(key, purpose, secret) for key in self._held.keys]

    def newest_key(self, purpose: Purpose) -> tuple[str, bytes]:
        """Fingerprint of the newest key, and the key derived from it for a purpose."""
        key = self._held.keys[0]
        return get_key_name(key), _derive(key, purpose)

    def derived_keys(self) -> list[DerivedKey]:
        """Derived keys of each secret key, newest first."""
        return [
            DerivedKey(
                get_key_name(key),
                {use: _derive(key, use) for use in OUTLIVING} | {PUBLIC: _derive_public(key)},
            )
            for key in self._held.keys
        ]

    def key_names(self) -> list[str]:
        """Fingerprints of the keys, newest first; they reveal nothing else about a key."""
        return [get_key_name(key) for key in self._held.keys]

    def cookie_keys(self) -> list[str]:
        """Keys for signing cookies, newest first."""
        return [_derive(key, "cookie").hex() for key in self._held.keys]

    def encrypt(self, text: str) -> str:
        """Encrypt a text that must be shown again (Fernet: AES-128-CBC with HMAC)."""
        return self._held.seals.encrypt(text.encode()).decode()

    def decrypt(self, sealed: str) -> str:
        """Decrypt a sealed text. Raises ValueError when no key fits."""
        try:
            return self._held.seals.decrypt(sealed).decode()
        except InvalidToken:
            raise ValueError("none of this server's secret keys can decrypt this") from None


class DigestVerifier:
    """Digests of a ring, together with those of retired keys for purposes that outlive them."""

    def __init__(self, ring: KeyRing, left: Sequence[DerivedKey]) -> None:
        self._ring, self._left = ring, left

    def digests(self, purpose: Purpose, secret: str) -> list[str]:
        under = (derived.keys[purpose] for derived in self._left if purpose in derived.keys)
        return [*self._ring.digests(purpose, secret), *(_hmac(key, secret) for key in under)]


def get_key_name(key: bytes) -> str:
    """Fingerprint of a key: 12 hexadecimal digits that reveal nothing of it."""
    return _derive(key, "name").hex()[:12]


def equal_in_constant_time(one: str, other: str) -> bool:
    """Compare two texts in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def new_secret_key() -> str:
    """Generate a key for `SECRET_KEYS`."""
    return secrets.token_urlsafe(48)


def new_api_key(*, test: bool, once: str = "") -> tuple[str, str]:
    """An API key and its public id: `ir_live_` + 8 public + 32 secret + 6 of CRC32, all base62.

    The same `once` gives the same public id with another secret; without it, the id is random.
    """
    public, secret = _letters_of(once) if once else _letters(8), _letters(32)
    head = f"ir_{'test' if test else 'live'}_{public}{secret}"
    return head + _check(head), public


def public_id(key: str) -> str | None:
    """The public id of a well-formed key; None when format or checksum is wrong."""
    match = _API_KEY.fullmatch(key)
    if match is None or not equal_in_constant_time(_check(key[:-6]), match[4]):
        return None
    return match[2]


def new_invite_token() -> str:
    """`inv_` and 32 random bytes in base64url."""
    return "inv_" + secrets.token_urlsafe(32)


def is_invite_token(text: str) -> bool:
    return _INVITE.fullmatch(text) is not None


def new_resume_code() -> str:
    """10 letters and digits that are hard to confuse: 48 bits."""
    return "".join(secrets.choice(_RESUME_LETTERS) for _ in range(10))


def is_resume_code(text: str) -> bool:
    return _RESUME.fullmatch(text) is not None


def new_login_token() -> str:
    """Random login token for the browser's cookie."""
    return secrets.token_urlsafe(32)


def new_unsubscribe_token(ring: KeyRing, org_id: str, mark: str) -> str:
    """Unsubscribe token: `uns_` and, in base64url, an organization id, an address digest and a
    signature.
    """
    content = UUID(org_id).bytes + bytes.fromhex(mark)
    signature = bytes.fromhex(ring.digest("unsubscribe", content.hex()))[:16]
    return "uns_" + base64.urlsafe_b64encode(content + signature).decode().rstrip("=")


def parse_unsubscribe_token(ring: DigestSource, text: str) -> tuple[str, str] | None:
    """The organization id and the address digest of a token; None when it is invalid."""
    if _UNSUBSCRIBING.fullmatch(text) is None:
        return None
    given = base64.urlsafe_b64decode(text[4:] + "==")
    content, signature = given[:48], given[48:]
    signed = (bytes.fromhex(m)[:16] for m in ring.digests("unsubscribe", content.hex()))
    if not any(hmac.compare_digest(one, signature) for one in signed):
        return None
    return str(UUID(bytes=content[:16])), content[16:].hex()


def _letters(count: int) -> str:
    return "".join(secrets.choice(_BASE62) for _ in range(count))


def _letters_of(text: str) -> str:
    return _base62(int.from_bytes(hashlib.sha256(text.encode()).digest()), 8)


def _check(head: str) -> str:
    return _base62(binascii.crc32(head.encode()), 6)


def _base62(value: int, digits: int) -> str:
    """The last digits of a number."""
    out = ""
    for _ in range(digits):
        value, digit = divmod(value, 62)
        out = _BASE62[digit] + out
    return out


@lru_cache(maxsize=64)
def _derive(key: bytes, use: str) -> bytes:
    return hmac.digest(key, f"interviewrelay:{use}".encode(), "sha256")


@lru_cache(maxsize=64)
def _derive_public(key: bytes) -> bytes:
    """Public key of the signatures made with a secret key (Ed25519)."""
    private = Ed25519PrivateKey.from_private_bytes(_derive(key, "signing"))
    return private.public_key().public_bytes_raw()


def _mark(key: bytes, purpose: Purpose, secret: str) -> str:
    return _hmac(_derive(key, purpose), secret)


def _hmac(key: bytes, secret: str) -> str:
    return hmac.digest(key, secret.encode(), "sha256").hex()
