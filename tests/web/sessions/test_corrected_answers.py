"""Answers that correct earlier ones, in everything that shows a transcript."""

import csv
import io
import json
from dataclasses import asdict

import pytest

from interviewrelay.adapters.pdf import transcript_document
from interviewrelay.core.db.session import db
from interviewrelay.models import TurnRow
from interviewrelay.transcripts import transcripts
from tests.factories import a_campaign, a_finished_interview

FIRST = "I waited three weeks for the letter of the clinic."
RIGHT = "Actually, it was two weeks, not three."
AGAIN = "Sorry, let me correct that: four weeks."


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def held(services, campaign):
    a_finished_interview(services, campaign, "The bus was late.", email="other@x.example")
    return a_finished_interview(services, campaign, FIRST, RIGHT, "It came by post.", AGAIN)


@pytest.fixture
def get(client, ann, held):
    def fetch(path):
        response = client.get(path.format(id=held.id), headers=ann.auth)
        assert response.status_code == 200, response.text
        return response

    return fetch


def test_the_first_words_stay_and_both_ends_are_shown(get):
    turns = get("/api/session/{id}/transcript").json["turns"]
    assert [t["text"] for t in turns[1::2]] == [FIRST, RIGHT, "It came by post.", AGAIN]
    assert [t["amends"] for t in turns[1::2]] == [None, 2, None, 2]
    assert [t["amended_by"] for t in turns[1::2]] == [[4, 8], [], [], []]
    assert all((t["amends"], t["amended_by"]) == (None, []) for t in turns[::2])


def test_exports_tell_the_same(get, held, campaign):
    for form in ("json", "jsonl"):
        told = get(f"/api/campaigns/{campaign.id}/transcripts?format={form}").get_data(
            as_text=True
        )
        sessions = (
            json.loads(told)["sessions"]
            if form == "json"
            else [json.loads(line) for line in told.splitlines()]
        )
        of_one = next(s for s in sessions if s["session_id"] == held.id)
        assert of_one["turns"] == get("/api/session/{id}/transcript").json["turns"]
    text = get(f"/api/campaigns/{campaign.id}/transcripts?format=csv").get_data(as_text=True)
    alone = get("/api/session/{id}/transcript?format=csv").get_data(as_text=True)
    for table in (text, alone):
        rows = list(csv.DictReader(io.StringIO(table.lstrip("\ufeff"))))
        mine = [row for row in rows if row["session_id"] == held.id]
        assert [row["amends"] for row in mine[1::2]] == ["", "2", "", "2"]
        assert [row["amended_by"] for row in mine[1::2]] == ["4 8", "", "", ""]


def test_text_markdown_and_page_say_where_and_by_which_words(get, desk):
    plain = get("/api/session/{id}/transcript?format=txt").get_data(as_text=True)
    assert f"(Corrected at 00:00:00: {RIGHT})" in plain
    assert "(Corrects the answer at 00:00:00.)" in plain
    marked = get("/api/session/{id}/transcript?format=md").get_data(as_text=True)
    assert r"*Corrected at 00\:00\:00\: Actually, it was two weeks, not three\.*" in marked


def test_the_page_links_both_ways(desk, held):
    page = desk.get(f"/sessions/{held.id}").get_data(as_text=True)
    assert '<a href="#turn-4">at 00:00</a>:</span> <q dir="auto">' + RIGHT in page
    assert 'Corrects <a href="#turn-2">the answer at 00:00</a>.' in page


def test_the_pdf_says_it_under_both(held):
    made = json.loads(json.dumps(asdict(transcripts.build_transcript(held)), default=str))
    notes = [list(transcript_document._notes(turn, made["turns"])) for turn in made["turns"]]
    assert notes[1] == [f"Corrected at 00:00: {RIGHT}", f"Corrected at 00:00: {AGAIN}"]
    assert notes[3] == notes[7] == ["Corrects the answer at 00:00."]
    assert notes[0] == notes[2] == notes[5] == []


def test_a_row_knows_it_in_the_database_too(held):
    found = db.session.query(TurnRow.number, TurnRow.amends).filter(
        TurnRow.interview_id == held.id, TurnRow.amends.is_not(None)
    )
    assert sorted(map(tuple, found)) == [(4, 2), (8, 2)]
