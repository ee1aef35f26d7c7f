"""API key pages: create, show once, revoke."""

from typing import Annotated, Any, Final

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from pydantic import Field

from interviewrelay.accounts import api_keys
from interviewrelay.core.actor import PERMISSIONS, RESOURCES
from interviewrelay.core.errors import Conflict, InvalidParameter
from interviewrelay.core.field_types import RequestBody
from interviewrelay.core.ids import new_id
from interviewrelay.dashboard import view_models
from interviewrelay.organizations import access
from interviewrelay.scripts.document import Name
from interviewrelay.web.http.blueprints import pages, requires, services
from interviewrelay.web.http.requests import build_public_url
from interviewrelay.web.http.validation import validate
from interviewrelay.web.ui import page_helpers

SENTENCES: Final = {
    "name": "Enter a name for the key, up to 200 characters.",
    "days": f"Enter a whole number of days from 1 to {api_keys.MOST_DAYS:,}, or leave the field empty.",
    "permissions": "Choose at least one permission.",
    "power": "Choose the key’s permissions.",
}
POWERS: Final = {
    "all": list(PERMISSIONS),
    "read": [p for p in PERMISSIONS if p.endswith(":read")],
}
"""Presets offered beside single permissions."""


class KeyIn(RequestBody):
    name: Name
    days: Annotated[int, Field(ge=1, le=api_keys.MOST_DAYS)] | None = None


@pages.get("/keys")
@requires("organization:write")
def show_keys() -> ResponseReturnValue:
    return render_template(
        "accounts/api_keys.html", errors=[], values={"power": "all"}, **_keys()
    )


@pages.post("/keys")
@requires("organization:write")
def send_key() -> ResponseReturnValue:
    """The key's text is only in this response. There is no redirect, so a browser may resend the
    form, which does not create a second key.
    """
    values: dict[str, Any] = page_helpers.read_typed("name", "power", "days", "test", "once")
    values["permissions"] = request.form.getlist("permissions")
    try:
        days = page_helpers.parse_number(values["days"]) if values["days"].strip() else None
        wanted = validate(KeyIn, {"name": values["name"], "days": days})
        row, text = api_keys.create_api_key(
            services().ring,
            access.get_membership(g.actor),
            wanted.name,
            permissions=_wanted(values),
            test=bool(values["test"]),
            days=wanted.days,
            once=values["once"],
        )
    except Conflict as made_already:
        return page_helpers.redirect_with_message("/keys", made_already.message, "warning")
    except InvalidParameter as refusal:
        return page_helpers.render_again(
            "accounts/api_keys.html", refusal, SENTENCES, values=values, **_keys()
        )
    return render_template(
        "accounts/api_key_created.html",
        key=view_models.build_key(row),
        text=text,
        base=build_public_url(""),
    )


@pages.post("/keys/<key_id>/revoke")
@requires("organization:write")
def revoke_key(key_id: str) -> ResponseReturnValue:
    key = api_keys.revoke_api_key(access.get_api_key(g.actor, key_id))
    return page_helpers.redirect_with_message("/keys", f"API key “{key.name}” revoked.")


def _wanted(values: dict[str, Any]) -> list[str]:
    """API key settings from the form. Raises InvalidParameter."""
    chosen: list[str] | None = values["permissions"]
    if values["power"] != "custom":
        chosen = POWERS.get(values["power"])
    if chosen is None:
        raise page_helpers.build_problem("power", SENTENCES["power"])
    if not chosen:
        raise page_helpers.build_problem("permissions", SENTENCES["permissions"])
    return chosen


def _keys() -> dict[str, Any]:
    page = api_keys.list_api_keys(g.actor, page_helpers.read_window())
    return {
        "keys": [view_models.build_key(row) for row in page.items],
        "pager": page_helpers.build_pager(page, "keys"),
        "resources": RESOURCES,
        "once": new_id(),
    }
