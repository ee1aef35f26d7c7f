"""Settings overview with current values; and the organization's profile."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from flask import current_app, g, make_response, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.accounts import login_sessions
from interviewrelay.core import clock
from interviewrelay.core.errors import InvalidParameter, RateLimited
from interviewrelay.notifications import test_mail
from interviewrelay.organizations import profile, settings_summary
from interviewrelay.privacy import retention
from interviewrelay.web.http.blueprints import count_call, pages, requires, sends_mail, services
from interviewrelay.web.ui import page_helpers
from interviewrelay.web.ui.formatting import counted, thin

LANGUAGES: Final = (
    ("", "English"),
    ("nl", "Dutch"),
    ("de", "German"),
    ("fr", "French"),
    ("es", "Spanish"),
    ("ar", "Arabic"),
)
DAYS: Final = (
    f"Enter a whole number of days from 1 to {retention.MOST_DAYS:,}, or leave the field empty."
)
MODELS: Final = {
    "server": "Adaptive interviews with {}.",
    "own": "Adaptive interviews with {}, your own model.",
    "none": "Structured interviews, no language model.",
}


class Tile(NamedTuple):
    """Settings tile: its page, current value, and whether it needs attention."""

    title: str
    href: str
    says: str
    needs: str = ""
    attention: bool = False


@pages.get("/settings")
@requires("campaigns:read")
def show_settings() -> ResponseReturnValue:
    """Everybody sees what they may change, and their own logins."""
    tiles = [tile for tile in _tiles() if not tile.needs or g.actor.may(tile.needs)]
    return render_template("settings/show.html", tiles=tiles)


@pages.get("/settings/organization")
@requires("organization:write")
def show_organization() -> ResponseReturnValue:
    said = profile.get_details(profile.get_organization(g.actor))
    return render_template("settings/organization.html", errors=[], values=said, **_choices())


@pages.post("/settings/organization")
@requires("organization:write")
def describe_organization() -> ResponseReturnValue:
    values = page_helpers.read_typed("name", "time_zone", "language", "contact")
    try:
        profile.change_details(g.actor, profile.OrganizationDetails(**values))
    except InvalidParameter as refusal:
        more = {"values": values, **_choices()}
        return page_helpers.render_again("settings/organization.html", refusal, {}, **more)
    return page_helpers.redirect_with_message("/settings/organization", "Saved.")


@pages.get("/settings/mail")
@requires("organization:write")
def show_mail() -> ResponseReturnValue:
    return render_template("settings/mail.html", errors=[], **_mail())


@pages.post("/settings/mail")
@requires("organization:write")
def choose_sender() -> ResponseReturnValue:
    values = page_helpers.read_typed("sender_name", "reply_to")
    try:
        wanted = profile.MailSender(values["sender_name"], values["reply_to"])
        profile.change_sender(g.actor, wanted)
    except InvalidParameter as refusal:
        return page_helpers.render_again(
            "settings/mail.html", refusal, {}, **{**_mail(), "values": values}
        )
    return page_helpers.redirect_with_message(
        "/settings/mail", "Email settings saved. New emails use them."
    )


@pages.post("/settings/mail/try")
@sends_mail
@requires("organization:write")
def try_mail() -> ResponseReturnValue:
    """The result is shown without a redirect; a reload sends another email."""
    try:
        count_call("test mail")
        trial, problem, status = test_mail.send_test_mail(services(), g.actor), "", 200
    except RateLimited as refusal:
        trial, problem, status = None, refusal.message, refusal.status
    page = render_template(
        "settings/mail.html", errors=[], trial=trial, problem=problem, **_mail()
    )
    return make_response(page, status)


@pages.get("/settings/retention")
@requires("organization:write")
def show_retention() -> ResponseReturnValue:
    held = retention.get_terms(profile.get_organization(g.actor))
    values = {
        "days": str(held.transcripts or ""),
        "addresses": str(held.addresses or ""),
        "audio": str(held.audio or ""),
    }
    return render_template("settings/retention.html", errors=[], values=values)


@pages.post("/settings/retention")
@requires("organization:write")
def choose_retention() -> ResponseReturnValue:
    """If the change erases anything, the page shows how much and asks to type that number."""
    values = page_helpers.read_typed("days", "addresses", "audio", "agreed")
    row, agreed = profile.get_organization(g.actor), page_helpers.parse_number(values["agreed"])
    wanted = retention.RetentionTerms(
        page_helpers.parse_amount(values["days"]),
        page_helpers.parse_amount(values["addresses"]),
        page_helpers.parse_amount(values["audio"]),
    )
    try:
        due = retention.set_terms(
            g.actor, row, wanted, agreed if isinstance(agreed, int) else 0
        )
    except InvalidParameter as refusal:
        asked = refusal.details.get("field") == "agreed"
        more = {"values": values, "due": retention.count_due(row, wanted) if asked else None}
        if asked and not values["agreed"]:
            return render_template("settings/retention.html", errors=[], **more)
        return page_helpers.render_again("settings/retention.html", refusal, {}, **more)
    gone = f" {counted(due.all, 'record')} will be erased within an hour." if due.all else ""
    return page_helpers.redirect_with_message(
        "/settings/retention", f"Retention settings saved.{gone}"
    )


def _choices() -> dict[str, Any]:
    zones = [("", "UTC"), *((zone, zone.replace("_", " ")) for zone in clock.list_time_zones())]
    return {"zones": zones, "languages": LANGUAGES}


def _mail() -> dict[str, Any]:
    row = profile.get_organization(g.actor)
    said = profile.get_sender(row)
    settings = current_app.extensions["settings"]
    return {
        "values": {"sender_name": said.name, "reply_to": said.reply_to},
        "sender": said,
        "name": row.name,
        "from_address": settings.mail_from.rpartition("<")[2].rstrip(">"),
        "mails_leave": page_helpers.is_mail_configured(),
    }


def _tiles() -> Iterator[Tile]:
    row, now = profile.get_organization(g.actor), settings_summary.get_settings_summary(g.actor)
    manage = "organization:write"
    zone = (row.time_zone or "UTC").replace("_", " ")
    contact = f"contact {row.contact}" if row.contact else "no default contact"
    says = f"{row.name}. Time zone {zone}, {contact}."
    yield Tile("Organization", "/settings/organization", says, manage)
    says = f"{counted(now.members, 'member')}, {counted(now.invited, 'open invitation')}."
    yield Tile("Members", "/members", says, "organization:read")
    says = f"{counted(now.keys, 'key')} in use." if now.keys else "No API keys."
    yield Tile("API keys", "/keys", says, manage)
    trouble = now.failing + now.switched_off
    yield Tile("Webhooks", "/webhooks", _of_webhooks(now), "webhooks:read", trouble > 0)
    yield Tile(
        "Email settings", "/settings/mail", _of_mail(row, now), manage, now.failed_mails > 0
    )
    whose = now.whose_model or "server"
    servers = services().model_selector.for_server() if whose == "server" else None
    words = MODELS["server" if servers else "none"] if whose == "server" else MODELS[whose]
    words = words.format(servers.model.name if servers else now.model)
    yield Tile("Language model", "/model", words, manage)
    chosen = [part for part, is_so in (("logo", now.logo), ("colour", now.accent)) if is_so]
    says = f"Your own {' and '.join(chosen)}." if chosen else "Default colour, no logo."
    yield Tile("Branding", "/settings/branding", says, manage)
    yield Tile("Retention", "/settings/retention", _of_retention(row), manage)
    below = (
        f"below {thin(now.warn_below)} credits" if now.warn_below else "at the standard level"
    )
    yield Tile(
        "Low-balance alerts",
        "/credits#warning",
        f"Owners are alerted {below}.",
        "billing:write",
    )
    says = "Who changed what in the last two years."
    yield Tile("Audit log", "/settings/audit", says, manage)
    here = len(login_sessions.list_logins(g.actor))
    yield Tile(
        "Security", "/settings/security", f"You’re signed in on {counted(here, 'device')}."
    )


def _of_webhooks(now: settings_summary.SettingsSummary) -> str:
    if not now.webhooks:
        return "No webhooks."
    parts = [counted(now.webhooks, "webhook")]
    parts += [f"{now.failing} failing"] if now.failing else []
    parts += [f"{now.switched_off} turned off"] if now.switched_off else []
    return f"{', '.join(parts)}." if len(parts) > 1 else f"{parts[0]}, no problems."


def _of_mail(row: Any, now: settings_summary.SettingsSummary) -> str:
    if not page_helpers.is_mail_configured():
        return "No email server is set up yet. Emails are not sent."
    failed = (
        f" {counted(now.failed_mails, 'email')} could not be sent." if now.failed_mails else ""
    )
    answers = f", and replies go to {row.reply_to}" if row.reply_to else ""
    return f"Emails are sent as {row.sender_name or row.name}{answers}.{failed}"


def _of_retention(row: Any) -> str:
    held = retention.get_terms(row)
    if held == retention.RetentionTerms(None, None, None):
        return "All data is kept until someone deletes it."
    kinds = (
        ("Transcripts", held.transcripts),
        ("Recordings", held.audio),
        ("Unused email addresses", held.addresses),
    )
    return " ".join(
        f"{what} are {'kept' if days is None else 'erased after ' + counted(days, 'day')}."
        for what, days in kinds
    )
