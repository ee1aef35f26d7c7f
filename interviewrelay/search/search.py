"""Full-text search: interviews by what participants said.

All words of a query must be in one answer, ignoring case and accents; "words in quotation marks"
must stand in that order. The rules are in `analysis.search_terms`, the same for SQLite (FTS5) and
PostgreSQL (tsvector); docs/decisions/0016-search-at-scale.md covers performance.
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
from interviewrelay.core.db.compiled_statements import CompiledStatement
from interviewrelay.core.db.group_commit import StatementRunner
from interviewrelay.core.db.pagination import Page, Window
from interviewrelay.core.db.session import db
from interviewrelay.core.ids import is_id
from interviewrelay.models import Interview, SearchEntry
from interviewrelay.models.search import PLACES, SearchWords, get_first_number, to_microseconds
from interviewrelay.notes import notes
from interviewrelay.search import backends
from interviewrelay.search.backends import FoundAnswer

MOST_COUNTED: Final = 500
"""Maximum number of sessions counted; a total that reaches it is marked as capped."""
LOOKED_AT: Final = 600
"""Number of newest sessions scanned one by one before the index is used."""

ENOUGH: Final = 6
"""Continue scanning while at least one of so many sessions matches: that is cheaper than the index."""

_PLACE: Final[tuple[Any, ...]] = (Interview.started_at, Interview.id)


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """Search filters: all filters of the list, and the words."""

    org_id: str
    phrases: Sequence[Sequence[str]]
    campaign_id: str | None = None
    status: str | None = None
    since: datetime | None = None
    before: datetime | None = None
    sentiment: str | None = None
    language: str | None = None
    noted: bool = False
    """Only sessions with notes."""
    tag: str = ""
    """Only sessions with a note that has this tag."""
    mode: str | None = None
    paused: bool = False
    """Only sessions that are paused now."""

    @property
    def of_rows(self) -> dict[str, str]:
        """Conditions on interview rows and notes, which the word index does not hold."""
        told = {
            "status": self.status,
            "sentiment": self.sentiment,
            "language": self.language,
            "mode": self.mode,
            "noted": self.org_id if self.noted else None,
            "tag": self.tag or None,
            "paused": "now" if self.paused else None,
        }
        return {name: value for name, value in told.items() if value is not None}


class SearchableInterview(Protocol):
    """Interview whose answers are searchable."""

    @property
    def id(self) -> str: ...
    @property
    def org_id(self) -> str: ...
    @property
    def campaign_id(self) -> str: ...
    @property
    def started_at(self) -> datetime: ...


_ALONE: Final = CompiledStatement(
    select(func.pg_advisory_xact_lock(bindparam("low", type_=BigInteger())))
)
_KEEP: Final = CompiledStatement(
    insert(SearchEntry).from_select(
        ["id", "interview_id", "words"],
        select(
            func.coalesce(func.max(SearchEntry.id), bindparam("low", type_=BigInteger()) - 1)
            + 1,
            bindparam("held", type_=SearchEntry.interview_id.type),
            cast(bindparam("said", type_=SearchWords()), SearchWords()),
        ).where(SearchEntry.id >= bindparam("low"), SearchEntry.id < bindparam("high")),
    )
)


def index_answer(runner: StatementRunner, interview: SearchableInterview, spoken: str) -> None:
    """Building block: index the new answers."""
    if not spoken:
        return
    low = get_first_number(interview.started_at)
    if not runner.lite:
        # Interviews that start in the same microsecond take their numbers one after the other.
        runner.rows(_ALONE, low=low)
    words = search_terms.build_index_terms(interview.org_id, interview.campaign_id, spoken)
    runner.change(_KEEP, low=low, high=low + PLACES, held=interview.id, said=words)


def fetch_page(wanted: SearchFilters, window: Window) -> Page[Interview]:
    """Matching interviews, newest first, like `pagination.fetch_page`."""
    if not wanted.phrases or not is_id(wanted.campaign_id or wanted.org_id):
        return Page([], 0, window.limit, window.offset, None)
    most = max(MOST_COUNTED, window.offset + window.limit)
    found = _newest(wanted, most + 1)
    total = min(len(found), MOST_COUNTED)
    if window.cursor is not None:
        moment, last = pagination.parse_cursor(window.cursor)
        part = _newest(wanted, window.limit + 1, (to_microseconds(moment), last))
    else:
        part = found[window.offset : window.offset + window.limit + 1]
    items = _loaded([last for _, last in part[: window.limit]])
    more = len(part) > window.limit
    cursor = pagination.build_cursor(items[-1].started_at, items[-1].id) if more else None
    capped = len(found) > MOST_COUNTED
    return Page(items, total, window.limit, window.offset, cursor, capped)


def _newest(
    wanted: SearchFilters, most: int, after: FoundAnswer | None = None
) -> list[FoundAnswer]:
    """Newest matches after `after`.

    The index cannot always stop early (on PostgreSQL never, on SQLite not with filters that it does
    not hold). So the newest interviews are scanned first, as long as enough of them match: common
    words are found quickly, and rare ones are few in the index.
    """
    found: list[FoundAnswer] = []
    looked, more = 0, LOOKED_AT
    looking = not backends.is_sqlite() or bool(wanted.of_rows)
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
    wanted: SearchFilters, after: FoundAnswer | None, most: int
) -> tuple[list[FoundAnswer], FoundAnswer | None]:
    """Matches among the newest interviews, and the last one scanned; None at the end."""
    query = apply_filters(select(*_PLACE), wanted)
    if after is not None:
        moment = literal(backends.from_microseconds(after[0]), Interview.started_at.type)
        query = query.where(tuple_(*_PLACE) < tuple_(moment, literal(after[1])))
    query = query.order_by(*(column.desc() for column in _PLACE)).limit(most)
    newest = query.cte("newest")
    said = select(SearchEntry.id).where(
        SearchEntry.interview_id == newest.c.id, backends.contains_phrases(wanted.phrases)
    )
    # LIMIT keeps PostgreSQL from reading all matching answers, as it would for EXISTS.
    one = said.limit(1).scalar_subquery()
    found = select(newest.c.started_at, newest.c.id, one.is_not(None))
    seen = db.session.execute(found).all()
    held = sorted(
        ((to_microseconds(at), key) for at, key, holds in seen if holds), reverse=True
    )
    if len(seen) < most:
        return held, None
    last = min((at, key) for at, key, _ in seen)
    return held, (to_microseconds(last[0]), last[1])


def _by_index(wanted: SearchFilters, most: int, after: FoundAnswer | None) -> list[FoundAnswer]:
    ends = [get_first_number(wanted.before)] if wanted.before else []
    ends += [(after[0] + 1) * PLACES] if after else []
    asked = backends.IndexQuery(
        labels=search_terms.build_labels(wanted.org_id, wanted.campaign_id),
        phrases=wanted.phrases,
        of_rows=wanted.of_rows,
        low=get_first_number(wanted.since) if wanted.since else None,
        high=min(ends, default=None),
        after=after,
        most=most,
    )
    found = backends.find_newest(asked)
    if len(found) < most or not backends.is_sqlite():
        return found
    # The walk may have ended, in a wrong order, among interviews of the same microsecond.
    last = found[-1][0]
    together = backends.find_newest(
        replace(asked, low=last * PLACES, high=(last + 1) * PLACES, most=PLACES)
    )
    return [one for one in found if one[0] > last] + together


def apply_filters(query: Select[Any], wanted: SearchFilters) -> Select[Any]:
    """Query for interviews with the list's plain filters.

    Without statistics the planner picks any index, so the most selective condition comes first
    here: notes, which are few, then the campaign. The rest is checked in the rows.
    """
    indexed: tuple[str, ...] = ("status", "sentiment_label", "language", "mode")
    if wanted.noted or wanted.tag:
        held = notes.select_noted_sessions(wanted.org_id, wanted.tag, wanted.campaign_id)
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
