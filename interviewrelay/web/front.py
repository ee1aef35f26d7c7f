"""What the front of the server refuses is said here, with everything that an answer carries."""

from typing import Final

from flask import Flask, request

from interviewrelay.bridge import REFUSED
from interviewrelay.errors import PayloadTooLarge, Refusal, RequestTimeout

SMALL: Final = 64 * 1024
"""Bytes of a form that logs in or sets a password, and of what a participant sends."""
ANSWERS: Final = 128 * 1024
"""Where an answer may be in it: 10,000 characters of any writing, as a form encodes them."""
_TAKE_ANSWERS: Final = frozenset(
    f"participant.{view}"
    for view in ("answer_question", "skip_question", "complete", "change_answer")
)
_TAKE_PASSWORDS: Final = frozenset(
    f"pages.{view}"
    for view in (
        "send_log_in",
        "send_set_up",
        "send_forgotten",
        "send_new_password",
        "accept_offer",
        "change_password",
    )
)

_KINDS: Final[dict[int, type[Refusal]]] = {408: RequestTimeout, 413: PayloadTooLarge}


def register(app: Flask) -> None:
    """After the limits: such a call counts like any other."""

    @app.before_request
    def refuse() -> None:
        status = request.environ.get(REFUSED)
        if status is not None:
            raise _KINDS[status]
        most = _largest_body()
        if most is not None:
            if (request.content_length or 0) > most:
                raise PayloadTooLarge(f"The body is larger than {most // 1024} KiB.")
            request.max_content_length = most


def _largest_body() -> int | None:
    """Bytes, where it is less than everywhere else."""
    if request.endpoint in _TAKE_ANSWERS:
        return ANSWERS
    small = request.blueprint == "participant" or request.endpoint in _TAKE_PASSWORDS
    return SMALL if small else None
