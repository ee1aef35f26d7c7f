"""Stored files and the rows that they belong to."""

from collections.abc import Iterator
from itertools import islice
from pathlib import PurePosixPath
from typing import Any, Final

from sqlalchemy import select

from interviewrelay.database import db, end_reading
from interviewrelay.domain.office import Office
from interviewrelay.models import Interview
from interviewrelay.ports import Storage

OWNERS: Final[dict[str, Any]] = {"pdf": Interview.id}
"""By folder: the column whose values the files there are named after."""
BATCH: Final = 500


def strays(storage: Storage) -> Iterator[str]:
    """The names of files whose row is gone: somebody was erased while the file was made."""
    names = (name for name in storage.names() if _folder(name) in OWNERS)
    while batch := list(islice(names, BATCH)):
        end_reading()
        for folder, column in OWNERS.items():
            by_row = {PurePosixPath(n).stem: n for n in batch if _folder(n) == folder}
            there = db.session.execute(select(column).where(column.in_(by_row))).scalars()
            yield from sorted(by_row[row] for row in by_row.keys() - set(there))


def unknown(storage: Storage) -> Iterator[str]:
    """The names of files that are not ours."""
    return (name for name in storage.names() if _folder(name) not in OWNERS)


def sweep(office: Office) -> int:
    """Remove the strays; how many."""
    gone = list(strays(office.storage))
    end_reading()
    for name in gone:
        office.storage.delete(name)
    return len(gone)


def _folder(name: str) -> str:
    return name.partition("/")[0]
