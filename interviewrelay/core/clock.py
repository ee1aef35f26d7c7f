"""Clock: the only module that reads the machine's time.

A test request may carry its own time (section 8 of the HTTP contract): the web layer sets it with
`freeze_at`, and everything below reads `now()`.
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
"""Supported range of dates, in words."""


class OutOfRange(ValueError):
    """A well-formed date whose year is out of range."""


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
def freeze_at(moment: datetime | None) -> Iterator[None]:
    """Freeze the clock at a moment inside the block; None leaves it running."""
    token = _standing.set(moment)
    try:
        yield
    finally:
        _standing.reset(token)


def format_iso(moment: datetime) -> str:
    """Format a moment as `2024-10-20T10:00:00Z`, truncated to whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def format_iso_millis(moment: datetime) -> str:
    """Format a moment as `2025-02-01T00:00:00.000Z`, as in billing responses."""
    moment = moment.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def format_duration(seconds: float) -> str:
    """Format a duration in seconds: `45 s`, `6 min 20 s`, `1 h 12 min 5 s`, truncated to whole
    seconds.
    """
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "h"), (minutes, "min"), (rest, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 s"


def parse_iso(text: str) -> datetime | date:
    """Parse an ISO 8601 date, or date and time (UTC by default), to the microsecond.

    Raises ValueError, or its subclass OutOfRange.
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
    """Start of a range: midnight of a date; a moment is returned as it is."""
    return value if isinstance(value, datetime) else datetime.combine(value, time(), UTC)


def end_of(value: datetime | date) -> datetime:
    """Exclusive end of a range: the first moment after a date, or after a moment's second."""
    if isinstance(value, datetime):
        return value.replace(microsecond=0) + timedelta(seconds=1)
    return datetime.combine(value, time(), UTC) + timedelta(days=1)


def next_month(moment: datetime) -> datetime:
    """Midnight UTC of the first day of the following month."""
    moment = moment.astimezone(UTC)
    year, month = divmod(moment.year * 12 + moment.month, 12)
    return datetime(year, month + 1, 1, tzinfo=UTC)


@cache
def list_time_zones() -> tuple[str, ...]:
    """Time zones that this machine knows, by their IANA names."""
    return tuple(sorted(z for z in available_timezones() if z.partition("/")[0] in _PLACES))


def get_time_zone(name: str | None) -> tzinfo:
    """A time zone by name; UTC when the name is empty or unknown on this machine."""
    return ZoneInfo(name) if name and name in list_time_zones() else UTC


def get_zone_name(moment: datetime) -> str:
    """Abbreviation of a moment's zone at that time: `CET`, `UTC+03`."""
    word = moment.tzname() or "UTC"
    return f"UTC{word}" if word[0] in "+-" else word


def _within(moment: datetime) -> datetime:
    # Arithmetic near the ends of the calendar overflows, and no real date lies there.
    if not EARLIEST <= moment.replace(tzinfo=UTC) <= LATEST:
        raise OutOfRange(RANGE)
    return moment.astimezone(UTC)
