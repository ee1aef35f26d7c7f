"""Pages and what they load, packed for the wire where the browser takes it so."""

import gzip
from functools import lru_cache
from typing import Final

from flask import Flask, Response, request

PACKED: Final = frozenset(
    {"text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml"}
)
SMALLEST: Final = 1_024
"""Bytes; less is not worth it."""
LARGEST: Final = 2 * 1024 * 1024
_OF_A_PAGE: Final = 5
_OF_A_FILE: Final = 9


def register(app: Flask) -> None:
    """Before all others that look at answers: so it comes last, and packs what they have made."""
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
        response.headers["ETag"] = f"W/{tag}"  # the same words in other bytes
    return response


def _takes_it(response: Response) -> bool:
    """Whole answers only, whose bytes are there already; a HEAD has none."""
    return (
        request.method != "HEAD"
        and request.accept_encodings["gzip"] > 0
        and "Content-Encoding" not in response.headers
        and "Content-Range" not in response.headers
        and (not response.is_streamed or request.endpoint == "static")
    )


def _asked_from_here() -> bool:
    """A page holds secrets beside words that its address may bring: who lets a browser ask for it from
    another site again and again could read the one out of lengths (BREACH). There nothing is packed.
    """
    return request.headers.get("Sec-Fetch-Site") in ("same-origin", "none")


@lru_cache(maxsize=64)
def _file(body: bytes) -> bytes:
    """Made once: files of one release stay as they are."""
    return _gzip(body, _OF_A_FILE)


def _gzip(body: bytes, level: int) -> bytes:
    return gzip.compress(body, level, mtime=0)
