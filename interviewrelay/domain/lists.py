"""The lists that are asked for most: a statement each, whose rows the database itself writes as JSON.

Rows that come out one by one cost a change of threads each, and an object each; a text costs neither.
Names and types of the fields are those of the API (docs/decisions/0013-quick-reads.md).
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    case,
    exists,
    false,
    func,
    literal_column,
    select,
    tuple_,
)

from interviewrelay.domain import interview_counts
from interviewrelay.domain.actors import Actor
from interviewrelay.domain.paging import MOST_COUNTED, Window, place
from interviewrelay.models import Campaign, Interview
from interviewrelay.quick import Quick, exact, iso, json_rows, spent, truth

_NONE: Final[Any] = literal_column("0")
_ONE: Final[Any] = literal_column("1")

Conditions = list[ColumnElement[bool]]
Given = frozenset[str]
"""Names of the filters that are asked for."""


@dataclass(frozen=True, slots=True)
class JsonPage:
    """A part of a list; `items` is the text of a JSON array."""

    items: str
    total: int
    limit: int
    offset: int
    next_cursor: str | None
    capped: bool = False
    """Whether there may be more than `total`."""


@dataclass(frozen=True)
class Kind:
    """What is listed, newest first: the columns that are read, and what is written of them."""

    key: Any
    moment: Any
    columns: Mapping[str, Any]
    fields: Callable[[Any], Mapping[str, Any]]
    conditions: Callable[[Given], Conditions]
    """Which rows: `org` and each filter that is given is a `bindparam` of its name."""
    total: Callable[[Given, Conditions], Select[Any]]
    """How many there are."""
    capped: Given = frozenset()
    """Filters with which only `MOST_COUNTED` are counted instead."""


class Listing:
    """The rows of one kind, a page at a time."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._query = Quick(self._build)

    def page(self, actor: Actor, window: Window, **given: str | None) -> JsonPage:
        """Raises InvalidParameter when the cursor is none of ours."""
        values: dict[str, Any] = {"org": actor.org_id, "limit": window.limit, **given}
        if window.cursor is None:
            values["offset"] = window.offset
        else:
            at, values["after"] = place(window.cursor)
            values["at"] = stored(at)
        found = self._query.first(most=window.limit + 1, last=window.limit - 1, **values)
        items, total, read, end = found or ("[]", 0, 0, None)
        cursor = _cursor(end) if read > window.limit else None
        capped = total > MOST_COUNTED and any(given.get(n) for n in self._kind.capped)
        total = MOST_COUNTED if capped else total
        return JsonPage(items, total, window.limit, window.offset, cursor, capped)

    def _build(self, given: Given) -> Select[*tuple[Any, ...]]:
        kind = self._kind
        mine = kind.conditions(given)
        columns = [column.label(name) for name, column in kind.columns.items()]
        end = exact(kind.moment).op("||")(literal_column("' '")).op("||")(kind.key)
        page = select(*columns, end.label("its_end")).where(*mine)
        page = page.order_by(kind.moment.desc(), kind.key.desc()).limit(bindparam("most"))
        if "after" in given:
            behind = tuple_(_moment("at"), bindparam("after"))
            page = page.where(tuple_(kind.moment, kind.key) < behind).offset(_NONE)
        else:
            page = page.offset(bindparam("offset"))
        read = page.cte("page")
        shown = select(read).limit(bindparam("limit")).offset(_NONE).subquery("shown")
        pairs: list[Any] = []
        for name, value in kind.fields(shown.c).items():
            pairs += literal_column(f"'{name}'"), value
        return select(
            json_rows(*pairs),
            self._total(given, mine).scalar_subquery(),
            select(func.count()).select_from(read).scalar_subquery(),
            select(read.c.its_end).limit(_ONE).offset(bindparam("last")).scalar_subquery(),
        ).select_from(shown)

    def _total(self, given: Given, mine: Conditions) -> Select[Any]:
        if not given & self._kind.capped:
            return self._kind.total(given, mine)
        some = select(_ONE).select_from(self._kind.key.class_).where(*mine)
        return select(func.count()).select_from(some.limit(MOST_COUNTED + 1).subquery())


