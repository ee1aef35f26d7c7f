"""What each plan gives, and what an interview costs."""

import pytest
from hypothesis import given, strategies as st

from interviewrelay.organizations import plans


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
    assert plans.get_price(seconds) == full
    assert plans.get_price(seconds, abandoned=True) == half


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_longer_interview_never_costs_less(one, other):
    shorter, longer = sorted((one, other))
    assert plans.get_price(shorter) <= plans.get_price(longer)
    assert plans.get_price(shorter, abandoned=True) <= plans.get_price(shorter)


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 1), (1, 1), (60, 1), (61, 2), (450, 8)])
def test_minutes_are_counted_as_begun(seconds, minutes):
    assert plans.count_started_minutes(seconds) == minutes


@pytest.mark.parametrize(
    ("total", "monthly", "severity"),
    [
        (5420, 1000, "info"), (300, 1000, "info"), (299, 1000, "warning"), (100, 1000, "warning"),
        (99, 1000, "critical"), (0, 0, "critical"), (300, 0, "info"),
        (999, 5000, "warning"), (1000, 5000, "info"), (249, 5000, "critical"), (250, 5000, "warning"),
    ],
)  # fmt: skip
def test_severity_follows_the_balance_and_the_monthly_amount(total, monthly, severity):
    assert plans.get_severity(total, monthly) == severity


@pytest.mark.parametrize(
    ("plan", "requests", "credits"),
    [("free", 100, 100), ("starter", 1_000, 1_000), ("professional", 10_000, 5_000)],
)
def test_a_plan_gives_what_the_table_says_whatever_the_organization_has(
    plan, requests, credits
):
    assert plans.get_requests_per_hour(plan, 7) == requests
    assert plans.get_monthly_credits(plan, 7) == credits


def test_enterprise_is_set_for_each_organization():
    assert plans.get_requests_per_hour("enterprise", None) is None
    assert plans.get_requests_per_hour("enterprise", 7) == 7
    assert plans.get_monthly_credits("enterprise", None) == 0
    assert plans.get_monthly_credits("enterprise", 7) == 7


def test_what_is_billed_says_so():
    said = [plans.describe_billed(seconds) for seconds in (29, 30, 380)]
    assert said == ["under 30 seconds billed", "1 minute billed", "7 minutes billed"]
