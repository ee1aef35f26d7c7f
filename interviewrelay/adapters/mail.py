"""Mail by SMTP, or none at all."""

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid, parseaddr
from pathlib import Path
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from interviewrelay.ports import Letter, MailLater, MailRefused

TIMEOUT_SECONDS: Final = 20


class KeptMail:
    """Without a mail server: letters stay in the outbox, with their link to be copied."""

    def deliver(self, letter: Letter) -> Literal["sent", "kept"]:  # noqa: ARG002
        return "kept"


class SmtpMailer:
    """Hands letters to one mail server: `smtp://`, `smtps://` or `smtp+starttls://`."""

    def __init__(self, url: str, sender: str, templates: Path) -> None:
        """`sender` is `Name <address>`; name and password may stand in the url."""
        self._url = urlsplit(url)
        self._sender = parseaddr(sender)[1]
        self._words = Environment(
            loader=FileSystemLoader(templates / "email"),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def deliver(self, letter: Letter) -> Literal["sent", "kept"]:
        message = self.written(letter)
        try:
            with self._connected() as server:
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as fault:
            code, words = next(iter(fault.recipients.values()))
            raise _refusal(code, words) from None
        except smtplib.SMTPResponseException as fault:
            raise _refusal(fault.smtp_code, fault.smtp_error) from None
        except (OSError, smtplib.SMTPException) as fault:
            raise MailLater(
                f"the mail server could not be reached ({type(fault).__name__})"
            ) from None
        return "sent"

    def written(self, letter: Letter) -> EmailMessage:
        """The letter as a message. Raises MailRefused for a header with a line break in it."""
        for value in (letter.subject, letter.sender_name, letter.to):
            if any(c in value for c in "\r\n\0"):
                raise MailRefused("a header of the mail would hold a line break")
        message = EmailMessage(policy=SMTP)
        message["Subject"] = letter.subject[:120]
        message["From"] = Address(display_name=letter.sender_name[:120], addr_spec=self._sender)
        message["To"] = Address(addr_spec=letter.to)
        message["Date"] = formatdate()
        message["Message-ID"] = make_msgid(domain=self._sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        facts = {**letter.facts, "expires_at": letter.expires_at}
        text = self._words.get_template(f"{letter.kind}.txt").render(facts)
        html = self._words.get_template(f"{letter.kind}.html").render(facts)
        message.set_content(text, cte="quoted-printable")
        message.add_alternative(html, subtype="html", cte="quoted-printable")
        return message

    def _connected(self) -> smtplib.SMTP:
        host, scheme = self._url.hostname or "localhost", self._url.scheme
        if scheme == "smtps":
            tls = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, self._url.port or 465, timeout=TIMEOUT_SECONDS, context=tls
            )
        else:
            server = smtplib.SMTP(host, self._url.port or 25, timeout=TIMEOUT_SECONDS)
        if scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if self._url.username:
            server.login(unquote(self._url.username), unquote(self._url.password or ""))
        return server


def _refusal(code: int, words: bytes | str) -> Exception:
    """5xx is for good, all else may pass. The server's words are kept short and in one line."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    line = f"{code} {' '.join(text.split())}"[:200]
    return MailRefused(line) if 500 <= code < 600 else MailLater(line)
