"""What became of inviting people, in words."""

from typing import Final

from markupsafe import Markup

from interviewrelay.campaigns.invites import invites
from interviewrelay.web.ui import page_helpers
from interviewrelay.web.ui.formatting import people as how_many

REASONS: Final = {
    "INVALID_ADDRESS": "this is not a mail address",
    "TOO_MANY_MAILS": "this person has got 5 mails within 24 hours",
    "DO_NOT_WRITE": "this person does not want to be written to",
}

WRONG: Final[dict[str, tuple[str, str]]] = {
    "NO_ADDRESS": ("There is no mail address in it.", "Add one, or take the line out."),
    "INVALID_ADDRESS": (
        "This is not a mail address.",
        "Correct it; it looks like ada@example.com.",
    ),
    "OPEN_QUOTE": ("A quotation mark is opened and not closed.", "Close it, or take it out."),
    "MORE_CELLS": (
        "It has more cells than there are columns.",
        "Put quotation marks around a value with a comma or a semicolon in it.",
    ),
    "NO_COLUMNS": (
        "It says more than a name and an address.",
        "Begin the list with a line that names the columns, such as email;name;team.",
    ),
    "TOO_LONG": (
        "The name or another value is too long.",
        "Shorten it: names to 200 characters.",
    ),
    "NOT_ONE_LINE": (
        "The name holds line breaks or other control characters.",
        "Write it on one line.",
    ),
}
"""What is wrong with a line of a list, and what to do (`domain.rosters`)."""


def wrong(reason: str) -> str:
    """What is wrong with a line, as it stands behind it."""
    if reason in ("NO_ADDRESS", "INVALID_ADDRESS"):
        return REASONS["INVALID_ADDRESS"]
    words = WRONG[reason][0].removesuffix(".")
    return words[0].lower() + words[1:]


def lines_left(number: int) -> str:
    return (
        "1 line was not taken. Correct it and send it again."
        if number == 1
        else f"{number} lines were not taken. Correct them and send them again."
    )


def told(outcome: invites.Outcome, *, mailed: bool) -> str:
    """How many were invited, in a sentence."""
    known = len(outcome.invites) - outcome.sent
    what = Markup("{} invited").format(how_many(outcome.sent))
    if mailed and outcome.sent:
        mails = "mails are" if outcome.sent > 1 else "the mail is"
        what += Markup(', {} in the <a href="{}">outbox</a>').format(mails, "/outbox")
    if known:
        what += f"; {known} had an open invite already and got no second mail"
    what += "."
    if outcome.invites and not page_helpers.mails_leave():
        links = "link" if len(outcome.invites) == 1 else "links"
        what += Markup(
            ' No mail server is set up: <a href="#invites">open or copy the {} below</a>.'
        ).format(links)
    return what
