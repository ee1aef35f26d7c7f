"""A PostgreSQL that hangs: what is sent is taken, and nobody answers."""

from collections.abc import Iterator
from threading import Timer
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from interviewrelay.core.db import postgresql
from tests.conftest import SERVER
from tests.flows.faults import Line, line
from tests.flows.waiting import PATIENCE, until


@pytest.fixture
def way() -> Iterator[tuple[Engine, Line]]:
    if not SERVER:
        pytest.skip("scripts/services starts a PostgreSQL")
    there = make_url(SERVER)
    with line(there.port or 5432) as made:
        own = there.set(port=made.own)
        told = postgresql.build_connect_options(str(own))
        engine = create_engine(own, pool_pre_ping=True, connect_args=told)
        postgresql.limit_waits(engine)
        yield engine, made
        made.flows.set()
        engine.dispose()


def ask(engine: Engine, words: str = "SELECT 1") -> Any:
    with engine.connect() as connection:
        return connection.execute(text(words)).scalar()


NEVER = 3600.0


def test_a_request_gives_up_one_that_hangs_sooner_than_a_command(
    way: tuple[Engine, Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "UNHURRIED", NEVER)
    engine, way_there = way
    assert ask(engine) == 1
    way_there.flows.clear()
    for _ in range(2):
        with Flask("x").test_request_context(), pytest.raises(OperationalError):
            ask(engine)
    way_there.flows.set()
    assert ask(engine) == 1


def test_a_command_waits_longer_for_a_busy_machine_than_a_request(
    way: tuple[Engine, Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "UNHURRIED", PATIENCE)
    engine, way_there = way
    way_there.flows.clear()
    again = Timer(postgresql.ASKED + 2, way_there.flows.set)
    again.start()
    assert ask(engine) == 1
    again.join()


def test_the_address_has_the_last_word_about_the_wait(
    way: tuple[Engine, Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "UNHURRIED", NEVER)
    engine, way_there = way
    way_there.flows.clear()
    own = engine.url.update_query_dict({"connect_timeout": "2"})
    hasty = create_engine(
        own, connect_args=postgresql.build_connect_options(own.render_as_string(False))
    )
    postgresql.limit_waits(hasty)
    with pytest.raises(OperationalError):
        ask(hasty)


def test_a_statement_of_a_request_ends_and_one_of_a_worker_takes_its_time(
    way: tuple[Engine, Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, _ = way
    monkeypatch.setattr(postgresql, "STATEMENT", 0.5)
    ask(engine, "SELECT pg_sleep(1.2)")
    with Flask("x").test_request_context(), pytest.raises(OperationalError, match="in time"):
        ask(engine, "SELECT pg_sleep(3600)")
    going = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(3600)%'"
    until(lambda: ask(engine, f"{going} AND state = 'active'") == 0)
