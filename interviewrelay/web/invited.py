"""What became of inviting people, in words."""

from typing import Final

from interviewrelay.domain import invites
from interviewrelay.web.words import people as how_many

REASONS: Final = {
    "INVALID_ADDRESS": "this is not a mail address",
    "TOO_MANY_MAILS": "this person has got 5 mails within 24 hours",
    "DO_NOT_WRITE": "this person does not want to be written to",
}


def lines_left(number: int) -> str:
    return (
        "1 line was not taken. Correct it and send it again."
        if number == 1
        else f"{number} lines were not taken. Correct them and send them again."
    )


def told(outcome: invites.Outcome, *, mailed: bool) -> str:
    """How many were invited, in a sentence."""
    known = len(outcome.invites) - outcome.sent
    what = f"{how_many(outcome.sent)} invited"
    if mailed and outcome.sent:
        what += (
            ", mails are in the outbox" if outcome.sent > 1 else ", the mail is in the outbox"
        )
    if known:
        what += f"; {known} had an open invite already and got no second mail"
    return f"{what}."
