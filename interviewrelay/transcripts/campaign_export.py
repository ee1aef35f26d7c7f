"""Campaign export: all transcripts of a campaign as one stream of any length.

One read of the database from start to end, so the stream shows a single moment; on SQLite it blocks
no writer. Rows are read in chunks without model objects, so memory use is constant. Once running,
it does not need the request.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, Literal, cast

import orjson
from sqlalchemy import Connection, Engine, Row

from interviewrelay.analysis import sentiment
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, release_connection
from interviewrelay.interviews import event_payload
from interviewrelay.models import Campaign, Interview
from interviewrelay.transcripts import export_queries, formats, transcripts

Form = Literal["json", "csv", "jsonl"]

CHUNK: Final = 50
"""Interviews read at a time."""
AMENDS: Final = formats.COLUMNS.index("amends") - 1
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
    query = (
        export_queries.select_lists(which)
        if form == "csv"
        else export_queries.select_objects(which)
    )
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
    """A session in the shape of the single operations, with its turns; from a row of
    `export_queries.select_objects`.
    """
    return _document(row) + b"\n"


def list_turns(row: Row[Any]) -> list[dict[str, Any]]:
    """Turns of a row of `export_queries.select_objects`."""
    return _finished(orjson.loads(row.spoken), row.language)


def _json(row: Row[Any], number: int) -> bytes:
    return (b"," if number else b"") + _document(row)


def _document(row: Row[Any]) -> bytes:
    held = cast("Interview", row)
    shape = {"session_id": row.id, **event_payload.build_outcome(held)}
    shape["turns"] = orjson.Fragment(row.spoken)
    if row.spoken.endswith(" "):  # `export_queries.SIGN`
        shape["turns"] = list_turns(row)
    return orjson.dumps(shape)


def _finished(turns: list[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    """Complete the turns: sentiment of an answer that is still being processed, and the answers
    that correct another.
    """
    amended_by = transcripts.group_corrections(
        (turn["number"], turn["amends"]) for turn in turns
    )
    for turn in turns:
        turn["sentiment"] = (
            turn["sentiment"] or sentiment.score_text(turn["text"], language).label
        )
        turn["amended_by"] = amended_by.get(turn["number"], ())
    return turns


def format_csv_rows(row: Row[Any], _number: int = 0) -> bytes:
    """A line for each turn, in the order of `COLUMNS`; from a row of `export_queries.select_lists`."""
    cell = formats.quote_cell
    head = ",".join(
        map(cell, (row.id, row.participant_email, row.status, clock.format_iso(row.started_at)))
    )
    tail = f"{row.ended_by or ''},{'true' if row.complete else 'false'}"
    lines, turns = [], orjson.loads(row.spoken)
    amended_by = transcripts.group_corrections((turn[0], turn[AMENDS]) for turn in turns)
    # Hand-written: the csv module checks every character and takes twice as long.
    for (
        number, began, lasted, speaker, text, felt, sure, question_id, act, reason, skipped, key,
        amends, source, model, original, struck, quotable,
    ) in turns:  # fmt: skip
        mood = felt or sentiment.score_text(text, row.language).label
        took = "" if lasted is None else lasted
        why = f"{act},{cell(reason)}" if act else ","
        lines.append(
            f"{head},{number},{began},{took},{speaker},{cell(text)},{mood},{sure or ''},"
            f"{cell(question_id) if question_id else ''},{why},"
            f"{'true' if skipped else 'false'},{key},"
            f"{amends or ''},{formats.format_numbers(amended_by.get(number, ()))},"
            f"{source or ''},{cell(model)},{cell(original)},"
            f"{'true' if struck else 'false'},{'true' if quotable else 'false'},{tail}\r\n"
        )
    return "".join(lines).encode()


_WRITERS: Final[dict[Form, Callable[[Row[Any], int], bytes]]] = {
    "csv": format_csv_rows,
    "json": _json,
    "jsonl": format_json_line,
}
