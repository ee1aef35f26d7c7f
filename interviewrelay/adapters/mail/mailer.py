"""Mail by SMTP, or none at all: what a letter looks like. The talk with the server is in `smtp.py`."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from copy import copy
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import formatdate, make_msgid, parseaddr
from functools import partial
from pathlib import Path
from typing import Final, Literal, Self

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from interviewrelay.adapters.mail.smtp_client import Envelope, Line
from interviewrelay.core import clock, text, translations
from interviewrelay.core.email_addresses import address
from interviewrelay.core.ports.mail import Letter, MailRefused

_ENCODED_WORD: Final = re.compile(r"=\?[^?]*\?[BbQq]\?")
LONGEST_HEADER: Final = 120
"""Characters of a subject and of a sender's name."""


class AsItStands(str):
    """A header that stands in one line: the library would write a long address as encoded words,
    which no mail program reads as one.
    """

    __slots__ = ("name",)
    name: str

    def __new__(cls, name: str, value: str) -> Self:
        made = super().__new__(cls, value)
        made.name = name
        return made

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


class KeptMail:
    """Without a mail server: letters stay in the outbox, with their link to be copied."""

    configured = False

    def deliver(self, letter: Letter) -> Literal["sent", "kept"]:  # noqa: ARG002
        return "kept"

    def calling(self) -> AbstractContextManager[Self]:
        return nullcontext(self)


class SmtpMailer:
    """Hands letters to one mail server: `smtp://`, `smtps://` or `smtp+starttls://`."""

    configured = True

    def __init__(
        self, url: str, sender: str, templates: Path, *, bounce: str = "", seconds: float = 20
    ) -> None:
        """`sender` is `Name <address>`; name and password may stand in the url.

        `bounce` is where a mail goes back to that cannot be delivered; one that ends in `+` before
        its @ is given each letter's reference there.
        `seconds` is how long the server may take for each of its replies.
        """
        self._url, self._seconds = url, seconds
        self._sender = parseaddr(sender)[1]
        self._bounce = parseaddr(bounce)[1] or self._sender
        self.line: Line | None = None
        """The call that it is in."""
        self._words = {
            language: _words(templates / "email", language)
            for language in translations.LANGUAGES
        }

    @contextmanager
    def calling(self) -> Iterator[Self]:
        caller = copy(self)
        caller.line = Line(self._url, self._seconds)
        try:
            yield caller
        finally:
            caller.line.hang_up()

    def deliver(self, letter: Letter) -> Literal["sent", "kept"]:
        if self.line is None:
            with self.calling() as caller:
                return caller.deliver(letter)
        message = self.written(letter)
        self.line.hand_over(Envelope(self.goes_back_to(letter), letter.to, message.as_bytes()))
        return "sent"

    def written(self, letter: Letter) -> EmailMessage:
        """The letter as a message. Raises MailRefused for a header that would be two, and for what
        is no address of our grammar.
        """
        _check(letter)
        message = EmailMessage(policy=SMTP)
        message["Subject"] = letter.subject[:LONGEST_HEADER]
        name = letter.sender_name[:LONGEST_HEADER]
        message["From"] = Address(display_name=name, addr_spec=self._sender)
        message["To"] = Address(addr_spec=letter.to)
        if letter.reply_to:
            message["Reply-To"] = Address(addr_spec=letter.reply_to)
        message["Date"] = formatdate()
        message["Message-ID"] = AsItStands("Message-ID", self._message_id(letter))
        message["Auto-Submitted"] = "auto-generated"
        if letter.unsubscribe:
            message["List-Unsubscribe"] = AsItStands(
                "List-Unsubscribe", f"<{letter.unsubscribe}>"
            )
        if letter.unsubscribe.startswith("https://"):  # RFC 8058 knows no other
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        words = self._words[letter.language]
        message.set_content(_worded(words, letter, "txt"), cte="quoted-printable")
        html = _worded(words, letter, "html")
        message.add_alternative(html, subtype="html", cte="quoted-printable")
        return message

    def goes_back_to(self, letter: Letter) -> str:
        """The sender on the envelope: it tells which mail came back (VERP), not to whom it went."""
        mailbox, _, domain = self._bounce.rpartition("@")
        if not mailbox.endswith("+"):
            return self._bounce
        return (
            f"{mailbox}{letter.reference}@{domain}"
            if letter.reference
            else f"{mailbox[:-1]}@{domain}"
        )

    def _message_id(self, letter: Letter) -> str:
        """That of its reference: a letter that came twice is shown once by most mail programs."""
        domain = self._sender.rpartition("@")[2]
        if letter.reference:
            return f"<{letter.reference}@{domain}>"
        return make_msgid(domain=domain)


def as_text(templates: Path, letter: Letter) -> str:
    """What a letter says, without a mail server."""
    return _worded(_words(templates / "email", letter.language), letter, "txt")


def _worded(words: Environment, letter: Letter, form: Literal["txt", "html"]) -> str:
    until = letter.expires_at and letter.expires_at.astimezone(clock.zone(letter.zone))
    more = {"expires_at": until, "unsubscribe": letter.unsubscribe}
    return words.get_template(f"{letter.kind}.{form}").render({**letter.facts, **more})


def _words(folder: Path, language: str) -> Environment:
    """The templates of mails in a language."""
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_translations(translations.of(language), newstyle=True)  # type: ignore[attr-defined]
    made.globals |= {"language": language, "direction": text.direction(language)}
    made.filters["moment"] = partial(_moment, language=language)
    return made


def _moment(at: datetime, language: str) -> str:
    """A day and a time, with the zone that they are in."""
    return f"{translations.moment(at, language)} {clock.zone_word(at)}"


def _check(letter: Letter) -> None:
    """Raises MailRefused."""
    fields = (
        letter.subject,
        letter.sender_name,
        letter.to,
        letter.reply_to,
        letter.reference,
        letter.unsubscribe,
    )
    if not all(map(_stays_one, fields)):
        raise MailRefused("a header of the mail would hold a line break")
    if address(letter.to) != letter.to:
        raise MailRefused("this is not the address of one person")
    if letter.reply_to and address(letter.reply_to) != letter.reply_to:
        raise MailRefused("answers would go to what is no address of one person")


def _stays_one(value: str) -> bool:
    """Whether a header with this value is one header, in one line.

    The library reads encoded words in what it is given, such as `=?utf-8?q?=0D=0ABcc:_eve?=`, and
    writes what they hold as it is: those are no names that anybody has.
    """
    if any(c < " " or "\x7f" <= c <= "\x9f" for c in value):
        return False
    return len(value.splitlines()) < 2 and _ENCODED_WORD.search(value) is None
