"""How often the database is asked."""

from collections.abc import Callable
from unittest.mock import patch

import pytest
from sqlalchemy import event

from interviewrelay.core.db import change_cache
from interviewrelay.core.db.group_commit import StatementRunner
from interviewrelay.core.db.read_queries import CompiledQuery
from interviewrelay.core.db.session import db


def statements(act: Callable[[], object]) -> int:
    """How many statements an act sends to the database, quick ones too; nothing is kept meanwhile."""
    seen = []
    rows = CompiledQuery.rows

    def note(_connection, _cursor, statement, *_):
        seen.append(statement)

    def noted(query, **values):
        seen.append(query)
        return rows(query, **values)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        with (
            patch.object(CompiledQuery, "rows", noted),
            patch.object(change_cache, "commit_counter", lambda: None),
        ):
            act()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)


def by_hand(act: Callable[[], object]) -> list[str]:
    """The statements that an act sends past the session, those that frame a transaction left out."""
    seen = []
    do = StatementRunner._do

    def note(
        self: StatementRunner, how: Callable[[str, object], object], words: str, values: object
    ) -> None:
        seen.append(words)
        do(self, how, words, values)

    with pytest.MonkeyPatch.context() as monkey:
        monkey.setattr(StatementRunner, "_do", note)
        act()
    return [words for words in seen if words.startswith(("SELECT", "INSERT", "UPDATE"))]
