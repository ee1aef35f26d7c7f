"""All transcripts of a campaign in one answer."""

import csv
import io
import json

import pytest

from interviewrelay.core.db.session import db
from interviewrelay.interviews import interviews
from interviewrelay.transcripts import campaign_export
from tests.factories import a_campaign, a_finished_interview, an_interview


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def held(services, campaign):
    said = ["=1+1", "We waited 40 minutes; مرحبا 🙂", 'It was "fine",\nreally.']
    rows = [
        a_finished_interview(services, campaign, *said, email=f"+n{n}@x.example", test=True)
        for n in range(5)
    ]
    open_one = an_interview(services, campaign, "Not done.", email="open@x.example", test=True)
    interviews.give_feedback(rows[0].invite, 4, "@good")
    return [*rows, open_one]


@pytest.fixture
def get(client, ann, campaign):
    def fetch(query="", who=ann, status=200):
        path = f"/api/campaigns/{campaign.id}/transcripts"
        response = client.get(f"{path}?{query}", headers=who.auth)
        assert response.status_code == status, response.text
        return response

    return fetch


@pytest.mark.parametrize("size", [1, 3, 2_000])
def test_json_holds_every_session_as_the_single_operations_tell_it(
    client, ann, get, held, size, monkeypatch
):
    monkeypatch.setattr(campaign_export, "CHUNK", size)
    monkeypatch.setattr(campaign_export, "PIECE", size)
    found = get("format=json").json
    assert found["campaign_id"] == held[0].campaign_id
    assert [s["session_id"] for s in found["sessions"]] == [row.id for row in held]
    for session in found["sessions"]:
        whole = client.get(f"/api/sessions/{session['id']}", headers=ann.auth).json
        turns = client.get(f"/api/session/{session['id']}/transcript", headers=ann.auth).json
        assert session.pop("turns") == turns["turns"]
        assert session.pop("session_id") == whole["id"]
        assert session == {name: whole[name] for name in session}


def test_jsonl_is_the_same_a_line_each(get, held):
    response = get("format=jsonl")
    assert response.mimetype == "application/x-ndjson"
    assert list(map(json.loads, response.text.splitlines())) == get().json["sessions"]


def test_csv_is_a_row_a_turn_and_holds_no_formula(get, held, campaign):
    response = get("format=csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="transcripts-{campaign.id}.csv"'
    )
    assert response.text.startswith("\ufeffsession_id,participant_email,")
    lines = list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"), newline="")))
    turns = [turn for s in get().json["sessions"] for turn in s["turns"]]
    assert [line["id"] for line in lines] == [turn["id"] for turn in turns]
    assert [line["text"].removeprefix("'") for line in lines] == [
        turn["text"] for turn in turns
    ]
    assert lines[1]["text"] == "'=1+1"
    assert lines[1]["participant_email"] == "'+n0@x.example"
    assert lines[0]["act"] == turns[0]["decision"]["act"]


def test_a_campaign_without_a_session_is_empty(get):
    assert get().json["sessions"] == []
    assert get("format=jsonl").text == ""
    assert get("format=csv").text.count("\r\n") == 1


@pytest.mark.parametrize(
    ("query", "field"),
    [("format=xml", "format"), ("include_audio=1", "include_audio")],
)  # fmt: skip
def test_what_there_is_not_is_refused(get, query, field):
    error = get(query, status=400).json["error"]
    assert error["details"]["field"] == field


def test_an_export_is_of_one_moment_and_keeps_nobody_from_writing(
    services, campaign, held, monkeypatch
):
    monkeypatch.setattr(campaign_export, "PIECE", 1)
    pieces = campaign_export.stream_export(campaign, "jsonl")
    assert next(pieces) == b""
    first = json.loads(next(pieces))
    an_interview(services, campaign, "Later.", email="later@x.example", test=True)
    interviews.complete_interview(held[-1].invite)
    rest = [json.loads(line) for line in b"".join(pieces).splitlines()]
    assert [s["id"] for s in (first, *rest)] == [row.id for row in held]
    assert rest[-1]["status"] == "in_progress"


def test_it_stops_when_nobody_reads(campaign, held, monkeypatch):
    monkeypatch.setattr(campaign_export, "PIECE", 1)
    pieces = campaign_export.stream_export(campaign, "jsonl")
    out = db.engine.pool.checkedout()
    read = [next(pieces) for _ in range(3)]
    assert db.engine.pool.checkedout() == out + 1
    pieces.close()  # as the server does once its reader is gone
    assert b"".join(read).count(b"\n") == 2
    assert next(pieces, None) is None
    assert db.engine.pool.checkedout() == out
