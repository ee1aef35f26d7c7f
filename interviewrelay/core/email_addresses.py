"""Email addresses: a grammar narrower than the standard's."""

import re
from typing import Final

import idna

from interviewrelay.core.errors import InvalidParameter

# A dot-atom of ASCII, one @, a host name of two labels or more. No quotes, comments, lists, literals.
_LOCAL: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
)
_LABEL: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
LONGEST: Final = 254


def normalize_address(text: str) -> str | None:
    """Normalize an email address (the domain in lower-case ASCII); None when it is invalid."""
    local, at, domain = text.strip().rpartition("@")
    if not at or len(local) > 64 or not _LOCAL.fullmatch(local):
        return None
    host = _host(domain)
    if host is None or len(local) + 1 + len(host) > LONGEST:
        return None
    return f"{local}@{host}"


def normalize_domain(text: str) -> str | None:
    """Normalize the domain of an email address; None when it is invalid."""
    return _host(text.strip().removeprefix("@"))


def _host(domain: str) -> str | None:
    if not domain.isascii():
        try:
            domain = idna.encode(domain, uts46=True).decode("ascii")
        except idna.IDNAError:
            return None
    labels = domain.lower().split(".")
    if len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)) or labels[-1].isdigit():
        return None
    return ".".join(labels)


WANTED: Final = "Enter an email address, such as ann@example.com."


def require_address(email: str) -> str:
    """Normalize a required email address. Raises InvalidParameter when it is invalid."""
    known = normalize_address(email)
    if known is None:
        raise InvalidParameter.field("email", "email address", WANTED)
    return known
