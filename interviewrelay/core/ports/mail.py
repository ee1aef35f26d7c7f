"""What the product needs of the outside, as small protocols that adapters and fakes implement."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol, Self


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to one person, before it is worded. `kind` names the templates in templates/email/."""

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
        "member",
        "test",
    ]
    sender_name: str
    subject: str
    reply_to: str = ""
    """Where answers go; empty for the sender's own address."""
    zone: str = ""
    """The time zone that moments are told in (`clock.zone`)."""
    facts: Mapping[str, str] = field(default_factory=dict)
    expires_at: datetime | None = None
    unsubscribe: str = ""
    """The link by which its person wants no more of them; none for people at the desk."""
    language: str = "en"
    """One of `catalogs.LANGUAGES`."""
    reference: str = ""
    """The same whenever this letter is handed over, so that who gets it twice can tell."""


class MailRefused(Exception):
    """The mail server refused this letter for good; trying again is of no use."""


class MailLater(Exception):
    """The letter could not be handed over now; try again later."""


class MailServerAway(MailLater):
    """Nor could any other: the server does not answer, or does not let us in."""


class Mailer(Protocol):
    """Hands letters over."""

    @property
    def configured(self) -> bool:
        """Whether letters leave this server at all."""
        ...

    def deliver(self, letter: Letter) -> Literal["sent", "kept"]:
        """Hand a letter over: `sent` when a server took it, `kept` when there is no server to send by.

        Raises MailRefused, MailLater and, for all letters, MailServerAway.
        """
        ...

    def calling(self) -> AbstractContextManager[Self]:
        """The same mailer, with one connection for all letters until the end of the block."""
        ...
