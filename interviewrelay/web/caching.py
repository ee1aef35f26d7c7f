"""Strong ETags on everything that the API lets one read, and 304 for who has it already."""

import hashlib
from typing import Final

from flask import Flask, Response, g, request

READING: Final = ("GET", "HEAD")


def register(app: Flask) -> None:
    """Before the headers that every answer carries: those must not say `no-store` here."""
    app.after_request(_validated)


def _validated(response: Response) -> Response:
    if not _may_be_kept(response):
        return response
    if not response.headers.get("ETag"):  # a view that knows a cheaper one has set it
        response.set_etag(_digest(response))
    response.headers.setdefault("Cache-Control", "private, no-cache")
    response.vary.update(("Accept", "Authorization"))
    tag = response.get_etag()[0]
    if tag and request.if_none_match.contains_weak(tag):
        response.status_code = 304
        response.set_data(b"")
        del response.headers["Content-Length"]
    return response


def _may_be_kept(response: Response) -> bool:
    return (
        request.path.startswith("/api/")
        and request.method in READING
        and response.status_code == 200
        and response.mimetype != "text/html"  # a page holds a form token: never the same twice
        and not response.is_streamed
        and not response.direct_passthrough
    )


def _digest(response: Response) -> str:
    """Of the words and of who reads them: what is the same to one key is not to another role."""
    actor = g.get("actor")
    reader = f"{actor.org_id} {actor.role}" if actor else "anybody"
    whole = hashlib.blake2b(f"{reader}\n{response.content_type}\n".encode(), digest_size=16)
    whole.update(response.get_data())
    return whole.hexdigest()
