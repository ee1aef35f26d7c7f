"""Recordings as a page has sent them and as the server has stored them."""

import base64
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

_KEEP = """
  const send = globalThis.fetch;
  globalThis.fetch = async (to, how = {}) => {
    if (how.method === 'PUT') {
      const [clip, , piece] = to.split('?')[0].split('/').slice(-3);
      const bytes = new Uint8Array(await how.body.arrayBuffer());
      await keepPiece(clip, Number(piece), btoa(bytes.reduce((text, one) => text + String.fromCharCode(one), '')));
    }
    return send(to, how);
  };
"""


class Sent:
    """Recordings that a page sends, from now on and whatever else it opens."""

    def __init__(self, page: Page) -> None:
        self._pieces: dict[str, dict[int, bytes]] = {}
        page.expose_function("keepPiece", self._keep)
        page.add_init_script(_KEEP)

    def _keep(self, clip: str, piece: int, content: str) -> None:
        self._pieces.setdefault(clip, {})[piece] = base64.b64decode(content)

    def read(self, clip: str) -> bytes:
        pieces = self._pieces[clip]
        return b"".join(pieces[n] for n in range(len(pieces)))


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
