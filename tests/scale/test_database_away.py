"""A PostgreSQL that goes away under a server and comes back."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from tests.conftest import copied
from tests.flows.faults import Line, line
from tests.flows.server import Server
from tests.flows.study import Study, mails_and_webhooks_still_leave, refused, typed
from tests.flows.waiting import until


@pytest.fixture
def way(template: str, tmp_path: Path) -> Any:
    """A server, and the line on which it reaches its database."""
    url, drop = copied(template, tmp_path)
    with line(make_url(url).port or 5432) as made:
        there = make_url(url).set(port=made.own).render_as_string(hide_password=False)
        with Server(tmp_path, DATABASE_URL=there) as server:
            printed = server.command("demo", "--json")
            server.fixtures = json.loads(printed[printed.index("{") :])  # type: ignore[attr-defined]
            yield server.start(), made
    drop()


def test_it_is_refused_meanwhile_and_goes_on_by_itself(way: tuple[Any, Line]) -> None:
    server, way_there = way
    study = Study(server)
    assert not refused(study.say("Before it went."))
    way_there.cut()
    for _ in range(12):  # more than the pool holds
        assert refused(study.read())
    assert refused(study.make("Not to be"))
    assert refused(study.say("Not now."))
    assert "Typed so far" in typed(server, study.path, "Typed so far", study.number)
    assert server.call("GET", "/livez").status == 200
    assert server.call("GET", "/readyz").status == 503
    way_there.join()
    until(lambda: study.read().status == 200)
    assert not refused(study.say("After it came back."))
    assert not refused(study.make("After"))
    mails_and_webhooks_still_leave(study)
    study.nothing_is_missing()
