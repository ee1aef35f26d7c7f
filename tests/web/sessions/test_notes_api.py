"""Notes and saved filters by the API."""

import pytest

from interviewrelay.notes import saved_filters
from tests.factories import a_campaign, a_finished_interview

WORDS = "It took me two weeks. It was hard."


@pytest.fixture
def session(services, ann):
    return a_finished_interview(services, a_campaign(ann), WORDS)


@pytest.fixture
def path(session):
    return f"/api/sessions/{session.id}/notes"


def test_a_quote_is_noted_changed_and_listed(client, ann, session, path):
    sent = {"turn": 2, "quote": "two weeks", "text": "Long.", "tags": ["#Time", "tools"]}
    made = client.post(path, json=sent, headers=ann.auth)
    assert made.status_code == 201, made.text
    note = made.json
    assert (note["turn_number"], note["quote"]) == (2, "two weeks")
    assert note["tags"] == ["time", "tools"]
    assert note["may_change"] is True
    one = f"{path}/{note['id']}"
    changed = client.patch(one, json={"text": "Very long."}, headers=ann.auth).json
    assert (changed["text"], changed["tags"]) == ("Very long.", ["time", "tools"])
    changed = client.patch(one, json={"tags": []}, headers=ann.auth).json
    assert (changed["text"], changed["tags"]) == ("Very long.", [])
    assert client.get(one, headers=ann.auth).json == changed
    assert client.get(path, headers=ann.auth).json["notes"] == [changed]
    quotes = f"/api/campaigns/{session.campaign_id}/highlights?show=quotes"
    (found,) = client.get(quotes, headers=ann.auth).json["highlights"]
    assert {**found, **changed} == found
    assert found["participant_email"] == session.participant_email
    assert client.get(f"{quotes}&tag=time", headers=ann.auth).json["total"] == 0
    assert client.delete(one, headers=ann.auth).status_code == 204
    assert client.get(one, headers=ann.auth).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": " "}, "text"),
        ({"text": "x" * 4_001}, "text"),
        ({"tags": ["a"] * 11}, "tags"),
        ({"tags": ["x" * 51]}, "tags.0"),
        ({"tags": "a, b"}, "tags"),
        ({"text": "a", "turn": 99}, "turn"),
        ({"text": "a", "turn": 0}, "turn"),
        ({"turn": 2, "quote": "three weeks"}, "quote"),
        ({"turn": 1, "quote": "a"}, "quote"),
        ({"quote": "two weeks"}, "turn"),
    ],
)
def test_a_note_that_cannot_be_is_refused(client, ann, path, body, field):
    refused = client.post(path, json=body, headers=ann.auth)
    assert refused.status_code == 400, refused.text
    assert refused.json["error"]["details"]["field"] == field


def test_a_repeated_call_makes_one_note(client, ann, path):
    headers = {**ann.auth, "Idempotency-Key": "once"}
    answers = [client.post(path, json={"text": "A"}, headers=headers) for _ in range(2)]
    assert answers[0].json == answers[1].json
    assert client.get(path, headers=ann.auth).json["total"] == 1


def test_a_note_is_changed_by_its_session_only(client, services, ann, path):
    other = a_finished_interview(services, a_campaign(ann), WORDS, email="o@x.example")
    note = client.post(path, json={"text": "A"}, headers=ann.auth).json["id"]
    wrong = f"/api/sessions/{other.id}/notes/{note}"
    assert client.get(wrong, headers=ann.auth).status_code == 404
    assert client.patch(wrong, json={"text": "B"}, headers=ann.auth).status_code == 404
    assert client.delete(wrong, headers=ann.auth).status_code == 404


def test_filters_are_saved_as_the_page_reads_them(client, ann, desk):
    sent = {
        "name": " Unhappy ",
        "filters": {"sentiment": "negative", "tag": "#Time", "start_date": "2026-01-31", "q": ""},
        "shared": True,
    }  # fmt: skip
    made = client.post("/api/saved-filters", json=sent, headers=ann.auth)
    assert made.status_code == 201, made.text
    assert made.json["name"] == "Unhappy"
    kept = {"sentiment": "negative", "tag": "time", "start_date": "2026-01-31"}
    assert made.json["filters"] == kept
    assert "Unhappy" in desk.get("/sessions/views").text
    one = f"/api/saved-filters/{made.json['id']}"
    assert client.patch(one, json={"name": "Sad"}, headers=ann.auth).json["shared"] is True
    assert client.patch(one, json={"shared": False}, headers=ann.auth).json["name"] == "Sad"
    assert client.delete(one, headers=ann.auth).status_code == 204
    assert client.get("/api/saved-filters", headers=ann.auth).json["total"] == 0


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "V"}, "filters"),
        ({"name": "V", "filters": {}}, "filters"),
        ({"name": "V", "filters": {"q": " "}}, "filters"),
        ({"name": "V", "filters": {"status": "odd"}}, "filters.status"),
        ({"name": "V", "filters": {"campaign_id": "1"}}, "filters.campaign_id"),
        ({"name": "V", "filters": {"start_date": "2026-02-30"}}, "filters.start_date"),
        ({"name": "x" * 81, "filters": {"q": "a"}}, "name"),
        ({"name": "", "filters": {"q": "a"}}, "name"),
    ],
)
def test_filters_that_cannot_be_are_refused(client, ann, body, field):
    refused = client.post("/api/saved-filters", json=body, headers=ann.auth)
    assert refused.status_code == 400, refused.text
    assert refused.json["error"]["details"]["field"] == field


def test_a_viewer_saves_for_themselves_only(client, ann, vic):
    sent = {"name": "Mine", "filters": {"q": "a"}}
    assert client.post("/api/saved-filters", json=sent, headers=vic.auth).status_code == 201
    shared = {**sent, "shared": True}
    assert client.post("/api/saved-filters", json=shared, headers=vic.auth).status_code == 403
    assert client.get("/api/saved-filters", headers=ann.auth).json["total"] == 0
    view = saved_filters.save_filter(ann.actor, "Ours", {"q": "a"}, shared=True)
    found = client.get(f"/api/saved-filters/{view.id}", headers=vic.auth).json
    assert (found["mine"], found["may_change"]) == (False, False)
