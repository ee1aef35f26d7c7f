"""The back-off at the log-in holds over processes that share the counters."""

from datetime import UTC, datetime, timedelta

import pytest
from limits.storage import storage_from_string

from interviewrelay.accounts.login_backoff import FREE, Backoff
from interviewrelay.adapters.rate_limits.embedded import Window
from interviewrelay.core import clock

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Counters:
    """As the pages give them to the domain."""

    def __init__(self, storage):
        self._storage = storage
        self.look, self.clear = storage.look, storage.clear

    def count(self, windows, amount=1):
        return self._storage.count([Window(*window) for window in windows], amount)


@pytest.fixture
def processes(tmp_path):
    path = f"embedded://{tmp_path / 'limits.db'}"
    storages = [storage_from_string(path) for _ in range(2)]
    storages[0].reset()
    return [Counters(storage) for storage in storages]


def test_wrong_passwords_at_one_process_make_the_other_wait_and_the_wait_ends_for_both(
    processes,
):
    one, two = (Backoff(counters, "c", "a", "n") for counters in processes)
    with clock.freeze_at(NOON):
        for n in range(FREE):
            assert one.check() == two.check() == 0
            (one, two)[n % 2].count_failure()
        assert one.check() == two.check() == 30
    with clock.freeze_at(NOON + timedelta(seconds=30)):
        assert one.check() == two.check() == 0
        two.count_failure()
        assert one.check() == two.check() == 60
    with clock.freeze_at(NOON + timedelta(seconds=90)):
        assert two.check() == 0
        one.count_failure()
        assert one.check() == two.check() == 120


def test_what_strangers_do_at_one_process_makes_strangers_wait_at_the_other(processes):
    one, two = processes
    with clock.freeze_at(NOON):
        for n in range(10):
            Backoff(one, f"c{n}", "a", f"n{n}").count_failure()
        stranger = Backoff(two, "stranger", "a", "n")
        assert stranger.check() == 60
        assert Backoff(two, "stranger there", "another account", "n").check() == 0
        assert Backoff(two, "known browser", "a").check() == 0
        for n in range(200):
            Backoff(one, f"d{n}", "a", f"m{n}").count_failure()
    with clock.freeze_at(NOON + timedelta(seconds=60)):
        assert stranger.check() == 0
        stranger.count_failure()
        assert Backoff(one, "stranger", "a", "n").check() == 900
