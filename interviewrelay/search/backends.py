"""Search backends: FTS5 on SQLite, a tsvector with GIN on PostgreSQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, and_, cast, func, literal, text
from sqlalchemy.dialects.postgresql import TSQUERY

from interviewrelay.analysis import search_terms
from interviewrelay.core.db.session import db
from interviewrelay.models import SearchEntry
from interviewrelay.models.search import EPOCH, PLACE_BITS

FoundAnswer = tuple[int, str]
"""Found interview: its start in microseconds since the epoch, and its id."""


@dataclass(frozen=True, slots=True)
class IndexQuery:
    """Index query for the newest interviews that match everything.

    `of_rows` are conditions on interview rows, by the names of `_CONDITIONS`; `low` and `high`
    bound the answers' numbers; results come after `after`.
    """

    labels: Sequence[str]
    phrases: Sequence[Sequence[str]]
    of_rows: Mapping[str, str]
    low: int | None
    high: int | None
    after: FoundAnswer | None
    most: int

    @property
    def tokens(self) -> list[str]:
        return [*self.labels, *search_terms.build_query_terms(self.phrases)]

    @property
    def values(self) -> dict[str, Any]:
        """Values by the names of `_CONDITIONS`."""
        given: dict[str, Any] = {"low": self.low, "high": self.high, **self.of_rows}
        if self.after is not None:
            given |= {"begun": self.after[0], "last": self.after[1]}
        return {name: value for name, value in given.items() if value is not None}


def find_newest(asked: IndexQuery) -> list[FoundAnswer]:
    """Matches, newest first. On SQLite, interviews that started in the same microsecond may be
    missing at the end.
    """
    words, values = _for_sqlite(asked) if is_sqlite() else _for_postgresql(asked)
    values |= asked.values | {"most": asked.most}
    rows = db.session.execute(text(words), values).scalar_one()
    return sorted(((at, key) for at, key in orjson.loads(rows)), reverse=True)


def _for_sqlite(asked: IndexQuery) -> tuple[str, dict[str, Any]]:
    long = {f"p{n}": f" {' '.join(p)} " for n, p in enumerate(asked.phrases) if len(p) > 1}
    conditions = [_CONDITIONS[name].format(place="f.rowid") for name in asked.values]
    conditions += [f"instr(' ' || s.words || ' ', :{name}) > 0" for name in long]
    words = _WALK.format(conditions="".join(f" AND {one}" for one in conditions))
    return words, {**long, "asked": " AND ".join(f'"{one}"' for one in asked.tokens)}


# Walk the index downwards until enough are found: CROSS JOIN fixes the order.
_WALK: Final = f"""
    SELECT json_group_array(json_array(begun, id)) FROM (
        SELECT DISTINCT s.id >> {PLACE_BITS} AS begun, s.interview_id AS id
        FROM said_words f CROSS JOIN said s ON s.id = f.rowid
        WHERE said_words MATCH :asked {{conditions}} ORDER BY f.rowid DESC LIMIT :most)
"""  # noqa: S608 - the number is ours


def _for_postgresql(asked: IndexQuery) -> tuple[str, dict[str, Any]]:
    # The planner's estimates for words are often far off, and it would then scan the table.
    db.session.execute(_NO_GUESSING)
    exact = {"exact": in_order} if (in_order := _in_order(asked.phrases)) else {}
    conditions = [_CONDITIONS[name].format(place="s.id") for name in asked.values]
    conditions += ["s.words @@ CAST(:exact AS tsquery)"] * len(exact)
    more = ", words" if exact else ""
    words = _READ.format(more=more, conditions="".join(f" AND {one}" for one in conditions))
    return words, {**exact, "asked": " & ".join(f"'{one}'" for one in asked.tokens)}


# Ask the index for the words only, since it holds nothing else.
_READ: Final = f"""
    WITH s AS MATERIALIZED (
        SELECT id, interview_id{{more}} FROM said WHERE words @@ CAST(:asked AS tsquery))
    SELECT coalesce(json_agg(json_build_array(begun, id)), '[]')::text FROM (
        SELECT s.id >> {PLACE_BITS} AS begun, s.interview_id AS id FROM s
        WHERE true {{conditions}} GROUP BY 1, 2 ORDER BY 1 DESC, 2 DESC LIMIT :most) found
"""  # noqa: S608


_CONDITIONS: Final = {
    "low": "{place} >= :low",
    "high": "{place} < :high",
    "status": "(SELECT status FROM interview i WHERE i.id = s.interview_id) = :status",
    "language": "(SELECT language FROM interview i WHERE i.id = s.interview_id) = :language",
    "mode": "(SELECT mode FROM interview i WHERE i.id = s.interview_id) = :mode",
    "paused": "(SELECT paused_at FROM interview i WHERE i.id = s.interview_id) IS NOT NULL",
    "sentiment": (
        "(SELECT sentiment_label FROM interview i WHERE i.id = s.interview_id) = :sentiment"
    ),
    "noted": "s.interview_id IN (SELECT interview_id FROM note WHERE org_id = :noted)",
    "tag": (
        "s.interview_id IN (SELECT n.interview_id FROM note n "
        "JOIN note_tag t ON t.note_id = n.id WHERE t.name = :tag)"
    ),
    "begun": f"s.id >> {PLACE_BITS} <= :begun",
    "last": f"(s.id >> {PLACE_BITS} < :begun OR s.interview_id < :last)",
}
_NO_GUESSING: Final = text(
    "SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)"
)


def contains_phrases(phrases: Sequence[Sequence[str]]) -> ColumnElement[bool]:
    """Condition that an answer contains all phrases."""
    if is_sqlite():
        framed = literal(" ").op("||")(SearchEntry.words).op("||")(" ")
        return and_(*(func.instr(framed, f" {' '.join(p)} ") > 0 for p in phrases))
    tokens = [f"'{one}'" for one in search_terms.build_query_terms(phrases)]
    query = " & ".join([*tokens, _in_order(phrases)] if _in_order(phrases) else tokens)
    return SearchEntry.words.bool_op("@@")(cast(query, TSQUERY))


def _in_order(phrases: Sequence[Sequence[str]]) -> str:
    """Check the order of words: pair marks can collide, and do not ensure that three words stand
    together.
    """
    long = [" <-> ".join(f"'{word}'" for word in p) for p in phrases if len(p) > 1]
    return " & ".join(f"({one})" for one in long)


def from_microseconds(begun: int) -> datetime:
    return EPOCH + timedelta(microseconds=begun)


def is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"
