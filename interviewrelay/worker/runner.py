"""Runner of all background work of a process."""

import threading

from flask import Flask

from interviewrelay.core.db.session import BELL
from interviewrelay.core.db.wakeup import Wakeup
from interviewrelay.core.file_lock import FileLock
from interviewrelay.core.observability.metrics import RequestMetrics
from interviewrelay.worker.schedule import LOOKS_AGAIN, TASKS, TaskLane
from interviewrelay.worker.webhook_sender import WebhookSender


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
    """

    def __init__(self, app: Flask) -> None:
        super().__init__(name="rounds", daemon=True)
        self._app = app
        self._stopping = threading.Event()
        self._metrics: RequestMetrics = app.extensions["request_metrics"]
        self._turn = FileLock(app.extensions["settings"].instance_dir / "rounds.lock")

    def run(self) -> None:
        while not self._turn.acquire(0):
            if self._stopping.wait(LOOKS_AGAIN):
                return
            self._metrics.save()
        work = WorkerThreads(self._app)
        work.start()
        try:
            while not self._stopping.wait(LOOKS_AGAIN):
                self._metrics.save()
        finally:
            work.stop()
            self._turn.release()

    def stop(self) -> None:
        self._stopping.set()
        self.join(timeout=25)
