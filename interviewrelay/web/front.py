"""What the front of the server refuses is said here, with everything that an answer carries."""

from typing import Final

from flask import Flask, request

from interviewrelay.bridge import REFUSED
from interviewrelay.errors import PayloadTooLarge, Refusal, RequestTimeout

_KINDS: Final[dict[int, type[Refusal]]] = {408: RequestTimeout, 413: PayloadTooLarge}


def register(app: Flask) -> None:
    """After the limits: such a call counts like any other."""

    @app.before_request
    def refuse() -> None:
        status = request.environ.get(REFUSED)
        if status is not None:
            raise _KINDS[status]
