"""Health checks and metrics, outside the blueprints and without limits."""

import hmac
import time
from collections.abc import Iterator
from typing import Final

from flask import Blueprint, Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, InfoMetricFamily, Metric

from interviewrelay import __version__
from interviewrelay.core.config.settings import Settings
from interviewrelay.core.errors import Unauthenticated
from interviewrelay.core.observability.metrics import METHODS, RequestMetrics
from interviewrelay.operations import readiness
from interviewrelay.web.http import client_address

health = Blueprint("health", __name__)

FORWARDED: Final = ("Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via")
"""Headers of a local proxy, whose requests come from loopback but on behalf of others."""


def register(app: Flask, settings: Settings) -> None:
    """Register the request metrics. Call it first, so that its response hook runs last and sees the
    final response.
    """
    metrics = RequestMetrics(settings.instance_dir / "metrics")
    app.extensions["request_metrics"] = metrics

    @app.after_request
    def count(response: Response) -> Response:
        if request.method == "POST" and response.status_code == 201:
            readiness.trouble.clear()
        # The pattern and not the path, because paths hold tokens.
        route = request.url_rule.rule if request.url_rule else ""
        method = request.method if request.method in METHODS else "other"
        spent = time.perf_counter() - g.begun if "begun" in g else 0.0
        metrics.record((method, route, response.status_code), spent)
        return response


@health.get("/livez")
def alive() -> ResponseReturnValue:
    return {"status": "ok"}


@health.get("/readyz")
def ready() -> ResponseReturnValue:
    """503 while the database does not respond; `degraded` while it responds but cannot write."""
    readiness.check_database()
    return {"status": "degraded" if readiness.trouble.is_set else "ok"}


@health.get("/metrics")
def metrics() -> ResponseReturnValue:
    """Prometheus text format, for this machine and for holders of `METRICS_TOKEN`."""
    if not (_from_here() or _with_token()):
        raise Unauthenticated
    return Response(generate_latest(_Server()), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _from_here() -> bool:
    """A page of another host name that a browser on this machine opened (DNS rebinding) does not
    count.
    """
    near = client_address.is_loopback() and g.host_known
    return near and not any(name in request.headers for name in FORWARDED)


def _with_token() -> bool:
    token: str = current_app.extensions["settings"].metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())


class _Server:
    """Collector of all metrics of this server."""

    def collect(self) -> Iterator[Metric]:
        version = {"version": __version__}
        yield InfoMetricFamily(
            "interviewrelay_build", "Version of the running server.", version
        )
        yield from readiness.collect()
        if current_app.extensions["settings"].backup_schedule:
            yield from readiness.collect_backups()
        if supervisor := current_app.extensions.get("supervisor"):
            replaced = CounterMetricFamily(
                "interviewrelay_processes_replaced",
                "Server processes that died or hung and were replaced.",
                labels=("reason",),
            )
            for reason, n in supervisor.count_replaced().items():
                replaced.add_metric((reason,), n)
            yield replaced
        metrics: RequestMetrics = current_app.extensions["request_metrics"]
        yield from metrics.collect()
