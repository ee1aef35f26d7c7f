"""User agent names for the list of login sessions."""

from typing import Final

from flask import request

_BROWSERS: Final = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""The first match wins, because many user agents also name other browsers."""
_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def describe_current() -> str:
    """Browser of this request."""
    return describe_agent(request.user_agent.string)


def describe_agent(agent: str) -> str:
    """`Firefox on Linux`; empty if neither is known."""
    browser, system = _first(_BROWSERS, agent), _first(_SYSTEMS, agent)
    return f"{browser} on {system}" if browser and system else browser or system


def _first(marks: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((word for mark, word in marks if mark in agent), "")
