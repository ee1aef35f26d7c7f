"""Request size limits by path, and the errors for requests that the server refuses itself."""

import re
from typing import Final

from interviewrelay.core.errors import PayloadTooLarge, Refusal, RequestTimeout, ServerBusy
from interviewrelay.server.request_bodies import KIB, MIB

LARGEST_BODY: Final = 2 * MIB
LARGEST_OF_THE_API: Final = MIB
LARGEST_WITHOUT_KEY: Final = 64 * KIB
WITHOUT_KEY: Final = re.compile(
    r"/(?:log(?:in|out)|setup|password|join|interview|do-not-write|settings/security)(?:/|\Z)"
)
"""Routes without an API key, or with bodies hardly larger than a password."""
OF_PARTICIPANTS: Final = {"start": 384 * KIB, "turns": 128 * KIB, "review": 128 * KIB}
"""Limits that fit an answer of 10,000 characters, or an invite's metadata, in any JSON escaping."""
UPLOADS: Final = (
    (re.compile(r"/interview/[^/]+/audio/?"), 26 * MIB),
    (re.compile(r"/interview/[^/]+/audio/[^/]+/pieces/[0-9]+/?"), 8 * MIB),
)
"""Recordings of spoken answers: a whole one of 25 MiB in a form, and a piece."""


def get_max_body_bytes(path: str) -> int:
    """Largest request body of a path, in bytes; a slash at its end changes nothing."""
    if path.startswith("/api/"):
        return LARGEST_OF_THE_API
    if not WITHOUT_KEY.match(path):
        return LARGEST_BODY
    if path.startswith("/interview/"):
        for route, most in UPLOADS:
            if route.fullmatch(path):
                return most
    verb = path.removesuffix("/").rpartition("/")[2] if path.startswith("/interview/") else ""
    return OF_PARTICIPANTS.get(verb, LARGEST_WITHOUT_KEY)


def build_refusal(status: int, most: int) -> Refusal:
    """Refusal by the server with this status; `most` is the body limit in bytes."""
    if status == PayloadTooLarge.status:
        return PayloadTooLarge.above(most)
    return RequestTimeout() if status == RequestTimeout.status else ServerBusy()
