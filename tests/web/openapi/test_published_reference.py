"""The published reference is binding: names, types and forms of every answer."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from interviewrelay.billing import ledger
from interviewrelay.core import clock
from interviewrelay.interviews import interviews
from tests.factories import a_campaign, a_finished_interview, a_project, a_script, an_invite
from tests.web import reference_samples as samples

FORMS = (
    ("time with milliseconds", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"),
    ("time", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
    ("token", r"inv_[A-Za-z0-9_-]+"),
    ("link of an interview", r"https?://[^/]+/interview/inv_[A-Za-z0-9_-]+"),
    ("link of a transcript", r"https?://[^/]+/api/session/[^/]+/transcript"),
    ("address", r"[^@/ ]+@[^@ ]+"),
)
FREE = ("name", "text", "message", "description", "id")


def form(text):
    return next((name for name, shape in FORMS if re.fullmatch(shape, text)), "text")


def kind(value):
    return "number" if type(value) in (int, float) else type(value).__name__


def compare(sample, real, where=""):
    """Every name of the sample is there, with a value of its type and form; more is allowed."""
    if isinstance(sample, dict):
        assert isinstance(real, dict), where
        assert set(sample) <= set(real), f"{where}: {set(sample) - set(real)} missing"
        for name, value in sample.items():
            compare(value, real[name], f"{where}.{name}")
    elif isinstance(sample, list):
        assert isinstance(real, list), where
        assert real or not sample, f"{where}: an empty list proves nothing"
        for item in real if sample else []:
            compare(sample[0], item, f"{where}[]")
    elif sample is None:
        assert real is None or form(real) == "time with milliseconds", where
    elif real is None:
        assert where.endswith(("audio_url", "paymentIntentId")), where  # not everything has one
    else:
        assert kind(real) == kind(sample), f"{where}: {real!r}"
        if isinstance(sample, int) and not isinstance(sample, bool) and "rate" not in where:
            assert type(real) is int or "timestamp" in where, f"{where}: {real!r}"
        if isinstance(sample, str) and where.rpartition(".")[2] not in FREE:
            assert form(real) == form(sample), f"{where}: {real!r}"


@pytest.fixture
def get(client, ann):
    def fetch(path, status=200):
        response = client.get(path, headers=ann.auth)
        assert response.status_code == status, response.text
        return response.json

    return fetch


@pytest.fixture
def post(client, ann):
    def send(path, body, status=201):
        response = client.post(path, json=body, headers=ann.auth)
        assert response.status_code == status, response.text
        return response.json

    return send


@pytest.fixture
def session(services, ann):
    moment = datetime(2024, 10, 20, 10, tzinfo=UTC)
    with clock.freeze_at(moment):
        invite, _ = an_invite(services, a_campaign(ann), "user@example.com")
        interviews.start_interview(invite, agreed=True)
    with clock.freeze_at(moment + timedelta(seconds=3.5)):
        interviews.answer_question(invite, 2, "Hi, happy to be here.")
    with clock.freeze_at(moment + timedelta(minutes=12)):
        return interviews.complete_interview(invite).interview


def test_create_campaign(post, ann):
    body = {
        "name": "Q4 Customer Feedback",
        "script_id": a_script(ann).id,
        "project_id": a_project(ann).id,
        "invite_valid_hours": 168,
    }
    made = post("/api/campaigns", body)
    compare(samples.CREATE_CAMPAIGN, made)
    assert {name: made[name] for name in body} == body
    assert made["status"] == "active"


def test_list_campaigns(get, ann):
    a_campaign(ann)
    listed = get("/api/campaigns?limit=10")
    compare(samples.LIST_CAMPAIGNS, listed)
    assert (listed["total"], listed["limit"], listed["offset"]) == (1, 10, 0)


def test_get_campaign(get, services, ann):
    campaign = a_campaign(ann)
    for number in range(3):
        a_finished_interview(services, campaign, email=f"n{number}@x.example")
    an_invite(services, campaign, "waits@x.example")
    invite, _ = an_invite(services, campaign, "open@x.example")
    interviews.start_interview(invite, agreed=True)
    found = get(f"/api/campaigns/{campaign.id}")
    compare(samples.GET_CAMPAIGN, found)
    assert found["stats"]["completion_rate"] == 0.75
    assert (found["stats"]["invites_sent"], found["stats"]["started"]) == (5, 4)


def test_create_invites(post, ann):
    emails = ["user1@example.com", "user2@example.com"]
    path = f"/api/campaigns/{a_campaign(ann).id}/invites"
    made = post(path, {"emails": emails, "send_email": True})
    compare(samples.CREATE_INVITES, made)
    assert [invite["email"] for invite in made["invites"]] == emails
    assert (made["sent"], made["failed"]) == (2, 0)
    assert all(i["url"].endswith(f"/interview/{i['token']}") for i in made["invites"])


def test_get_invite(get, services, ann):
    _, token = an_invite(services, a_campaign(ann))
    found = get(f"/api/invites/{token}")
    compare(samples.GET_INVITE, found)
    assert (found["token"], found["status"]) == (token, "pending")


def test_list_sessions(get, session):
    listed = get(f"/api/sessions?campaign_id={session.campaign_id}&status=completed")
    compare(samples.LIST_SESSIONS, listed)
    assert listed["total"] == 1


def test_get_session(get, session):
    found = get(f"/api/sessions/{session.id}")
    compare(samples.GET_SESSION, found)
    same = {**samples.GET_SESSION, "id": session.id, "campaign_id": session.campaign_id}
    del same["transcript_url"], same["audio_url"]
    assert {name: found[name] for name in same} == same
    assert found["transcript_url"].endswith(f"/api/session/{session.id}/transcript")


@pytest.mark.parametrize("noun", ["session", "sessions"])
def test_get_transcript(get, session, noun):
    found = get(f"/api/{noun}/{session.id}/transcript")
    compare(samples.GET_TRANSCRIPT, found)
    first, second = found["turns"][:2]
    assert (first["timestamp"], first["speaker"], first["sentiment"]) == (0, "ai", "neutral")
    assert type(first["timestamp"]) is int
    told = {n: second[n] for n in ("timestamp", "speaker", "text", "sentiment")}
    assert told == samples.GET_TRANSCRIPT["turns"][1]


def test_download_pdf(client, ann, session):
    response = client.get(f"/api/session/{session.id}/pdf", headers=ann.auth)
    assert (response.status_code, response.mimetype) == (200, "application/pdf")
    assert response.data.startswith(b"%PDF-")


def test_create_and_list_projects(post, get):
    made = post("/api/projects", {"name": "P", "description": "D"})
    assert set(made) == {"id", "name", "description", "created_at"}
    assert form(made["created_at"]) == "time"
    assert get("/api/projects")["projects"] == [made]


def test_get_credits(get, ann):
    ledger.grant_credits(ann.actor.org_id, 4_000, "admin:1", "Top-up")
    ledger.remove_credits(ann.actor.org_id, 180, "admin:2", "Used")
    found = get("/api/billing/credits")
    compare(samples.GET_CREDITS, found)
    assert set(found) == set(samples.GET_CREDITS)
    assert set(found["low_balance_warning"]) == set(samples.GET_CREDITS["low_balance_warning"])
    numbers = {n: v for n, v in samples.GET_CREDITS.items() if type(v) is int}
    assert {name: found[name] for name in numbers} == numbers


def test_errors(client, ann):
    response = client.post("/api/projects", json={}, headers=ann.auth)
    assert response.status_code == 400
    compare(samples.ERROR, response.json)
    assert response.json["error"]["message"] == "The 'name' field is required"
    assert response.json["error"]["details"] == {"field": "name", "expected": "string"}


@pytest.mark.parametrize("path", ["projects", "scripts", "campaigns", "sessions"])
def test_pagination(get, ann, path):
    compare(samples.PAGINATION, get(f"/api/{path}"))


def test_rate_limit_headers(client, ann):
    headers = client.get("/api/projects", headers=ann.auth).headers
    limit, left, reset = (
        int(headers[f"X-RateLimit-{n}"]) for n in ("Limit", "Remaining", "Reset")
    )
    assert limit - left == 1
    assert 0 < reset - clock.now().timestamp() <= 3_601
