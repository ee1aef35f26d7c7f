"""Counts of several processes, added up."""

import os
import re

import pytest
from prometheus_client import generate_latest

from interviewrelay.core.observability.metrics import BOUNDS, RequestMetrics

LIST = ("GET", "/api/projects", 200)


def lines(metrics):
    return generate_latest(metrics).decode().splitlines()


def figure(metrics, start):
    found = [line for line in lines(metrics) if line.startswith(start)]
    assert len(found) == 1, found
    return float(found[0].rpartition(" ")[2])


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "metrics"


def test_calls_are_counted_by_method_route_and_status(folder):
    metrics = RequestMetrics(folder)
    for _ in range(3):
        metrics.record(LIST, 0.004)
    metrics.record(("POST", "/api/projects", 201), 0.3)
    name = 'interviewrelay_requests_total{method="%s",route="/api/projects",status="%s"}'
    assert figure(metrics, name % ("GET", 200)) == 3
    assert figure(metrics, name % ("POST", 201)) == 1


def test_the_histogram_rises_to_the_count(folder):
    metrics = RequestMetrics(folder)
    taken = [0.001, 0.005, 0.0051, 0.2, 3.0, 11.0]
    for seconds in taken:
        metrics.record(LIST, seconds)
    name = 'interviewrelay_request_seconds_bucket{le="%s",route="/api/projects"}'
    for bound in BOUNDS:
        assert figure(metrics, name % bound) == sum(t <= bound for t in taken), bound
    assert figure(metrics, name % "+Inf") == len(taken)
    assert figure(metrics, "interviewrelay_request_seconds_count") == len(taken)
    assert figure(metrics, "interviewrelay_request_seconds_sum") == pytest.approx(sum(taken))


def test_every_process_gives_the_sum_of_all_also_of_those_that_ended(folder):
    metrics = RequestMetrics(folder)
    metrics.record(LIST, 0.1)
    metrics.save()
    for _ in range(3):
        pid = os.fork()
        if pid == 0:  # no test may end in here
            try:
                metrics.record(LIST, 0.1)
                metrics.record(LIST, 0.1)
                metrics.save()
            finally:
                os._exit(0)
        os.waitpid(pid, 0)
    assert figure(metrics, "interviewrelay_requests_total") == 7


def test_a_server_that_begins_anew_begins_at_nothing(folder):
    before = RequestMetrics(folder)
    before.record(LIST, 0.1)
    before.save()
    RequestMetrics(folder).clear()
    assert not [
        x for x in lines(RequestMetrics(folder)) if x.startswith("interviewrelay_requests")
    ]


def test_every_line_is_in_prometheus_text_form(folder):
    metrics = RequestMetrics(folder)
    metrics.record(LIST, 0.1)
    for line in lines(metrics):
        assert re.fullmatch(
            r'# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"\\]*",?)+\})? [0-9.]+', line
        ), line
