"""Participants who hold whole interviews through the proxy, and retry like their page does."""

import http.client
import json
import random
import ssl
import time
from dataclasses import dataclass, field
from typing import Any, Final

from bench.fleet.proxy import NAME, Nginx
from bench.turn import ANSWERS

RETRY_AFTER: Final = (3, 6, 12, 24, 30)
"""Seconds between retries, as in static/interview.js. Then the participant gives up."""
MOST_TURNS: Final = 40


class GivenUp(Exception):
    """Error: the page gave up retrying, or got an error that it can't handle."""


class Line:
    """Connection of one browser, from its own address."""

    def __init__(self, nginx: Nginx, number: int) -> None:
        self._context = ssl.create_default_context(cafile=str(nginx.certificate))
        self._context.check_hostname = False  # called by its address; the name is in `Host`
        self._port = nginx.port
        self._from = f"127.1.{number // 250}.{number % 250 + 1}"
        self._open: http.client.HTTPSConnection | None = None

    def call(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """Status and JSON of the response; None if it isn't JSON. Raises OSError and
        HTTPException.
        """
        told = {"Host": NAME, "Accept": "application/json", **(headers or {})}
        sent = None
        if body is not None:
            sent, told["Content-Type"] = json.dumps(body).encode(), "application/json"
        if self._open is None:
            self._open = http.client.HTTPSConnection(
                "127.0.0.1",
                self._port,
                timeout=65,
                context=self._context,
                source_address=(self._from, 0),
            )
        try:
            self._open.request(method, path, sent, told)
            answer = self._open.getresponse()
            came = answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        try:
            return answer.status, json.loads(came)
        except ValueError:
            return answer.status, None

    def close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


@dataclass(slots=True)
class Held:
    """Record of what one participant was told, to compare with what is stored."""

    token: str
    session_id: str = ""
    acknowledged: list[tuple[int, str]] = field(default_factory=list)
    """Numbers and texts of the confirmed answers."""
    seconds: list[float] = field(default_factory=list)
    """Seconds from each answer's first sending to its confirmation."""
    retries: int = 0
    gave_up: str = ""


class Participant:
    def __init__(self, nginx: Nginx, number: int, token: str, pause: float) -> None:
        self._line, self._path = Line(nginx, number), f"/interview/{token}"
        self._draw, self._pause, self._number = random.Random(number), pause, number
        self.held = Held(token)

    def hold(self) -> Held:
        """Hold a whole interview. Never raises; problems are recorded."""
        try:
            self._interview()
        except GivenUp as why:
            self.held.gave_up = str(why)
        finally:
            self._line.close()
        return self.held

    def _interview(self) -> None:
        self._think()
        self._told("GET", self._path)
        reached = self._told("POST", f"{self._path}/start", {"consent": True})
        self.held.session_id = reached["session_id"]
        number: int | None = reached["next_number"]
        for turn in range(MOST_TURNS):
            self._think()
            # Every answer is different, so that duplicates can be recognised.
            text = f"{ANSWERS[turn % len(ANSWERS)]} It is what number {self._number} says, at {turn}."
            number = self._answer(number, text)
            if number is None:
                break
        else:
            self._told("POST", f"{self._path}/complete", {})
        self._told("POST", f"{self._path}/feedback", {"rating": 4})

    def _answer(self, number: int | None, text: str) -> int | None:
        """Send an answer, and return the number of the next one, None after the last."""
        began = time.monotonic()
        body = {"number": number, "text": text}
        reply = self._told("POST", f"{self._path}/turns", body)
        self.held.seconds.append(time.monotonic() - began)
        self.held.acknowledged.append((reply["saved"]["number"], text))
        next_number: int | None = None if reply["turn"] is None else reply["next_number"]
        return next_number

    def _told(self, method: str, path: str, body: Any = None) -> Any:
        """Successful response, after retries. Raises GivenUp."""
        for wait in (*RETRY_AFTER, None):
            try:
                status, heard = self._line.call(method, path, body)
            except (OSError, http.client.HTTPException) as fault:
                why = type(fault).__name__
            else:
                if status in (200, 201):
                    return heard
                why = f"{status} {heard and heard['error']['code']}"
                if status != 429 and status < 500:
                    break
            if wait is not None:
                self.held.retries += 1
                time.sleep(wait)
        raise GivenUp(f"{method} {path.rpartition('/')[2] if body else ''}: {why}")

    def _think(self) -> None:
        time.sleep(self._draw.uniform(0.5, 1.5) * self._pause)
