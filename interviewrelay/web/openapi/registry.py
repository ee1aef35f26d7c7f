"""The operations of the API, in the order of the document."""

from collections.abc import Iterator
from typing import Any, Final

from flask import Flask

from interviewrelay.web import routes  # noqa: F401 - importing them declares the operations
from interviewrelay.web.openapi import operation, texts

_ORDER: Final = list(texts.TAGS)
OPERATIONS: Final[tuple[operation.Operation, ...]] = tuple(
    sorted(operation.DECLARED, key=lambda one: _ORDER.index(one.tag))
)


def register(app: Flask) -> None:
    """Check that every API route is declared as an operation. Call it after all routes are
    registered.

    Raises RuntimeError if a route is not declared or its view requires another permission, so that
    no server starts with an unreviewed route.
    """
    told = {(o.endpoint, o.method, path) for o in OPERATIONS for path in o.paths}
    for endpoint, method, path in sorted(told ^ set(_routes(app))):
        lacks = "no route" if (endpoint, method, path) in told else "no operation"
        raise RuntimeError(f"{method} {path} ({endpoint}) has {lacks}")
    for one in OPERATIONS:
        view: Any = app.view_functions[one.endpoint]
        if view.permission != one.permission:
            raise RuntimeError(f"{one.view} and its operation have different permissions")


def _routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] in ("api", "participant"):
            path = rule.rule.replace("<", "{").replace(">", "}")
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                yield rule.endpoint, method, path
