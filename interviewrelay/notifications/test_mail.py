"""Test email to the person who asks, sent at once, with its result."""

import time
from dataclasses import dataclass
from typing import Literal

from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import release_connection
from interviewrelay.core.ports.mail import MailLater, MailMessage, MailRefused, MailServerAway
from interviewrelay.organizations import access, profile
from interviewrelay.runtime.services import Services


@dataclass(frozen=True, slots=True)
class MailTrial:
    """Result of a test email. `said` is the text of the mail server, or of the failure before it."""

    to: str
    outcome: Literal["sent", "kept", "refused", "later", "away"]
    said: str = ""
    ms: int = 0


def send_test_mail(services: Services, actor: Actor) -> MailTrial:
    """Send a test email in the same way as participants' emails; nothing is stored."""
    letter = _letter(services, actor)
    release_connection()  # no transaction stays open while the mail server responds
    begun = time.monotonic()
    try:
        outcome: Literal["sent", "kept", "refused", "later", "away"] = services.mailer.deliver(
            letter
        )
        said = ""
    except MailRefused as fault:
        outcome, said = "refused", str(fault)
    except MailServerAway as fault:
        outcome, said = "away", str(fault)
    except MailLater as fault:
        outcome, said = "later", str(fault)
    return MailTrial(letter.to, outcome, said, round((time.monotonic() - begun) * 1_000))


def _letter(services: Services, actor: Actor) -> MailMessage:
    member = access.get_membership(actor)
    sender = profile.get_sender(member.organization)
    name = member.organization.name
    return MailMessage(
        to=member.user.email,
        kind="test",
        sender_name=sender.name or name,
        subject=f"Test email from {name}",
        reply_to=sender.reply_to,
        facts={
            "subject": f"Test email from {name}",
            "organization": name,
            "url": services.urls.page_url("/settings/mail"),
        },
    )
