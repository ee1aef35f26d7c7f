"""What an interview costs."""

import pytest
from hypothesis import given, strategies as st

from interviewrelay.billing import prices


@pytest.mark.parametrize(
    ("seconds", "full", "half"),
    [
        (0, 5, 3), (29, 5, 3), (29.999, 5, 3), (30, 10, 5), (59, 10, 5), (60, 10, 5),
        (60.001, 20, 10), (61, 20, 10), (120, 20, 10), (450, 80, 40), (720, 120, 60), (721, 130, 65),
        (3600, 600, 300),
    ],
)  # fmt: skip
def test_the_price_is_ten_for_each_started_minute_and_five_below_thirty_seconds(
    seconds, full, half
):
    assert prices.get_price(seconds) == full
    assert prices.get_price(seconds, abandoned=True) == half


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_longer_interview_never_costs_less(one, other):
    shorter, longer = sorted((one, other))
    assert prices.get_price(shorter) <= prices.get_price(longer)
    assert prices.get_price(shorter, abandoned=True) <= prices.get_price(shorter)


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 1), (1, 1), (60, 1), (61, 2), (450, 8)])
def test_minutes_are_counted_as_begun(seconds, minutes):
    assert prices.count_started_minutes(seconds) == minutes


def test_what_is_billed_says_so():
    said = [prices.describe_billed(seconds) for seconds in (29, 30, 380)]
    assert said == ["billed as under 30 seconds", "1 minute billed", "7 minutes billed"]
