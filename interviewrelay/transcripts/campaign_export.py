"""Campaign export: all transcripts of a campaign as one stream of any length.

One read of the database from start to end, so the stream shows a single moment; on SQLite it blocks
no writer. Rows are read in chunks without model objects, so memory use is constant. Once running,
it does not need the request. Its rows are those of `export_queries.select_objects`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, Literal, cast

import orjson
from sqlalchemy import Connection, Engine, Row

from interviewrelay.analysis import sentiment
from interviewrelay.core import clock
from interviewrelay.core.conversation import TranscriptTurn
from interviewrelay.core.db.session import db, release_connection
from interviewrelay.interviews import event_payload
from interviewrelay.models import Campaign, Interview
from interviewrelay.transcripts import export_queries, formats, sound_times, transcripts

Form = Literal["json", "csv", "jsonl"]

CHUNK: Final = 50
"""Interviews read at a time."""
PIECE: Final = 128 * 1024
"""Chunk size in bytes."""

COLUMNS: Final = (
    "session_id", "participant_email", "status", "started_at", *formats.COLUMNS[1:],
    "ended_by", "complete",
)  # fmt: skip


def stream_export(campaign: Campaign, form: Form) -> Iterator[bytes]:
    """Bytes of an export in chunks."""
    made = clock.format_iso(clock.now())
    release_connection()
    return _pieces(db.engine, campaign, form, made)


def _pieces(engine: Engine, campaign: Campaign, form: Form, made: str) -> Iterator[bytes]:
    head = {"campaign_id": campaign.id, "exported_at": made}
    starts = {
        "json": orjson.dumps(head)[:-1] + b',"sessions":[',
        "csv": formats.format_rows([COLUMNS]).encode("utf-8-sig"),
    }
    yield starts.get(form, b"")
    which = Interview.campaign_id == campaign.id
    query = export_queries.select_objects(which)
    write = _WRITERS[form]
    waiting: list[bytes] = []
    size = 0
    with open_snapshot(engine) as connection:
        rows = connection.execute(query.execution_options(yield_per=CHUNK))
        for number, row in enumerate(rows):
            piece = write(row, number)
            waiting.append(piece)
            size += len(piece)
            if size >= PIECE:
                yield b"".join(waiting)
                waiting, size = [], 0
        yield b"".join(waiting)
    if form == "json":
        yield b"]}"


@contextmanager
def open_snapshot(engine: Engine) -> Iterator[Connection]:
    """Connection whose reads all see the database as of the first one."""
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":  # other databases are set up like this already
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


def format_json_line(row: Row[Any], _number: int = 0) -> bytes:
    """A session in the shape of the single operations, with its turns."""
    return _document(row) + b"\n"


def read_turns(row: Row[Any]) -> Iterator[TranscriptTurn]:
    """Turns of a row."""
    turns = [TranscriptTurn(**turn) for turn in _list_turns(row)]
    yield from sound_times.place_turns(turns, row.layout)


def _json(row: Row[Any], number: int) -> bytes:
    return (b"," if number else b"") + _document(row)


def _document(row: Row[Any]) -> bytes:
    held = cast("Interview", row)
    shape = {"session_id": row.id, **event_payload.Outcome.read(held)}
    shape["turns"] = orjson.Fragment(row.spoken)
    if row.layout or row.spoken.endswith(" "):  # `export_queries.SIGN`
        shape["turns"] = _list_turns(row)
    return orjson.dumps(shape)


def _list_turns(row: Row[Any]) -> list[dict[str, Any]]:
    """Turns with the sentiment of an answer that is still being processed, with the answers that
    correct another, and with the times of the recording.
    """
    turns: list[dict[str, Any]] = orjson.loads(row.spoken)
    times = sound_times.read_layout(row.layout or ())
    amended_by = transcripts.group_corrections(
        (turn["number"], turn["amends"]) for turn in turns
    )
    for turn in turns:
        turn["sentiment"] = (
            turn["sentiment"] or sentiment.score_text(turn["text"], row.language).label
        )
        turn["amended_by"] = amended_by.get(turn["number"], ())
        sound_times.place_shape(turn, times)
    return turns


def format_csv_rows(row: Row[Any], _number: int = 0) -> bytes:
    """A line for each turn, in the order of `COLUMNS`."""
    head = row.id, row.participant_email, row.status, clock.format_iso(row.started_at)
    tail = row.ended_by, bool(row.complete)
    lines = ((*head, *formats.build_csv_cells(turn), *tail) for turn in read_turns(row))
    return formats.format_rows(lines).encode()


_WRITERS: Final[dict[Form, Callable[[Row[Any], int], bytes]]] = {
    "csv": format_csv_rows,
    "json": _json,
    "jsonl": format_json_line,
}
