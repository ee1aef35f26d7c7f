"""The clock and the forms of its times."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, strategies as st

from interviewrelay.core import clock

MOMENT = datetime(2024, 10, 20, 10, 0, 0, 987_654, tzinfo=UTC)


def test_the_clock_runs_in_utc():
    assert datetime.now(UTC) <= clock.now() <= datetime.now(UTC)
    assert clock.now().tzinfo is UTC


def test_the_clock_stands_inside_the_block_only():
    with clock.freeze_at(MOMENT):
        assert clock.now() == MOMENT
        with clock.freeze_at(None):
            assert clock.now() > MOMENT
        assert clock.now() == MOMENT
    assert clock.now() > MOMENT


def test_times_go_out_in_the_two_documented_forms():
    assert clock.format_iso(MOMENT) == "2024-10-20T10:00:00Z"
    assert clock.format_iso_millis(MOMENT) == "2024-10-20T10:00:00.987Z"
    paris = MOMENT.astimezone(timezone(timedelta(hours=2)))
    assert clock.format_iso(paris) == "2024-10-20T10:00:00Z"
    assert clock.format_iso_millis(paris) == "2024-10-20T10:00:00.987Z"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2024-02-29", date(2024, 2, 29)),
        ("2024-10-20T10:00:00Z", datetime(2024, 10, 20, 10, tzinfo=UTC)),
        ("2024-10-20t10:00:00z", datetime(2024, 10, 20, 10, tzinfo=UTC)),
        ("2024-10-20 10:00", datetime(2024, 10, 20, 10, tzinfo=UTC)),
        ("2024-10-20T12:00:00+02:00", datetime(2024, 10, 20, 10, tzinfo=UTC)),
        (
            "2024-10-20T10:00:00.123456789Z",
            datetime(2024, 10, 20, 10, 0, 0, 123_456, tzinfo=UTC),
        ),
        ("2024-10-20T10:00:00.5Z", datetime(2024, 10, 20, 10, 0, 0, 500_000, tzinfo=UTC)),
    ],
)
def test_dates_and_moments_are_read(text, meant):
    assert clock.parse_iso(text) == meant
    assert type(clock.parse_iso(text)) is type(meant)


@pytest.mark.parametrize(
    "text",
    [
        "", "2024", "2024-13-01", "2024-02-30", "2023-02-29", "2024-W01-1", "20241020",
        "2024-10-20T25:00:00Z", "2024-10-20T10:00:00 UTC", "２０２４-10-20", "0001-01-01",
        "9999-12-31", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "now", "1e9",
        "2024-10-20\n", "2024-10-20T10:00:00+99:00",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        clock.parse_iso(text)


@pytest.mark.parametrize(
    "text", ["0001-01-01", "9999-12-31", "9999-12-31T23:59:59Z", "1970-01-01"]
)
def test_a_date_that_nobody_means_is_told_from_what_is_none(text):
    with pytest.raises(clock.OutOfRange, match="from 1970-01-02 to 9998-12-31"):
        clock.parse_iso(text)


@given(st.text(max_size=40))
def test_no_text_upsets_the_reading_of_a_date(text):
    try:
        value = clock.parse_iso(text)
    except ValueError:
        return
    assert clock.start_of(value) < clock.end_of(value)


def test_a_day_reaches_from_its_midnight_to_the_next():
    day = date(2024, 2, 29)
    assert clock.start_of(day) == datetime(2024, 2, 29, tzinfo=UTC)
    assert clock.end_of(day) == datetime(2024, 3, 1, tzinfo=UTC)


def test_a_moment_reaches_to_the_end_of_its_second():
    assert clock.start_of(MOMENT) == MOMENT
    assert clock.end_of(MOMENT) == datetime(2024, 10, 20, 10, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "month"),
    [
        (datetime(2024, 1, 31, tzinfo=UTC), datetime(2024, 2, 1, tzinfo=UTC)),
        (datetime(2024, 12, 31, 23, 59, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)),
        (datetime(2024, 2, 29, tzinfo=UTC), datetime(2024, 3, 1, tzinfo=UTC)),
        (
            datetime(2025, 1, 1, 1, tzinfo=timezone(timedelta(hours=2))),
            datetime(2025, 1, 1, tzinfo=UTC),
        ),
    ],
)
def test_a_month_ends_at_midnight_utc_of_the_next_first(moment, month):
    assert clock.next_month(moment) == month


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"), (59.9, "59 s"), (60, "1 min"), (380, "6 min 20 s"), (3_600, "1 h"),
        (4_325, "1 h 12 min 5 s"),
    ],
)  # fmt: skip
def test_a_length_is_told_to_the_second(seconds, words):
    assert clock.format_duration(seconds) == words
