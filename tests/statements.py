"""How often the database is asked."""

from collections.abc import Callable

from sqlalchemy import event

from interviewrelay.database import db


def statements(act: Callable[[], object]) -> int:
    """How many statements an act sends to the database."""
    seen = []

    def note(_connection, _cursor, statement, *_):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)
