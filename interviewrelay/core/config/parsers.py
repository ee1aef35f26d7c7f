"""Parsers for settings, one for each kind of value. Each takes the setting's name and text."""

import ipaddress
import re
from collections.abc import Callable
from datetime import time
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import getaddresses
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, unquote, urlsplit

from interviewrelay.core.config import failpoints
from interviewrelay.core.errors import OperatorError
from interviewrelay.core.security import key_file

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


MOST_PORTS: Final = 10


MOST_TIMES: Final = 24


class SettingsError(OperatorError):
    """An invalid setting; the text is one sentence that names it and says what it should be."""


Reader = Callable[[str, str], Any]
"""Parser of one kind of value: takes the setting's name and text, and raises SettingsError."""


def host(_name: str, text: str) -> str:
    """Parse an address to listen on; an IPv6 address may be in brackets, as in a URL (`[::1]`)."""
    return re.sub(r"^\[(.*)\]$", r"\1", text)


def keys(name: str, text: str) -> tuple[str, ...]:
    try:
        return key_file.parse_keys(text)
    except ValueError:
        raise SettingsError(
            f"{name} must be a comma-separated list of keys of at least 32 characters, newest first."
        ) from None


def whole(low: int, high: int) -> Reader:
    def read_number(name: str, text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text, re.ASCII) or not low <= int(text) <= high:
            raise SettingsError(
                f"{name} must be a whole number from {low} to {high}, not {text!r}."
            )
        return int(text)

    return read_number


def ports(name: str, text: str) -> tuple[int, ...]:
    """Parse up to ten ports separated by commas, or `none`."""
    if text == "none":
        return ()
    found = [part.strip() for part in text.split(",")]
    if len(found) > MOST_PORTS or not all(
        re.fullmatch(r"[0-9]{1,5}", part, re.ASCII) and 1 <= int(part) <= 65535
        for part in found
    ):
        raise SettingsError(
            f"{name} must be a comma-separated list of up to {MOST_PORTS} ports, or 'none', "
            f"not {text!r}."
        )
    return tuple(dict.fromkeys(map(int, found)))


def url(*schemes: str) -> Reader:
    def read_url(name: str, text: str) -> str:
        parts = _parts(name, text)
        whither = parts.path if parts.scheme == "unix" else parts.hostname
        if parts.scheme not in schemes or not whither:
            raise SettingsError(
                f"{name} must be a URL that starts with {' or '.join(s + '://' for s in schemes)}."
            )
        return text.rstrip("/")

    return read_url


def origin(name: str, text: str) -> str:
    """Parse the server's public origin. It appears in every link, so a user name or password is
    refused.
    """
    address: str = url("http", "https")(name, text)
    parts = urlsplit(address)
    if "@" in parts.netloc or parts.path or "?" in address or "#" in address:
        raise SettingsError(
            f"{name} must contain only a scheme, a host and an optional port, such as "
            "https://interviews.example.com."
        )
    return f"{parts.scheme}://{parts.netloc.lower()}"


