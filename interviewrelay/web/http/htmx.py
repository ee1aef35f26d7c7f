"""htmx requests: the only module that uses htmx-flask, which has no types."""

from flask import Flask, request
from htmx_flask import Htmx  # type: ignore[import-untyped]


def register(app: Flask) -> None:
    Htmx(app)


def is_htmx_request() -> bool:
    """True if htmx requests a part of the page; history navigation needs the whole page."""
    asked = request.htmx  # type: ignore[attr-defined]
    return bool(asked) and not asked.history_restore_request
