"""The one place that knows htmx-flask, which comes without types."""

from flask import Flask, request
from htmx_flask import Htmx  # type: ignore[import-untyped]


def register(app: Flask) -> None:
    Htmx(app)


def asks() -> bool:
    """Whether htmx asks for a part of the page; going back in history needs the whole one."""
    asked = request.htmx  # type: ignore[attr-defined]
    return bool(asked) and not asked.history_restore_request
