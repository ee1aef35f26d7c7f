"""All transcripts of a campaign as one stream, however many there are.

One reading of the database from beginning to end, so that the stream is of one moment; on SQLite it
keeps nobody from writing. Rows are read in chunks and never become objects of the models: memory
stays the same at any length. Nothing here needs the request any more once it runs.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any, Final, Literal, cast

import orjson
from sqlalchemy import Connection, Engine, Row, inspect, select

from interviewrelay import clock, transcript_forms
from interviewrelay.analysis import sentiment
from interviewrelay.database import db, end_reading
from interviewrelay.domain import represent, transcripts
from interviewrelay.models import Campaign, Interview, TurnRow

Form = Literal["json", "csv", "jsonl"]
Shape = dict[str, Any]

CHUNK: Final = 2_000
"""Turns that are read at once."""
PIECE: Final = 32 * 1024
"""Bytes that are handed on at once."""

COLUMNS: Final = (
    "session_id", "participant_email", "status", "started_at", *transcript_forms.COLUMNS[1:]
)  # fmt: skip

_INTERVIEWS: Final = select(
    *(getattr(Interview, a.key).label(a.key) for a in inspect(Interview).column_attrs)
)
_TURNS: Final = (
    select(
        TurnRow.interview_id, TurnRow.id, TurnRow.number, TurnRow.speaker, TurnRow.text,
        TurnRow.elapsed, TurnRow.sentiment_label, TurnRow.question_id, TurnRow.decision,
        TurnRow.skipped,
    ).join(Interview, Interview.id == TurnRow.interview_id)
)  # fmt: skip


def stream(campaign: Campaign, form: Form) -> Iterator[bytes]:
    """The bytes of an export, a piece at a time."""
    made = clock.iso(clock.now())
    end_reading()
    return _pieces(db.engine, campaign.id, form, made)


def _pieces(engine: Engine, campaign_id: str, form: Form, made: str) -> Iterator[bytes]:
    head = {"campaign_id": campaign_id, "exported_at": made}
    starts = {
        "json": orjson.dumps(head)[:-1] + b',"sessions":[',
        "csv": transcript_forms.rows([COLUMNS]).encode("utf-8-sig"),
    }
    yield starts.get(form, b"")
    write = _csv if form == "csv" else _json if form == "json" else _jsonl
    waiting: list[bytes] = []
    size = 0
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":  # there a reading is of one moment anyway
            connection.execution_options(isolation_level="REPEATABLE READ")
        for number, (row, turns) in enumerate(_sessions(connection, campaign_id)):
            piece = write(row, turns, number)
            waiting.append(piece)
            size += len(piece)
            if size >= PIECE:
                yield b"".join(waiting)
                waiting, size = [], 0
        yield b"".join(waiting)
    if form == "json":
        yield b"]}"


def _sessions(
    connection: Connection, campaign_id: str
) -> Iterator[tuple[Row[Any], list[tuple[Any, ...]]]]:
    """Each interview with its turns: two readings side by side, in the same order."""
    order = (Interview.started_at, Interview.id)
    mine = Interview.campaign_id == campaign_id
    rows = connection.execute(
        _INTERVIEWS.where(mine).order_by(*order).execution_options(yield_per=200)
    )
    turns = _raw(connection, _TURNS.where(mine).order_by(*order, TurnRow.number))
    ahead = next(turns, None)
    for row in rows:
        spoken = []
        while ahead is not None and ahead[0] == row.id:
            spoken.append(ahead)
            ahead = next(turns, None)
        yield row, spoken


def _raw(connection: Connection, query: Any) -> Iterator[tuple[Any, ...]]:
    """Rows in chunks. SQLite's come as the driver gives them, which takes half the time: what the
    columns' types would do is not needed here.
    """
    if connection.dialect.name != "sqlite":
        result = connection.execute(query.execution_options(yield_per=CHUNK))
        return chain.from_iterable(result.partitions())
    read: Any = connection.execute(query).cursor
    return chain.from_iterable(iter(lambda: read.fetchmany(CHUNK), []))


def _json(row: Row[Any], turns: list[tuple[Any, ...]], number: int) -> bytes:
    return (b"," if number else b"") + _document(row, turns)


def _jsonl(row: Row[Any], turns: list[tuple[Any, ...]], _number: int) -> bytes:
    return _document(row, turns) + b"\n"


def _document(row: Row[Any], turns: list[tuple[Any, ...]]) -> bytes:
    held = cast("Interview", row)
    shape = {"session_id": row.id, **represent.session_item(held), **represent.outcome(held)}
    shape["turns"] = _shapes(row, turns)
    return orjson.dumps(shape)


def _csv(row: Row[Any], turns: list[tuple[Any, ...]], _number: int) -> bytes:
    head = (row.id, row.participant_email, row.status, clock.iso(row.started_at))
    lines = []
    for turn, shape in zip(turns, _shapes(row, turns), strict=True):
        decision = turn[8]
        told = orjson.loads(decision) if isinstance(decision, str) else decision or {}
        shape |= {"act": told.get("act"), "reason": told.get("reason")}
        lines.append((*head, *map(shape.__getitem__, COLUMNS[4:])))
    return transcript_forms.rows(lines).encode()


def _shapes(row: Row[Any], turns: list[tuple[Any, ...]]) -> list[Shape]:
    """As `represent.transcript` has them; a test holds the two together."""
    seconds, shapes, before = transcripts.seconds, [], None
    for (
        _,
        turn_id,
        number,
        speaker,
        text,
        elapsed,
        felt,
        question_id,
        decision,
        skipped,
    ) in turns:
        spoken = before is not None and speaker == "participant"
        shapes.append(
            {
                "timestamp": seconds(elapsed),
                "speaker": speaker,
                "text": text,
                "sentiment": felt or sentiment.of_text(text, row.language).label,
                "id": turn_id,
                "number": number,
                "duration": seconds(elapsed - before) if spoken else None,
                "confidence": 1 if spoken else None,
                "question_id": question_id,
                "decision": orjson.Fragment(decision) if type(decision) is str else decision,
                "skipped": bool(skipped),
            }
        )
        before = elapsed
    return shapes
