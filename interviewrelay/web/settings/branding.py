"""Branding: theme and logo for participants' pages, and the settings page."""

from typing import Any, Final

from flask import Response, g, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.core.errors import InvalidParameter, InviteCancelled, NotFound
from interviewrelay.organizations import branding
from interviewrelay.organizations.brand_images import LARGEST
from interviewrelay.web.http.blueprints import pages, participant, requires, services
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.participant.responses import look
from interviewrelay.web.ui import page_helpers

KEPT: Final = "private, max-age=31536000, immutable"
"""Cache header for versioned URLs, whose content never changes."""


@operation(
    participant,
    "GET /<token>/brand.css",
    answers={200: None},
    files=("text/css",),
    refusals=(NotFound, InviteCancelled),
)
def read_brand(token: str) -> ResponseReturnValue:
    """Get the accent colour

    The organization's accent colour as a stylesheet for light and dark pages. If it has none, you
    get 404.
    """
    sheet = branding.build_stylesheet(look(token).invite.org_id)
    if not sheet:
        raise NotFound
    return _kept(sheet.encode(), "text/css")


@operation(
    participant,
    "GET /<token>/logo",
    answers={200: None},
    files=("image/webp",),
    refusals=(NotFound, InviteCancelled),
)
def read_logo(token: str) -> ResponseReturnValue:
    """Get the logo

    The organization's logo, at most 480 by 120 pixels. If it has none, you get 404.
    """
    return _kept(branding.get_logo(services(), look(token).invite.org_id), "image/webp")


@pages.get("/settings/branding")
@requires("organization:write")
def show_branding() -> ResponseReturnValue:
    return render_template("settings/branding.html", errors=[], **_page())


@pages.post("/settings/branding")
@requires("organization:write")
def choose_branding() -> ResponseReturnValue:
    """A refused image must be chosen again; the typed colour stays."""
    values = page_helpers.read_typed("accent", "drops_logo")
    sent = request.files.get("logo")
    try:
        branding.save_brand(
            services(),
            g.actor.org_id,
            values["accent"],
            sent.read(LARGEST + 1) if sent else None,
            drops_logo=bool(values["drops_logo"]),
        )
    except InvalidParameter as refusal:
        return page_helpers.render_again(
            "settings/branding.html", refusal, {}, **{**_page(), "values": values}
        )
    return page_helpers.redirect_with_message(
        "/settings/branding", "Branding saved. Participants see it from now on."
    )


@pages.get("/settings/branding/preview.css")
@requires("organization:write")
def read_preview() -> ResponseReturnValue:
    return _kept(
        branding.build_stylesheet(g.actor.org_id, within=".preview").encode(), "text/css"
    )


@pages.get("/settings/branding/logo")
@requires("organization:write")
def read_own_logo() -> ResponseReturnValue:
    return _kept(branding.get_logo(services(), g.actor.org_id), "image/webp")


def _page() -> dict[str, Any]:
    brand = branding.get_brand(g.actor.org_id)
    return {"brand": brand, "values": {"accent": brand.accent}}


def _kept(content: bytes, kind: str) -> Response:
    answered = Response(content, mimetype=kind)
    if "v" in request.args:
        answered.headers["Cache-Control"] = KEPT
    return answered
