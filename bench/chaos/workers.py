"""Worker killed at each of its named points (D2), beside a server that leaves all such work to
it. Each next worker starts after the leases of the previous one have expired.
"""

import contextlib
import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from bench.chaos.host import Host
from bench.chaos.table import Row
from bench.rows import Writer
from interviewrelay.core.file_lock import FileLock
from interviewrelay.notifications import mail_delivery
from interviewrelay.webhooks import delivery_leases
from tests.flows.mail_sink import Letters
from tests.flows.preloads import another_clock
from tests.flows.receiver import Receiver

POINTS: Final = ("delivery claimed", "delivery sent", "delivery marked")
MAIL_POINTS: Final = ("mail claimed", "mail sent")
PEOPLE: Final = 4
"""People invited before each kill, which hits the work for one of them."""
ERASED: Final = 2
"""Interviews erased by a sweep before it is killed."""
DIES_WITHIN: Final = 60.0
ENDS_WITHIN: Final = 900.0
"""Seconds within which a worker must end."""
MOST_ROUNDS: Final = 20
"""Rounds of the last worker; a round leaves unfinished work to the next one."""
WAITING_MAILS: Final = "SELECT id, state FROM mail WHERE state IN ('queued', 'sending')"
ORGANIZATION: Final = "alder-research"
KEPT: Final = timedelta(hours=26)
"""Time after which an interview kept for a day is overdue."""


