"""Archive (ZIP) of sessions, streamed: several in the chosen formats, or one in all.

Each format is read in one statement for all sessions, and all of them at one moment. Files are
named after session ids, so that no outside name becomes a path. Once running, it does not need the
request.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, Connection, Engine, Row, select
from sqlalchemy.orm import joinedload

from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.conversation import Transcript
from interviewrelay.core.db.session import db, release_connection
from interviewrelay.core.errors import NotFound, PdfUnavailable
from interviewrelay.core.ids import is_id
from interviewrelay.interviews import measures
from interviewrelay.models import Campaign, Interview
from interviewrelay.notes import notes
from interviewrelay.runtime.services import Services
from interviewrelay.transcripts import campaign_export, export_queries, formats, transcripts

MOST: Final = 500
"""Maximum sessions in one archive."""
MOST_PDFS: Final = 20
"""Maximum PDFs in one archive: each takes its own process and up to a second."""
FORMS: Final = ("txt", "md", "csv", "jsonl", "srt", "vtt")
NOT_MADE: Final = (
    "The PDFs of these interviews could not be created. Download them from the interviews’"
    " pages instead.\n\n"
)
PIECE: Final = 64 * 1024
"""Chunk size in bytes."""
SESSIONS: Final = (
    "session_id", "campaign", "participant_email", "participant_name", "status", "language",
    "started_at", "ended_at", "duration_seconds", "sentiment", "rating", "comment",
    "summary_rating",
)  # fmt: skip
NOTES: Final = (
    "session_id", "turn_number", "quote", "note", "tags", "author", "created_at",
)  # fmt: skip

SOUND: Final = (".ogg", ".mp3", ".wav")
"""Endings of files that compressing does not make smaller."""

ArchiveEntry = tuple[str, Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class ArchiveContents:
    """Contents of an archive: `forms` from FORMS, the notes, further files (read last, one by one),
    and its own description.
    """

    forms: Sequence[str]
    told: str
    notes: bool = False
    more: Iterable[ArchiveEntry] = ()


def list_chosen(actor: Actor, ids: Sequence[str]) -> list[Interview]:
    """The organization's own sessions among these, newest first. Raises NotFound when there are
    none.
    """
    known = [one for one in dict.fromkeys(ids) if is_id(one)][:MOST]
    mine = select(Interview).where(Interview.org_id == actor.org_id, Interview.id.in_(known))
    mine = mine.options(joinedload(Interview.campaign))
    newest = mine.order_by(Interview.started_at.desc(), Interview.id.desc())
    found = list(db.session.execute(newest).scalars())
    if not found:
        raise NotFound("None of these interviews exist any more.")
    return found


def stream_archive(held: Sequence[Interview], wanted: ArchiveContents) -> Iterator[bytes]:
    """Bytes of the archive in chunks."""
    ids = [row.id for row in held[:MOST]]
    noted = formats.format_rows([NOTES, *_notes(ids)]).encode() if wanted.notes else None
    made = clock.now()
    release_connection()
    return _pieces(db.engine, ids, wanted, noted, made)


def stream_entries(entries: Iterable[ArchiveEntry], made: datetime) -> Iterator[bytes]:
    """Bytes of an archive of these entries in chunks."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in entries:
            yield from _written(archive, sink, [entry], made)
            yield sink.taken()
    yield sink.taken()


def render_pdfs(services: Services, held: Sequence[Interview]) -> Iterator[ArchiveEntry]:
    """PDFs of the first sessions. Their data is read now; each is rendered when its turn comes, so
    that the download keeps moving.
    """
    built = [transcripts.build_transcript(row) for row in held[:MOST_PDFS]]
    return _rendered(services, built)


def format_json_line(interview: Interview) -> bytes:
    """One session as a line of JSON; nothing if it was erased meanwhile."""
    release_connection()
    query = export_queries.select_objects(Interview.id == interview.id)
    with campaign_export.open_snapshot(db.engine) as connection:
        return b"".join(map(campaign_export.format_json_line, connection.execute(query)))


def _pieces(
    engine: Engine,
    ids: Sequence[str],
    wanted: ArchiveContents,
    noted: bytes | None,
    made: datetime,
) -> Iterator[bytes]:
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        with campaign_export.open_snapshot(engine) as connection:
            entries = _entries(connection, ids, wanted, noted)
            yield from _written(archive, sink, entries, made)
        yield sink.taken()  # send what is finished before slower entries
        for entry in wanted.more:
            yield from _written(archive, sink, [entry], made)
            yield sink.taken()
    yield sink.taken()


