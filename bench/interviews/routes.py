"""Interviews through the participant's routes of a running instance, on its test clock."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bench import server
from bench.interviews import personas
from bench.interviews.material import Study
from bench.interviews.participant import Participant
from bench.interviews.record import Record, settled
from bench.interviews.sheets import Sheet
from interviewrelay.core import clock

APART = timedelta(minutes=90)
"""Time between the starts of interviews, so that no rate limit is reached."""

AWAY = 300.0
"""Seconds of a pause."""

MOST_TURNS = 150
AT_ONCE = 3


class Host:
    """Running instance with a researcher's API key."""

    def __init__(self, instance: server.Instance, command: str) -> None:
        self._command = command
        self.instance, self.port = instance, instance.port
        a = instance.fixtures["A"]
        self._project = a["project_id"]
        self._key = {"Authorization": f"Bearer {a['key_owner']}"}
        self._campaigns: dict[str, str] = {}
        self.start()

    def start(self) -> None:
        self._process = self.instance.process(self._command, "serve", port=self.port)

    def kill(self) -> None:
        """Kill the server without warning."""
        self._process.kill()

    def close(self) -> None:
        self._process.close()

    def publish(self, study: Study, minutes: int) -> None:
        """Publish the script and create a campaign for it; the product sees nothing else of a
        study.
        """
        caller = server.Caller(self.port)
        script = {**study.script, "target_minutes": minutes}
        made = self._done(caller, "/api/scripts", script, 201)
        self._done(caller, f"/api/scripts/{made['id']}/publish", {}, 200)
        campaign = {
            "name": study.name,
            "script_id": made["id"],
            "project_id": self._project,
            "invite_valid_hours": 8760,
            "settings": {
                "mode": "text",
                "language": study.script["language"],
                "target_minutes": minutes,
            },
        }
        kept = self._done(caller, "/api/campaigns", campaign, 201)
        self._done(caller, f"/api/campaigns/{kept['id']}", {"status": "active"}, 200, "PATCH")
        self._campaigns[study.id] = kept["id"]

    def invite(self, caller: server.Caller, study: Study, name: str, now: str) -> str:
        path = f"/api/campaigns/{self._campaigns[study.id]}/invites"
        body = {"emails": [f"{name}@sheets.example"], "send_email": False}
        made = self._done(caller, path, body, 201, now=now)
        return f"/interview/{made['invites'][0]['token']}"

    def transcript(self, caller: server.Caller, session_id: str) -> list[dict[str, Any]]:
        path = f"/api/session/{session_id}/transcript"
        told = self._done(caller, path, None, 200, "GET")
        turns: list[dict[str, Any]] = (
            told["transcript"] if "transcript" in told else told["turns"]
        )
        return turns

    def _done(
        self, caller: server.Caller, path: str, body: Any, status: int, method: str = "POST",
        now: str = "",
    ) -> Any:  # fmt: skip
        told = {**self._key, **({"X-Test-Now": now} if now else {})}
        got, answer = caller.call(method, path, body, told)
        if got != status:
            raise RuntimeError(f"{method} {path} was answered {got}: {answer}")
        return answer


@contextmanager
def served(command: str = "interviewrelay", /, **settings: str) -> Iterator[Host]:
    """Instance with enough credits, removed afterwards; `command` is the module that serves it."""
    with server.fresh(**settings) as instance:
        instance.command(
            "credits", "grant", "alder-research", "9000000", "--reference", "bench"
        )
        host = Host(instance, command)
        try:
            yield host
        finally:
            host.close()


def hold_all(host: Host, people: list[Sheet], minutes: int) -> list[Record]:
    """Hold all interviews, a few at once; results are in the order of the people."""
    begin = clock.now() + timedelta(days=1)

    def one(numbered: tuple[int, Sheet]) -> Record:
        number, sheet = numbered
        return _Interview(host, sheet, minutes, begin + number * APART).hold()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, enumerate(people)))


class _Interview:
    """One interview from the invitation to the stored transcript."""

    def __init__(self, host: Host, sheet: Sheet, minutes: int, begin: datetime) -> None:
        self.host, self.begin = host, begin
        self.caller = server.Caller(host.port)
        self.person = Participant(sheet)
        self.record = Record(sheet, minutes * 60.0)
        self.network = personas.KINDS[sheet.kind].network
        self.away = 0.0
        self.said: list[str] = []
        self.path = ""

    def hold(self) -> Record:
        study, name = self.record.sheet.study, self.record.sheet.id
        self.path = self.host.invite(self.caller, study, name, self._now())
        status, reached = self._call("start", {"consent": True})
        if status != 201:
            raise RuntimeError(f"a start was answered {status}: {reached}")
        session_id = reached["session_id"]
        reached["next_number"] = reached.get("next_number", 2)
        for _ in range(MOST_TURNS):
            if reached["turn"] is None or self.person.gone:
                break
            reached = self._turn(reached)
        self.record.completed = reached["status"] == "completed"
        self.record.closing = reached.get("closing") or ""
        self._compare()
        self.record.turns = self.host.transcript(self.caller, session_id)
        return settled(self.record, self.person)

    def _turn(self, reached: dict[str, Any]) -> dict[str, Any]:
        if self.network == "idle" and len(self.said) in (4, 9):
            self._go_and_return()
        exchange = self.person.answer(reached["turn"]["text"])
        sent = {"number": reached["next_number"], "text": exchange.answer}
        began = time.perf_counter()
        status, after = self._call("turns", sent)
        spent = time.perf_counter() - began
        self.person.exchanges[-1] = replace(exchange, server=spent)
        if status != 201:
            self.record.faults.append(f"turn {sent['number']}: {status} {after}")
            return {**reached, "turn": None, "status": "failed"}
        self.said.append(exchange.answer)
        if self.network == "double":
            self._send_twice(sent, after)
        answered: dict[str, Any] = after
        return answered

    def _send_twice(self, sent: dict[str, Any], first: dict[str, Any]) -> None:
        status, again = self._call("turns", sent)
        if status != 200 or again["turn"] != first["turn"]:
            self.record.faults.append(f"sent twice: {status} {again}")
        status, again = self._call("turns", {**sent, "text": sent["text"] + " And more."})
        if first["turn"] is not None and status != 409:
            self.record.faults.append(f"sent otherwise: {status} {again}")

    def _go_and_return(self) -> None:
        status, _ = self._call("pause", {})
        self.away += AWAY
        back, _ = self._call("resume", {})
        if (status, back) != (200, 200):
            self.record.faults.append(f"pause {status}, resume {back}")

    def _compare(self) -> None:
        """Check that every confirmed answer is stored as it was sent."""
        _, state = self._call("state", None, "GET")
        kept = [t["text"] for t in state["turns"] if t["speaker"] == "participant"]
        pairs = zip(self.said, kept, strict=False)
        self.record.lost = len(self.said) - sum(a.strip() == b.strip() for a, b in pairs)

    def _call(self, what: str, body: Any, method: str = "POST") -> tuple[int, Any]:
        headers = {"X-Test-Now": self._now()}
        return self.caller.call(method, f"{self.path}/{what}", body, headers)

    def _now(self) -> str:
        return clock.format_iso(self.begin + timedelta(seconds=self.person.clock + self.away))
