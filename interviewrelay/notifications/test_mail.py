"""Trying the mail out: one to whoever asks, now, and what came of it."""

import time
from dataclasses import dataclass
from typing import Literal

from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import end_reading
from interviewrelay.core.ports.mail import Letter, MailLater, MailRefused, MailServerAway
from interviewrelay.organizations import access, profile
from interviewrelay.runtime.services import Office


@dataclass(frozen=True, slots=True)
class Trial:
    """`said` are the words of the mail server, or of what went wrong on the way to it."""

    to: str
    outcome: Literal["sent", "kept", "refused", "later", "away"]
    said: str = ""
    ms: int = 0


def hold(office: Office, actor: Actor) -> Trial:
    """Send a mail to the one who asks, as participants get theirs; nothing of it is kept."""
    letter = _letter(office, actor)
    end_reading()  # nothing is held while the mail server thinks
    begun = time.monotonic()
    try:
        outcome: Literal["sent", "kept", "refused", "later", "away"] = office.mailer.deliver(
            letter
        )
        said = ""
    except MailRefused as fault:
        outcome, said = "refused", str(fault)
    except MailServerAway as fault:
        outcome, said = "away", str(fault)
    except MailLater as fault:
        outcome, said = "later", str(fault)
    return Trial(letter.to, outcome, said, round((time.monotonic() - begun) * 1_000))


def _letter(office: Office, actor: Actor) -> Letter:
    member = access.membership(actor)
    sender = profile.sender(member.organization)
    name = member.organization.name
    return Letter(
        to=member.user.email,
        kind="test",
        sender_name=sender.name or name,
        subject=f"Test email from {name}",
        reply_to=sender.reply_to,
        facts={
            "subject": f"Test email from {name}",
            "organization": name,
            "url": office.links.page("/settings/mail"),
        },
    )
