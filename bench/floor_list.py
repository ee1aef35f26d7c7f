"""The floor of a list: a bare WSGI function with hand-written SQL, 50 rows to a page."""

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import orjson

from interviewrelay.core.db.sqlite import PRAGMAS
from interviewrelay.core.ids import new_id

TABLE = (
    "CREATE TABLE project (id TEXT PRIMARY KEY, org_id TEXT, name TEXT, description TEXT,"
    " created_at TEXT) STRICT"
)
INDEX = "CREATE INDEX newest ON project (org_id, created_at, id)"
SELECT = (
    "SELECT id, name, description, created_at FROM project WHERE org_id ="
    " 'org' ORDER BY created_at DESC, id DESC LIMIT 50"
)
NAMES = ("id", "name", "description", "created_at")


class Floor:
    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "floor.db", isolation_level=None)
        for name, value in PRAGMAS:
            self._database.execute(f"PRAGMA {name} = {value}")
        self._database.execute(TABLE)
        self._database.execute(INDEX)
        for number in range(1_000):
            moment = f"2026-01-01T10:{number // 60:02d}:{number % 60:02d}.000000Z"
            row = (new_id(), "org", f"Project {number}", "What we want to know.", moment)
            self._database.execute("INSERT INTO project VALUES (?, ?, ?, ?, ?)", row)

    def wsgi_app(
        self, _environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        rows = self._database.execute(SELECT).fetchall()
        found = [dict(zip(NAMES, row, strict=True)) for row in rows]
        body = orjson.dumps({"projects": found, "data": found, "total": len(found)})
        start_response("200 OK", [("Content-Type", "application/json")])
        return [body]
