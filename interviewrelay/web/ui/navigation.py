"""Navigation: the dashboard's places for the side bar, the phone's bar, shortcuts and the palette."""

from typing import Final, NamedTuple

from flask import Flask

from interviewrelay.core.actor import SERVER


class Place(NamedTuple):
    """Place in the navigation. `key` is its icon and identifies it for pages; `letter` follows "g";
    `needs` is the required permission, empty for everybody. One that is `under` another is reached
    from there.
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
"""Places in the phone's bar; the others are behind "More"."""


def register(app: Flask) -> None:
    app.jinja_env.globals.update(places=PLACES, on_phone=ON_PHONE)
