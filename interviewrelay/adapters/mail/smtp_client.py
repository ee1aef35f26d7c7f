"""SMTP client: one connection for many emails, and the meaning of each reply.

RFC 5321: 4yz is temporary, 5yz permanent, 421 closes the connection. A reply about the recipient or
the message concerns this email; an earlier one concerns the server and so all emails.
"""

import logging
import smtplib
import ssl
from base64 import b64encode
from contextlib import suppress
from typing import Final
from urllib.parse import unquote, urlsplit

from interviewrelay.core.ports.mail import MailLater, MailRefused, MailServerAway

log = logging.getLogger("interviewrelay.mail")

BREAKS_IN_A_ROW: Final = 3
"""Consecutive broken connections after which the server is to blame and not the email."""
_HANGS_UP: Final = 421
_GO_ON: Final = 334
_LOGGED_IN: Final = (235, 503)
"""Codes after login; the second means already logged in."""


class _Broken(Exception):
    """The connection broke; `handed` means that the email may have been accepted before."""

    def __init__(self, why: str, *, handed: bool, late: bool) -> None:
        super().__init__(why)
        self.handed, self.late = handed, late


def _broken(fault: Exception, *, handed: bool) -> _Broken:
    late = isinstance(fault, TimeoutError) or isinstance(fault.__context__, TimeoutError)
    why = "did not respond in time" if late else "closed the connection"
    return _Broken(f"the email server {why}", handed=handed, late=late)


class SmtpConnection:
    """SMTP connection, opened on demand and reopened when it breaks.

    For one thread; `seconds` is the timeout of each reply.
    """

    def __init__(self, url: str, seconds: float) -> None:
        self._url, self._seconds = urlsplit(url), seconds
        self._server: smtplib.SMTP | None = None
        self._breaks = 0

    def send(self, sender: str, recipient: str, content: bytes) -> None:
        """Send an email with CRLF line ends. Raises MailRefused, MailLater and MailServerAway."""
        used = self._server is not None
        try:
            try:
                self._try(sender, recipient, content)
            except _Broken as fault:
                # Many servers hang up after some number of emails, or when idle.
                if not used or fault.handed or fault.late:
                    raise
                self._try(sender, recipient, content)
        except _Broken as fault:
            self._breaks += 1
            if fault.late or self._breaks >= BREAKS_IN_A_ROW:
                raise MailServerAway(str(fault)) from None
            raise MailLater(str(fault)) from None
        self._breaks = 0

    def close(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _try(self, sender: str, recipient: str, content: bytes) -> None:
        server = self._server or self._connected()
        self._server, handed = server, False
        try:
            self._address(server, sender, recipient)
            handed = True
            code, words = server.data(content)
        except smtplib.SMTPDataError as fault:
            code, words = fault.smtp_code, _bytes(fault.smtp_error)
        except (OSError, smtplib.SMTPServerDisconnected) as fault:
            server.close()
            self._server = None
            raise _broken(fault, handed=handed) from None
        self._heed(code, words)

    def _address(self, server: smtplib.SMTP, sender: str, recipient: str) -> None:
        code, words = server.mail(sender)
        if 500 <= code < 600:
            self._drop_the_letter()
            line = _line(code, words)
            raise MailServerAway(f"the email server rejects this sender: {line}")
        self._heed(code, words)
        self._heed(*server.rcpt(recipient))

    def _heed(self, code: int, words: bytes) -> None:
        """Raise the error that matches a reply; nothing for a positive one."""
        if 200 <= code < 300:
            return
        if code == _HANGS_UP:
            if self._server is not None:
                self._server.close()
            self._server = None
            raise _Broken(_line(code, words), handed=False, late=False)
        self._drop_the_letter()
        raise (MailRefused if 500 <= code < 600 else MailLater)(_line(code, words))

    def _drop_the_letter(self) -> None:
        """Reset the session, or drop the connection."""
        try:
            if self._server is not None:
                self._server.rset()
        except (OSError, smtplib.SMTPException):
            self.close()
        self._breaks = 0

    def _connected(self) -> smtplib.SMTP:
        """Open and log in. A failure here concerns every email and may be fixed in the settings;
        but a server that accepts and hangs up may accept the next connection.
        """
        try:
            return self._logged_in()
        except smtplib.SMTPResponseException as fault:
            line = _line(fault.smtp_code, _bytes(fault.smtp_error))
            raise MailServerAway(f"the email server rejected the sign-in: {line}") from None
        except smtplib.SMTPNotSupportedError as fault:
            words = f"the email server does not support a feature in SMTP_URL: {fault}"
            raise MailServerAway(words[:200]) from None
        except (smtplib.SMTPServerDisconnected, ConnectionResetError, BrokenPipeError) as fault:
            raise _broken(fault, handed=False) from None
        except (OSError, smtplib.SMTPException) as fault:
            kind = type(fault).__name__
            raise MailServerAway(f"the email server could not be reached ({kind})") from None
        except Exception as fault:  # a fault of ours: no email may stall silently
            log.exception("mail_connection_failed")
            kind = type(fault).__name__
            raise MailServerAway(f"connecting to the email server failed ({kind})") from None

    def _logged_in(self) -> smtplib.SMTP:
        host, scheme = self._url.hostname or "localhost", self._url.scheme
        if scheme == "smtps":
            tls = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, self._url.port or 465, timeout=self._seconds, context=tls
            )
        else:
            server = smtplib.SMTP(host, self._url.port or 25, timeout=self._seconds)
        try:
            if scheme == "smtp+starttls":
                server.starttls(context=ssl.create_default_context())
            if self._url.username:
                _log_in(server, unquote(self._url.username), unquote(self._url.password or ""))
            server.ehlo_or_helo_if_needed()
        except BaseException:
            server.close()
            raise
        return server


def _log_in(server: smtplib.SMTP, user: str, password: str) -> None:
    """Log in with UTF-8 (RFC 4616); the library's login supports only ASCII."""
    if (user + password).isascii():
        server.login(user, password)
        return
    server.ehlo_or_helo_if_needed()
    ways = server.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in ways:
        told = b64encode(f"\0{user}\0{password}".encode()).decode()
        code, words = server.docmd("AUTH", f"PLAIN {told}")
    elif "LOGIN" in ways:
        code, words = server.docmd("AUTH", f"LOGIN {b64encode(user.encode()).decode()}")
        if code == _GO_ON:
            code, words = server.docmd(b64encode(password.encode()).decode())
    else:
        raise smtplib.SMTPNotSupportedError(
            "a user or password that is not ASCII requires AUTH PLAIN or LOGIN"
        )
    if code not in _LOGGED_IN:
        raise smtplib.SMTPAuthenticationError(code, words)


def _bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode()


def _line(code: int, words: bytes) -> str:
    """The server's text, shortened, on one line."""
    return f"{code} {' '.join(words.decode('utf-8', 'replace').split())}"[:200]
