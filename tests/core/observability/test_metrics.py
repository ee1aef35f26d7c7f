"""Counts of several processes, added up."""

import os
import re

import pytest

from interviewrelay.core.observability.metrics import BOUNDS, Tallies

LIST = ("GET", "/api/projects", 200)


def figure(tallies, start):
    found = [line for line in tallies.lines() if line.startswith(start)]
    assert len(found) == 1, found
    return float(found[0].rpartition(" ")[2])


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "metrics"


def test_calls_are_counted_by_method_route_and_status(folder):
    tallies = Tallies(folder)
    for _ in range(3):
        tallies.add(LIST, 0.004)
    tallies.add(("POST", "/api/projects", 201), 0.3)
    name = 'interviewrelay_requests_total{method="%s",route="/api/projects",status="%s"}'
    assert figure(tallies, name % ("GET", 200)) == 3
    assert figure(tallies, name % ("POST", 201)) == 1


def test_the_histogram_rises_to_the_count(folder):
    tallies = Tallies(folder)
    taken = [0.001, 0.005, 0.0051, 0.2, 3.0, 11.0]
    for seconds in taken:
        tallies.add(LIST, seconds)
    name = 'interviewrelay_request_seconds_bucket{route="/api/projects",le="%s"}'
    for bound in BOUNDS:
        assert figure(tallies, name % bound) == sum(t <= bound for t in taken), bound
    assert figure(tallies, name % "+Inf") == len(taken)
    assert figure(tallies, "interviewrelay_request_seconds_count") == len(taken)
    assert figure(tallies, "interviewrelay_request_seconds_sum") == pytest.approx(sum(taken))


def test_every_process_gives_the_sum_of_all_also_of_those_that_ended(folder):
    tallies = Tallies(folder)
    tallies.add(LIST, 0.1)
    tallies.keep()
    for _ in range(3):
        pid = os.fork()
        if pid == 0:  # no test may end in here
            try:
                tallies.add(LIST, 0.1)
                tallies.add(LIST, 0.1)
                tallies.keep()
            finally:
                os._exit(0)
        os.waitpid(pid, 0)
    assert figure(tallies, "interviewrelay_requests_total") == 7


def test_a_server_that_begins_anew_begins_at_nothing(folder):
    before = Tallies(folder)
    before.add(LIST, 0.1)
    before.keep()
    Tallies(folder).forget()
    assert not [x for x in Tallies(folder).lines() if x.startswith("interviewrelay_requests")]


def test_every_line_is_in_prometheus_text_form(folder):
    tallies = Tallies(folder)
    tallies.add(LIST, 0.1)
    for line in tallies.lines():
        assert re.fullmatch(
            r'# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"\\]*",?)+\})? [0-9.]+', line
        ), line
