"""The floor: a bare WSGI function that makes the two inserts of a turn, each committed.

Same server, same database file, same pragmas; hand-written SQL and nothing else.
usage: python -m bench.floor DATABASE PORT INTERVIEW_ID
"""

import json
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any

import orjson

from interviewrelay import server
from interviewrelay.database import PRAGMAS
from interviewrelay.ids import new_id

INSERT = (
    "INSERT INTO turn (id, interview_id, number, speaker, text, at, elapsed, skipped, question_id,"
    " sentiment_label, sentiment_score) VALUES (?, ?, ?, ?, ?, ?, 1.5, 0, 'q1', 'neutral', 0.0)"
)


class Floor:
    def __init__(self, path: str, interview_id: str) -> None:
        self._path, self._interview_id = path, interview_id
        self._here = threading.local()

    def wsgi_app(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        said = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        database, number = self._database(), said["number"]
        moment = "2026-01-01T10:00:00.000000Z"
        for offset, speaker, text in ((0, "participant", said["text"]), (1, "ai", "And then?")):
            database.execute("BEGIN IMMEDIATE")
            row = (new_id(), self._interview_id, number + offset, speaker, text, moment)
            database.execute(INSERT, row)
            database.execute("COMMIT")
        body = orjson.dumps(
            {"saved": said, "turn": {"number": number + 1, "text": "And then?"}}
        )
        start_response("201 Created", [("Content-Type", "application/json")])
        return [body]

    def _database(self) -> sqlite3.Connection:
        if not hasattr(self._here, "database"):
            self._here.database = sqlite3.connect(self._path, isolation_level=None)
            for name, value in PRAGMAS:
                self._here.database.execute(f"PRAGMA {name} = {value}")
        made: sqlite3.Connection = self._here.database
        return made


if __name__ == "__main__":
    path, port, interview_id = sys.argv[1:]
    floor: Any = Floor(path, interview_id)
    server.serve(floor, "127.0.0.1", int(port), 8)
