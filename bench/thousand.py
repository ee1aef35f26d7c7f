"""A thousand invites in one call: answered within a second, each announced and emailed exactly
once.
"""

import argparse
import time
from collections import Counter
from datetime import timedelta

from bench.people import MOST_INVITES
from bench.telling import Scene, found, telling
from bench.verdicts import Row, heading, judged, spread, tell
from interviewrelay.core import clock
from tests.flows.mail_sink import Rude, serving

SECOND = 1.0
FIRST, LONGEST = timedelta(minutes=2), timedelta(hours=2)
"""Time until the worker's next round, doubled each time, so that failed emails are due."""
ROUNDS = 30
"""Rounds of a worker; emails are given up after 48 hours."""
FAILS, HANGS = 0.1, 0.002
"""Share of steps with the email server that fail, and share that take two seconds to fail."""


def run(name: str, server: str, given: argparse.Namespace) -> None:
    heading(f"{name}: {given.calls} calls of {MOST_INVITES:,} invites, webhooks and emails on")
    with serving(Rude, rate=FAILS, hangs=HANGS) as sink:
        settings = {"SMTP_URL": sink.url, "MAIL_FROM": "A <a@bench.example>"}
        with telling(server, {"A": ["ok"]}, "*", **settings) as scene:
            took, emails = [], []
            for number in range(given.calls):
                wanted = [f"t{number}.{n}@bench.example" for n in range(MOST_INVITES)]
                began = time.perf_counter()
                scene.called.invite(wanted, mailed=True)
                took.append(time.perf_counter() - began)
                emails += wanted
                _told(scene, len(emails))
            # Fails if something is wrong. Run it now: later rounds store times ahead of its clock.
            scene.instance.command("doctor")
            _mailed(scene, sink, emails)
            tell(*rows(took, emails, _heard(scene), sink.taken))
            print(f"\nThe mail server failed {sum(sink.faults.values())} times"
                  f" {dict(sink.faults)} in {sink.calls} calls.", flush=True)  # fmt: skip


def _told(scene: Scene, count: int) -> None:
    until = time.monotonic() + 120
    while len(_heard(scene)) < count and time.monotonic() < until:
        time.sleep(0.5)


def _heard(scene: Scene) -> Counter[str]:
    """Number of events per address."""
    posts = list(scene.receiver.posts)
    return Counter(found(post) for post in posts if "email" in post.event["data"])


def _mailed(scene: Scene, sink: Rude, emails: list[str]) -> None:
    """Emails per address. The server's worker sends what it can, and later workers the rest. The
    server is stopped first, because a clock that is ahead would treat its leases as expired.
    """
    until = time.monotonic() + 20
    while _left(emails, sink.taken) and time.monotonic() < until:
        time.sleep(0.2)
    scene.process.close()
    moment, wait = clock.now(), FIRST
    for _ in range(ROUNDS):
        if not _left(emails, sink.taken):
            return
        moment, wait = moment + wait, min(2 * wait, LONGEST)
        scene.instance.command("worker", "--once", "--now", clock.format_iso(moment))


def _left(emails: list[str], taken: Counter[str]) -> int:
    """Number of people without an email so far; the demo's other emails don't count."""
    return sum(not taken[email] for email in emails)


def rows(
    took: list[float], emails: list[str], heard: Counter[str], taken: Counter[str]
) -> list[Row]:
    """Table rows: seconds of each call, and events and emails per address."""
    told, mailed = (sum(c[e] == 1 for e in emails) for c in (heard, taken))
    more = sum(max(0, taken[email] - 1) for email in emails)
    return [
        Row("seconds to 201", spread(took), f"< {SECOND:g}", judged(took, most=SECOND)),
        Row("addresses announced exactly once", f"{told} of {len(emails)}", f"{len(emails)}",
            judged([told], least=len(emails))),
        Row("addresses emailed exactly once", f"{mailed} of {len(emails)}", f"{len(emails)}",
            judged([mailed], least=len(emails))),
        Row("extra emails", str(more), "0", judged([more], most=0)),
    ]  # fmt: skip
