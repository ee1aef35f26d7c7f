"""Finding interviews by what participants said in them.

A query's words must all be in one answer, whatever their case and accents; "words in quotation
marks" must stand in that order. The rules are in `analysis.search_words`, alike on SQLite (FTS5) and
PostgreSQL (tsvector).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from sqlalchemy import (
    BigInteger,
    Select,
    bindparam,
    cast,
    func,
    insert,
    literal,
    select,
    text,
    tuple_,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import joinedload

from interviewrelay import clock
from interviewrelay.analysis import search_words
from interviewrelay.database import db
from interviewrelay.domain import paging
from interviewrelay.domain.paging import Page, Window
from interviewrelay.ids import is_id
from interviewrelay.models import Interview, Said
from interviewrelay.models.search import PLACES, Words, first_place
from interviewrelay.writing import Hand, Statement

MOST_COUNTED: Final = 500
"""So many sessions are counted; a total that reaches it says that it is capped."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which interviews: all filters of the list, and what was said."""

    org_id: str
    phrases: Sequence[Sequence[str]]
    campaign_id: str | None = None
    status: str | None = None
    since: datetime | None = None
    before: datetime | None = None

    @property
    def labels(self) -> list[str]:
        return search_words.labels(self.org_id, self.campaign_id)


class Place(Protocol):
    """An interview whose answers are to be found."""

    @property
    def id(self) -> str: ...
    @property
    def org_id(self) -> str: ...
    @property
    def campaign_id(self) -> str: ...
    @property
    def started_at(self) -> datetime: ...


_ALONE: Final = Statement(
    select(func.pg_advisory_xact_lock(bindparam("low", type_=BigInteger())))
)
_KEEP: Final = Statement(
    insert(Said).from_select(
        ["id", "interview_id", "words"],
        select(
            func.coalesce(func.max(Said.id), bindparam("low", type_=BigInteger()) - 1) + 1,
            bindparam("held", type_=Said.interview_id.type),
            cast(bindparam("said", type_=Words()), Words()),
        ).where(Said.id >= bindparam("low"), Said.id < bindparam("high")),
    )
)


def keep(hand: Hand, interview: Place, spoken: str) -> None:
    """A building block: what was just said can be found from now on."""
    if not spoken:
        return
    low = first_place(interview.started_at)
    if not hand.lite:
        # Two interviews that began in one microsecond take their numbers one after the other.
        hand.rows(_ALONE, low=low)
    words = search_words.labels(interview.org_id, interview.campaign_id)
    words += search_words.words(spoken)
    hand.change(_KEEP, low=low, high=low + PLACES, held=interview.id, said=words)


def page(wanted: Wanted, window: Window) -> Page[Interview]:
    """The interviews that fit, newest first, in the manner of `paging.page`."""
    if not wanted.phrases or not is_id(wanted.campaign_id or wanted.org_id):
        return Page([], 0, window.limit, window.offset, None)
    most = max(MOST_COUNTED, window.offset + window.limit)
    found = _newest(wanted, most + 1)
    total = min(len(found), MOST_COUNTED)
    if window.cursor is not None:
        after = paging.place(window.cursor)
        part = _newest(wanted, window.limit + 1, after)
    else:
        part = found[window.offset : window.offset + window.limit + 1]
    items = _loaded(part[: window.limit])
    more = len(part) > window.limit
    cursor = paging.cursor_after(items[-1].started_at, items[-1].id) if more else None
    capped = len(found) > MOST_COUNTED
    return Page(items, total, window.limit, window.offset, cursor, capped)


def _newest(wanted: Wanted, most: int, after: tuple[datetime, str] | None = None) -> list[str]:
    """The ids of the newest that fit."""
    if _sqlite():
        return _by_fts(wanted, most, after)
    asked = [f"'{label}'" for label in wanted.labels]
    asked += [" <-> ".join(f"'{word}'" for word in phrase) for phrase in wanted.phrases]
    holds = Said.words.bool_op("@@")(cast(" & ".join(f"({part})" for part in asked), TSQUERY))
    query = select(Interview.id)
    query = query.where(Interview.id.in_(select(Said.interview_id).where(holds)))
    if after is not None:
        behind = tuple_(literal(after[0], Interview.started_at.type), literal(after[1]))
        query = query.where(tuple_(Interview.started_at, Interview.id) < behind)
    query = narrowed(query, wanted)
    query = query.order_by(Interview.started_at.desc(), Interview.id.desc()).limit(most)
    return list(db.session.execute(query).scalars())


# The index is walked downwards, newest interview first, until enough are found. CROSS JOIN keeps
# SQLite from walking the interviews instead.
_WALK: Final = text(
    "SELECT DISTINCT i.id, i.started_at FROM said_words f "
    "CROSS JOIN said s ON s.id = f.rowid CROSS JOIN interview i ON i.id = s.interview_id "
    "WHERE said_words MATCH :asked AND f.rowid >= :low AND f.rowid < :high AND i.org_id = :org "
    "AND (:status IS NULL OR i.status = :status) "
    "AND (:at IS NULL OR (i.started_at, i.id) < (:at, :last)) "
    "ORDER BY f.rowid DESC LIMIT :most"
)


def _by_fts(wanted: Wanted, most: int, after: tuple[datetime, str] | None) -> list[str]:
    asked = [*([label] for label in wanted.labels), *wanted.phrases]
    low = first_place(wanted.since or clock.EARLIEST)
    high = first_place(wanted.before or clock.LATEST) + (0 if wanted.before else PLACES)
    if after is not None:
        high = min(high, first_place(after[0]) + PLACES)
    found = db.session.execute(
        _WALK,
        {
            "asked": " AND ".join(f'"{" ".join(phrase)}"' for phrase in asked),
            "low": low,
            "high": high,
            "org": wanted.org_id,
            "status": wanted.status,
            "at": f"{after[0]:%Y-%m-%dT%H:%M:%S.%f}Z" if after else None,
            "last": after[1] if after else None,
            "most": most,
        },
    ).all()
    # Interviews that began in the same microsecond are ordered by their ids.
    return [row.id for row in sorted(found, key=lambda r: (r.started_at, r.id), reverse=True)]


def narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    """A query for interviews, with the list's plain filters."""
    query = query.where(Interview.org_id == wanted.org_id)
    if wanted.campaign_id is not None:
        query = query.where(Interview.campaign_id == wanted.campaign_id)
    if wanted.status is not None:
        query = query.where(Interview.status == wanted.status)
    if wanted.since is not None:
        query = query.where(Interview.started_at >= wanted.since)
    if wanted.before is not None:
        query = query.where(Interview.started_at < wanted.before)
    return query


def _loaded(ids: Sequence[str]) -> list[Interview]:
    query = (
        select(Interview).where(Interview.id.in_(ids)).options(joinedload(Interview.campaign))
    )
    known = {row.id: row for row in db.session.execute(query).scalars()}
    return [known[i] for i in ids if i in known]


def _sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"
