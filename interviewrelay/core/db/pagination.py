"""Pagination, newest first: by limit and offset, or by a cursor that costs the same at any depth."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, false, func, literal, select, tuple_

from interviewrelay.core import clock, text as texts
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import InvalidParameter, NotFound
from interviewrelay.core.ids import is_id

Item = TypeVar("Item")
Shape = TypeVar("Shape")

MOST_COUNTED: Final = 10_000
"""Maximum number of rows that are counted where no counter is kept; a total that reaches it is
marked as capped.
"""


@dataclass(frozen=True, slots=True)
class Window:
    """A page request: 1 to 100 items, from an offset or after a cursor."""

    limit: int = 50
    offset: int = 0
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    items: Sequence[Item]
    total: int
    limit: int
    offset: int
    next_cursor: str | None
    capped: bool = False
    """True if there may be more than `total`."""

    def map_items(self, shape: Callable[[Item], Shape]) -> "Page[Shape]":
        return Page(
            [shape(i) for i in self.items],
            self.total,
            self.limit,
            self.offset,
            self.next_cursor,
            self.capped,
        )


def fetch_page(
    query: Select[Any],
    moment: Any,
    key: Any,
    window: Window,
    total: int | None = None,
    *,
    oldest_first: bool = False,
) -> Page[Any]:
    """Page of a query whose first column is an entity, ordered by `moment`, then `key`; newest
    first unless `oldest_first`.

    Counts matches up to `MOST_COUNTED` unless `total` is known. Raises InvalidParameter when the
    cursor is invalid.
    """
    capped = False
    if total is None:
        some = query.with_only_columns(key, maintain_column_froms=True)
        total = count_rows(some.order_by(None).limit(MOST_COUNTED + 1))
        total, capped = min(total, MOST_COUNTED), total > MOST_COUNTED
    order = [column.asc() if oldest_first else column.desc() for column in (moment, key)]
    query = query.order_by(*order).limit(window.limit + 1)
    if window.cursor is not None:
        at, last = parse_cursor(window.cursor)
        here, there = tuple_(moment, key), tuple_(literal(at, moment.type), literal(last))
        query = query.where(here > there if oldest_first else here < there)
    else:
        query = query.offset(window.offset)
    rows = fetch_all(query)
    items = rows[: window.limit]
    cursor = None
    if len(rows) > window.limit:
        end = items[-1]
        cursor = build_cursor(getattr(end, moment.key), getattr(end, key.key))
    return Page(items, total, window.limit, window.offset, cursor, capped)


def contains_words(column: Any, words: str) -> ColumnElement[bool]:
    """Condition that each word occurs in a text stored by `text.fold_text`, also inside longer words.

    A word that folds to nothing, such as a lone accent, matches no row.
    """
    parts = texts.fold_text(words).split()
    return and_(*(column.contains(p, autoescape=True) for p in parts)) if parts else false()


def fetch_one(query: Select[Item]) -> Item:
    """The row of a query. Raises NotFound when there is none."""
    found = db.session.execute(query).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found


def fetch_all(query: Select[Any]) -> Sequence[Any]:
    """All rows of a short list."""
    return db.session.execute(query).scalars().all()


def fetch_newest(query: Select[Any], moment: Any, key: Any, most: int) -> Sequence[Any]:
    """The first page of a query, without a count."""
    return fetch_all(query.order_by(moment.desc(), key.desc()).limit(most))


def count_rows(query: Select[Any]) -> int:
    return count_each(query)[0]


def count_each(*queries: Select[Any]) -> Sequence[int]:
    """Row counts of several queries, in one statement."""
    numbers = [select(func.count()).select_from(query.subquery()) for query in queries]
    if len(numbers) == 1:
        return [db.session.execute(numbers[0]).scalar_one()]
    return list(db.session.execute(select(*(n.scalar_subquery() for n in numbers))).one())


def build_cursor(at: datetime, key: str) -> str:
    """Cursor that continues after this item."""
    return encode_cursor(f"{at:%Y-%m-%dT%H:%M:%S.%f}Z {key}")


def encode_cursor(position: str) -> str:
    """Cursor of a position: a moment to the microsecond, and an id."""
    return base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")


def parse_cursor(cursor: str) -> tuple[datetime, str]:
    """Position that a cursor encodes: the last item seen. Raises InvalidParameter."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        at, _, key = text.partition(" ")
        moment = clock.parse_iso(at)
    except (ValueError, binascii.Error):
        moment, key = None, ""
    if not isinstance(moment, datetime) or not is_id(key):
        raise InvalidParameter.field("cursor", "a next_cursor of this list")
    return moment, key
