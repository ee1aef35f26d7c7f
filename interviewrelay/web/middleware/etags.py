"""Strong ETags on everything that the API lets one read, and 304 for who has it already."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, NamedTuple, TypeVar

from flask import Flask, Response, g, make_response, request

from interviewrelay.core.db.change_cache import Shelf

View = TypeVar("View", bound=Callable[..., Any])

READING: Final = ("GET", "HEAD")
LONGEST_KEPT: Final = 128 * 1024


class _Answer(NamedTuple):
    headers: list[tuple[str, str]]
    body: bytes


def register(app: Flask) -> None:
    """Before the headers that every answer carries: those must not say `no-store` here."""
    app.after_request(_validated)


def kept(view: View) -> View:
    """For a view whose answer follows from its address, the reader's organization and role, and what
    is stored: not from the clock, and not from a secret. While nothing is stored it is made once.
    """
    shelf: Shelf[_Answer] = Shelf()

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
    if not tag:  # a view that knows a cheaper one has set it
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
        and response.mimetype != "text/html"  # a page holds a form token: never the same twice
        and not response.is_streamed
        and not response.direct_passthrough
    )


def _digest(response: Response) -> str:
    """Of the words and of who reads them: what is the same to one key is not to another role."""
    actor = g.get("actor")
    reader = f"{actor.org_id} {actor.role}" if actor else "anybody"
    # SHA-256 is what processors do in hardware: half of what BLAKE2 costs.
    whole = hashlib.sha256(f"{reader}\n{response.content_type}\n".encode())
    whole.update(response.get_data())
    return whole.hexdigest()[:32]
