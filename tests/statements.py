"""How often the database is asked."""

from collections.abc import Callable

import pytest
from sqlalchemy import event

from interviewrelay.database import db
from interviewrelay.writing import Hand


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


def by_hand(act: Callable[[], object]) -> list[str]:
    """The statements that an act sends past the session, those that frame a transaction left out."""
    seen = []
    run = Hand.run

    def note(self: Hand, words: str, values: object = ()) -> None:
        seen.append(words)
        run(self, words, values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Hand, "run", note)
        act()
    return [words for words in seen if words.startswith(("SELECT", "INSERT", "UPDATE"))]