class Killings:
    """Workers of one host, each with a clock ahead of the last one's."""

    def __init__(self, host: Host, kills: int, until: float) -> None:
        self._host, self._kills, self._until = host, kills, until
        self._ahead = timedelta(0)
        self._campaign = ""

    def all(self, receiver: Receiver, letters: Letters) -> Iterator[Row]:
        """Rows for all points."""
        with _unworked(self._host):
            self._campaign = self._host.campaign("Worker killed")
            self._nobody_else_is_told()
            for point in POINTS:
                yield self._deliveries(point, receiver)
            for point in MAIL_POINTS:
                yield self._mails(point, letters)
        yield self._retention()

    def _deliveries(self, point: str, receiver: Receiver) -> Row:
        row = self._row(point, f"all told, ≤ {delivery_leases.AT_ONCE} twice a kill")
        name = point.replace(" ", "-")
        body = {"url": receiver.url(f"ok/{name}"), "events": ["invite.created"]}
        made = self._host.call("POST", "/api/webhooks", body, key=self._host.key)
        if made.status != 201:
            raise RuntimeError(f"no webhook could be made: {made}")
        self._storm(row, point, mailed=False, lease=delivery_leases.LEASE)
        self._finish(delivery_leases.LEASE)
        states = self._read(
            f"SELECT event_id, state FROM delivery WHERE webhook_id = '{made.told['id']}'"
        )
        posts = receiver.to(f"ok/{name}")
        heard = Counter(post.headers["webhook-id"] for post in posts)
        row.asked, row.doubles = len(states), row.kills * delivery_leases.AT_ONCE
        judge_told(row, states, heard, len({post.body for post in posts}))
        path = f"/api/webhooks/{made.told['id']}"
        self._host.call("DELETE", path, key=self._host.key)
        return row

    def _mails(self, point: str, letters: Letters) -> Row:
        row = self._row(point, "all sent, ≤ 1 twice a kill")
        people = self._storm(row, point, mailed=True, lease=mail_delivery.LEASE)
        for _ in range(MOST_ROUNDS):
            self._finish(mail_delivery.LEASE)
            if not self._read(WAITING_MAILS):
                break
        row.asked, row.doubles = len(people), row.kills
        judge_sent(row, people, letters.times)
        return row

    def _retention(self) -> Row:
        """Make all ended interviews overdue for these workers."""
        row = self._row("retention", "all erased, the counters right")
        host = self._host
        host.stop()
        due = [
            session_id
            for session_id, _ in self._read(
                "SELECT i.id, i.status FROM interview i JOIN organization o ON o.id = i.org_id "
                f"WHERE o.slug = '{ORGANIZATION}' AND i.ended_at IS NOT NULL"
            )
        ]
        host.instance.command("retention", "set", ORGANIZATION, "1")
        self._ahead = max(self._ahead, KEPT)
        for _ in range(min(self._kills, len(due) // ERASED - 1)):
            if time.monotonic() > self._until:
                break
            self._die(row, f"retention:{ERASED}")
        self._count(row)
        self._finish(timedelta(0))
        row.asked = row.acknowledged = len(due)
        erased = Counter(
            session_id for session_id, _ in self._read("SELECT session_id, org_id FROM erasure")
        )
        left = {session_id for session_id, _ in self._read("SELECT id, status FROM interview")}
        row.finding.lost += [f"erasure of {one}" for one in due if one in left]
        row.finding.doubled += [f"erasure of {one}" for one in due if erased[one] > 1]
        row.finding.wrong += [f"no erasure of {one} is kept" for one in due if not erased[one]]
        row.finding.wrong += host.doctor(but="system clock")
        return row

    def _nobody_else_is_told(self) -> None:
        """Delete the demo's webhook, whose deliveries would also reach the points."""
        known = self._host.call("GET", "/api/webhooks?limit=100", key=self._host.key)
        for webhook in known.told["webhooks"]:
            self._host.call("DELETE", f"/api/webhooks/{webhook['id']}", key=self._host.key)

    # --- the kills ------------------------------------------------------------------------------

    def _row(self, point: str, held_to: str) -> Row:
        return Row(f"D2 worker: {point}", self._host.database, held_to)

    def _storm(self, row: Row, point: str, *, mailed: bool, lease: timedelta) -> list[str]:
        """Invite people and kill a worker while it handles them, again and again; returns
        everyone invited.
        """
        people: list[str] = []
        for number in range(self._kills):
            if time.monotonic() > self._until:
                break
            name = f"{point.replace(' ', '-')}-{number}"
            invited = [f"{name}-{n}@chaos.example" for n in range(PEOPLE)]
            body = {"emails": invited, "send_email": mailed}
            path = f"/api/campaigns/{self._campaign}/invites"
            made = self._host.call("POST", path, body, key=self._host.key)
            if made.status == 201:
                row.acknowledged += PEOPLE
                people += invited
            else:
                row.finding.wrong.append(f"an invitation was answered {made}")
            self._die(row, f"{point}:{number % PEOPLE + 1}")
            self._ahead += lease + timedelta(minutes=1)
        self._count(row)
        return people

    def _count(self, row: Row) -> None:
        if row.kills < self._kills:
            row.short_of = f"only {row.kills} of {self._kills} workers died as they were to"

    def _die(self, row: Row, point: str) -> None:
        worker = self._host.begun("worker", IR_FAILPOINT=point, **self._clock())
        try:
            worker.wait(DIES_WITHIN)
        except subprocess.TimeoutExpired:
            row.finding.wrong.append(f"no worker came to {point}")
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(worker.pid, signal.SIGKILL)
        row.kills += worker.wait() == -signal.SIGKILL

    def _finish(self, lease: timedelta) -> None:
        """Finish what the dead workers left."""
        self._ahead += lease + timedelta(minutes=1)
        worker = self._host.begun("worker", "--once", **self._clock())
        try:
            status = worker.wait(ENDS_WITHIN)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(worker.pid, signal.SIGKILL)
        if status:
            raise RuntimeError(f"a worker ended with {status}: {self._host.log}")

    def _clock(self) -> dict[str, str]:
        return another_clock(f"+{int(self._ahead.total_seconds())}s")

    def _read(self, query: str) -> list[tuple[str, str]]:
        rows = Writer(self._host.instance.plain)
        try:
            return [(str(one), str(other)) for one, other in rows.run(query)]
        finally:
            rows.close()


def judge_told(
    row: Row, states: list[tuple[str, str]], heard: Counter[str], bodies: int
) -> None:
    """Compare deliveries by event and state with how often each event was received."""
    row.finding.lost += [
        f"event {event_id} is {state} and was heard {heard[event_id]} times"
        for event_id, state in states
        if state != "delivered" or not heard[event_id]
    ]
    for event_id, times in heard.items():
        row.finding.doubled += [f"event {event_id}"] * (times - 1)
    known = {event_id for event_id, _ in states}
    row.finding.wrong += [f"{one} is nobody's webhook-id" for one in heard if one not in known]
    if bodies != len(heard):
        row.finding.wrong.append(f"{len(heard)} webhook-ids came with {bodies} bodies")
    if len(states) != row.acknowledged:
        row.finding.wrong.append(f"{row.acknowledged} invites made {len(states)} deliveries")


def judge_sent(row: Row, people: list[str], times: Counter[str]) -> None:
    """Compare who was invited with how many emails each received."""
    row.finding.lost += [f"letter to {email}" for email in people if not times[email]]
    for email in people:
        row.finding.doubled += [f"letter to {email}"] * (times[email] - 1)


@contextlib.contextmanager
def _unworked(host: Host) -> Iterator[None]:
    """Server that leaves background work to others."""
    host.stop()
    turn = FileLock(host.instance.folder / "rounds.lock")
    if not turn.acquire(10):
        raise RuntimeError("somebody still does the rounds")
    try:
        host.start()
        yield
    finally:
        host.stop()
        turn.release()
