"""Spans and figures reach a collector, without tokens, values, or what the caller chose."""

import pytest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from interviewrelay import migrations
from interviewrelay.core.db.session import db

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.fixture
def app(reporting, receiver):
    app = reporting(
        OTEL_EXPORTER_OTLP_ENDPOINT=f"http://{receiver.address}",
        OTEL_EXPORTER_OTLP_HEADERS="api-key=abc,x-other=d",
    )
    with app.app_context():
        migrations.upgrade(db.engine)
    yield app
    app.extensions["telemetry"].close()


def spans(receiver):
    found = []
    for path, body in receiver.calls:
        if path == "/v1/traces":
            told = ExportTraceServiceRequest.FromString(body)
            found += [s for r in told.resource_spans for c in r.scope_spans for s in c.spans]
    return found


def attributes(one):
    return {
        pair.key: pair.value.string_value or pair.value.int_value for pair in one.attributes
    }


def test_a_request_and_its_statements_are_one_trace(app, receiver):
    header = {"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01", "X-Request-Id": "req-1"}
    app.test_client().get("/interview/inv_" + "s" * 43, headers=header)
    app.extensions["telemetry"].flush()
    found = spans(receiver)
    (request,) = [one for one in found if one.name.startswith("GET")]
    assert request.name == "GET /interview/<token>"
    assert attributes(request) == {
        "http.request.method": "GET",
        "http.route": "/interview/<token>",
        "http.response.status_code": 404,
        "interviewrelay.request_id": "req-1",
    }
    statements = [one for one in found if one is not request]
    assert statements
    for one in statements:
        assert one.trace_id == request.trace_id
        assert one.parent_span_id == request.span_id
        assert set(attributes(one)) == {"db.system.name", "db.operation.name"}
    assert request.trace_id.hex() != TRACE
    assert b"inv_s" not in receiver.everything()
    assert (receiver.headers["api-key"], receiver.headers["x-other"]) == ("abc", "d")


def test_an_error_is_marked_and_its_words_are_not_told(app, receiver):
    assert app.test_client().get("/fails/Mondays").status_code == 500
    app.extensions["telemetry"].flush()
    (request,) = [one for one in spans(receiver) if one.name == "GET /fails/<word>"]
    assert request.status.code == 2
    assert b"Mondays" not in receiver.everything()


def test_times_are_figures_by_route(app, receiver):
    for _ in range(3):
        app.test_client().get("/livez")
    app.extensions["telemetry"].flush()
    bodies = [body for path, body in receiver.calls if path == "/v1/metrics"]
    told = ExportMetricsServiceRequest.FromString(bodies[-1])
    (metric,) = [m for r in told.resource_metrics for c in r.scope_metrics for m in c.metrics]
    assert metric.name == "http.server.request.duration"
    (point,) = metric.histogram.data_points
    assert (point.count, attributes(point)["http.route"]) == (3, "/livez")


def test_without_an_endpoint_nothing_is_sent(reporting, receiver):
    app = reporting()
    app.test_client().get("/livez")
    assert "telemetry" not in app.extensions
    assert receiver.calls == []
