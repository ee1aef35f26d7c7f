"""How SQLite is set up."""

from typing import Any, Final

PRAGMAS: Final = (
    ("journal_mode", "WAL"),
    ("synchronous", "FULL"),  # an acknowledged answer is on disk
    ("busy_timeout", "5000"),
    ("foreign_keys", "ON"),
    ("secure_delete", "ON"),
    ("trusted_schema", "OFF"),
    ("temp_store", "MEMORY"),
    ("wal_autocheckpoint", "1000"),
)


def set_up(connection: Any, _record: object) -> None:
    """For each new connection of SQLite's driver."""
    connection.isolation_level = (
        None  # the driver opens no transactions of its own; `database` does
    )
    cursor = connection.cursor()
    for name, value in PRAGMAS:
        cursor.execute(f"PRAGMA {name} = {value}")
    cursor.close()
