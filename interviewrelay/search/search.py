"""Finding interviews by what participants said in them.

A query's words must all be in one answer, whatever their case and accents; "words in quotation
marks" must stand in that order. The rules are in `analysis.search_words`, alike on SQLite (FTS5) and
PostgreSQL (tsvector); how it stays quick is told in docs/decisions/0016-search-at-scale.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
    tuple_,
)
from sqlalchemy.orm import joinedload

from interviewrelay.analysis import search_terms
from interviewrelay.core.db import pagination
from interviewrelay.core.db.compiled_statements import Statement
from interviewrelay.core.db.group_commit import Hand
from interviewrelay.core.db.pagination import Page, Window
from interviewrelay.core.db.session import db
from interviewrelay.core.ids import is_id
from interviewrelay.models import Interview, Said
from interviewrelay.models.search import PLACES, Words, begun, first_place
from interviewrelay.notes import notes
from interviewrelay.search import backends
from interviewrelay.search.backends import Found

MOST_COUNTED: Final = 500
"""So many sessions are counted; a total that reaches it says that it is capped."""
LOOKED_AT: Final = 600
"""So many sessions are looked into, one by one, before the index is asked."""

ENOUGH: Final = 6
"""As long as one of so many holds what is asked for, looking on is less work than the index."""

_PLACE: Final[tuple[Any, ...]] = (Interview.started_at, Interview.id)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which interviews: all filters of the list, and what was said."""

    org_id: str
    phrases: Sequence[Sequence[str]]
    campaign_id: str | None = None
    status: str | None = None
    since: datetime | None = None
    before: datetime | None = None
    sentiment: str | None = None
    language: str | None = None
    noted: bool = False
    """Only those at which somebody noted something."""
    tag: str = ""
    """Only those with a note that has this tag."""
    mode: str | None = None
    paused: bool = False
    """Only those that pause now."""

    @property
    def of_rows(self) -> dict[str, str]:
        """What is asked of interviews' own rows and of their notes, which no index of words knows."""
        noted, paused = self.org_id if self.noted else None, "now" if self.paused else None
        given = {"status": self.status, "sentiment": self.sentiment, "language": self.language}
        told = {
            **given,
            "mode": self.mode,
            "noted": noted,
            "tag": self.tag or None,
            "paused": paused,
        }
        return {name: value for name, value in told.items() if value is not None}


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
    words = search_terms.kept(interview.org_id, interview.campaign_id, spoken)
    hand.change(_KEEP, low=low, high=low + PLACES, held=interview.id, said=words)


def page(wanted: Wanted, window: Window) -> Page[Interview]:
    """The interviews that fit, newest first, in the manner of `paging.page`."""
    if not wanted.phrases or not is_id(wanted.campaign_id or wanted.org_id):
        return Page([], 0, window.limit, window.offset, None)
    most = max(MOST_COUNTED, window.offset + window.limit)
    found = _newest(wanted, most + 1)
    total = min(len(found), MOST_COUNTED)
    if window.cursor is not None:
        moment, last = pagination.place(window.cursor)
        part = _newest(wanted, window.limit + 1, (begun(moment), last))
    else:
        part = found[window.offset : window.offset + window.limit + 1]
    items = _loaded([last for _, last in part[: window.limit]])
    more = len(part) > window.limit
    cursor = pagination.cursor_after(items[-1].started_at, items[-1].id) if more else None
    capped = len(found) > MOST_COUNTED
    return Page(items, total, window.limit, window.offset, cursor, capped)


def _newest(wanted: Wanted, most: int, after: Found | None = None) -> list[Found]:
    """The newest that fit, behind `after`.

    Where the index cannot stop early (PostgreSQL's never does; SQLite's not when it knows nothing of
    a filter), the newest interviews are looked into first, and further ones as long as they hold
    enough: what is common is found soon so, and what is rare is little to read in the index.
    """
    found: list[Found] = []
    looked, more = 0, LOOKED_AT
    looking = not backends.sqlite() or bool(wanted.of_rows)
    while looking and len(found) < most:
        held, after = _looked_into(wanted, after, more)
        found += held
        if after is None:
            return found[:most]
        looked += more
        looking = len(found) * ENOUGH > looked
        more = LOOKED_AT + looked * (most - len(found)) // max(len(found), 1)
    if len(found) < most:
        found += _by_index(wanted, most - len(found), after)
    return found[:most]


def _looked_into(
    wanted: Wanted, after: Found | None, most: int
) -> tuple[list[Found], Found | None]:
    """Those of the newest interviews in which it was said, and the last that was looked into; None
    when there are no more.
    """
    query = narrowed(select(*_PLACE), wanted)
    if after is not None:
        moment = literal(backends.moment(after[0]), Interview.started_at.type)
        query = query.where(tuple_(*_PLACE) < tuple_(moment, literal(after[1])))
    query = query.order_by(*(column.desc() for column in _PLACE)).limit(most)
    newest = query.cte("newest")
    said = select(Said.id).where(
        Said.interview_id == newest.c.id, backends.holds(wanted.phrases)
    )
    # LIMIT keeps PostgreSQL from reading all answers that hold it, as it does for a plain EXISTS.
    one = said.limit(1).scalar_subquery()
    found = select(newest.c.started_at, newest.c.id, one.is_not(None))
    seen = db.session.execute(found).all()
    held = sorted(((begun(at), key) for at, key, holds in seen if holds), reverse=True)
    if len(seen) < most:
        return held, None
    last = min((at, key) for at, key, _ in seen)
    return held, (begun(last[0]), last[1])


def _by_index(wanted: Wanted, most: int, after: Found | None) -> list[Found]:
    ends = [first_place(wanted.before)] if wanted.before else []
    ends += [(after[0] + 1) * PLACES] if after else []
    asked = backends.Asked(
        labels=search_terms.labels(wanted.org_id, wanted.campaign_id),
        phrases=wanted.phrases,
        of_rows=wanted.of_rows,
        low=first_place(wanted.since) if wanted.since else None,
        high=min(ends, default=None),
        after=after,
        most=most,
    )
    found = backends.newest(asked)
    if len(found) < most or not backends.sqlite():
        return found
    # Of those that began in one microsecond, the walk may have ended among them in a wrong order.
    last = found[-1][0]
    together = backends.newest(
        replace(asked, low=last * PLACES, high=(last + 1) * PLACES, most=PLACES)
    )
    return [one for one in found if one[0] > last] + together


def narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    """A query for interviews, with the list's plain filters.

    A database that knows no numbers takes any index that there is. What narrows the most has one here:
    notes, which are few beside all interviews, then the campaign; the rest is looked at in the rows.
    """
    indexed: tuple[str, ...] = ("status", "sentiment_label", "language", "mode")
    if wanted.noted or wanted.tag:
        held = notes.sessions(wanted.org_id, wanted.tag, wanted.campaign_id)
        query, indexed = query.where(Interview.id.in_(held)), ()
    else:
        query = query.where(Interview.org_id == wanted.org_id)
        if wanted.campaign_id is not None:
            query = query.where(Interview.campaign_id == wanted.campaign_id)
            indexed = ("status",)
    values = {
        Interview.status: wanted.status,
        Interview.sentiment_label: wanted.sentiment,
        Interview.language: wanted.language,
        Interview.mode: wanted.mode,
    }
    for column, value in values.items():
        if value is not None:
            found = column if column.key in indexed else column.concat("")
            query = query.where(found == value)
    if wanted.paused:
        query = query.where(Interview.paused_at.is_not(None))
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