def _written(
    archive: zipfile.ZipFile, sink: "_Sink", entries: Iterable[ArchiveEntry], made: datetime
) -> Iterator[bytes]:
    for name, parts in entries:
        with archive.open(_named(name, made), "w") as entry:
            for part in parts:
                entry.write(part)
                if sink.size >= PIECE:
                    yield sink.taken()


def _rendered(services: Services, built: Sequence[Transcript]) -> Iterator[ArchiveEntry]:
    missing = []
    for transcript in built:
        try:
            made = transcripts.render_transcript_pdf(services, transcript)
        except PdfUnavailable:
            missing.append(transcript.session_id)
        else:
            yield f"pdf/{transcript.session_id}.pdf", [made]
    if missing:
        yield "pdf/not-made.txt", [NOT_MADE.encode(), "\n".join(missing).encode()]


def _entries(
    connection: Connection, ids: Sequence[str], wanted: ArchiveContents, noted: bytes | None
) -> Iterator[ArchiveEntry]:
    which = Interview.id.in_(ids)
    yield "about.txt", [wanted.told.encode()]
    yield "sessions.csv", _sessions(connection, which)
    if noted is not None:
        yield "notes.csv", [b"\xef\xbb\xbf", noted]
    if "csv" in wanted.forms:
        yield "transcripts.csv", _csv(connection, which)
    if "jsonl" in wanted.forms:
        yield (
            "transcripts.jsonl",
            map(
                campaign_export.format_json_line,
                _rows(connection, export_queries.select_objects(which)),
            ),
        )
    written = {form: formats.FORMS[form][1] for form in ("txt", "md", "srt", "vtt")}
    wants = [form for form in written if form in wanted.forms]
    for row in _rows(connection, export_queries.select_complete(which)) if wants else ():
        transcript = _transcript(row)
        for form in wants:
            yield f"{form}/{row.id}.{form}", [written[form](transcript).encode()]


def _rows(connection: Connection, query: Any) -> Iterator[Row[Any]]:
    yield from connection.execute(query.execution_options(yield_per=campaign_export.CHUNK))


def _csv(connection: Connection, which: ColumnElement[bool]) -> Iterator[bytes]:
    yield formats.format_rows([campaign_export.COLUMNS]).encode("utf-8-sig")
    yield from map(
        campaign_export.format_csv_rows, _rows(connection, export_queries.select_objects(which))
    )


def _sessions(connection: Connection, which: ColumnElement[bool]) -> Iterator[bytes]:
    """A line for each session, oldest first."""
    query = (
        select(Interview.__table__, Campaign.name.label("campaign_name"))
        .join(Campaign, Campaign.id == Interview.campaign_id)
        .where(which)
        .order_by(Interview.started_at, Interview.id)
    )
    yield formats.format_rows([SESSIONS]).encode("utf-8-sig")
    for row in connection.execute(query):
        ended = clock.format_iso(row.ended_at) if row.ended_at else None
        lasted = measures.get_duration_seconds(cast("Interview", row))
        cells = (
            row.id, row.campaign_name, row.participant_email, row.participant_name, row.status,
            row.language, clock.format_iso(row.started_at), ended, lasted, row.sentiment_label,
            row.feedback_rating, row.feedback_comment, row.summary_rating,
        )  # fmt: skip
        yield formats.format_rows([cells]).encode()


def _notes(ids: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """Notes; text that must not be quoted is left out."""
    for note in notes.iterate_notes(ids):
        turn = note.turn
        tags = ", ".join(tag.name for tag in note.tags)
        yield (
            note.interview_id, turn.number if turn else None, notes.get_quote(note, turn), note.text,
            tags, note.author, clock.format_iso(note.created_at),
        )  # fmt: skip


def _transcript(row: Row[Any]) -> Transcript:
    names = row.campaign_name, row.project_name, row.organization_name
    turns = tuple(campaign_export.read_turns(row))
    return transcripts.compose_transcript(cast("Interview", row), names, turns)


def _named(name: str, made: datetime) -> zipfile.ZipInfo:
    moment = (made.year, made.month, made.day, made.hour, made.minute, made.second)
    info = zipfile.ZipInfo(name, moment)
    sound = name.endswith(SOUND)
    info.compress_type = zipfile.ZIP_STORED if sound else zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


class _Sink(io.RawIOBase):
    """Unseekable buffer: collects what the archive writes, for streaming."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, part: Any) -> int:
        data = bytes(part)
        self._parts.append(data)
        self.size += len(data)
        return len(data)

    def taken(self) -> bytes:
        whole, self._parts, self.size = b"".join(self._parts), [], 0
        return whole
