"""The places of the dashboard, as the rail, the phone's bar, the keys and the palette name them."""

from typing import Final, NamedTuple

from flask import Flask

from interviewrelay.core.actor import SERVER


class Place(NamedTuple):
    """`key` is its icon and what a page says it belongs to; `letter` follows "g"; `needs` is the
    permission of who sees it, empty for everybody. One that is `under` another is reached from there.
    """

    key: str
    word: str
    href: str
    letter: str
    needs: str = ""
    under: str = ""


PLACES: Final = (
    Place("overview", "Overview", "/", "o"),
    Place("projects", "Projects", "/projects", "p"),
    Place("scripts", "Scripts", "/scripts", "s"),
    Place("campaigns", "Campaigns", "/campaigns", "c"),
    Place("sessions", "Interviews", "/sessions", "i"),
    Place("credits", "Credits", "/credits", "b"),
    Place("outbox", "Emails", "/outbox", "x"),
    Place("settings", "Settings", "/settings", "e"),
    Place("shield", "Administration", "/admin", "a", SERVER),
    Place("person", "Members", "/members", "m", "organization:read", "settings"),
    Place("keys", "API keys", "/keys", "k", "organization:write", "settings"),
    Place("webhook", "Webhooks", "/webhooks", "w", "organization:write", "settings"),
    Place("bot", "Language model", "/model", "l", "organization:write", "settings"),
    Place("edit", "Branding", "/settings/branding", "r", "organization:write", "settings"),
    Place("clock", "Retention", "/settings/retention", "t", "organization:write", "settings"),
    Place("send", "Email settings", "/settings/mail", "n", "organization:write", "settings"),
    Place("menu", "Audit log", "/settings/audit", "j", "organization:write", "settings"),
    Place("lock", "Security", "/settings/security", "y", "", "settings"),
    Place("help", "Guide", "/guide", "h", "", "overview"),
)
ON_PHONE: Final = ("overview", "campaigns", "sessions", "scripts")
"""Those with a place of their own in the bar; the others are behind "More"."""


def register(app: Flask) -> None:
    app.jinja_env.globals.update(places=PLACES, on_phone=ON_PHONE)
