"""Saved filters of the session list in the API."""

from datetime import date
from typing import Annotated, Final, Literal

from flask import g
from flask.typing import ResponseReturnValue
from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from interviewrelay.core.conversation import Sentiment
from interviewrelay.core.errors import Conflict
from interviewrelay.core.field_types import Id, RequestBody, Seen
from interviewrelay.core.representation import list_of
from interviewrelay.notes import representation, saved_filters
from interviewrelay.notes.representation import SavedFilter
from interviewrelay.organizations import access
from interviewrelay.transcripts import transcripts
from interviewrelay.web.http.blueprints import api
from interviewrelay.web.http.requests import list_response, read_payload, read_window
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.openapi.parameters import WINDOW
from interviewrelay.web.sessions import session_list

TAG: Final = "Saved filters"


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise PydanticCustomError("day", "not a date") from None


Words = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=session_list.LONGEST), Seen
]
Day = Annotated[str, AfterValidator(_day), Field(json_schema_extra={"format": "date"})]
FilterName = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=saved_filters.LONGEST_NAME
    ),
    Seen,
]


class SessionFiltersIn(RequestBody):
    """Filters of the session list, as on the dashboard."""

    q: Words | None = Field(default=None, description="Words in the answers.")
    campaign_id: Id | None = None
    status: transcripts.Standing | None = None
    sentiment: Sentiment | None = None
    language: Words | None = None
    mode: transcripts.Mode | None = None
    notes: Literal["any"] | None = Field(default=None, description="Sessions with notes.")
    tag: Words | None = Field(default=None, description="Sessions with a note with this tag.")
    start_date: Day | None = None
    end_date: Day | None = None
    sort: Literal["oldest"] | None = Field(default=None, description="null: newest first.")


class SavedFilterChange(RequestBody):
    name: FilterName = ""
    shared: bool = Field(default=False, description="Show it to everybody in the organization.")


class SavedFilterIn(SavedFilterChange):
    name: FilterName
    filters: SessionFiltersIn = Field(description="At least one filter.")


@operation(
    api,
    "GET /saved-filters",
    "sessions:read",
    tag=TAG,
    query=WINDOW,
    answers={200: list_of("filters", SavedFilter, "SavedFiltersList")},
)
def list_saved_filters() -> ResponseReturnValue:
    """List saved filters

    Those of the member whose key this is, and the shared ones.
    """
    page = saved_filters.fetch_filters(g.actor, read_window())
    return list_response("filters", page, lambda row: representation.saved_filter(g.actor, row))


@operation(
    api,
    "POST /saved-filters",
    "sessions:read",
    tag=TAG,
    body=SavedFilterIn,
    answers={201: SavedFilter},
    refusals=(Conflict,),
    gives={"filter_id": "/id"},
    sent={"name": "Unhappy newcomers", "filters": {"sentiment": "negative"}},
)
def create_saved_filter() -> ResponseReturnValue:
    """Save filters

    Sharing requires `sessions:write`. A member can save up to 50.
    """
    wanted = read_payload(SavedFilterIn)
    given = wanted.filters.model_dump(exclude_none=True)
    kept = {name: value for name, value in session_list.read_filters(given).items() if value}
    row = saved_filters.save_filter(g.actor, wanted.name, kept, shared=wanted.shared)
    return representation.saved_filter(g.actor, row), 201


@operation(
    api,
    "GET /saved-filters/<filter_id>",
    "sessions:read",
    tag=TAG,
    answers={200: SavedFilter},
)
def get_saved_filter(filter_id: str) -> ResponseReturnValue:
    """Get saved filters

    One's own filters, or shared ones.
    """
    return representation.saved_filter(g.actor, access.get_saved_filter(g.actor, filter_id))


@operation(
    api,
    "PATCH /saved-filters/<filter_id>",
    "sessions:read",
    tag=TAG,
    body=SavedFilterChange,
    partial=True,
    answers={200: SavedFilter},
    sent={"shared": True},
    changes={"shared": True},
)
def change_saved_filter(filter_id: str) -> ResponseReturnValue:
    """Rename or share saved filters

    Only the member who saved them, owners and admins can change them. Sharing requires
    `sessions:write`.
    """
    row = access.get_saved_filter(g.actor, filter_id)
    kept = {"name": row.name, "shared": row.shared}
    wanted = kept | read_payload(SavedFilterChange).model_dump(exclude_unset=True)
    row = saved_filters.change_filter(
        g.actor, row.id, str(wanted["name"]), shared=bool(wanted["shared"])
    )
    return representation.saved_filter(g.actor, row)


@operation(
    api,
    "DELETE /saved-filters/<filter_id>",
    "sessions:read",
    tag=TAG,
    answers={204: None},
)
def delete_saved_filter(filter_id: str) -> ResponseReturnValue:
    """Delete saved filters

    No sessions are deleted.
    """
    saved_filters.delete_filter(g.actor, filter_id)
    return "", 204
