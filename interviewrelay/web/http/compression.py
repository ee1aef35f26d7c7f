"""Compression of pages and assets."""

import gzip
from functools import lru_cache
from typing import Final

from flask import Flask, Response, request

PACKED: Final = frozenset(
    {"text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml"}
)
SMALLEST: Final = 1_024
"""Minimum size in bytes that is worth compressing."""
LARGEST: Final = 2 * 1024 * 1024
_OF_A_PAGE: Final = 5
_OF_A_FILE: Final = 9


def register(app: Flask) -> None:
    """Register it before all other response hooks, so that it runs last and compresses their result."""
    app.after_request(_pack)


def _pack(response: Response) -> Response:
    if response.mimetype not in PACKED or response.status_code == 304:
        return response
    response.vary.add("Accept-Encoding")
    static = request.endpoint == "static"
    if not (static or _asked_from_here()) or not _takes_it(response):
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if not SMALLEST <= len(body) <= LARGEST:
        return response
    response.set_data(_file(body) if static else _gzip(body, _OF_A_PAGE))
    response.headers["Content-Encoding"] = "gzip"
    if (tag := response.headers.get("ETag", "")).startswith('"'):
        response.headers["ETag"] = f"W/{tag}"  # the same content in another encoding
    return response


def _takes_it(response: Response) -> bool:
    """Only complete responses with known content; HEAD has none."""
    return (
        request.method != "HEAD"
        and request.accept_encodings["gzip"] > 0
        and "Content-Encoding" not in response.headers
        and "Content-Range" not in response.headers
        and (not response.is_streamed or request.endpoint == "static")
    )


def _asked_from_here() -> bool:
    """True for same-origin requests. Otherwise nothing is compressed: a page holds secrets beside
    text from its URL, and another site that triggers many requests could derive them from lengths
    (BREACH).
    """
    return request.headers.get("Sec-Fetch-Site") in ("same-origin", "none")


@lru_cache(maxsize=64)
def _file(body: bytes) -> bytes:
    """Cached: static files do not change within a release."""
    return _gzip(body, _OF_A_FILE)


def _gzip(body: bytes, level: int) -> bytes:
    return gzip.compress(body, level, mtime=0)
