"""What tests show of W2–W9, and whether they do so here and now."""

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.commands import ROOT
from bench.verdicts import Row, Verdict, heading, tell

DELIVERIES = "tests/webhooks/test_delivery.py"
FLOWS = "tests/flows/test_webhooks.py"
OUTBOUND = "tests/adapters/test_outbound.py"
MAILS = "tests/mail/test_outbox.py"
MANY_MAILS = "tests/flows/test_many_mails.py"
SHOWN: Mapping[str, Sequence[str]] = {
    "W2, down for an hour": (
        f"{DELIVERIES}::test_ten_attempts_follow_at_the_promised_times",
        f"{DELIVERIES}::test_what_was_missed_is_replayed_and_nothing_twice",
    ),
    "W3, answers that are no success": (
        f"{FLOWS}::test_what_is_no_success_is_told_and_tried_again_and_no_redirect_is_followed",
        f"{DELIVERIES}::test_whatever_is_no_success_is_tried_again",
        f"{DELIVERIES}::test_retry_after_is_honoured_between_our_own_wait_and_a_day",
        f"{DELIVERIES}::test_410_switches_it_off_at_once_and_the_owner_is_told_once",
    ),
    "W4, answers without an end": (
        f"{FLOWS}::test_an_answer_without_an_end_is_read_no_further_than_it_counts",
        f"{FLOWS}::test_twenty_slow_endpoints_hold_up_nobody_else",
        f"{OUTBOUND}::test_no_more_is_read_than_is_wanted",
    ),
    "W5, certificates": (
        f"{OUTBOUND}::test_the_certificate_has_to_be_that_of_the_name",
        f"{OUTBOUND}::test_nothing_is_sent_by_what_protects_it_no_longer",
    ),
    "W6, a name that changes its mind": (
        f"{OUTBOUND}::test_the_call_goes_to_the_address_that_was_judged",
    ),
    "W7, failing for five days": (
        f"{DELIVERIES}::test_five_days_of_nothing_but_failures_switch_it_off",
        f"{DELIVERIES}::test_one_success_clears_the_failures",
        f"{DELIVERIES}::test_failed_ones_are_replayed_too",
    ),
    "W8, no mail server for a day": (
        f"{MANY_MAILS}::test_a_server_that_was_away_for_a_day_gets_each_mail_once",
        f"{MANY_MAILS}::test_a_server_that_fails_at_random_gets_each_mail_once",
        f"{MAILS}::test_the_48_hours_begin_at_the_first_failure_and_again_when_somebody_tries_again",
    ),
    "W9, order": (
        "tests/webhooks/test_events.py::test_the_life_of_an_interview_is_told_in_its_order",
    ),
}


def run() -> None:
    heading("W2–W9, as the tests show them")
    tell(*rows(_outcomes(sorted({test for tests in SHOWN.values() for test in tests}))))


def _outcomes(tests: Sequence[str]) -> dict[str, list[str]]:
    """Of each test what its cases came to: `passed`, `failed` or `skipped`."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        report = Path(folder) / "report.xml"
        subprocess.run(
            [sys.executable, "-P", "-m", "pytest", "-q", f"--junitxml={report}", *tests],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        found: dict[str, list[str]] = {test: [] for test in tests}
        for case in ET.parse(report).iter("testcase") if report.exists() else ():
            file = case.attrib["classname"].replace(".", "/") + ".py"
            name = f"{file}::{case.attrib['name'].partition('[')[0]}"
            states = {child.tag for child in case}
            state = "failed" if states & {"failure", "error"} else "passed"
            found.setdefault(name, []).append("skipped" if "skipped" in states else state)
    return found


def rows(found: Mapping[str, Sequence[str]]) -> list[Row]:
    """A line for each promise; a test that did not run shows nothing."""
    made = []
    for name, tests in SHOWN.items():
        cases = [state for test in tests for state in found.get(test, ())]
        unseen = [test for test in tests if not found.get(test)]
        verdict: Verdict = "PASS"
        if unseen or "skipped" in cases:
            verdict = "UNSURE"
        if "failed" in cases:
            verdict = "FAIL"
        named = ", ".join(test.partition("::test_")[2].replace("_", " ") for test in tests)
        passed = f"{cases.count('passed')} of {len(cases) or 'no'} cases: {named}"
        made.append(Row(name, passed, "all pass", verdict))
    return made
