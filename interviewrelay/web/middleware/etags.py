"""Strong ETags on all readable API responses, with 304 for unchanged ones."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, NamedTuple, TypeVar

from flask import Flask, Response, g, make_response, request

from interviewrelay.core.db.change_cache import ChangeCache

View = TypeVar("View", bound=Callable[..., Any])

READING: Final = ("GET", "HEAD")
LONGEST_KEPT: Final = 128 * 1024


class _Answer(NamedTuple):
    headers: list[tuple[str, str]]
    body: bytes


def register(app: Flask) -> None:
    """Register it before the headers middleware, which must not set `no-store` here."""
    app.after_request(_validated)


def cached(view: View) -> View:
    """Decorator that caches the responses of a view until data changes. The view may depend only on
    the URL, the reader's organization and role, and the stored data, not on the clock or a secret.
    """
    shelf: ChangeCache[_Answer] = ChangeCache()

    @wraps(view)
    def answered(**values: Any) -> Response:
        given, actor = request.environ, g.actor
        name = actor.org_id, actor.role, given["PATH_INFO"], given["QUERY_STRING"]
        answers = shelf.items()
        known = answers.get(name)
        if known is not None:
            return Response(known.body, headers=known.headers)
        response = make_response(view(**values))
        if not response.is_streamed and len(body := response.get_data()) <= LONGEST_KEPT:
            response.set_etag(_digest(response))
            answers[name] = _Answer(list(response.headers), body)
        return response

    return answered  # type: ignore[return-value]


def _validated(response: Response) -> Response:
    if not _may_be_kept(response):
        return response
    headers = response.headers
    tag = headers.get("ETag")
    if not tag:  # a view with a cheaper ETag has set it
        tag = headers["ETag"] = f'"{_digest(response)}"'
    headers.setdefault("Cache-Control", "private, no-cache")
    headers.add("Vary", "Accept, Authorization")
    if "HTTP_IF_NONE_MATCH" in request.environ and request.if_none_match.contains_weak(
        tag.strip('"')
    ):
        response.status_code = 304
        response.set_data(b"")
        del headers["Content-Length"]
    return response


def _may_be_kept(response: Response) -> bool:
    return (
        response.status_code == 200
        and request.method in READING
        and request.path.startswith("/api/")
        and response.mimetype
        != "text/html"  # a page holds a form token and is never the same twice
        and not response.is_streamed
        and not response.direct_passthrough
    )


def _digest(response: Response) -> str:
    """Digest of content and reader: roles may see different content."""
    actor = g.get("actor")
    reader = f"{actor.org_id} {actor.role}" if actor else "anybody"
    # Processors compute SHA-256 in hardware, at half the cost of BLAKE2.
    whole = hashlib.sha256(f"{reader}\n{response.content_type}\n".encode())
    whole.update(response.get_data())
    return whole.hexdigest()[:32]
