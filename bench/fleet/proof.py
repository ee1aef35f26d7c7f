"""Comparison of stored data and received webhooks with what participants were told."""

import json
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

import psycopg

from bench.fleet.machines import RECEIVER, Fleet
from bench.fleet.people import Held

TOLD: Final = (
    "session.started",
    "session.completed",
    "transcript.ready",
    "session.feedback_submitted",
)
"""Events that each interview has exactly once."""


class Receiver:
    """Webhook receiver that remembers event ids."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        guard = threading.Lock()
        seen = self.seen

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                with guard:
                    seen[self.headers["webhook-id"]] += 1
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer((RECEIVER, 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://{RECEIVER}:{self._server.server_port}/ok"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@dataclass(slots=True)
class Wrong:
    """Violations, each with a list of locations."""

    failed: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    charges: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    doctor: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Books:
    """Reader of the database that bypasses the product."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url.replace("+psycopg", "")

    def rows(self, query: str, *given: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self._url) as connection:
            return connection.execute(query.encode(), given).fetchall()

    def missing(self, seen: Counter[str], sessions: Sequence[str]) -> list[str]:
        """Events of these sessions that the receiver hasn't got."""
        query = "SELECT id FROM event WHERE session_id = ANY(%s) AND kind = ANY(%s)"
        told = self.rows(query, list(sessions), list(TOLD))
        return [event_id for (event_id,) in told if not seen[event_id]]

    def owed(self, sessions: Sequence[str]) -> bool:
        """Whether events of these ended sessions are still missing."""
        query = "SELECT count(DISTINCT session_id) FROM event WHERE session_id = ANY(%s) AND kind = %s"
        return any(
            self.rows(query, list(sessions), kind)[0][0] < len(sessions) for kind in TOLD
        )


def wrong(fleet: Fleet, held: Sequence[Held], seen: Counter[str]) -> Wrong:
    """All violations."""
    books, found = Books(fleet.database_url), Wrong()
    for one in held:
        look(books, one, found)
    reached = [one.session_id for one in held if one.session_id]
    found.events += [f"{event_id} did not arrive" for event_id in books.missing(seen, reached)]
    told = json.loads(fleet.command("doctor", "--json"))
    found.doctor = [f"{c['name']}: {c['found'][:1]}" for c in told["checks"] if not c["ok"]]
    return found


def look(books: Books, one: Held, found: Wrong) -> None:
    """Add the violations of one interview."""
    _look_at_turns(books, one, found)
    if one.gave_up:
        found.failed.append(f"{one.session_id or one.token[:8]}: {one.gave_up}")
    else:
        _look_at_the_end(books, one, found)


def _look_at_turns(books: Books, one: Held, found: Wrong) -> None:
    query = "SELECT number, text FROM turn WHERE interview_id = %s AND speaker = 'participant'"
    stored = dict(books.rows(f"{query} ORDER BY number", one.session_id))
    for number, text in one.acknowledged:
        if stored.get(number) != text:
            found.lost.append(f"{one.session_id}: answer {number}")
    for text, times in Counter(stored.values()).items():
        if times > 1:
            found.doubled.append(f"{one.session_id}: {text!r} {times} times")
    same = "SELECT invite_id FROM interview WHERE id = %s"
    of_invite = books.rows(
        f"SELECT id FROM interview WHERE invite_id = ({same})", one.session_id
    )
    if len(of_invite) > 1:
        found.doubled.append(f"{one.session_id}: {len(of_invite)} interviews of one invite")


def _look_at_the_end(books: Books, one: Held, found: Wrong) -> None:
    charged = books.rows(
        "SELECT count(DISTINCT reference), -sum(amount), max(i.credits_charged)"
        " FROM credit_entry e JOIN interview i ON i.id = e.session_id"
        " WHERE e.kind = 'charge' AND e.session_id = %s",
        one.session_id,
    )
    if not charged or charged[0][0] != 1 or charged[0][1] != charged[0][2]:
        found.charges.append(f"{one.session_id}: {charged}")
    rows = books.rows(
        "SELECT kind, count(*) FROM event WHERE session_id = %s GROUP BY kind", one.session_id
    )
    counted = dict(rows)
    for kind in TOLD:
        if counted.get(kind) != 1:
            found.events.append(f"{one.session_id}: {kind} {counted.get(kind, 0)} times")
