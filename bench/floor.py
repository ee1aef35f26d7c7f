"""The floor: a bare WSGI function with hand-written SQL and orjson, on the same database.

It has the same server, file and pragmas, but no keys, limits, headers, checks or framework.
Usage: python -m bench.floor URL PORT ORG_ID
"""

import json
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any, Final

import orjson
import psycopg

from interviewrelay.core.db.sqlite import PRAGMAS
from interviewrelay.core.ids import new_id
from interviewrelay.server import asgi_server

CAMPAIGN: Final = (
    "id", "name", "status", "invites_sent", "completed", "created_at", "started", "project_id",
    "script_id",
)  # fmt: skip
SESSION: Final = (
    "id", "campaign_id", "participant_email", "status", "duration_seconds", "started_at",
    "ended_at",
)  # fmt: skip
ONE: Final = f"SELECT {', '.join(CAMPAIGN)} FROM campaign WHERE org_id = ?"
SESSIONS: Final = (
    f"SELECT {', '.join(SESSION)} FROM interview WHERE org_id = ? AND campaign_id = ?"
    " AND status = ? ORDER BY started_at DESC, id DESC LIMIT 50"
)
TURNS: Final = (
    "SELECT elapsed, speaker, text, sentiment_label FROM turn WHERE interview_id = ?"
    " ORDER BY number"
)
TURN: Final = (
    "INSERT INTO turn (id, interview_id, number, speaker, text, at, elapsed, skipped, question_id,"
    " sentiment_label, sentiment_score) VALUES (?, ?, ?, ?, ?, ?, 1.5, {no}, 'q1', 'neutral', 0.0)"
)
INVITE: Final = (
    "INSERT INTO invite (id, org_id, campaign_id, email, name, folded, metadata, open_address, mark,"
    " sealed_token, status, test, reminder_over, created_at, expires_at)"
    " VALUES (?, ?, ?, ?, '', '', '{{}}', ?, ?, '', 'pending', {no}, {no}, ?, ?)"
)
MOMENT: Final = "2026-01-01T10:00:00.000000Z"
LATER: Final = "2026-01-08T10:00:00.000000Z"

Answer = tuple[str, Any]


class Floor:
    """Jobs of `bench.api`, each as short as possible."""

    extensions: Final[dict[str, Any]] = {}
    """Extensions: the server asks a Flask application for its settings."""

    def __init__(self, url: str, org_id: str) -> None:
        self._url, self._org = url, org_id
        self._lite = url.startswith("/")
        self._here = threading.local()
        no = "0" if self._lite else "false"
        self._turn, self._invite = (
            self._sql(TURN.format(no=no)),
            self._sql(INVITE.format(no=no)),
        )

    def wsgi_app(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        path, query = environ["PATH_INFO"], environ["QUERY_STRING"]
        if environ["REQUEST_METHOD"] == "POST":
            said = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
            status, shape = self._write(path, said)
        else:
            status, shape = "200 OK", self._read(path, query)
        body = orjson.dumps(shape)
        told = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response(status, told)
        return [body]

    def _read(self, path: str, query: str) -> Any:
        if path.endswith("/transcript"):
            session_id = path.split("/")[3]
            names = ("timestamp", "speaker", "text", "sentiment")
            turns = self._rows(TURNS, (session_id,), names)
            return {"session_id": session_id, "turns": turns}
        if path == "/api/sessions":
            given = dict(part.split("=") for part in query.split("&"))
            rows = self._rows(
                SESSIONS, (self._org, given["campaign_id"], given["status"]), SESSION
            )
            return {"sessions": rows, "total": len(rows)}
        if path == "/api/campaigns":
            order = f"{ONE} ORDER BY created_at DESC, id DESC LIMIT 50"
            rows = self._rows(order, (self._org,), CAMPAIGN)
            count = "SELECT count(*) FROM campaign WHERE org_id = ?"
            total = self._run(count, (self._org,)).fetchone()[0]
            return {"campaigns": rows, "total": total, "limit": 50, "offset": 0}
        return self._rows(f"{ONE} AND id = ?", (self._org, path.split("/")[3]), CAMPAIGN)[0]

    def _write(self, path: str, said: Any) -> Answer:
        if path.endswith("/turns"):
            session_id, number = path.split("/")[2], said["number"]
            answer = (new_id(), session_id, number, "participant", said["text"], MOMENT)
            question = (new_id(), session_id, number + 1, "ai", "And then?", MOMENT)
            self._commit((self._turn, answer), (self._turn, question))
            return "201 Created", {"saved": said, "turn": {"number": number + 1}}
        campaign_id, email, mark = path.split("/")[3], said["emails"][0], new_id()
        row = (new_id(), self._org, campaign_id, email, email, mark, MOMENT, LATER)
        more = "UPDATE campaign SET invites_sent = invites_sent + 1 WHERE id = ?"
        self._commit((self._invite, row), (more, (campaign_id,)))
        made = {"id": row[0], "email": email, "token": mark}
        return "201 Created", {"invites": [made], "sent": 1, "failed": 0}

    def _commit(self, *statements: tuple[str, tuple[Any, ...]]) -> None:
        self._run("BEGIN IMMEDIATE" if self._lite else "BEGIN")
        for words, values in statements:
            self._run(words, values)
        self._run("COMMIT")

    def _rows(
        self, words: str, values: tuple[Any, ...], names: tuple[str, ...]
    ) -> list[dict[str, Any]]:
        return [dict(zip(names, row, strict=True)) for row in self._run(words, values)]

    def _run(self, words: str, values: tuple[Any, ...] = ()) -> Any:
        return self._database().execute(self._sql(words), values)

    def _sql(self, words: str) -> str:
        return words if self._lite else words.replace("?", "%s")

    def _database(self) -> Any:
        if not hasattr(self._here, "database"):
            self._here.database = self._connect()
        return self._here.database

    def _connect(self) -> Any:
        if not self._lite:
            return psycopg.connect(self._url, autocommit=True)
        made = sqlite3.connect(self._url, isolation_level=None)
        for name, value in PRAGMAS:
            made.execute(f"PRAGMA {name} = {value}")
        return made


if __name__ == "__main__":
    url, port, org_id = sys.argv[1:]
    floor: Any = Floor(url, org_id)
    asgi_server.serve(floor, 8, asgi_server.open_listener("127.0.0.1", int(port)))
