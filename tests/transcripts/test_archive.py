"""Sessions in one archive."""

import csv
import io
import json
import zipfile

import pytest

from interviewrelay.core.db.session import db
from interviewrelay.core.errors import NotFound
from interviewrelay.core.ids import new_id
from interviewrelay.interviews.participation import answer_review
from interviewrelay.notes import notes
from interviewrelay.notes.notes import NoteDraft
from interviewrelay.transcripts import (
    archive as transcript_archive,
    campaign_export,
    transcripts,
)
from interviewrelay.transcripts.archive import ArchiveContents
from interviewrelay.transcripts.formats import FORMS
from tests.factories import a_campaign, a_finished_interview, an_interview
from tests.statements import statements


@pytest.fixture
def held(ann, services):
    campaign = a_campaign(ann, name="../../Autumn")
    said = ["=1+1", "We waited 40 minutes; مرحبا 🙂", 'It was "fine",\nreally.']
    return [
        a_finished_interview(services, campaign, *said, email=f"+n{n}@x.example", test=True)
        for n in range(3)
    ] + [an_interview(services, campaign, "Not done.", email="open@x.example", test=True)]


def opened(pieces):
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    assert archive.testzip() is None
    return archive


def table(archive, name):
    text = archive.read(name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("size", [1, 64 * 1024])
def test_every_form_is_what_the_single_operations_give(services, held, size, monkeypatch):
    monkeypatch.setattr(transcript_archive, "PIECE", size)
    archive = opened(
        transcript_archive.stream_archive(
            held, ArchiveContents(transcript_archive.FORMS, "About.")
        )
    )
    for row in held:
        made = transcripts.build_transcript(row)
        for form in ("txt", "md", "srt", "vtt"):
            assert archive.read(f"{form}/{row.id}.{form}").decode() == FORMS[form][1](made)
    whole = b"".join(campaign_export.stream_export(held[0].campaign, "csv"))
    assert archive.read("transcripts.csv") == whole
    whole = b"".join(campaign_export.stream_export(held[0].campaign, "jsonl"))
    assert archive.read("transcripts.jsonl") == whole
    assert json.loads(transcript_archive.format_json_line(held[0]))["session_id"] == held[0].id
    assert archive.read("about.txt") == b"About."


def test_names_are_ours_and_cells_are_no_formulas(held):
    archive = opened(
        transcript_archive.stream_archive(
            held, ArchiveContents(("txt", "csv"), "x", notes=True)
        )
    )
    ids = {row.id for row in held}
    for name in archive.namelist():
        folder, _, file = name.rpartition("/")
        assert folder in ("", "txt")
        assert not folder or file.removesuffix(".txt") in ids
    rows = table(archive, "sessions.csv")
    assert [row["session_id"] for row in rows] == [row.id for row in held]
    assert rows[0]["participant_email"] == "'+n0@x.example"
    assert (rows[0]["campaign"], rows[-1]["ended_at"]) == ("../../Autumn", "")


def test_notes_are_in_it_when_wanted_and_quote_only_what_may_be_quoted(ann, held):
    open_one = held[-1]
    notes.add_note(ann.actor, open_one.id, NoteDraft("=2+2", "a, b", 2, "Not done"))
    notes.add_note(ann.actor, open_one.id, NoteDraft("On the whole."))
    without = opened(transcript_archive.stream_archive(held, ArchiveContents(("txt",), "x")))
    assert "notes.csv" not in without.namelist()
    (first, second) = table(
        opened(
            transcript_archive.stream_archive(held, ArchiveContents(("txt",), "x", notes=True))
        ),
        "notes.csv",
    )
    assert (first["note"], first["tags"], first["quote"]) == ("'=2+2", "a, b", "Not done")
    assert (second["turn_number"], second["author"]) == ("", "Alder")
    answer_review.set_quotable(open_one.invite, 2, allowed=False)
    db.session.expire_all()
    (first, _) = table(
        opened(
            transcript_archive.stream_archive(held, ArchiveContents(("txt",), "x", notes=True))
        ),
        "notes.csv",
    )
    assert first["quote"] == ""


def test_it_asks_as_often_for_many_as_for_few(ann, held):
    held = transcript_archive.list_chosen(ann.actor, [row.id for row in held])

    def asked(rows):
        wanted = ArchiveContents(transcript_archive.FORMS, "x", notes=True)
        b"".join(transcript_archive.stream_archive(rows, wanted))  # what is asked once is over
        return statements(lambda: b"".join(transcript_archive.stream_archive(rows, wanted)))

    assert asked(held[:1]) == asked(held) <= 8


def test_only_ones_own_sessions_are_chosen(ann, ben, held):
    ids = [held[0].id, "no id", new_id(), held[2].id, held[0].id]
    assert [row.id for row in transcript_archive.list_chosen(ann.actor, ids)] == [
        held[2].id,
        held[0].id,
    ]
    for actor, given in ((ben.actor, ids), (ann.actor, []), (ann.actor, ["x"])):
        with pytest.raises(NotFound):
            transcript_archive.list_chosen(actor, given)


def test_more_than_an_archive_holds_are_left_out(held, monkeypatch):
    monkeypatch.setattr(transcript_archive, "MOST", 2)
    archive = opened(transcript_archive.stream_archive(held, ArchiveContents(("txt",), "x")))
    assert len(table(archive, "sessions.csv")) == 2


def test_it_stops_when_nobody_reads(held, monkeypatch):
    monkeypatch.setattr(transcript_archive, "PIECE", 1)
    pieces = transcript_archive.stream_archive(
        held, ArchiveContents(transcript_archive.FORMS, "x")
    )
    out = db.engine.pool.checkedout()
    next(pieces)
    assert db.engine.pool.checkedout() == out + 1
    pieces.close()
    assert db.engine.pool.checkedout() == out


def test_what_takes_its_time_is_handed_on_piece_by_piece(held):
    asked = []

    def slow():
        for name in ("a", "b"):
            asked.append(name)
            yield name, [b"x"]

    pieces = transcript_archive.stream_archive(held, ArchiveContents((), "About.", more=slow()))
    seen = [(len(piece) > 0, list(asked)) for piece in pieces]
    assert seen == [(True, []), (True, ["a"]), (True, ["a", "b"]), (True, ["a", "b"])]
