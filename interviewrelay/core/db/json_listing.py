"""JSON listing: the most requested lists, one statement each, with rows that the database itself
writes as JSON.

Fetching rows one by one costs a thread switch and an object each; one text avoids both. Field names
and types are those of the API (docs/decisions/0013-quick-reads.md).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, bindparam, func, literal_column, select, tuple_

from interviewrelay.core.actor import Actor
from interviewrelay.core.db.pagination import (
    MOST_COUNTED,
    Page,
    Window,
    encode_cursor,
    parse_cursor,
)
from interviewrelay.core.db.read_queries import (
    CompiledQuery,
    iso_timestamp,
    json_bool,
    json_rows,
    timestamp_micros,
)
from interviewrelay.core.db.types import UtcDateTime
from interviewrelay.core.representation import Representation, is_time

_NONE: Final[Any] = literal_column("0")
_ONE: Final[Any] = literal_column("1")

Conditions = list[ColumnElement[bool]]
Given = frozenset[str]
"""Names of the filters that are used."""


@dataclass(frozen=True, slots=True)
class JsonPage(Page[str]):
    """A page of a list; `items` is the text of a JSON array."""

    items: str


@dataclass(frozen=True)
class ListingKind:
    """A kind of list, newest first: the columns to read and the JSON fields to write."""

    key: Any
    moment: Any
    columns: Mapping[str, Any]
    fields: Callable[[Any], Mapping[str, Any]]
    conditions: Callable[[Given], Conditions]
    """Conditions of the rows: `org` and each filter that is used is a `bindparam` of its name."""
    total: Callable[[Given, Conditions], Select[Any]]
    """Query that counts the rows."""
    capped: Given = frozenset()
    """Filters with which rows are counted only up to `MOST_COUNTED`."""


class JsonListing:
    """Listing of one kind, one page at a time."""

    def __init__(self, kind: ListingKind) -> None:
        self._kind = kind
        self._query = CompiledQuery(self._build)

    def get_page(self, actor: Actor, window: Window, **given: Any) -> JsonPage:
        """Raises InvalidParameter when the cursor is invalid."""
        values: dict[str, Any] = {"org": actor.org_id, "limit": window.limit, **given}
        if window.cursor is None:
            values["offset"] = window.offset
        else:
            values["at"], values["after"] = parse_cursor(window.cursor)
        found = self._query.first(most=window.limit + 1, last=window.limit - 1, **values)
        items, total, read, end = found or ("[]", 0, 0, None)
        cursor = encode_cursor(end) if read > window.limit else None
        capped = total > MOST_COUNTED and any(given.get(n) for n in self._kind.capped)
        total = MOST_COUNTED if capped else total
        return JsonPage(items, total, window.limit, window.offset, cursor, capped)

    def _build(self, given: Given) -> Select[*tuple[Any, ...]]:
        kind = self._kind
        mine = kind.conditions(given)
        columns = [column.label(name) for name, column in kind.columns.items()]
        end = timestamp_micros(kind.moment).op("||")(literal_column("' '")).op("||")(kind.key)
        page = select(*columns, end.label("its_end")).where(*mine)
        page = page.order_by(kind.moment.desc(), kind.key.desc()).limit(bindparam("most"))
        if "after" in given:
            behind = tuple_(bind_moment("at"), bindparam("after"))
            page = page.where(tuple_(kind.moment, kind.key) < behind).offset(_NONE)
        else:
            page = page.offset(bindparam("offset"))
        read = page.cte("page")
        shown = select(read).limit(bindparam("limit")).offset(_NONE).subquery("shown")
        pairs: list[Any] = []
        for name, value in kind.fields(shown.c).items():
            pairs += literal_column(f"'{name}'"), value
        return select(
            json_rows(*pairs),
            self._total(given, mine).scalar_subquery(),
            select(func.count()).select_from(read).scalar_subquery(),
            select(read.c.its_end).limit(_ONE).offset(bindparam("last")).scalar_subquery(),
        ).select_from(shown)

    def _total(self, given: Given, mine: Conditions) -> Select[Any]:
        if not given & self._kind.capped:
            return self._kind.total(given, mine)
        some = select(_ONE).select_from(self._kind.key.class_).where(*mine)
        return select(func.count()).select_from(some.limit(MOST_COUNTED + 1).subquery())


def columns(shape: type[Representation], kind: Any) -> dict[str, Any]:
    """Map each field of a representation to the model column that it is read from."""
    return {name: getattr(kind, place) for name, place in shape.attributes().items()}


def written(shape: type[Representation], c: Any, **made: Any) -> dict[str, Any]:
    """Build the JSON expression of each field, from the column of its name or from `made`."""
    found = {}
    for name, info in shape.model_fields.items():
        if name in made:
            found[name] = made[name]
        elif is_time(shape, name):
            found[name] = iso_timestamp(c[name])
        else:
            found[name] = json_bool(c[name]) if info.annotation is bool else c[name]
    return found


def build_conditions(given: Given, filters: Mapping[str, ColumnElement[bool]]) -> Conditions:
    """Conditions for the filters that are given, by name."""
    return [filters[name] for name in filters if name in given]


def bind_moment(name: str) -> Any:
    """Bind parameter for comparing with timestamp columns."""
    return bindparam(name, type_=UtcDateTime())
