"""Invite report: the result of an invitation, as sentences for the page."""

from typing import Final

from markupsafe import Markup

from interviewrelay.campaigns.invites import invites
from interviewrelay.web.ui import page_helpers
from interviewrelay.web.ui.formatting import people as how_many

REASONS: Final = {
    "INVALID_ADDRESS": "not a valid email address",
    "TOO_MANY_MAILS": "already got 5 emails in the last 24 hours",
    "DO_NOT_WRITE": "on the do-not-email list",
}

WRONG: Final[dict[str, tuple[str, str]]] = {
    "NO_ADDRESS": ("This line has no email address.", "Add one, or delete the line."),
    "INVALID_ADDRESS": (
        "This is not a valid email address.",
        "Use the format ada@example.com.",
    ),
    "OPEN_QUOTE": ("A quotation mark is never closed.", "Close it, or delete it."),
    "MORE_CELLS": (
        "This line has more values than there are columns.",
        "Put quotation marks around values that contain a comma or semicolon.",
    ),
    "NO_COLUMNS": (
        "This line has more than a name and an address.",
        "Name the columns in the first line, for example email;name;team.",
    ),
    "TOO_LONG": (
        "The name or another value is too long.",
        "Shorten it. Names can have up to 200 characters.",
    ),
    "NOT_ONE_LINE": (
        "The name contains line breaks or other control characters.",
        "Write it on one line.",
    ),
}
"""Problems of a line in a recipient list, and what to do (`campaigns.setup.recipient_lists`)."""


def describe_error(reason: str) -> str:
    """Problem of a line, as shown behind it."""
    if reason in ("NO_ADDRESS", "INVALID_ADDRESS"):
        return REASONS["INVALID_ADDRESS"]
    words = WRONG[reason][0].removesuffix(".")
    return words[0].lower() + words[1:]


def describe_lines_left(number: int) -> str:
    return (
        "1 line was not added. Fix it and send it again."
        if number == 1
        else f"{number} lines were not added. Fix them and send them again."
    )


def describe_result(outcome: invites.InviteResult, *, mailed: bool) -> str:
    """Number of invited people as a sentence."""
    known = len(outcome.invites) - outcome.sent
    what = Markup("{} invited").format(how_many(outcome.sent))
    if mailed and outcome.sent:
        status = (
            "the delivery status" if outcome.sent == 1 else "the delivery status of each email"
        )
        what += Markup('. Check {} under <a href="{}">Emails</a>').format(status, "/outbox")
    what += "."
    if known:
        had = f"{how_many(known)} already had an open invite and "
        what += f" {had}{'was' if known == 1 else 'were'} not emailed again."
    if outcome.invites and not page_helpers.is_mail_configured():
        links = "link" if len(outcome.invites) == 1 else "links"
        what += Markup(
            ' No email server is set up yet. <a href="#invites">Open or copy the {} below</a>.'
        ).format(links)
    return what
