"""Server refusals that the application renders, and the body limit behind any other WSGI server."""

from flask import Flask, request

from interviewrelay.core.errors import PayloadTooLarge
from interviewrelay.server.request_limits import largest_body, refusal_of
from interviewrelay.server.wsgi_bridge import REFUSED


def register(app: Flask) -> None:
    """Register it after the rate limits, so that such a call counts too."""

    @app.before_request
    def refuse() -> None:
        status, most = request.environ.get(REFUSED) or (0, 0)
        if status:
            raise refusal_of(status, most)
        # The same limit as in our server.
        request.max_content_length = most = largest_body(request.path)
        if (request.content_length or 0) > most:
            raise PayloadTooLarge.of(most)
