"""Database faults by their cause, whichever driver raised them."""

import errno
import sqlite3
from typing import Any, Final

_DISK_FULL: Final = "53100"
"""PostgreSQL's SQLSTATE of a full disk."""


def is_disk_full(fault: BaseException) -> bool:
    """True if a disk is full or a quota used up: ours or the database's."""
    cause: Any = getattr(fault, "orig", None) or fault
    return (
        getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        or getattr(cause, "sqlstate", None) == _DISK_FULL
        or (isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT))
    )


def is_locked(fault: BaseException) -> bool:
    """True if another connection had SQLite locked for too long."""
    code: int = getattr(getattr(fault, "orig", None) or fault, "sqlite_errorcode", 0)
    return code & 255 in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