def stored(moment: datetime) -> str:
    """A moment as quick reads are given it."""
    return f"{moment:%Y-%m-%dT%H:%M:%S.%fZ}"


def _moment(name: str) -> Any:
    return bindparam(name, type_=Interview.started_at.type)


def _cursor(end: str) -> str:
    return base64.urlsafe_b64encode(end.encode()).decode().rstrip("=")


def _filtered(given: Given, filters: Mapping[str, ColumnElement[bool]]) -> Conditions:
    return [filters[name] for name in filters if name in given]


CAMPAIGNS: Final = Listing(
    Kind(
        key=Campaign.id,
        moment=Campaign.created_at,
        columns={
            "id": Campaign.id,
            "name": Campaign.name,
            "status": Campaign.status,
            "invites_sent": Campaign.invites_sent,
            "completed": Campaign.completed,
            "ended_early": Campaign.ended_early,
            "created_at": iso(Campaign.created_at),
            "started": Campaign.started,
            "project_id": Campaign.project_id,
            "script_id": Campaign.script_id,
        },
        fields=lambda c: {name: c[name] for name in c.keys() if name != "its_end"},  # noqa: SIM118
        conditions=lambda given: [
            Campaign.org_id == bindparam("org"),
            *_filtered(
                given,
                {
                    "project_id": Campaign.project_id == bindparam("project_id"),
                    "status": Campaign.status == bindparam("status"),
                },
            ),
        ],
        total=lambda _, mine: select(func.count()).select_from(Campaign).where(*mine),
    )
)
"""As `represent.campaign_item` shows one."""


def _interviews(given: Given) -> Conditions:
    # With a campaign its owner is asked for: beside the organization's own index, a database that
    # knows nothing of the numbers would not know which of both to take.
    of_campaign = Interview.campaign_id == bindparam("campaign_id")
    theirs = exists().where(
        Campaign.id == bindparam("campaign_id"), Campaign.org_id == bindparam("org")
    )
    whole = Interview.org_id == bindparam("org")
    return [
        *([of_campaign, theirs] if "campaign_id" in given else [whole]),
        *_filtered(
            given,
            {
                "status": Interview.status == bindparam("status"),
                "since": Interview.started_at >= _moment("since"),
                "before": Interview.started_at < _moment("before"),
            },
        ),
    ]


_UNTIL: Final = case(
    (Interview.paused_at < Interview.last_at, Interview.paused_at), else_=Interview.last_at
)

INTERVIEWS: Final = Listing(
    Kind(
        key=Interview.id,
        moment=Interview.started_at,
        columns={
            "id": Interview.id,
            "campaign_id": Interview.campaign_id,
            "participant_email": Interview.participant_email,
            "status": Interview.status,
            "started_at": Interview.started_at,
            "ended_at": Interview.ended_at,
            "paused_at": Interview.paused_at,
            "language": Interview.language,
            "mode": Interview.mode,
            "test": Interview.test,
            "ended_by": Interview.ended_by,
            "complete": func.coalesce(Interview.complete, false()),
            "lasted": func.coalesce(
                Interview.duration_seconds,
                spent(Interview.started_at, _UNTIL, Interview.paused_seconds),
            ),
        },
        fields=lambda c: {
            "id": c.id,
            "campaign_id": c.campaign_id,
            "participant_email": c.participant_email,
            "status": c.status,
            "duration_minutes": case((c.lasted > 60, (c.lasted + 59) // 60), else_=1),
            "started_at": iso(c.started_at),
            "completed_at": case((c.status == "completed", iso(c.ended_at))),
            "duration_seconds": c.lasted,
            "paused_at": iso(c.paused_at),
            "language": c.language,
            "mode": c.mode,
            "test": truth(c.test),
            "ended_by": c.ended_by,
            "complete": truth(c.complete),
        },
        conditions=_interviews,
        total=lambda given, _: interview_counts.total(given),
        capped=frozenset({"since", "before"}),
    )
)
"""As `represent_rows.session_item` shows one."""
