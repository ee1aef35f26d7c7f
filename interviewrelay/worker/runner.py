"""Runner of all background work of a process."""

import threading
import time
from typing import Final

from flask import Flask

from interviewrelay.core.db.session import BELL
from interviewrelay.core.db.wakeup import Wakeup
from interviewrelay.core.file_lock import FileLock
from interviewrelay.core.observability.metrics import RequestMetrics
from interviewrelay.worker.schedule import LOOKS_AGAIN, TASKS, TaskLane
from interviewrelay.worker.webhook_sender import WebhookSender

HEAD_START: Final = 5.0
"""Seconds that the work waits at most for the pending turns, as the first requests do."""


class WorkerThreads:
    """Background work: a thread for each lane of tasks, and the webhook threads.

    Any number of processes may run it on one database, since everything is leased first.
    """

    def __init__(self, app: Flask) -> None:
        self._bell: Wakeup = app.extensions[BELL]
        lanes = dict.fromkeys(task.lane for task in TASKS)
        self._threads: list[TaskLane | WebhookSender] = [TaskLane(app, name) for name in lanes]
        if not app.extensions["settings"].hold_outgoing:
            self._threads.append(WebhookSender(app))

    def start(self) -> None:
        self._bell.listen()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop: finish what is in progress and leave the rest to others."""
        for thread in self._threads:
            thread.stop()


class WorkerElection(threading.Thread):
    """Election of the server process that does the background work: one of those on an instance
    folder does it, and another takes over when it ends. All of them save their own request metrics.

    The work begins when `caught_up` is set: it would only slow down what everybody waits for.
    """

    def __init__(self, app: Flask, caught_up: threading.Event | None = None) -> None:
        super().__init__(name="rounds", daemon=True)
        self._app, self._caught_up = app, caught_up
        self._stopping = threading.Event()
        self._metrics: RequestMetrics = app.extensions["request_metrics"]
        self._turn = FileLock(app.extensions["settings"].instance_dir / "rounds.lock")

    def run(self) -> None:
        while not self._turn.acquire(0):
            if self._stopping.wait(LOOKS_AGAIN):
                return
            self._metrics.save()
        self._give_head_start()
        work = WorkerThreads(self._app)
        work.start()
        try:
            while not self._stopping.wait(LOOKS_AGAIN):
                self._metrics.save()
        finally:
            work.stop()
            self._turn.release()

    def _give_head_start(self) -> None:
        until = time.monotonic() + HEAD_START
        while (
            self._caught_up is not None
            and not self._caught_up.wait(LOOKS_AGAIN)
            and not self._stopping.is_set()
            and time.monotonic() < until
        ):
            pass

    def stop(self) -> None:
        self._stopping.set()
        self.join(timeout=25)
