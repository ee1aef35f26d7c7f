"""The balance by JSON."""

from datetime import timedelta

import pytest

from interviewrelay.billing import ledger
from interviewrelay.core import clock


@pytest.fixture
def get(client, ann):
    return lambda: client.get("/api/billing/credits", headers=ann.auth).json


def leave(ann, credits):
    ledger.remove_credits(ann.actor.org_id, 1_600 - credits, "test:leave", "So many are left")


def test_a_full_account_warns_of_nothing(get):
    found = get()
    assert (found["total_credits"], found["estimated_sessions_remaining"]) == (1_600, 16)
    assert found["low_balance_warning"] == {
        "shouldWarn": False,
        "severity": "info",
        "message": "",
    }
    assert found["needs_topup"] is False


@pytest.mark.parametrize(
    ("left", "severity", "topup"),
    [(300, "info", False), (299, "warning", False), (100, "warning", False), (99, "critical", True),
     (0, "critical", True)],
)  # fmt: skip
def test_a_low_balance_is_said(get, ann, left, severity, topup):
    leave(ann, left)
    found = get()
    assert found["low_balance_warning"]["severity"] == severity
    assert found["low_balance_warning"]["shouldWarn"] == (severity != "info")
    assert (str(left) in found["low_balance_warning"]["message"]) == (severity != "info")
    assert found["needs_topup"] == topup
    assert found["estimated_sessions_remaining"] == left // 100


def test_a_new_month_is_told_from_its_beginning(client, ann):
    leave(ann, 50)

    def at(moment):
        headers = {**ann.auth, "X-Test-Now": moment}
        return client.get("/api/billing/credits", headers=headers).json

    ends = client.get("/api/billing/credits", headers=ann.auth).json["monthly_credits_reset_at"]
    before = at(clock.format_iso(clock.parse_iso(ends) - timedelta(seconds=1)))
    assert (before["monthly_credits"], before["needs_topup"]) == (0, True)
    begun = at(ends)
    assert (begun["monthly_credits"], begun["total_credits"]) == (1_000, 1_050)
    assert (begun["needs_topup"], begun["low_balance_warning"]["severity"]) == (False, "info")
    assert begun["monthly_credits_reset_at"] > ends


def test_pools_are_told_apart_and_make_the_total(get, ann):
    ledger.grant_credits(ann.actor.org_id, 50, "admin:1", "Gift")
    leave(ann, 400)
    found = get()
    assert [found[f"{p}_credits"] for p in ("monthly", "starter", "topup", "total")] == [
        0,
        400,
        50,
        450,
    ]
