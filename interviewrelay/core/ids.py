"""Identifiers: UUIDv7 as lower-case text, which sorts by creation time."""

import hashlib
import os
import re
import time
from datetime import UTC, datetime, timedelta

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)


def new_id() -> str:
    """A fresh UUIDv7 (RFC 9562): 48 bits of milliseconds, then 74 random bits.

    It always uses the machine's clock, even if a request carries its own time, because an id is a
    name and no statement about time.
    """
    return _written(time.time_ns() // 1_000_000, os.urandom(10))


def derive_id(of: str, text: str) -> str:
    """Deterministic UUIDv7: the same text gives the same id, with the timestamp of the id `of`."""
    stamp = int(of.replace("-", "")[:12], 16)
    return _written(stamp, hashlib.sha256(f"{of} {text}".encode()).digest()[:10])


def min_id_at(moment: datetime) -> str:
    """Lower bound of all ids that are created from this moment on."""
    return _written(int(moment.timestamp() * 1000), bytes(10))


def get_time(of: str) -> datetime:
    """Time at which an id was created, by the machine's clock."""
    return datetime.fromtimestamp(int(of.replace("-", "")[:12], 16) / 1000, UTC)


def min_id_ahead(by: timedelta) -> str:
    """Upper bound of all ids created so far, if no clock was ahead by more than `by`."""
    return min_id_at(datetime.fromtimestamp(time.time_ns() / 1e9, UTC) + by)


def is_id(text: object) -> bool:
    """True if a text is a lower-case UUID, the only accepted form."""
    return isinstance(text, str) and _UUID.fullmatch(text) is not None


def _written(millis: int, noise: bytes) -> str:
    value = (millis & (1 << 48) - 1) << 80 | int.from_bytes(noise, "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
