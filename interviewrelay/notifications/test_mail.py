"""Test email to the person who asks, sent at once, with its result."""

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
    """Result of a test email. `said` is the text of the mail server, or of the failure before it."""

    to: str
    outcome: Literal["sent", "kept", "refused", "later", "away"]
    said: str = ""
    ms: int = 0


def hold(office: Office, actor: Actor) -> Trial:
    """Send a test email in the same way as participants' emails; nothing is stored."""
    letter = _letter(office, actor)
    end_reading()  # no transaction stays open while the mail server responds
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
