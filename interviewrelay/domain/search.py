"""Finding interviews by what participants said in them.

A query's words must all be in one answer, whatever their case and accents; "words in quotation
marks" must stand in that order. The rules are in `analysis.search_words`, alike on SQLite (FTS5) and
PostgreSQL (tsvector); how it stays quick is told in docs/decisions/0016-search-at-scale.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, cast, func, insert, literal, select, tuple_
from sqlalchemy.orm import joinedload

from interviewrelay.analysis import search_words
from interviewrelay.database import db, require_transaction
from interviewrelay.domain import paging, search_index
from interviewrelay.domain.paging import Page, Window
from interviewrelay.domain.search_index import Found
from interviewrelay.ids import is_id
from interviewrelay.models import Interview, Said
from interviewrelay.models.search import PLACES, Words, begun, first_place

MOST_COUNTED: Final = 500
"""So many sessions are counted; a total that reaches it says that it is capped."""
LOOKED_AT: Final = 600
"""So many sessions are looked into, one by one, before the index is asked."""


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


def keep(interview: Interview, spoken: str) -> None:
    """A building block: what was just said can be found from now on."""
    require_transaction()
    if not spoken:
        return
    low = first_place(interview.started_at)
    if not search_index.sqlite():
        # Two interviews that began in one microsecond take their numbers one after the other.
        db.session.execute(select(func.pg_advisory_xact_lock(low)))
    number = func.coalesce(func.max(Said.id), low - 1) + 1
    words = search_words.kept(interview.org_id, interview.campaign_id, spoken)
    row = select(number, literal(interview.id), cast(literal(words, Words()), Words())).where(
        Said.id >= low, Said.id < low + PLACES
    )
    db.session.execute(insert(Said).from_select(["id", "interview_id", "words"], row))


def page(wanted: Wanted, window: Window) -> Page[Interview]:
    """The interviews that fit, newest first, in the manner of `paging.page`."""
    if not wanted.phrases or not is_id(wanted.campaign_id or wanted.org_id):
        return Page([], 0, window.limit, window.offset, None)
    most = max(MOST_COUNTED, window.offset + window.limit)
    found = _newest(wanted, most + 1)
    total = min(len(found), MOST_COUNTED)
    if window.cursor is not None:
        moment, last = paging.place(window.cursor)
        part = _newest(wanted, window.limit + 1, (begun(moment), last))
    else:
        part = found[window.offset : window.offset + window.limit + 1]
    items = _loaded([last for _, last in part[: window.limit]])
    more = len(part) > window.limit
    cursor = paging.cursor_after(items[-1].started_at, items[-1].id) if more else None
    capped = len(found) > MOST_COUNTED
    return Page(items, total, window.limit, window.offset, cursor, capped)


def _newest(wanted: Wanted, most: int, after: Found | None = None) -> list[Found]:
    """The newest that fit, behind `after`.

    Where the index cannot stop early (PostgreSQL's never does; SQLite's not when it knows nothing of
    a filter), the newest interviews are looked into first, and further ones as long as they hold
    enough: what is common is found soon so, and what is rare is little to read in the index.
    """
    found: list[Found] = []
    looking = not search_index.sqlite() or wanted.status is not None
    while looking and len(found) < most:
        seen = _looked_into(wanted, after)
        new = [(at, key) for at, key, holds in seen if holds]
        found += new
        if len(seen) < LOOKED_AT:
            return found[:most]
        after = seen[-1][:2]
        looking = len(new) * 3 > min(most, LOOKED_AT)
    if len(found) < most:
        found += _by_index(wanted, most - len(found), after)
    return found[:most]


def _looked_into(wanted: Wanted, after: Found | None) -> list[tuple[int, str, bool]]:
    """The newest interviews that fit but for what was said, and whether it was said."""
    query = narrowed(select(*_PLACE), wanted)
    if after is not None:
        moment = literal(search_index.moment(after[0]), Interview.started_at.type)
        query = query.where(tuple_(*_PLACE) < tuple_(moment, literal(after[1])))
    query = query.order_by(*(column.desc() for column in _PLACE)).limit(LOOKED_AT)
    newest = query.cte("newest")
    said = select(Said.id).where(
        Said.interview_id == newest.c.id, search_index.holds(wanted.phrases)
    )
    rows = db.session.execute(select(newest.c.started_at, newest.c.id, said.exists()))
    seen = [(begun(at), key, bool(holds)) for at, key, holds in rows]
    return sorted(seen, reverse=True)


def _by_index(wanted: Wanted, most: int, after: Found | None) -> list[Found]:
    ends = [first_place(wanted.before)] if wanted.before else []
    ends += [(after[0] + 1) * PLACES] if after else []
    asked = search_index.Asked(
        labels=search_words.labels(wanted.org_id, wanted.campaign_id),
        phrases=wanted.phrases,
        status=wanted.status,
        low=first_place(wanted.since) if wanted.since else None,
        high=min(ends, default=None),
        after=after,
        most=most,
    )
    found = search_index.newest(asked)
    if len(found) < most:
        return found
    # Those that began in the microsecond of the last one are ordered by their ids: all of them count.
    last = found[-1][0]
    together = search_index.newest(
        replace(asked, low=last * PLACES, high=(last + 1) * PLACES, most=PLACES)
    )
    return [one for one in found if one[0] > last] + together


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
