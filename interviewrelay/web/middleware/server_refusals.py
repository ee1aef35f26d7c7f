"""Server refusals that the application renders, and the body limit behind any other WSGI server."""

from flask import Flask, request

from interviewrelay.core.errors import PayloadTooLarge
from interviewrelay.server.request_limits import build_refusal, get_max_body_bytes
from interviewrelay.server.wsgi_bridge import REFUSED


def register(app: Flask) -> None:
    """Register it after the rate limits, so that such a call counts too."""

    @app.before_request
    def refuse() -> None:
        status, most = request.environ.get(REFUSED) or (0, 0)
        if status:
            raise build_refusal(status, most)
        # The same limit as in our server.
        request.max_content_length = most = get_max_body_bytes(request.path)
        if (request.content_length or 0) > most:
            raise PayloadTooLarge.above(most)
