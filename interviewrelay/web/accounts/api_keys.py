"""API key pages: create, show once, revoke."""

from typing import Annotated, Any, Final

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from interviewrelay.accounts import api_keys
from interviewrelay.core.actor import PERMISSIONS, RESOURCES
from interviewrelay.core.errors import Conflict, InvalidParameter
from interviewrelay.core.ids import new_id
from interviewrelay.dashboard import view_models as shapes
from interviewrelay.organizations import access
from interviewrelay.scripts.document import Name
from interviewrelay.web.http.blueprints import needs, office, pages
from interviewrelay.web.http.requests import public_url
from interviewrelay.web.http.validation import validated
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


class KeyIn(BaseModel):
    model_config = ConfigDict(strict=True)

    name: Name
    days: Annotated[int, Field(ge=1, le=api_keys.MOST_DAYS)] | None = None


@pages.get("/keys")
@needs("organization:write")
def show_keys() -> ResponseReturnValue:
    return render_template(
        "accounts/api_keys.html", errors=[], values={"power": "all"}, **_keys()
    )


@pages.post("/keys")
@needs("organization:write")
def send_key() -> ResponseReturnValue:
    """The key's text is only in this response. There is no redirect, so a browser may resend the
    form, which does not create a second key.
    """
    values: dict[str, Any] = page_helpers.typed("name", "power", "days", "test", "once")
    values["permissions"] = request.form.getlist("permissions")
    try:
        days = page_helpers.whole(values["days"]) if values["days"].strip() else None
        wanted = validated(KeyIn, {"name": values["name"], "days": days})
        row, text = api_keys.create(
            office().ring,
            access.membership(g.actor),
            wanted.name,
            permissions=_wanted(values),
            test=bool(values["test"]),
            days=wanted.days,
            once=values["once"],
        )
    except Conflict as made_already:
        return page_helpers.done("/keys", made_already.message, "warning")
    except InvalidParameter as refusal:
        return page_helpers.again(
            "accounts/api_keys.html", refusal, SENTENCES, values=values, **_keys()
        )
    return render_template(
        "accounts/api_key_created.html", key=shapes.key(row), text=text, base=public_url("")
    )


@pages.post("/keys/<key_id>/revoke")
@needs("organization:write")
def revoke_key(key_id: str) -> ResponseReturnValue:
    key = api_keys.revoke(access.key(g.actor, key_id))
    return page_helpers.done("/keys", f"API key “{key.name}” revoked.")


def _wanted(values: dict[str, Any]) -> list[str]:
    """Raises InvalidParameter."""
    chosen: list[str] | None = values["permissions"]
    if values["power"] != "custom":
        chosen = POWERS.get(values["power"])
    if chosen is None:
        raise page_helpers.one("power", SENTENCES["power"])
    if not chosen:
        raise page_helpers.one("permissions", SENTENCES["permissions"])
    return chosen


def _keys() -> dict[str, Any]:
    page = api_keys.listing(g.actor, page_helpers.part())
    return {
        "keys": page.shaped(shapes.key).items,
        "pager": page_helpers.pager(page, "keys"),
        "resources": RESOURCES,
        "once": new_id(),
    }
