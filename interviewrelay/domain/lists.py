"""The lists that are asked for most: a statement each, whose rows the database itself writes as JSON.

Rows that come out one by one cost a change of threads each, and an object each; a text costs neither.
Names and types of the fields are those of the API (docs/decisions/0013-quick-reads.md).
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, bindparam, func, literal_column, select, tuple_

from interviewrelay.domain.actors import Actor
from interviewrelay.domain.paging import Window, place
from interviewrelay.models import Campaign
from interviewrelay.quick import Quick, exact, iso, json_rows

_NONE: Final[Any] = literal_column("0")
_ONE: Final[Any] = literal_column("1")


@dataclass(frozen=True, slots=True)
class JsonPage:
    """A part of a list; `items` is the text of a JSON array."""

    items: str
    total: int
    limit: int
    offset: int
    next_cursor: str | None


class Listing:
    """An organization's rows of one kind, newest first, with filters that may be given."""

    def __init__(
        self,
        kind: Any,
        moment: Any,
        fields: Mapping[str, Any],
        filters: Mapping[str, ColumnElement[bool]],
    ) -> None:
        """`filters` are conditions by the name of the value that each takes as a `bindparam`."""
        self._kind, self._moment = kind, moment
        self._fields, self._filters = fields, filters
        self._query = Quick(self._build)

    def page(self, actor: Actor, window: Window, **given: str | None) -> JsonPage:
        """Raises InvalidParameter when the cursor is none of ours."""
        values: dict[str, Any] = {"org": actor.org_id, "limit": window.limit, **given}
        if window.cursor is None:
            values["offset"] = window.offset
        else:
            at, values["after"] = place(window.cursor)
            values["at"] = f"{at:%Y-%m-%dT%H:%M:%S.%fZ}"
        found = self._query.first(most=window.limit + 1, last=window.limit - 1, **values)
        items, total, read, end = found or ("[]", 0, 0, None)
        cursor = _cursor(end) if read > window.limit else None
        return JsonPage(items, total, window.limit, window.offset, cursor)

    def _build(self, given: frozenset[str]) -> Select[*tuple[Any, ...]]:
        key = self._kind.id
        mine = [self._kind.org_id == bindparam("org")]
        mine += [self._filters[name] for name in self._filters if name in given]
        columns = [column.label(name) for name, column in self._fields.items()]
        end = exact(self._moment).op("||")(literal_column("' '")).op("||")(key)
        page = select(*columns, end.label("its_end")).where(*mine)
        page = page.order_by(self._moment.desc(), key.desc()).limit(bindparam("most"))
        if "after" in given:
            behind = tuple_(bindparam("at", type_=self._moment.type), bindparam("after"))
            page = page.where(tuple_(self._moment, key) < behind).offset(_NONE)
        else:
            page = page.offset(bindparam("offset"))
        read = page.cte("page")
        shown = select(read).limit(bindparam("limit")).offset(_NONE).subquery("shown")
        pairs = [p for n in self._fields for p in (literal_column(f"'{n}'"), shown.c[n])]
        return select(
            json_rows(*pairs),
            select(func.count()).select_from(self._kind).where(*mine).scalar_subquery(),
            select(func.count()).select_from(read).scalar_subquery(),
            select(read.c.its_end).limit(_ONE).offset(bindparam("last")).scalar_subquery(),
        ).select_from(shown)


def _cursor(end: str) -> str:
    return base64.urlsafe_b64encode(end.encode()).decode().rstrip("=")


CAMPAIGNS: Final = Listing(
    Campaign,
    Campaign.created_at,
    {
        "id": Campaign.id,
        "name": Campaign.name,
        "status": Campaign.status,
        "invites_sent": Campaign.invites_sent,
        "completed": Campaign.completed,
        "created_at": iso(Campaign.created_at),
        "started": Campaign.started,
        "project_id": Campaign.project_id,
        "script_id": Campaign.script_id,
    },
    {
        "project_id": Campaign.project_id == bindparam("project_id"),
        "status": Campaign.status == bindparam("status"),
    },
)
"""As `represent.campaign_item` shows one."""
