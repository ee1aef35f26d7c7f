"""Hash chain over the turns of an interview: what each link is made of.

Each event of a turn (stored, corrected, removed) has a digest of the words, and a link: a keyed hash
(HMAC-SHA256) of the digest, the other facts of the event, and the link before. Nobody can change,
remove, add or move a turn without the server's secret key and leave a chain that fits
(docs/decisions/0037-turn-chain.md).
"""

import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal, NamedTuple, Protocol

Kind = Literal["stored", "found", "corrected", "extended", "redacted", "struck", "ended"]

START: Final = ""
"""Link before the first one of an interview."""
SEPARATOR: Final = ":"


class Words(Protocol):
    """The part of a turn that its digest covers."""

    @property
    def question_id(self) -> str | None: ...
    @property
    def text(self) -> str: ...


class Seal(NamedTuple):
    """Seal of an event, as it is stored."""

    salt: str
    digest: str
    link: str


class ChainKey(NamedTuple):
    """Key of links, and the fingerprint of the secret key that it is derived from."""

    name: str
    key: bytes


@dataclass(frozen=True, slots=True)
class ChainEvent:
    """Event in a chain: everything that its link covers, except the link before."""

    interview_id: str
    kind: Kind
    number: int
    speaker: str
    said_at: datetime
    at: datetime
    digest: str


def new_salt() -> str:
    """Salt of a digest: 16 random bytes, in hexadecimal digits."""
    return secrets.token_hex(16)


def digest_words(salt: str, question_id: str | None, text: str) -> str:
    """Digest of the words of a turn. Without the salt, it reveals nothing of them."""
    return _hmac(bytes.fromhex(salt), [question_id, text])


def link_event(key: ChainKey, previous: str, event: ChainEvent) -> str:
    """Link of an event to the one before it: `<fingerprint of the key>:<HMAC>`."""
    told = [
        previous,
        event.interview_id,
        event.kind,
        event.number,
        event.speaker,
        format_moment(event.said_at),
        format_moment(event.at),
        event.digest,
    ]
    return f"{key.name}{SEPARATOR}{_hmac(key.key, told)}"


def is_link(keys: Mapping[str, bytes], link: str, previous: str, event: ChainEvent) -> bool:
    """True if a link is that of the event, under one of these keys by their fingerprints."""
    name = link.partition(SEPARATOR)[0]
    if name not in keys:
        return False
    return hmac.compare_digest(link, link_event(ChainKey(name, keys[name]), previous, event))


def format_moment(moment: datetime) -> str:
    """A moment to the microsecond, `2026-01-31T09:30:00.000000Z`."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def encode_json(value: Any) -> bytes:
    """JSON without spaces, its keys sorted: the same bytes for the same value. Of numbers, it takes
    whole ones and those that every language writes alike.
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _hmac(key: bytes, value: Any) -> str:
    return hmac.digest(key, encode_json(value), "sha256").hex()
