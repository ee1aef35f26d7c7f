"""The search's table of answers and its index, for the revisions that change what is kept there."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import sqlalchemy as sa

from interviewrelay.models.search import PLACES, Words, first_place

CHUNK: Final = 2_000
SAID: Final = sa.table(
    "said",
    sa.column("id", sa.BigInteger()),
    sa.column("interview_id", sa.Text()),
    sa.column("words", Words()),
)
_ANSWERS: Final = sa.text(
    "SELECT t.interview_id, t.number, t.text, i.started_at, i.org_id, i.campaign_id "
    "FROM turn t JOIN interview i ON i.id = t.interview_id "
    "WHERE t.speaker = 'participant' AND t.text <> '' "
    "AND (t.interview_id, t.number) > (:interview, :number) "
    "ORDER BY t.interview_id, t.number LIMIT :most"
)


def fill(bind: sa.Connection, words: Callable[[str, str, str], list[str]]) -> None:
    """Every answer, in the order of the interviews; `words` makes what is kept of an organization's
    campaign's answer.
    """
    interview, number, place = "", 0, 0
    while rows := _part(bind, interview, number):
        made: list[dict[str, Any]] = []
        for row in rows:
            # The others of this chunk are not there yet when a place is looked for.
            place = place + 1 if row.interview_id == interview else _place(bind, row, made)
            interview, number = row.interview_id, row.number
            kept = words(row.org_id, row.campaign_id, row.text)
            made.append({"id": place, "interview_id": interview, "words": kept})
        bind.execute(sa.insert(SAID), made)


def _part(bind: sa.Connection, interview: str, number: int) -> Sequence[Any]:
    values = {"interview": interview, "number": number, "most": CHUNK}
    return bind.execute(_ANSWERS, values).all()


def _place(bind: sa.Connection, row: Any, made: Sequence[dict[str, Any]]) -> int:
    """The next free number of an interview's moment."""
    moment = row.started_at
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    low = first_place(moment.astimezone(UTC))
    taken: int | None = bind.execute(
        sa.text("SELECT max(id) FROM said WHERE id >= :low AND id < :high"),
        {"low": low, "high": low + PLACES},
    ).scalar_one()
    here: list[int] = [one["id"] for one in made if low <= one["id"] < low + PLACES]
    return max([low - 1, *here] if taken is None else [taken, *here]) + 1


def make_index(bind: sa.Connection, options: str) -> None:
    """Over what is in the table. SQLite's is kept by triggers, so that no way of deleting (cascades
    too) leaves a word behind; `options` are further ones of FTS5.
    """
    sqlite = bind.dialect.name == "sqlite"
    statements = (
        _ON_SQLITE if sqlite else ("CREATE INDEX said_words ON said USING gin (words)",)
    )
    for words in statements:
        bind.exec_driver_sql(words.replace("OPTIONS", options))


_ON_SQLITE: Final = (
    (
        "CREATE VIRTUAL TABLE said_words USING "
        "fts5(words, content='said', content_rowid='id', tokenize='ascii'OPTIONS)"
    ),
    "INSERT INTO said_words (said_words, rank) VALUES ('secure-delete', 1)",
    "INSERT INTO said_words (said_words) VALUES ('rebuild')",
    (
        "CREATE TRIGGER said_words_added AFTER INSERT ON said BEGIN "
        "INSERT INTO said_words (rowid, words) VALUES (new.id, new.words); END"
    ),
    (
        "CREATE TRIGGER said_words_removed AFTER DELETE ON said BEGIN "
        "INSERT INTO said_words (said_words, rowid, words) "
        "VALUES ('delete', old.id, old.words); END"
    ),
)


def drop_index(bind: sa.Connection) -> None:
    if bind.dialect.name != "sqlite":
        bind.exec_driver_sql("DROP INDEX said_words")
        return
    for words in ("TRIGGER said_words_added", "TRIGGER said_words_removed", "TABLE said_words"):
        bind.exec_driver_sql(f"DROP {words}")
