"""Identifiers: lower-case UUID text of version 7, which sorts by the time of its making."""

import hashlib
import os
import re
import time
from datetime import UTC, datetime, timedelta

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)


def new_id() -> str:
    """A fresh UUIDv7 (RFC 9562): 48 bits of milliseconds, then 74 random bits.

    It is stamped by the machine's own clock even where a request carries its own: an id is a name,
    not a statement about time.
    """
    return _written(time.time_ns() // 1_000_000, os.urandom(10))


def one_id(of: str, text: str) -> str:
    """The same UUIDv7 for the same text, stamped as the id that it is made `of`."""
    stamp = int(of.replace("-", "")[:12], 16)
    return _written(stamp, hashlib.sha256(f"{of} {text}".encode()).digest()[:10])


def least_id(moment: datetime) -> str:
    """No id that is made from this moment on is less."""
    return _written(int(moment.timestamp() * 1000), bytes(10))


def least_id_ahead(by: timedelta) -> str:
    """No id that has been made by now is as great, unless a clock was ahead `by` so much."""
    return least_id(datetime.fromtimestamp(time.time_ns() / 1e9, UTC) + by)


def is_id(text: object) -> bool:
    """Whether it is lower-case UUID text, the only form that is taken."""
    return isinstance(text, str) and _UUID.fullmatch(text) is not None


def _written(millis: int, noise: bytes) -> str:
    value = (millis & (1 << 48) - 1) << 80 | int.from_bytes(noise, "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
