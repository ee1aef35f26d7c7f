"""Traces and metrics by OTLP. Needs the extra `otel`.

A span has the pattern of a route, never its path, and the first word of a statement, never its
values, so that neither tokens nor what anyone said leave the server.
"""

import os
import time
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import Any, Final

from flask import Flask, Response, g, request
from sqlalchemy import Engine, event

from interviewrelay import __version__
from interviewrelay.core.config.settings import Settings, SettingsError
from interviewrelay.core.observability.metrics import METHODS

INSTALL: Final = "scripts/setup requirements-otel.lock, or pip install 'interviewrelay[otel]'"


@dataclass(frozen=True, slots=True)
class Exporter:
    """Tracer, and the histogram of request times, of one process."""

    tracer: Any
    durations: Any


class Telemetry:
    """Exporters of this program: one for each process, since threads don't survive a fork."""

    def __init__(self, settings: Settings) -> None:
        self._endpoint = settings.otel_exporter_otlp_endpoint
        pairs = (pair.partition("=") for pair in settings.otel_exporter_otlp_headers.split(","))
        self._headers = {name.strip(): value for name, _, value in pairs if value}
        self._open = lru_cache(maxsize=1)(self._open_for)
        self._providers: list[Any] = []

    @property
    def exporter(self) -> Exporter:
        """Exporter of this process."""
        return self._open(os.getpid())

    def flush(self) -> None:
        """Send what waits."""
        for provider in self._providers:
            provider.force_flush()

    def close(self) -> None:
        """Send what waits, and stop."""
        for provider in self._providers:
            provider.shutdown()

    def _open_for(self, _pid: int) -> Exporter:
        from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.metrics import MeterProvider
        from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        about = Resource.create(
            {"service.name": "interviewrelay", "service.version": __version__}
        )
        traces = TracerProvider(resource=about)
        spans = OTLPSpanExporter(f"{self._endpoint}/v1/traces", headers=self._headers)
        traces.add_span_processor(BatchSpanProcessor(spans))
        figures = OTLPMetricExporter(f"{self._endpoint}/v1/metrics", headers=self._headers)
        meters = MeterProvider([PeriodicExportingMetricReader(figures)], resource=about)
        self._providers = [traces, meters]
        return Exporter(
            traces.get_tracer("interviewrelay", __version__),
            meters.get_meter("interviewrelay", __version__).create_histogram(
                "http.server.request.duration", "s", "Time to answer a request."
            ),
        )


def start_traces(app: Flask, engine: Engine, settings: Settings) -> None:
    """Trace requests and their statements if an endpoint is set. Raises SettingsError."""
    if not settings.otel_exporter_otlp_endpoint:
        return
    if find_spec("opentelemetry.exporter.otlp.proto.http") is None:
        raise SettingsError(
            "OTEL_EXPORTER_OTLP_ENDPOINT requires the 'otel' extra, which is not installed. Run "
            f"{INSTALL}."
        )
    telemetry = Telemetry(settings)
    app.extensions["telemetry"] = telemetry
    _trace_requests(app, telemetry)
    _trace_statements(engine, telemetry)


def _trace_requests(app: Flask, telemetry: Telemetry) -> None:
    from opentelemetry import context, trace

    @app.before_request
    def begin() -> None:
        route = request.url_rule.rule if request.url_rule else ""
        method = request.method if request.method in METHODS else "other"
        span = telemetry.exporter.tracer.start_span(
            f"{method} {route}".strip(),
            context.Context(),  # what the caller sends may come from anyone
            kind=trace.SpanKind.SERVER,
            attributes={"http.request.method": method, "http.route": route},
        )
        g.span = span, context.attach(trace.set_span_in_context(span)), time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        if "span" in g:
            span, _, began = g.span
            status = response.status_code
            span.set_attribute("http.response.status_code", status)
            span.set_attribute("interviewrelay.request_id", g.get("request_id", ""))
            if status >= 500:
                span.set_status(trace.StatusCode.ERROR)
            labels = {**span.attributes}
            del labels["interviewrelay.request_id"]
            telemetry.exporter.durations.record(time.perf_counter() - began, labels)
        return response

    @app.teardown_request
    def end(_fault: BaseException | None) -> None:
        if (begun := g.pop("span", None)) is not None:
            span, token, _ = begun
            span.end()
            context.detach(token)


def _trace_statements(engine: Engine, telemetry: Telemetry) -> None:
    from opentelemetry import trace

    @event.listens_for(engine, "before_cursor_execute")
    def begin(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if (
            trace.get_current_span().is_recording()
        ):  # the work of nobody's request is not traced
            word = statement.split(None, 1)[0].upper()
            connection.info["span"] = telemetry.exporter.tracer.start_span(
                word,
                kind=trace.SpanKind.CLIENT,
                attributes={"db.system.name": engine.dialect.name, "db.operation.name": word},
            )

    @event.listens_for(engine, "after_cursor_execute")
    def finish(connection: Any, *_: Any) -> None:
        if span := connection.info.pop("span", None):
            span.end()

    @event.listens_for(engine, "handle_error")
    def fail(about: Any) -> None:
        span = about.connection and about.connection.info.pop("span", None)
        if span:
            span.set_status(trace.StatusCode.ERROR)
            span.end()
