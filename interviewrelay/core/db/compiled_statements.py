"""Compiled statements for the driver's own cursor.

They are ordinary SQLAlchemy statements over the models. Each is compiled once, and the column types
convert values as usual.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Dialect, Select, TypeDecorator
from sqlalchemy.sql.base import Executable

Processor = Callable[[Any], Any] | None
Names = Sequence[str]
Rows = Sequence[Sequence[str]]


class CompiledStatement:
    """A statement, compiled once for each database. `columns` are those that an insert or update
    sets.
    """

    def __init__(self, words: Executable, columns: Sequence[str] = ()) -> None:
        self._words, self._columns = words, columns
        self._known: dict[str, _Compiled] = {}

    def compile_for(self, dialect: Dialect) -> "_Compiled":
        if dialect.name not in self._known:
            self._known[dialect.name] = _Compiled(self._words, self._columns, dialect)
        return self._known[dialect.name]


class _Compiled:
    def __init__(self, words: Any, columns: Sequence[str], dialect: Dialect) -> None:
        made = words.compile(dialect=dialect, column_keys=list(columns) or None)
        self.words = str(made)
        self._binds: list[tuple[str, Processor]] = [
            (name, bind.type.dialect_impl(dialect).bind_processor(dialect))
            for bind, name in made.bind_names.items()
        ]
        self._fixed = made.params
        self._order = made.positiontup
        asked = words.selected_columns if isinstance(words, Select) else ()
        turns = [
            (place, column.type.dialect_impl(dialect).result_processor(dialect, None))
            for place, column in enumerate(asked)
            # Of other types, the driver's own values are right.
            if isinstance(column.type, TypeDecorator)
        ]
        self._turned = [(place, turn) for place, turn in turns if turn is not None]

    def given(self, values: dict[str, Any]) -> Any:
        known = {**self._fixed, **values}
        turned = {
            name: known[name] if turn is None else turn(known[name])
            for name, turn in self._binds
        }
        return turned if self._order is None else [turned[name] for name in self._order]

    def given_each(self, names: Names, rows: Rows, values: dict[str, Any]) -> Iterator[Any]:
        """Yield the parameters of `given` for each row; `names` are the keys of the row values."""
        same = self.given({**dict.fromkeys(names), **values})
        places = names if self._order is None else [self._order.index(name) for name in names]
        for row in rows:
            own = same.copy()
            for place, value in zip(places, row, strict=True):
                own[place] = value
            yield own

    def row(self, found: Sequence[Any]) -> list[Any]:
        row = list(found)
        for place, turn in self._turned:
            if row[place] is not None:
                row[place] = turn(row[place])
        return row
