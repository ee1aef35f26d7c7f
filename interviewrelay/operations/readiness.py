"""Readiness: whether the database responds, and the queues' figures."""

import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from sqlalchemy import func, select, text

from interviewrelay.core import clock
from interviewrelay.core.db.session import db
from interviewrelay.models import Delivery, Interview, Mail
from interviewrelay.operations import background_checks
from interviewrelay.runtime import backup_schedule

RECENT: Final = 30.0
"""Seconds for which a failed write predicts the next one."""


class StorageTrouble:
    """Write failures of this process."""

    def __init__(self) -> None:
        self._at = -RECENT

    def note(self) -> None:
        """Record a failed write."""
        self._at = time.monotonic()

    def clear(self) -> None:
        """Record a successful write."""
        self._at = -RECENT

    @property
    def is_set(self) -> bool:
        return time.monotonic() - self._at < RECENT


trouble: Final = StorageTrouble()

UNSENT: Final = (*Mail.ON_THE_WAY, "failed")


def check_database() -> None:
    """Query the database. Raises its own exception when it does not respond."""
    db.session.execute(text("SELECT 1"))


def collect_backups() -> Iterator[Metric]:
    """Gauge of the last scheduled backup, where there is a schedule."""
    last = backup_schedule.get_last_success()
    yield _gauge(
        "last_backup_timestamp_seconds",
        "Time of the last scheduled backup that succeeded, in seconds since 1970; 0 for none.",
        last.timestamp() if last else 0,
    )


def collect() -> Iterator[Metric]:
    """Gauges that an operator watches, each by an index."""
    mails = select(Mail.state, func.count(), func.min(Mail.next_at))
    mails = mails.where(Mail.state.in_(UNSENT)).group_by(Mail.state)
    found = {state: (n, due) for state, n, due in db.session.execute(mails)}
    due = [at for state, (_, at) in found.items() if state != "failed"]
    # One min for each state: each is one index look-up.
    first = select(func.min(Delivery.next_at))
    waits = [first.where(Delivery.state == state) for state in Delivery.ON_THE_WAY]
    to_call = [at for query in waits if (at := db.session.execute(query).scalar_one())]
    running = select(func.count()).where(Interview.status == "in_progress")
    yield _gauge(
        "storage_degraded",
        "1 if saving data has failed in the last 30 seconds, otherwise 0.",
        trouble.is_set,
    )
    unsent = _gauge("mails", "Unsent emails by state.", labels=("state",))
    for state in UNSENT:
        unsent.add_metric((state,), found.get(state, (0, None))[0])
    yield unsent
    yield _gauge(
        "mails_late_seconds", "Seconds since the oldest unsent email became due.", _late(due)
    )
    yield _gauge(
        "webhooks_late_seconds",
        "Seconds since the oldest webhook delivery became due.",
        _late(to_call),
    )
    yield _gauge(
        "counters_wrong",
        "Counters and balances that were wrong at the last check.",
        background_checks.count_discrepancies(),
    )
    yield _gauge(
        "interviews_in_progress",
        "Interviews in progress.",
        db.session.execute(running).scalar_one(),
    )


def _gauge(
    name: str, help: str, value: float | None = None, labels: Sequence[str] | None = None
) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"interviewrelay_{name}", help, value, labels)


def _late(due: Iterable[datetime]) -> float:
    """Seconds since the first of these moments; 0 if it lies ahead."""
    return max(0.0, (clock.now() - min(due, default=clock.now())).total_seconds())
