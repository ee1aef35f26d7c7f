"""Mail: the port through which the product sends email."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol, Self


@dataclass(frozen=True, slots=True)
class MailMessage:
    """Email to one person, before rendering. `kind` names the templates in templates/email/."""

    to: str
    kind: Literal[
        "invite",
        "reminder",
        "copy",
        "credits",
        "safety",
        "reading",
        "webhook",
        "password",
        "password_changed",
        "login_alert",
        "backup",
        "member",
        "test",
    ]
    sender_name: str
    subject: str
    reply_to: str = ""
    """Reply-To address; empty for the sender's own."""
    zone: str = ""
    """Time zone for moments in the text (`clock.get_time_zone`)."""
    facts: Mapping[str, str] = field(default_factory=dict)
    expires_at: datetime | None = None
    unsubscribe: str = ""
    """Unsubscribe link; None for emails to users."""
    language: str = "en"
    """Language of the email, one of `translations.LANGUAGES`."""
    reference: str = ""
    """Message id: the same for every attempt, so that recipients can recognise duplicates."""


class MailRefused(Exception):
    """Permanent failure: the mail server refused this email, and a retry is pointless."""


class MailLater(Exception):
    """Temporary failure: the email could not be sent now; try again later."""


class MailServerAway(MailLater):
    """Mail server unavailable or login refused, so no email can be sent."""


class Mailer(Protocol):
    """Sends emails."""

    configured: bool
    """True if a mail server is set up."""

    def deliver(self, letter: MailMessage) -> Literal["sent", "kept"]:
        """Send an email: `sent` when a server took it, `kept` when no server is set up.

        Raises MailRefused, MailLater and, when no email can be sent, MailServerAway.
        """

    def connection(self) -> AbstractContextManager[Self]:
        """The same mailer with one connection for all emails of the block."""
