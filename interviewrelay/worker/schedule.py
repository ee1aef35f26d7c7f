"""Every periodic task, on one page."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask import Flask

from interviewrelay import clock, database
from interviewrelay.domain import (
    accounts,
    billing,
    delivery,
    endings,
    idempotency,
    interviews,
    member_invites,
    outcomes,
    password_links,
    reminders,
)
from interviewrelay.domain.office import Office
from interviewrelay.errors import Refusal
from interviewrelay.locks import FileLock
from interviewrelay.tallies import Tallies

log = logging.getLogger("interviewrelay.worker")


@dataclass(frozen=True, slots=True)
class Task:
    name: str
    seconds: float
    """How often."""
    act: Callable[[Office], int]
    """How many things were done."""


def _ask_what_is_owed(office: Office) -> int:
    """Of a model that is at work on an answer, the words are waited for."""
    return interviews.ask_what_is_owed(under_way=office.wordings.under_way())


TASKS: Final = (
    Task("deliver mails", 1, delivery.deliver_due),
    Task("ask what is owed", 10, _ask_what_is_owed),
    Task("abandon stale interviews", 60, lambda _office: endings.abandon_stale()),
    Task("note expired invites", 60, lambda _office: outcomes.note_expired()),
    Task("remind", 60, lambda office: reminders.remind_due(office.ring)),
    Task("begin new months", 60, lambda _office: billing.renew_due()),
    Task("empty the database's log", 300, lambda _office: database.scrub()),
    Task("sweep log-ins", 3600, lambda _office: accounts.sweep_logins()),
    Task("sweep password links", 3600, lambda _office: password_links.sweep()),
    Task("sweep member invites", 3600, lambda _office: member_invites.sweep()),
    Task("sweep kept answers", 3600, lambda _office: idempotency.sweep()),
)


def once(app: Flask, at: datetime | None = None) -> None:
    """Do every task now, or as if it were another moment."""
    with clock.standing_at(at):
        for task in TASKS:
            _do(app, task)


class Rounds(threading.Thread):
    """A thread of the server that does the tasks when they are due, until it is told to stop.

    Of several processes on one instance folder, one goes the rounds; when it ends, another does.
    Each of them keeps its own tallies meanwhile.
    """

    def __init__(self, app: Flask) -> None:
        super().__init__(name="rounds", daemon=True)
        self._app = app
        self._stopping = threading.Event()
        self._tallies: Tallies = app.extensions["tallies"]
        self._turn = FileLock(app.extensions["settings"].instance_dir / "rounds.lock")

    def run(self) -> None:
        while not self._turn.acquire(0):
            if self._stopping.wait(0.5):
                return
            self._tallies.keep()
        try:
            self._go()
        finally:
            self._turn.release()

    def _go(self) -> None:
        due = {task.name: 0.0 for task in TASKS}
        while not self._stopping.wait(0.5):
            self._tallies.keep()
            for task in TASKS:
                if time.monotonic() >= due[task.name]:
                    _do(self._app, task)
                    due[task.name] = time.monotonic() + task.seconds

    def stop(self) -> None:
        self._stopping.set()
        self.join(timeout=5)


def _do(app: Flask, task: Task) -> None:
    office: Office = app.extensions["office"]
    try:
        with app.app_context():
            count = task.act(office)
    except Refusal as fault:
        log.error("task_failed", extra={"job": task.name, "code": fault.code})  # noqa: TRY400
    except Exception:  # one task's fault must not stop the others, nor the thread
        log.exception("task_failed", extra={"job": task.name})
    else:
        if count:
            log.info("task_done", extra={"job": task.name, "count": count})
