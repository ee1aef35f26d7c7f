"""Webhook pages: create, test, enable, disable, and the delivery log."""

import time
from typing import Any, Final, get_args

from flask import current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.campaigns import projects
from interviewrelay.core import clock
from interviewrelay.core.db.pagination import Window
from interviewrelay.core.errors import Conflict, InvalidParameter, WebhookUrlNotAllowed
from interviewrelay.core.ids import new_id
from interviewrelay.organizations import access
from interviewrelay.web.http.blueprints import pages, rate_limited_as, requires, services
from interviewrelay.web.http.validation import validate
from interviewrelay.web.ui import page_helpers
from interviewrelay.web.ui.formatting import counted
from interviewrelay.web.webhooks.webhooks_api import ReplayIn, WebhookIn
from interviewrelay.webhooks import delivery_log, endpoints, events, representation

MOST_PROJECTS: Final = 100
SOON: Final = 2.0
"""Seconds to wait for a test delivery, so that the page can show its result."""
SENTENCES: Final = {
    "url": "Enter a URL, for example https://hooks.example.com/interviewrelay.",
    "power": "Choose which events to send.",
    "events": "Choose at least one event, or all events.",
    "description": "Shorten the description to 500 characters or fewer.",
    "once": "Reload this page and fill in the form again.",
    "since": "Enter a date, for example 2026-03-01, or a date and time.",
}


@pages.get("/webhooks")
@requires("webhooks:read")
def show_webhooks() -> ResponseReturnValue:
    values = {"power": "all"}
    return render_template("webhooks/list.html", errors=[], values=values, **_webhooks())


@pages.post("/webhooks")
@requires("webhooks:write")
def send_webhook() -> ResponseReturnValue:
    """The secret is only in this response. There is no redirect, so a browser may resend the form,
    which returns the same webhook.
    """
    values = _typed()
    try:
        wanted = _wanted(values)
        key = endpoints.build_form_key(g.actor, values["once"], wanted)
        row, secret = endpoints.create_webhook(services(), g.actor, wanted, key)
    except (InvalidParameter, WebhookUrlNotAllowed, Conflict) as refusal:
        return page_helpers.render_again(
            "webhooks/list.html", refusal, SENTENCES, values=values, **_webhooks()
        )
    return render_template(
        "webhooks/secret.html", webhook=representation.Webhook.read(row), secret=secret
    )


@pages.get("/webhooks/<webhook_id>")
@requires("webhooks:read")
def show_webhook(webhook_id: str) -> ResponseReturnValue:
    row = access.get_webhook(g.actor, webhook_id)
    return render_template("webhooks/show.html", errors=[], **_webhook(row, _values(row)))


@pages.post("/webhooks/<webhook_id>")
@requires("webhooks:write")
def send_webhook_change(webhook_id: str) -> ResponseReturnValue:
    row, values = access.get_webhook(g.actor, webhook_id), _typed()
    try:
        enabled = endpoints.get_settings(row).enabled
        endpoints.change_webhook(services(), g.actor, row, _wanted(values, enabled=enabled))
    except (InvalidParameter, WebhookUrlNotAllowed) as refusal:
        more = _webhook(row, values)
        return page_helpers.render_again("webhooks/show.html", refusal, SENTENCES, **more)
    return page_helpers.redirect_with_message(
        f"/webhooks/{row.id}", "Saved. Changes apply from the next event."
    )


@pages.post("/webhooks/<webhook_id>/switch")
@requires("webhooks:write")
def switch_webhook(webhook_id: str) -> ResponseReturnValue:
    """Enable or disable, as the form says."""
    row, to = access.get_webhook(g.actor, webhook_id), request.form.get("to")
    if to not in ("on", "off"):
        return page_helpers.redirect_with_message(
            f"/webhooks/{row.id}", "Choose on or off.", "error"
        )
    on = to == "on"
    endpoints.switch_webhook(row, on=on)
    words = (
        "The webhook is on and gets new events. You can resend the events it missed."
        if on
        else "The webhook is off. No events are sent."
    )
    return page_helpers.redirect_with_message(f"/webhooks/{row.id}", words)


@pages.post("/webhooks/<webhook_id>/test")
@requires("webhooks:write")
@rate_limited_as("ping")
def try_webhook(webhook_id: str) -> ResponseReturnValue:
    row = access.get_webhook(g.actor, webhook_id)
    try:
        delivery_id = delivery_log.send_ping(row)
    except Conflict as refusal:
        return page_helpers.redirect_with_message(
            f"/webhooks/{row.id}", refusal.message, "warning"
        )
    words, category = _how_it_went(row.id, delivery_id)
    return page_helpers.redirect_with_message(f"/webhooks/{row.id}#deliveries", words, category)


@pages.post("/webhooks/<webhook_id>/rotate")
@requires("webhooks:write")
def rotate_webhook(webhook_id: str) -> ResponseReturnValue:
    row, secret = endpoints.rotate_secret(services(), access.get_webhook(g.actor, webhook_id))
    return render_template(
        "webhooks/secret.html", webhook=representation.Webhook.read(row), secret=secret
    )


