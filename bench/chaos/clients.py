"""Clients that invite and are interviewed while the server dies, and what was confirmed to them."""

import itertools
import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final

from bench.chaos.host import Answer, Host

CLIENTS: Final = 8
LEFT_OPEN: Final = 0.05
"""Share of interviews that are left unfinished."""
MOST_TURNS: Final = 40
BROKEN_WAIT: Final = 0.02
REFUSED_WAIT: Final = 1.1
"""Seconds before a retry: refusals count against a link's rate limit."""
_HOMES = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Turn:
    """Answer as sent; `id` is the client's id for it."""

    session_id: str
    number: int
    id: str
    text: str


@dataclass(slots=True)
class Record:
    """Record of a client: what it asked for, and what was confirmed (invited addresses, sessions
    started and completed, turns). `sent` are the ids of all turns, `refused` counts storage
    refusals, `odd` are unexpected responses.
    """

    asked: int = 0
    invites: list[str] = field(default_factory=list)
    starts: list[str] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    completions: list[str] = field(default_factory=list)
    sent: set[str] = field(default_factory=set)
    resent: int = 0
    refused: int = 0
    odd: Counter[str] = field(default_factory=Counter)

    @property
    def acknowledged(self) -> int:
        return len(self.invites) + len(self.starts) + len(self.turns) + len(self.completions)

    def add(self, other: "Record") -> None:
        self.asked += other.asked
        self.invites += other.invites
        self.starts += other.starts
        self.turns += other.turns
        self.completions += other.completions
        self.sent |= other.sent
        self.resent += other.resent
        self.refused += other.refused
        self.odd += other.odd


class Crowd:
    """All clients, with the event that one of them got a confirmation."""

    def __init__(self, host: Host, campaign_id: str, seed: int, *, talk: bool) -> None:
        """Clients of a host. With `talk` they never stop before the end, and after each kill
        they resend their last confirmed answer.
        """
        self.over, self.saved = threading.Event(), threading.Event()
        self._clients = [
            _Client(self, host, campaign_id, random.Random(f"{seed}/{number}"), talk=talk)
            for number in range(CLIENTS)
        ]

    @property
    def turns(self) -> int:
        """Number of confirmed turns so far."""
        return sum(len(client.record.turns) for client in self._clients)

    def begin(self) -> None:
        for client in self._clients:
            client.start()

    def end(self) -> Record:
        """Stop all clients and return their records."""
        self.over.set()
        record = Record()
        for client in self._clients:
            client.join(60)
            if client.is_alive():
                record.odd["a client that did not come to an end"] += 1
            record.add(client.record)
        return record


@contextmanager
def crowd(host: Host, campaign_id: str, seed: int, *, talk: bool = False) -> Iterator[Crowd]:
    """Clients at work, stopped when the block ends."""
    made = Crowd(host, campaign_id, seed, talk=talk)
    made.begin()
    try:
        yield made
    finally:
        made.over.set()


class _Over(Exception):
    """Signal that the run has ended."""


class _Unusable(Exception):
    """Response after which an interview can't continue."""


class _Client(threading.Thread):
    """Client that invites someone, starts, answers and completes the interview, and resends
    whatever wasn't confirmed.
    """

    def __init__(
        self, crowd: Crowd, host: Host, campaign_id: str, draw: random.Random, *, talk: bool
    ) -> None:
        super().__init__(daemon=True)
        self.record = Record()
        self._crowd, self._host, self._draw, self._talk = crowd, host, draw, talk
        self._invites = f"/api/campaigns/{campaign_id}/invites"
        self._home, self._path = "", ""
        self._last: tuple[str, dict[str, Any]] | None = None

    def run(self) -> None:
        try:
            while not self._crowd.over.is_set():
                with suppress(_Unusable):
                    self._interview()
        except _Over:
            pass
        except Exception as fault:  # noqa: BLE001 - who dies unseen would only lower the load
            self.record.odd[f"a client died of {type(fault).__name__}: {fault}"[:120]] += 1

    def _interview(self) -> None:
        number = next(_HOMES)
        self._home = (
            f"127.{1 + number // 62_500 % 200}.{number // 250 % 250}.{number % 250 + 1}"
        )
        email = f"{uuid.uuid4().hex}@chaos.example"
        body = {"emails": [email], "send_email": False}
        told = self._written(lambda: self._post(self._invites, body, key=self._host.key))
        self.record.invites.append(email)
        self._path = f"/interview/{told['invites'][0]['token']}"
        reached = self._written(lambda: self._post(f"{self._path}/start", {"consent": True}))
        session_id: str = reached["session_id"]
        self.record.starts.append(session_id)
        for _ in range(MOST_TURNS if self._talk else self._draw.randint(1, 4)):
            if reached["turn"] is None:
                break
            reached = self._answer(session_id, reached["next_number"])
        if reached["turn"] is None or self._draw.random() >= LEFT_OPEN:
            self._written(lambda: self._post(f"{self._path}/complete", {}))
            self.record.completions.append(session_id)

    def _answer(self, session_id: str, number: int) -> dict[str, Any]:
        name = uuid.uuid4().hex
        text = f"It took me {self._draw.randint(2, 90)} minutes by bus to come here, {name}."
        body = {"number": number, "text": text, "client_turn_id": name}
        path = f"{self._path}/turns"
        self.record.sent.add(name)
        told: dict[str, Any] = self._written(lambda: self._post(path, body))
        self.record.turns.append(Turn(session_id, number, name, text))
        self._crowd.saved.set()
        if told["saved"]["text"] != text:
            self.record.odd["an acknowledgement of something else"] += 1
        self._last = path, body
        return told

    def _written(self, send: Callable[[], Answer]) -> Any:
        """Send an answer until the server confirms it, and return the response."""
        self.record.asked += 1
        broken = False
        while not self._crowd.over.is_set():
            answer = send()
            if answer.status in (200, 201):
                if broken and self._talk:
                    self._once_more()
                return answer.told
            self._note(answer)
            broken = broken or answer.status == 0
        raise _Over

    def _once_more(self) -> None:
        """Resend a confirmed answer: it must be confirmed again and not stored twice."""
        if self._last is None:
            return
        path, body = self._last
        answer = self._post(path, body)
        while answer.status in (0, 503) and not self._crowd.over.is_set():
            self._note(answer)
            answer = self._post(path, body)
        if answer.status == 201:
            self.record.odd["an acknowledged turn was stored anew when it came again"] += 1
        elif answer.status not in (0, 200, 503):
            self.record.odd[f"a turn that came again: {answer.status} {answer.code}"] += 1

    def _note(self, answer: Answer) -> None:
        """Record an unexpected response. Broken connections and explained refusals are expected."""
        self.record.resent += 1
        if answer.status == 503 and answer.code == "STORAGE_UNAVAILABLE":
            self.record.refused += 1
        elif answer.status:
            self.record.odd[f"{answer.status} {answer.code}"] += 1
            if answer.status < 500:
                raise _Unusable
        time.sleep(REFUSED_WAIT if answer.status else BROKEN_WAIT)

    def _post(self, path: str, body: dict[str, Any], key: str = "") -> Answer:
        return self._host.call("POST", path, body, key=key, home=self._home)
