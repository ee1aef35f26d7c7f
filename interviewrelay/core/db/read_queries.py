"""Read queries of the hottest routes, without the session: compiled once, run on the driver.

The session tracks objects that may change, which is most of the cost of reading plain columns. The
statements are ordinary selects over the models, so names and types are defined once.
"""

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import PoolProxiedConnection, Select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import Integer, Text

from interviewrelay.core.actor import Actor
from interviewrelay.core.db.compiled_statements import CompiledStatement
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import NotFound
from interviewrelay.core.ids import is_id


class CompiledQuery:
    """A family of selects that differ by which of their parameters are given.

    `build` gets the names of the values that are not None and makes the select, with a `bindparam`
    of the same name for each.
    """

    def __init__(self, build: Callable[[frozenset[str]], Select[*tuple[Any, ...]]]) -> None:
        self._build = build
        self._known: dict[frozenset[str], tuple[CompiledStatement, Any]] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """All rows in stored form; a value of None counts as not given."""
        given = {name: value for name, value in values.items() if value is not None}
        statement = self._family(given)[0].compile_for(db.engine.dialect)
        with _connection() as connection:
            cursor = connection.cursor()
            cursor.execute(statement.words, statement.given(given))
            found: list[tuple[Any, ...]] = list(cursor.fetchall())
            cursor.close()
            return found

    def first(self, **values: Any) -> tuple[Any, ...] | None:
        """The first row, if any."""
        found = self.rows(**values)
        return found[0] if found else None

    def records(self, **values: Any) -> list[Any]:
        """All rows with values converted as in a model, by column name."""
        rows = self.rows(**values)
        statement, record = self._family(values)
        convert = statement.compile_for(db.engine.dialect).row
        return [record._make(convert(row)) for row in rows]

    def _family(self, values: Mapping[str, Any]) -> tuple[CompiledStatement, Any]:
        """The statement for these values, and the class of its records."""
        given = frozenset(name for name, value in values.items() if value is not None)
        if given not in self._known:
            query = self._build(given)
            names = [str(column.key) for column in query.selected_columns]
            self._known[given] = (
                CompiledStatement(query),
                namedtuple("Record", names, rename=True),  # noqa: PYI024 - by name
            )
        return self._known[given]


@contextmanager
def _connection() -> Iterator[PoolProxiedConnection]:
    """The driver's connection. On PostgreSQL without a transaction, which saves two round trips."""
    connection = db.engine.raw_connection()
    driver: Any = connection.driver_connection
    remote = db.engine.dialect.name == "postgresql"
    try:
        if remote:
            driver.autocommit = True
        yield connection
    finally:
        if remote and not driver.closed:
            driver.autocommit = False
        connection.close()


class iso_timestamp(GenericFunction[str]):  # noqa: N801 - named like the SQL function
    """A moment in the API's form, `2024-10-20T10:00:00Z`; null stays null."""

    type = Text()
    inherit_cache = True


class timestamp_micros(GenericFunction[str]):  # noqa: N801
    """A moment to the microsecond, as in cursors."""

    type = Text()
    inherit_cache = True


class json_bool(GenericFunction[str]):  # noqa: N801
    """A boolean as a value of `json_rows`."""

    type = Text()
    inherit_cache = True


class elapsed_seconds(GenericFunction[int]):  # noqa: N801
    """Elapsed whole seconds, truncated, at least 0: `elapsed_seconds(since, until, pauses)`, with
    pauses in
    seconds.
    """

    type = Integer()
    inherit_cache = True


class json_rows(GenericFunction[str]):  # noqa: N801
    """All rows as the text of a JSON array of objects: `json_rows(name, value, …)`."""

    type = Text()
    inherit_cache = True


_ISO: Final = 'YYYY-MM-DD"T"HH24:MI:SS"Z"'
_EXACT: Final = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'


@compiles(iso_timestamp, "sqlite")
def _iso_of_text(element: iso_timestamp, compiler: Any, **options: Any) -> str:
    return f"substr({compiler.process(element.clauses, **options)}, 1, 19) || 'Z'"


@compiles(iso_timestamp, "postgresql")
def _iso_of_moment(element: iso_timestamp, compiler: Any, **options: Any) -> str:
    words = compiler.process(element.clauses, **options)
    return f"to_char({words} AT TIME ZONE 'UTC', '{_ISO}')"


@compiles(timestamp_micros, "sqlite")
def _exact_of_text(element: timestamp_micros, compiler: Any, **options: Any) -> str:
    words: str = compiler.process(element.clauses, **options)
    return words  # stored in this form


@compiles(timestamp_micros, "postgresql")
def _exact_of_moment(element: timestamp_micros, compiler: Any, **options: Any) -> str:
    words = compiler.process(element.clauses, **options)
    return f"to_char({words} AT TIME ZONE 'UTC', '{_EXACT}')"


@compiles(json_bool, "sqlite")
def _truth_of_number(element: json_bool, compiler: Any, **options: Any) -> str:
    return f"json(iif({compiler.process(element.clauses, **options)}, 'true', 'false'))"


@compiles(json_bool, "postgresql")
def _truth_as_it_is(element: json_bool, compiler: Any, **options: Any) -> str:
    words: str = compiler.process(element.clauses, **options)
    return words


@compiles(elapsed_seconds, "sqlite")
def _spent_on_sqlite(element: elapsed_seconds, compiler: Any, **options: Any) -> str:
    since, until, pauses = (compiler.process(part, **options) for part in element.clauses)
    # Whole microseconds: SQLite's own functions keep only milliseconds.
    micros = [
        f"unixepoch(substr({at}, 1, 19)) * 1000000 + CAST(substr({at}, 21, 6) AS INTEGER)"
        for at in (until, since)
    ]
    whole = f"CAST(({micros[0]}) - ({micros[1]}) AS REAL)"
    return f"CAST(max(0.0, {whole} / 1000000.0 - {pauses}) AS INTEGER)"


@compiles(elapsed_seconds, "postgresql")
def _spent_on_postgresql(element: elapsed_seconds, compiler: Any, **options: Any) -> str:
    since, until, pauses = (compiler.process(part, **options) for part in element.clauses)
    seconds = f"extract(epoch FROM {until} - {since})::float8"
    return f"floor(greatest(0, {seconds} - {pauses}))::int"


@compiles(json_rows, "sqlite")
def _rows_on_sqlite(element: json_rows, compiler: Any, **options: Any) -> str:
    return f"json_group_array(json_object({compiler.process(element.clauses, **options)}))"


@compiles(json_rows, "postgresql")
def _rows_on_postgresql(element: json_rows, compiler: Any, **options: Any) -> str:
    """Build the JSON through a row type, because only `row_to_json` writes no spaces."""
    parts = [compiler.process(part, **options) for part in element.clauses]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    named = ", ".join(f'{value} AS "{name[1:-1]}"' for name, value in pairs)
    shape = f"(SELECT {named}) AS shape"
    row = f"(SELECT row_to_json(shape)::text FROM {shape})"  # noqa: S608 - names of our own
    return f"'[' || coalesce(string_agg({row}, ','), '') || ']'"


def _own(query: CompiledQuery, actor: Actor, row_id: str) -> Any:
    found = query.records(id=row_id, org=actor.org_id) if is_id(row_id) else []
    if not found:
        raise NotFound
    return found[0]


def _named(kind: Any, *names: str) -> Sequence[Any]:
    return [getattr(kind, name).label(name) for name in names]
