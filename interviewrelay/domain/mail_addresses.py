"""Mail addresses that somebody has to give."""

from typing import Final

from interviewrelay.addresses import address
from interviewrelay.errors import InvalidParameter

WANTED: Final = "Give a mail address, such as ann@example.com."


def required(email: str) -> str:
    """An address as it is kept. Raises InvalidParameter for what is none."""
    known = address(email)
    if known is None:
        raise InvalidParameter.field("email", "email address", WANTED)
    return known