def origins(name: str, text: str) -> tuple[str, ...]:
    """Parse comma-separated origins of web pages, or `*` for all."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return tuple(part if part == "*" else origin(name, part) for part in parts)


def contact(name: str, text: str) -> str:
    """Parse the contact for security.txt (RFC 9116): a web page or an email address, as a URI."""
    if "@" in text and ":" not in text:
        text = f"mailto:{text}"
    if not re.fullmatch(r"(?:https://|mailto:[^@\s]+@)[!-~]+", text):
        raise SettingsError(f"{name} must be an email address or an https:// URL.")
    return text


_REDIS_OPTIONS: Final = frozenset(
    {"db", "protocol", "socket_connect_timeout", "socket_timeout", "ssl_ca_certs", "ssl_cert_reqs",
     "ssl_certfile", "ssl_keyfile"}
)  # fmt: skip


_REDIS_NUMBERS: Final = {
    "db": r"[0-9]{1,3}",
    "protocol": r"[23]",
    "socket_connect_timeout": r"[0-9]{1,5}(?:\.[0-9]{1,3})?",
    "socket_timeout": r"[0-9]{1,5}(?:\.[0-9]{1,3})?",
    "ssl_cert_reqs": r"none|optional|required",
}


def redis(name: str, text: str) -> str:
    address: str = url("redis", "rediss", "unix")(name, text)
    parts = urlsplit(address)
    pairs = [part.partition("=")[::2] for part in parts.query.split("&") if part]
    options = {name for name, _ in pairs}
    right = all(re.fullmatch(_REDIS_NUMBERS.get(name, ".+"), said) for name, said in pairs)
    numbered = parts.scheme == "unix" or re.fullmatch(r"(?:/[0-9]{1,3})?", parts.path, re.ASCII)
    if not numbered or parts.fragment or not options <= _REDIS_OPTIONS or not right:
        raise SettingsError(
            f"{name} must look like redis://:password@host:6379/0, where 0 is the database number. "
            f"Allowed options: {', '.join(sorted(_REDIS_OPTIONS))}. "
            "Values of db, protocol and the timeouts must be numbers."
        )
    return address


def mail_server(name: str, text: str) -> str:
    address: str = url("smtp", "smtps", "smtp+starttls")(name, text)
    parts = urlsplit(address)
    if (
        parts.path
        or parts.query
        or parts.fragment
        or "@" in (parts.password or "")
        or bool(parts.username) != bool(parts.password)
    ):
        raise SettingsError(
            f"{name} must look like smtp+starttls://user:password@host:587, with nothing after the "
            "port. Give both a user and a password, or neither. Write an @ in the password as %40."
        )
    if "\N{REPLACEMENT CHARACTER}" in unquote(parts.netloc) or not _said(parts):
        raise SettingsError(
            f"In {name}, user and password must be UTF-8 text without control characters."
        )
    return address


def _said(parts: SplitResult) -> bool:
    """True if user and password can be sent to a mail server."""
    words = unquote(f"{parts.username or ''}{parts.password or ''}")
    return not any(c < " " or "\x7f" <= c <= "\x9f" for c in words)


_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+(%[A-Za-z0-9._-]+)?", re.ASCII)


def _parts(name: str, text: str) -> SplitResult:
    """Split a URL and check its host and port. Raises SettingsError.

    The error never repeats the URL, because it may contain a password that cannot be located
    reliably.
    """
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = "", SplitResult("", "", "", "", "")
    odd = re.search(r"[\s\x00-\x1f]", text)  # `urlsplit` drops these silently
    if odd or host == "" or (host and not _HOST.fullmatch(host)):
        raise SettingsError(
            f"{name} must be a URL with a host. A port must be from 0 to 65535. In the user name and "
            "password, write @ as %40, : as %3A, / as %2F, ? as %3F, # as %23 and a space as %20."
        )
    return parts


def database(name: str, text: str) -> str:
    if text.startswith(("postgres://", "postgresql://")):
        text = "postgresql+psycopg://" + text.split("://", 1)[1]
    if text.startswith("postgresql+psycopg://"):
        parts = _parts(name, text)
        options = parts.query.split("&") if parts.query else []
        if parts.netloc.count("@") > 1 or parts.fragment or not all("=" in o for o in options):
            raise SettingsError(
                f"{name} must look like postgresql://user:password@host/name. In the user name and "
                "password, write @ as %40, : as %3A, / as %2F, ? as %3F and # as %23."
            )
        return text
    if text.startswith("sqlite:///"):
        if not text.removeprefix("sqlite:///").partition("?")[0]:
            raise SettingsError(
                f"{name} must name a file, such as sqlite:////srv/interviewrelay.db."
            )
        return text
    raise SettingsError(f"{name} must start with sqlite:/// or postgresql://.")


_BUCKET = re.compile(
    r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_-][A-Za-z0-9._-]*)*", re.ASCII
)


def bucket(name: str, text: str) -> str:
    place = text.rstrip("/")
    if not _BUCKET.fullmatch(place):
        raise SettingsError(
            f"{name} must be s3:// followed by a bucket and an optional folder, such as "
            "s3://interviews/files."
        )
    return place


def backup_place(name: str, text: str) -> str:
    """Parse where backups go: the absolute path of a folder, or `s3://bucket/folder`."""
    if text.startswith("s3://"):
        return bucket(name, text)
    if not Path(text).is_absolute():
        raise SettingsError(
            f"{name} must be the absolute path of a folder, such as /mnt/backups, or s3:// followed "
            "by a bucket and a folder."
        )
    return text


def times(name: str, text: str) -> tuple[time, ...]:
    """Parse comma-separated times of day in UTC, such as `03:15,15:15`; returns them in order."""
    found = [part.strip() for part in text.split(",")]
    right = all(
        re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", part, re.ASCII) for part in found
    )
    if not right or len(found) > MOST_TIMES:
        raise SettingsError(
            f"{name} must be a time of day in UTC, such as 03:15, or up to {MOST_TIMES} of them "
            "separated by commas."
        )
    return tuple(sorted({time.fromisoformat(part) for part in found}))


def visible(low: int, high: int) -> Reader:
    def read_visible(name: str, text: str) -> str:
        if not re.fullmatch(rf"[!-~]{{{low},{high}}}", text):
            raise SettingsError(f"{name} must be {low} to {high} visible ASCII characters.")
        return text

    return read_visible


def networks(name: str, text: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in text.split(","))
    except ValueError:
        raise SettingsError(
            f"{name} must be a comma-separated list of networks, such as 10.0.0.0/8,fd00::/8."
        ) from None


def one_of(*known: str) -> Reader:
    def read_one(name: str, text: str) -> str:
        for one in known:
            if one.lower() == text.lower():
                return one
        raise SettingsError(f"{name} must be {', '.join(known[:-1])} or {known[-1]}.")

    return read_one


def flag(name: str, text: str) -> bool:
    if text.lower() not in ("0", "1", "true", "false"):
        raise SettingsError(f"{name} must be 1 or 0.")
    return text.lower() in ("1", "true")


_MAILBOX = re.compile(
    r"[A-Za-z0-9_][A-Za-z0-9_.+=~-]*@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?", re.ASCII
)


def sender(name: str, text: str) -> str:
    """Parse one mailbox, with or without a display name."""
    found = getaddresses([text])
    odd = any(ord(c) < 32 for c in text) or len(found) != 1
    if odd or not _MAILBOX.fullmatch(found[0][1]) or not _sent_from(found[0][1]):
        raise SettingsError(
            f"{name} must be an email address, such as 'Acme <studies@example.com>'."
        )
    return text


def _sent_from(mailbox: str) -> bool:
    """True if a mailbox is a valid sender: no leading, trailing or doubled dots."""
    try:
        Address(addr_spec=mailbox)
    except (ValueError, IndexError, MessageError):
        return False
    return ".." not in mailbox


def failpoint(name: str, text: str) -> str:
    if text.partition(":")[0] not in failpoints.NAMES:
        raise SettingsError(f"{name} must be one of {', '.join(failpoints.NAMES)}.")
    return text
