"""Reads that nearly every call makes, without the session: compiled once, run on the driver.

The session keeps track of objects that may change; for a read of plain columns that is most of its
cost. Statements here are ordinary selects over the models, so that names and types have one home;
their values go in and come out as the database keeps them.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import Dialect, Select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import Text

from interviewrelay.database import db


class Quick:
    """A family of selects that differ by which of their values are given.

    `build` gets the names of the values that are not None and makes the select, with a `bindparam`
    of the same name for each. Values are text or whole numbers.
    """

    def __init__(self, build: Callable[[frozenset[str]], Select[*tuple[Any, ...]]]) -> None:
        self._build = build
        self._known: dict[tuple[str, frozenset[str]], tuple[str, tuple[str, ...] | None]] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """All rows; None as a value is one that is not given."""
        given = {name: value for name, value in values.items() if value is not None}
        words, order = self._compiled(db.engine.dialect, frozenset(given))
        connection = db.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(
                words, tuple(given[n] for n in order) if order is not None else given
            )
            found: list[tuple[Any, ...]] = list(cursor.fetchall())
            cursor.close()
            return found
        finally:
            connection.close()

    def first(self, **values: Any) -> tuple[Any, ...] | None:
        """The first row, if any."""
        found = self.rows(**values)
        return found[0] if found else None

    def _compiled(
        self, dialect: Dialect, given: frozenset[str]
    ) -> tuple[str, tuple[str, ...] | None]:
        key = (dialect.name, given)
        if key not in self._known:
            made = self._build(given).compile(dialect=dialect)
            _only_given(made.params, given)
            order = tuple(made.positiontup) if made.positiontup is not None else None
            self._known[key] = (str(made), order)
        return self._known[key]


def _only_given(params: Mapping[str, Any], given: frozenset[str]) -> None:
    if set(params) != set(given):
        raise ValueError(f"a quick select takes {sorted(params)}, not {sorted(given)}")


class iso(GenericFunction[str]):  # noqa: N801 - these are written like the functions that they are
    """A moment as the API writes it, `2024-10-20T10:00:00Z`; null stays null."""

    type = Text()
    inherit_cache = True


class exact(GenericFunction[str]):  # noqa: N801
    """A moment to the microsecond, as cursors keep it."""

    type = Text()
    inherit_cache = True


class json_rows(GenericFunction[str]):  # noqa: N801
    """All rows as the text of a JSON array of objects: `json_rows(name, value, …)`."""

    type = Text()
    inherit_cache = True


_ISO: Final = 'YYYY-MM-DD"T"HH24:MI:SS"Z"'
_EXACT: Final = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'


@compiles(iso, "sqlite")
def _iso_of_text(element: iso, compiler: Any, **options: Any) -> str:
    return f"substr({compiler.process(element.clauses, **options)}, 1, 19) || 'Z'"


@compiles(iso, "postgresql")
def _iso_of_moment(element: iso, compiler: Any, **options: Any) -> str:
    words = compiler.process(element.clauses, **options)
    return f"to_char({words} AT TIME ZONE 'UTC', '{_ISO}')"


@compiles(exact, "sqlite")
def _exact_of_text(element: exact, compiler: Any, **options: Any) -> str:
    words: str = compiler.process(element.clauses, **options)
    return words  # it is kept so


@compiles(exact, "postgresql")
def _exact_of_moment(element: exact, compiler: Any, **options: Any) -> str:
    words = compiler.process(element.clauses, **options)
    return f"to_char({words} AT TIME ZONE 'UTC', '{_EXACT}')"


@compiles(json_rows, "sqlite")
def _rows_on_sqlite(element: json_rows, compiler: Any, **options: Any) -> str:
    return f"json_group_array(json_object({compiler.process(element.clauses, **options)}))"


@compiles(json_rows, "postgresql")
def _rows_on_postgresql(element: json_rows, compiler: Any, **options: Any) -> str:
    words = compiler.process(element.clauses, **options)
    return f"coalesce(json_agg(json_build_object({words})), '[]')::text"
