"""Recordings as a page has sent them and as the server has stored them."""

import base64
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

KEEP = """
  globalThis.pieces = {};
  const send = globalThis.fetch;
  globalThis.fetch = async (to, how = {}) => {
    if (how.method === 'PUT') {
      const [clip, piece] = to.split('?')[0].split('/').slice(-2);
      const bytes = new Uint8Array(await how.body.arrayBuffer());
      (pieces[clip] ??= {})[piece] = btoa(bytes.reduce((text, one) => text + String.fromCharCode(one), ''));
    }
    return send(to, how);
  };
"""
"""Keeps what the page sends, by clip and piece."""


def read_sent(page: Page) -> dict[str, bytes]:
    """Recordings that the page has sent, by clip."""
    found: dict[str, dict[str, str]] = page.evaluate("pieces")
    return {
        clip: b"".join(base64.b64decode(parts[str(n)]) for n in range(len(parts)))
        for clip, parts in found.items()
    }


@dataclass(frozen=True)
class Stored:
    """A complete recording of an answer."""

    clip: str
    number: int
    used: bool
    status: str
    text: str | None
    content: bytes


def read_stored(folder: Path, session: str) -> list[Stored]:
    """Recordings of a session as the server has them, oldest first."""
    query = (
        "SELECT client_id, number, used, status, text, id, container FROM answer_recording "
        "WHERE interview_id = ? AND status <> 'receiving' ORDER BY number, created_at"
    )
    with closing(sqlite3.connect(folder / "instance" / "interviewrelay.db")) as database:
        rows = database.execute(query, (session,)).fetchall()
    answers = folder / "instance" / "files" / "answers"
    return [
        Stored(
            clip,
            number,
            bool(used),
            status,
            text,
            (answers / f"{row}.{container}").read_bytes(),
        )
        for clip, number, used, status, text, row, container in rows
    ]


def hurry(folder: Path) -> None:
    """Make all jobs due at once."""
    with (
        closing(sqlite3.connect(folder / "instance" / "interviewrelay.db")) as database,
        database,
    ):
        database.execute("UPDATE job SET next_at = created_at")
