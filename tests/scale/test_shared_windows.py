"""While Redis is away two servers count in their PostgreSQL, together and exactly."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from limits.errors import StorageError

from interviewrelay.adapters.rate_limits.embedded import Count, Window
from interviewrelay.adapters.rate_limits.postgresql import RedisElseDatabase
from interviewrelay.core import clock
from tests.adapters.test_counters import NOON, ONE
from tests.conftest import SERVER

REDIS = os.environ.get("TEST_REDIS_URL", "")
LATER = NOON + timedelta(minutes=1)


class Servers:
    """Two at one Redis, which can be taken away and come back with or without what it held."""

    def __init__(self, url: str, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self.both = [RedisElseDatabase("", url=REDIS, database_url=url) for _ in ("one", "two")]
        self.both[0].reset()
        self._real = [made._first.count for made in self.both]

    def goes(self) -> None:
        def away(*_: Any) -> Any:
            raise StorageError(ConnectionError())

        for made in self.both:
            self._patch.setattr(made._first, "count", away)

    def is_back(self, made: RedisElseDatabase, *, empty: bool = False) -> None:
        if empty:
            made._first.reset()
        self._patch.setattr(made._first, "count", self._real[self.both.index(made)])
        made._again_at = 1e-9 if made._again_at else 0.0


@pytest.fixture
def servers(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Servers]:
    if not (SERVER and REDIS):
        pytest.skip("scripts/services starts a PostgreSQL and a Redis")
    made = Servers(database_url, monkeypatch)
    yield made
    for one in made.both:
        one._second._engine.dispose()


def call(storage: RedisElseDatabase, *windows: Window, moment: Any = LATER) -> list[int]:
    with clock.standing_at(moment):
        return [n for n, _ in storage.count(windows or [Window("a", 3600)])]


@pytest.mark.parametrize("empty", [True, False])
def test_redis_that_goes_and_comes_back_changes_no_number(
    servers: Servers, *, empty: bool
) -> None:
    one, two = servers.both
    told = [call(made)[0] for made in (one, two) * 5]
    servers.goes()
    told += [call(made)[0] for made in (one, two, two) * 4]
    for made in servers.both:
        servers.is_back(made, empty=empty and made is one)
    told += [call(made)[0] for made in (one, two) * 3]
    assert [made._again_at for made in servers.both] == [0, 0]
    servers.goes()  # and once more in the same window
    told += [call(made)[0] for made in (two, one) * 2]
    for made in servers.both:
        servers.is_back(made)
    told += [call(two)[0]]
    # The first to fall back knew of nine of the ten; the other told the tenth at its own first call.
    assert told[:10] == list(range(1, 11))
    assert told[10] == 10
    assert told[11:] == list(range(12, 12 + len(told) - 11))


def test_what_the_one_counted_while_the_other_was_back_already_is_told_then(
    servers: Servers,
) -> None:
    one, two = servers.both
    servers.goes()
    assert [call(made)[0] for made in (one, two)] == [1, 2]
    servers.is_back(one)
    assert call(one) == [3]
    assert call(two) == [3], "it has not noticed yet"
    servers.is_back(two)
    assert call(two) == [5]
    assert call(one) == [6]


def test_what_redis_did_not_hear_is_told_it_the_next_time(
    servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = servers.both
    servers.goes()
    assert [call(one)[0] for _ in range(3)] == [1, 2, 3]
    one._again_at = 1e-9
    assert call(one) == [4], "asked again, and still away"
    servers.is_back(one)
    assert call(one) == [5]


def test_windows_end_there_too_and_several_are_counted_in_their_order(
    servers: Servers,
) -> None:
    one, two = servers.both
    servers.goes()
    short, long = Window("b", 60), Window("a", 3600)
    assert call(one, short, long, moment=NOON) == [1, 1]
    assert call(two, long, short, moment=NOON) == [2, 2]
    assert call(one, short, long, moment=NOON + timedelta(minutes=2)) == [1, 3]
    with clock.standing_at(NOON + timedelta(minutes=2)):
        assert one.look("a") == Count(3, ONE)
        assert one.look("c").number == 0


def test_of_callers_at_once_each_is_counted(servers: Servers) -> None:
    servers.goes()

    def some(made: RedisElseDatabase) -> list[int]:
        windows = [Window(name, 3600) for name in ("a", "b")]
        given = windows if made is servers.both[0] else windows[::-1]
        return [min(call(made, *given)) for _ in range(25)]

    with ThreadPoolExecutor(8) as pool:
        told = [n for found in pool.map(some, servers.both * 4) for n in found]
    assert len(told) == 200
    assert call(servers.both[0]) == [201]
    assert call(servers.both[1], Window("b", 3600)) == [201]


def test_what_is_over_is_swept_also_when_redis_is_back(servers: Servers) -> None:
    one, two = servers.both
    servers.goes()
    call(one, moment=NOON)
    call(one, Window("b", 3600), moment=clock.now())
    servers.is_back(two)
    two._sweep_at = 0.0
    call(two)
    with two._second._connection() as connection:
        found = connection.exec_driver_sql("SELECT key FROM rate_window").scalars().all()
    assert found == ["b"]


def test_a_database_that_is_away_too_is_a_fault(servers: Servers) -> None:
    lost = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
    made = RedisElseDatabase("", url="redis://127.0.0.1:1/0", database_url=lost)
    with pytest.raises(StorageError):
        call(made)
