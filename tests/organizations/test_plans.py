"""What each plan gives."""

import pytest

from interviewrelay.organizations import plans


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
