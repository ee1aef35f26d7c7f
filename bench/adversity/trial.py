"""One interview over a bad connection: answers sent twice, out of order, into a locked database
or to a dead server.
"""

import http.client
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from bench import server
from bench.interviews import routes
from bench.interviews.participant import Participant
from bench.interviews.sheets import Sheet
from interviewrelay.core import clock

BEGIN: Final = clock.now() + timedelta(days=1)
MOST_TURNS: Final = 60
LOCKED_SECONDS: Final = 0.3
"""Seconds for which another process locks the database."""

WEIGHTS: Final = (12, 2, 2, 2, 1)
"""Weights for sending an answer normally, after a later one, twice at once, again, or into a
lock.
"""

DEAD_SECONDS: Final = 120.0
"""Seconds after which a killed server should be back."""

NOT_NOW: Final = (429, 503)
"""Status codes after which a client retries."""

Body = dict[str, Any]


@dataclass(slots=True)
class Held:
    """Interview as its participant saw it: confirmed answers by number, seconds until each
    confirmation, connection events, and unexpected responses.
    """

    name: str
    sheet: Sheet
    session_id: str = ""
    acknowledged: dict[int, str] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    met: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Trial:
    """Simulated person and their connection. Everything that goes wrong is drawn from their
    seed.
    """

    def __init__(self, host: routes.Host, number: int, sheet: Sheet) -> None:
        self._host, self._begin = host, BEGIN + number * routes.APART
        self._person = Participant(sheet)
        self._draw = random.Random(f"line/{sheet.seed}")
        self._path = ""
        self.held = Held(f"{number:04}-{sheet.id}-{sheet.kind}", sheet)

    def hold(self) -> Held:
        self._path = self._tried(self._invited)
        _, reached, _ = self._posted("start", {"consent": True})
        self.held.session_id = reached["session_id"]
        number = 2
        for _ in range(MOST_TURNS):
            if reached["turn"] is None:
                return self.held
            said = self._person.answer(reached["turn"]["text"]).answer
            reached = self._answered({"number": number, "text": said})
            number += 2
        self.held.faults.append("it did not come to an end")
        return self.held

    def _invited(self) -> str:
        caller = server.Caller(self._host.port)
        return self._host.invite(caller, self.held.sheet.study, self.held.name, self._now())

    # --- sending an answer ------------------------------------------------------------------------

    def _answered(self, body: Body) -> Body:
        ways = (self._plainly, self._early, self._twice, self._again, self._locked)
        (way,) = self._draw.choices(ways, WEIGHTS)
        self.held.met.append(way.__name__.strip("_"))
        return way(body)

    def _plainly(self, body: Body) -> Body:
        status, reached, seconds = self._posted("turns", body)
        if status not in (200, 201):
            self.held.faults.append(f"turn {body['number']}: {status} {reached}")
            return {"turn": None}
        told = body["number"], body["text"].strip()
        if (reached["saved"]["number"], reached["saved"]["text"]) != told:
            self.held.faults.append(
                f"turn {body['number']}: {reached['saved']} is acknowledged"
            )
        self.held.acknowledged[body["number"]] = body["text"].strip()
        self.held.waits.append(seconds)
        return reached

    def _early(self, body: Body) -> Body:
        """Send the answer to a future question before this one."""
        self._refused({"number": body["number"] + 2, "text": "This is too early."})
        return self._plainly(body)

    def _again(self, body: Body) -> Body:
        """Send the same answer again, and then a different text with its number."""
        first = self._plainly(body)
        if first["turn"] is not None:
            if self._plainly(body)["turn"] != first["turn"]:
                self.held.faults.append(f"turn {body['number']}: another reply to the same")
            self._refused({**body, "text": f"{body['text']} And more."})
        return first

    def _refused(self, body: Body) -> None:
        status, reached, _ = self._posted("turns", body)
        if status != 409:
            self.held.faults.append(f"out of order: {status} {reached}")

    def _twice(self, body: Body) -> Body:
        """Send the answer twice at once, like a double click."""
        with ThreadPoolExecutor(2) as presses:
            first, second = presses.map(self._plainly, (body, dict(body)))
        if first["turn"] != second["turn"]:
            self.held.faults.append(f"turn {body['number']}: two replies to one answer")
        return first

    def _locked(self, body: Body) -> Body:
        with locked(self._host.instance.database):
            return self._plainly(body)

    # --- the connection -------------------------------------------------------------------------------

    def _posted(self, what: str, body: Body) -> tuple[int, Body, float]:
        """Status, response, and seconds of the last attempt."""

        def post() -> tuple[int, Body, float]:
            began = time.monotonic()
            caller = server.Caller(self._host.port)
            headers = {"X-Test-Now": self._now()}
            status, told = caller.call("POST", f"{self._path}/{what}", body, headers)
            if status in NOT_NOW:
                raise TimeoutError(f"{status} {told}")
            return status, told, time.monotonic() - began

        answer: tuple[int, Body, float] = self._tried(post)
        return answer

    def _tried(self, act: Callable[[], Any]) -> Any:
        """Retry until a server responds."""
        until, failed = time.monotonic() + DEAD_SECONDS, ""
        while True:
            try:
                answer = act()
            except (OSError, http.client.HTTPException) as fault:
                if time.monotonic() > until:
                    raise
                failed = failed or ("refused for now" if "503" in str(fault) else "dead line")
                time.sleep(0.2)
            else:
                self.held.met += [failed] if failed else []
                return answer

    def _now(self) -> str:
        return clock.format_iso(self._begin + timedelta(seconds=self._person.clock))


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Lock the database for a while."""
    other = sqlite3.connect(database, timeout=30, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    done = threading.Timer(LOCKED_SECONDS, other.rollback)
    done.start()
    try:
        yield
    finally:
        done.join()
        other.close()
