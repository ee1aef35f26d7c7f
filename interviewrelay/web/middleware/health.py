"""Whether the server is alive and ready, and what it has done; outside the zones, without limits."""

import hmac
import time
from collections.abc import Iterator
from typing import Any, Final

from flask import Blueprint, Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue

from interviewrelay import __version__
from interviewrelay.core.config.settings import Settings
from interviewrelay.core.errors import Unauthenticated
from interviewrelay.core.observability.metrics import METHODS, Tallies
from interviewrelay.operations import readiness
from interviewrelay.web.http import client_address
from interviewrelay.web.http.requests import answer

health = Blueprint("health", __name__)

FORWARDED: Final = ("Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via")
"""A proxy on this machine calls from loopback for people who are not here."""


def register(app: Flask, settings: Settings) -> None:
    """Count what is answered; comes first, so that it sees what every other hook has made of it."""
    tallies = app.extensions["tallies"] = Tallies(settings.instance_dir / "metrics")

    @app.after_request
    def count(response: Response) -> Response:
        if request.method == "POST" and response.status_code == 201:
            readiness.trouble.over()
        # The pattern, not the path: paths hold tokens.
        route = request.url_rule.rule if request.url_rule else ""
        method = request.method if request.method in METHODS else "other"
        spent = time.perf_counter() - g.begun if "begun" in g else 0.0
        tallies.add((method, route, response.status_code), spent)
        return response


@health.get("/livez")
def alive() -> ResponseReturnValue:
    return answer({"status": "ok"})


@health.get("/readyz")
def ready() -> ResponseReturnValue:
    """503 while the database does not answer; `degraded` while it answers and saves nothing."""
    readiness.ask()
    return answer({"status": "degraded" if readiness.trouble.there else "ok"})


@health.get("/metrics")
def metrics() -> ResponseReturnValue:
    """In the text form of Prometheus, for this machine and for whoever has `METRICS_TOKEN`."""
    if not (_from_here() or _with_token()):
        raise Unauthenticated
    words = "\n".join(_lines()) + "\n"
    return Response(words, content_type="text/plain; version=0.0.4; charset=utf-8")


def _from_here() -> bool:
    return client_address.loopback() and not any(name in request.headers for name in FORWARDED)


def _with_token() -> bool:
    token: str = current_app.extensions["settings"].metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())


def _lines() -> Iterator[str]:
    yield "# HELP interviewrelay_build_info Which version serves."
    yield "# TYPE interviewrelay_build_info gauge"
    yield f'interviewrelay_build_info{{version="{__version__}"}} 1'
    for name, help, figures in readiness.figures():
        yield f"# HELP interviewrelay_{name} {help}"
        yield f"# TYPE interviewrelay_{name} gauge"
        for label, value in figures.items():
            yield f"interviewrelay_{name}{label} {value}"
    if supervisor := current_app.extensions.get("supervisor"):
        name = "interviewrelay_processes_replaced_total"
        yield f"# HELP {name} Server processes that died or hung and were replaced."
        yield f"# TYPE {name} counter"
        for reason, n in supervisor.replaced().items():
            yield f'{name}{{reason="{reason}"}} {n}'
    tallies: Any = current_app.extensions["tallies"]
    yield from tallies.lines()
