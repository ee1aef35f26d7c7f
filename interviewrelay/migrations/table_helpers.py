"""Helpers for table definitions in migrations: columns by type, keys, checks and indexes.

Constraints get their names from the naming convention of `core.db.session.Base`.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from interviewrelay.core.db.session import Flag, Json, UtcDateTime

LARGE: Any = sa.BigInteger().with_variant(sa.INTEGER(), "sqlite")
REAL: Any = sa.Double().with_variant(sa.REAL(), "sqlite")


def table(name: str, *parts: Sequence[Any] | sa.sql.schema.SchemaItem) -> None:
    """Create a table; on SQLite a strict one. A part is a column or constraint, or a list of them."""
    items: list[Any] = []
    for part in parts:
        items += part if isinstance(part, list) else [part]
    op.create_table(name, *items, sqlite_strict=True)


def key(name: str = "id") -> sa.Column[Any]:
    """Primary key of text, mostly a UUID."""
    return sa.Column(name, sa.Text(), primary_key=True, nullable=False)


def foreign_key(
    target: str,
    name: str = "",
    *,
    ondelete: str | None = "CASCADE",
    null: bool = False,
    key: bool = False,
) -> sa.Column[Any]:
    """Foreign key to a table's `id`, called `<target>_id` unless it has a name of its own."""
    reference = sa.ForeignKey(f"{target}.id", ondelete=ondelete)
    name = name or f"{target}_id"
    return sa.Column(name, sa.Text(), reference, nullable=null, primary_key=key)


def org_key(*, key: bool = False) -> sa.Column[Any]:
    """Foreign key to the organization; its rows are deleted with it."""
    return foreign_key("organization", "org_id", key=key)


def texts(
    *names: str, null: bool = False, key: bool = False, default: str | None = None
) -> list[sa.Column[Any]]:
    return _columns(sa.Text(), names, null=null, key=key, default=default)


def numbers(
    *names: str, null: bool = False, key: bool = False, default: str | None = None
) -> list[Any]:
    return _columns(sa.Integer(), names, null=null, key=key, default=default)


def large_numbers(*names: str, null: bool = False) -> list[Any]:
    return _columns(LARGE, names, null=null)


def reals(*names: str, null: bool = False) -> list[Any]:
    return _columns(REAL, names, null=null)


def flags(*names: str, null: bool = False, default: bool | None = None) -> list[Any]:
    words = {None: None, False: sa.false(), True: sa.true()}[default]
    return _columns(Flag(), names, null=null, default=words)


def moments(*names: str, null: bool = False) -> list[Any]:
    return _columns(UtcDateTime(), names, null=null)


def documents(*names: str, null: bool = False, default: str | None = None) -> list[Any]:
    """Columns of JSON."""
    return _columns(Json(), names, null=null, default=default)


def _columns(
    kind: Any,
    names: Sequence[str],
    *,
    null: bool,
    key: bool = False,
    default: Any = None,
) -> list[sa.Column[Any]]:
    default = sa.text(default) if isinstance(default, str) else default
    return [
        sa.Column(name, kind, nullable=null, primary_key=key, server_default=default)
        for name in names
    ]


def check(name: str, condition: str) -> sa.CheckConstraint:
    """Condition that every row must meet; its name begins with that of the table."""
    return sa.CheckConstraint(condition, name=name)


def unique(*columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns)


def index(table: str, *columns: str, name: str = "", where: Any = None) -> None:
    """Create an index; `where` makes it partial. Without a `name`, it is named after its columns,
    except the final `id` that makes the order of a list unique.
    """
    named = columns[:-1] if len(columns) > 1 and columns[-1] == "id" else columns
    name = f"ix_{table}_{name or '_'.join(named)}"
    condition = sa.text(where) if isinstance(where, str) else where
    op.create_index(
        name, table, list(columns), sqlite_where=condition, postgresql_where=condition
    )