@pages.post("/webhooks/<webhook_id>/delete")
@requires("webhooks:write")
def send_webhook_deletion(webhook_id: str) -> ResponseReturnValue:
    row = access.get_webhook(g.actor, webhook_id)
    endpoints.delete_webhook(row)
    return page_helpers.redirect_with_message("/webhooks", f"Webhook {row.url} deleted.")


@pages.post("/webhooks/<webhook_id>/replay")
@requires("webhooks:write")
@rate_limited_as("ping")
def send_replay(webhook_id: str) -> ResponseReturnValue:
    row = access.get_webhook(g.actor, webhook_id)
    values = {**_values(row), **page_helpers.read_typed("since")}
    try:
        since = validate(ReplayIn, {"since": values["since"].strip()}).since
        count = delivery_log.replay_events(row, since)
    except (InvalidParameter, Conflict) as refusal:
        more = _webhook(row, values)
        return page_helpers.render_again("webhooks/show.html", refusal, SENTENCES, **more)
    words = (
        f"{counted(count, 'event')} will be resent."
        if count
        else "No events were missed since this date."
    )
    return page_helpers.redirect_with_message(f"/webhooks/{row.id}#deliveries", words)


@pages.post("/webhooks/<webhook_id>/deliveries/<delivery_id>/again")
@requires("webhooks:write")
def send_again(webhook_id: str, delivery_id: str) -> ResponseReturnValue:
    row = access.get_webhook(g.actor, webhook_id)
    address = f"/webhooks/{row.id}#deliveries"
    try:
        delivery = delivery_log.redeliver_event(
            row, access.get_delivery(g.actor, row.id, delivery_id)
        )
    except Conflict as refusal:
        return page_helpers.redirect_with_message(address, refusal.message, "warning")
    words, category = _how_it_went(row.id, delivery.id)
    return page_helpers.redirect_with_message(address, words, category)


def _typed() -> dict[str, Any]:
    values: dict[str, Any] = page_helpers.read_typed(
        "url", "power", "description", "project_id", "once"
    )
    return {**values, "events": request.form.getlist("events")}


def _values(row: Any) -> dict[str, Any]:
    shape = representation.Webhook.read(row)
    power = "all" if events.EVERYTHING in shape["events"] else "custom"
    return {**shape, "power": power, "project_id": shape["project_id"] or ""}


def _wanted(values: dict[str, Any], *, enabled: bool = True) -> endpoints.WebhookSettings:
    """Webhook settings from the form. Raises InvalidParameter."""
    custom = values["power"] == "custom"
    if not custom and values["power"] != "all":
        raise page_helpers.build_problem("power", SENTENCES["power"])
    given = {
        "url": values["url"],
        "events": values["events"] if custom else [events.EVERYTHING],
        "description": values["description"],
        "project_id": values["project_id"] or None,
        "enabled": enabled,
    }
    return validate(WebhookIn, given).to_settings()


def _how_it_went(webhook_id: str, delivery_id: str) -> tuple[str, str]:
    """Result of a delivery, if it arrives within a moment."""
    until = time.monotonic() + SOON
    while time.monotonic() < until:
        row = delivery_log.reload_delivery(
            access.get_delivery(g.actor, webhook_id, delivery_id)
        )
        shape = representation.Delivery.read(row)
        if shape["attempts"] and row.state != "sent":
            last = shape["attempts"][-1]
            said = last["status"] or FAULTS[last["error"]]
            if shape["status"] == "delivered":
                return f"Delivered: {said} in {last['duration_ms']} ms.", "success"
            return f"Not delivered: {said}.", "warning"
        time.sleep(0.1)
    return "Sending. Reload the page to see the result.", "info"


FAULTS: Final = {
    "dns": "host name not found",
    "blocked_address": "address not allowed",
    "connect": "could not connect",
    "tls": "invalid certificate",
    "timeout": "no response within 15 seconds",
    "reset": "connection closed unexpectedly",
    "too_large": "response too large",
    "http": "invalid HTTP response",
    "secret": "the secret can’t be read, create a new one",
}


def _webhooks() -> dict[str, Any]:
    page = endpoints.list_webhooks(g.actor, page_helpers.read_window())
    return {
        "webhooks": [representation.Webhook.read(row) for row in page.items],
        "pager": page_helpers.build_pager(page, "webhooks"),
        "once": new_id(),
        **_choices(),
    }


def _webhook(row: Any, values: dict[str, Any]) -> dict[str, Any]:
    state = page_helpers.read_choice("status", get_args(delivery_log.DeliveryState))
    page = delivery_log.list_deliveries(row, page_helpers.read_window(), state=state)  # type: ignore[arg-type]
    return {
        "webhook": representation.Webhook.read(row),
        "values": {"since": "", **values},
        "deliveries": [representation.Delivery.read(row) for row in page.items],
        "pager": page_helpers.build_pager(page, "deliveries"),
        "status": state or "",
        "statuses": get_args(delivery_log.DeliveryState),
        "faults": FAULTS,
        "earliest": clock.format_iso(clock.now() - events.KEPT)[:10],
        **_choices(),
    }


def _choices() -> dict[str, Any]:
    named = projects.list_projects(g.actor, Window(MOST_PROJECTS)).items
    return {
        "kinds": events.KINDS[:-1],
        "named": [(project.id, project.name) for project in named],
        "own_networks": bool(current_app.extensions["settings"].webhook_allowed_cidrs),
    }
