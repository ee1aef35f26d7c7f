"""What time it is: the only module that asks the machine.

A request of a test may carry its own time (section 8 of the HTTP contract): the web layer sets it
with `standing_at`, and everything below reads `now()`.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)

EARLIEST, LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)

RANGE = f"from {EARLIEST:%Y-%m-%d} to {LATEST:%Y-%m-%d}"
"""The dates that can be reckoned with, in words."""


class OutOfRange(ValueError):
    """A date as it should be written, of a year that nobody means."""


_PLACES = frozenset(
    (
        "Africa",
        "America",
        "Antarctica",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    )
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})?", re.ASCII
)
_MILLIONTHS = re.compile(r"(\.\d{6})\d+", re.ASCII)


def now() -> datetime:
    """The current moment, aware, in UTC."""
    return _standing.get() or datetime.now(UTC)


@contextmanager
def standing_at(moment: datetime | None) -> Iterator[None]:
    """Let the clock stand at a moment inside the block; None lets it run."""
    token = _standing.set(moment)
    try:
        yield
    finally:
        _standing.reset(token)


def iso(moment: datetime) -> str:
    """`2024-10-20T10:00:00Z`: whole seconds, cut off."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def iso_millis(moment: datetime) -> str:
    """`2025-02-01T00:00:00.000Z`: the form of the billing answers."""
    moment = moment.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def lasting(seconds: float) -> str:
    """A length as people read it: `45 s`, `6 min 20 s`, `1 h 12 min 5 s`; whole seconds, cut off."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "h"), (minutes, "min"), (rest, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 s"


def parse(text: str) -> datetime | date:
    """An ISO 8601 date, or a date and time (UTC when no zone is given), to a millionth of a second.

    Raises ValueError, OutOfRange among them.
    """
    if _DAY.fullmatch(text):
        day = date.fromisoformat(text)
        _within(datetime.combine(day, time(), UTC))
        return day
    if not _MOMENT.fullmatch(text):
        raise ValueError("not an ISO 8601 date")
    moment = datetime.fromisoformat(_MILLIONTHS.sub(r"\1", text).upper())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return _within(moment)


def start_of(value: datetime | date) -> datetime:
    """The first moment of a day; a moment is its own."""
    return value if isinstance(value, datetime) else datetime.combine(value, time(), UTC)


def end_of(value: datetime | date) -> datetime:
    """The first moment after a day or after a moment's second: ranges end before it."""
    if isinstance(value, datetime):
        return value.replace(microsecond=0) + timedelta(seconds=1)
    return datetime.combine(value, time(), UTC) + timedelta(days=1)


def next_month(moment: datetime) -> datetime:
    """Midnight UTC of the first day of the following month."""
    moment = moment.astimezone(UTC)
    year, month = divmod(moment.year * 12 + moment.month, 12)
    return datetime(year, month + 1, 1, tzinfo=UTC)


@cache
def zones() -> tuple[str, ...]:
    """The time zones that this machine knows, by the names of places."""
    return tuple(sorted(z for z in available_timezones() if z.partition("/")[0] in _PLACES))


def zone(name: str | None) -> tzinfo:
    """A time zone by its name; UTC where there is none, or this machine does not know it."""
    return ZoneInfo(name) if name and name in zones() else UTC


def zone_word(moment: datetime) -> str:
    """What a moment's zone is called then: `CET`, `UTC+03`."""
    word = moment.tzname() or "UTC"
    return f"UTC{word}" if word[0] in "+-" else word


def _within(moment: datetime) -> datetime:
    # Arithmetic near the calendar's ends overflows; nobody means those years.
    if (
        not EARLIEST.replace(tzinfo=None)
        <= moment.replace(tzinfo=None)
        <= LATEST.replace(tzinfo=None)
    ):
        raise OutOfRange(RANGE)
    return moment.astimezone(UTC)
