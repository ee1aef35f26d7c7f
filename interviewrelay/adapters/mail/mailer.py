"""Mailer: builds email messages and sends them by SMTP (`smtp_client`), or keeps them in the outbox."""

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
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from interviewrelay.adapters.mail.smtp_client import SmtpConnection
from interviewrelay.core import clock, text, translations
from interviewrelay.core.config.settings import is_loopback
from interviewrelay.core.egress import report_transfer
from interviewrelay.core.email_addresses import normalize_address
from interviewrelay.core.ports.mail import (
    MailLater,
    MailMessage,
    MailRefused,
    MailServerAway,
)

_ENCODED_WORD: Final = re.compile(r"=\?[^?]*\?[BbQq]\?")
LONGEST_HEADER: Final = 120
"""Maximum characters of a subject and of a sender's name."""


class UnfoldedHeader(str):
    """Header on one line: the library would encode a long address as encoded words, which no mail
    program accepts.
    """

    __slots__ = ("name",)
    name: str

    def __new__(cls, name: str, value: str) -> Self:
        made = super().__new__(cls, value)
        made.name = name
        return made

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


class OutboxOnlyMailer:
    """Mailer without a mail server: emails stay in the outbox, with a link to copy."""

    configured = False

    def deliver(self, letter: MailMessage) -> Literal["sent", "kept"]:  # noqa: ARG002
        return "kept"

    def connection(self) -> AbstractContextManager[Self]:
        return nullcontext(self)


class SmtpMailer:
    """Mailer for one SMTP server: `smtp://`, `smtps://` or `smtp+starttls://`."""

    configured = True

    def __init__(
        self, url: str, sender: str, templates: Path, *, bounce: str = "", seconds: float = 20
    ) -> None:
        """`sender` is `Name <address>`; user and password may be in the URL.

        `bounce` is the return address for undeliverable emails; if its local part ends with `+`,
        each email's reference is added there. `seconds` is the timeout for each reply of the
        server.
        """
        self._url, self._seconds = url, seconds
        self._sender = parseaddr(sender)[1]
        self._bounce = parseaddr(bounce)[1] or self._sender
        self.line: SmtpConnection | None = None
        """Current connection."""
        self._words = {
            language: _words(templates / "email", language)
            for language in translations.LANGUAGES
        }

    @contextmanager
    def connection(self) -> Iterator[Self]:
        caller = copy(self)
        caller.line = SmtpConnection(self._url, self._seconds)
        try:
            yield caller
        finally:
            caller.line.close()

    def deliver(self, letter: MailMessage) -> Literal["sent", "kept"]:
        if self.line is None:
            with self.connection() as caller:
                return caller.deliver(letter)
        message = self.build_message(letter)
        content = message.as_bytes()
        try:
            self.line.send(self.bounce_address(letter), letter.to, content)
        except MailServerAway:
            raise
        except (MailRefused, MailLater):
            self._report(len(content), failed=True)
            raise
        self._report(len(content), failed=False)
        return "sent"

    def _report(self, size: int, *, failed: bool) -> None:
        host = urlsplit(self._url).hostname or ""
        report_transfer("email", host, size, local=is_loopback(host), failed=failed)

    def build_message(self, letter: MailMessage) -> EmailMessage:
        """Email message. Raises MailRefused for a header with line breaks, and for an invalid
        address.
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
        message["Message-ID"] = UnfoldedHeader("Message-ID", self._message_id(letter))
        message["Auto-Submitted"] = "auto-generated"
        if letter.unsubscribe:
            message["List-Unsubscribe"] = UnfoldedHeader(
                "List-Unsubscribe", f"<{letter.unsubscribe}>"
            )
        if letter.unsubscribe.startswith("https://"):  # RFC 8058 requires https
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        words = self._words[letter.language]
        message.set_content(_worded(words, letter, "txt"), cte="quoted-printable")
        html = _worded(words, letter, "html")
        message.add_alternative(html, subtype="html", cte="quoted-printable")
        return message

    def bounce_address(self, letter: MailMessage) -> str:
        """Envelope sender: it identifies the email that bounced (VERP), and not its recipient."""
        mailbox, _, domain = self._bounce.rpartition("@")
        if not mailbox.endswith("+"):
            return self._bounce
        return (
            f"{mailbox}{letter.reference}@{domain}"
            if letter.reference
            else f"{mailbox[:-1]}@{domain}"
        )

    def _message_id(self, letter: MailMessage) -> str:
        """Message id from the reference, so that most mail programs show a duplicate once."""
        domain = self._sender.rpartition("@")[2]
        if letter.reference:
            return f"<{letter.reference}@{domain}>"
        return make_msgid(domain=domain)


def render_as_text(templates: Path, letter: MailMessage) -> str:
    """Text of an email, without a mail server."""
    return _worded(_words(templates / "email", letter.language), letter, "txt")


def _worded(words: Environment, letter: MailMessage, form: Literal["txt", "html"]) -> str:
    until = letter.expires_at and letter.expires_at.astimezone(clock.get_time_zone(letter.zone))
    more = {"expires_at": until, "unsubscribe": letter.unsubscribe}
    return words.get_template(f"{letter.kind}.{form}").render({**letter.facts, **more})


def _words(folder: Path, language: str) -> Environment:
    """Email templates in a language."""
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_translations(translations.get_translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.globals |= {"language": language, "direction": text.get_direction(language)}
    made.filters["moment"] = partial(_moment, language=language)
    return made


def _moment(at: datetime, language: str) -> str:
    """Date and time with the time zone."""
    return f"{translations.format_moment(at, language)} {clock.get_zone_name(at)}"


def _check(letter: MailMessage) -> None:
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
        raise MailRefused("a header of the email would contain a line break")
    if normalize_address(letter.to) != letter.to:
        raise MailRefused("this is not a single email address")
    if letter.reply_to and normalize_address(letter.reply_to) != letter.reply_to:
        raise MailRefused("the reply address is not a single email address")


def _stays_one(value: str) -> bool:
    """True if a header with this value stays one header, on one line.

    The library decodes encoded words in values, such as `=?utf-8?q?=0D=0ABcc:_eve?=`, and writes
    the result unescaped; no real name looks like that.
    """
    if any(c < " " or "\x7f" <= c <= "\x9f" for c in value):
        return False
    return len(value.splitlines()) < 2 and _ENCODED_WORD.search(value) is None
