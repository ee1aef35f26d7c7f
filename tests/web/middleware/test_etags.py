"""Whoever has an answer already is told so, and only whoever may read it."""

import re

import pytest
from flask import make_response

from interviewrelay.accounts import api_keys
from interviewrelay.notes import notes, saved_filters
from interviewrelay.results import findings
from interviewrelay.webhooks import endpoints
from tests.factories import a_campaign, a_finished_interview, a_project, an_invite


@pytest.fixture
def readable(app, services, ann):
    """Every address of the API that can be read, filled in."""
    campaign = a_campaign(ann)
    _, token = an_invite(services, campaign, "waits@x.example")
    session = a_finished_interview(services, campaign, "It went well, thank you.")
    wanted = endpoints.WebhookSettings("https://hooks.example/a")
    webhook, _ = endpoints.create_webhook(services, ann.actor, wanted)
    ids = {
        "campaign_id": campaign.id, "script_id": campaign.script_id, "session_id": session.id,
        "project_id": campaign.project_id, "token": token, "webhook_id": webhook.id,
        "key_id": api_keys.list_api_keys(ann.actor).items[0].id, "member_id": ann.membership.id,
        "note_id": notes.add_note(ann.actor, session.id, notes.NoteDraft("Note.")).id,
        "filter_id": saved_filters.save_filter(ann.actor, "F", {"tag": "a"}, shared=False).id,
        "version": "1",
        "finding_id": findings.add_finding(ann.actor, campaign.id, "It went well.", []).row.id,
    }  # fmt: skip
    gets = [
        r.rule
        for r in app.url_map.iter_rules()
        if r.endpoint.startswith("api.") and "GET" in r.methods and r.rule not in OTHERS
    ]
    return [re.sub(r"<(\w+)>", lambda m: ids[m[1]], rule) for rule in gets]


# A page, a stream whose end nobody knows yet, sound that a text interview lacks, and what only administrators of the server may read.
OTHERS = (
    "/api/docs",
    "/api/campaigns/<campaign_id>/transcripts",
    "/api/session/<session_id>/audio",
    "/api/sessions/<session_id>/audio",
    "/api/admin/credits/summary",
)


def test_every_answer_has_a_strong_tag_and_304_for_who_has_it(client, ann, readable):
    assert len(readable) >= 13
    for path in readable:
        first = client.get(path, headers=ann.auth)
        tag = first.headers["ETag"]
        assert re.fullmatch(r'"[^"]+"', tag), path
        assert first.headers["Cache-Control"] == "private, no-cache", path
        again = client.get(path, headers={**ann.auth, "If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b""), path
        assert "Content-Length" not in again.headers
        assert "Content-Type" not in again.headers
        for name in (
            "ETag",
            "Cache-Control",
            "Vary",
            "X-RateLimit-Limit",
            "X-RateLimit-Remaining",
        ):
            assert again.headers[name], (path, name)
        names = {n for n, _ in first.headers if n.startswith("X-")}
        assert names <= {n for n, _ in again.headers}


def test_head_answers_like_get_without_a_body(client, ann, readable):
    for path in readable:
        whole, head = client.get(path, headers=ann.auth), client.head(path, headers=ann.auth)
        assert (head.status_code, head.data) == (200, b""), path
        for name in ("ETag", "Content-Type", "Content-Length", "Cache-Control"):
            assert head.headers[name] == whole.headers[name], (path, name)
        tag = {"If-None-Match": whole.headers["ETag"]}
        assert client.head(path, headers={**ann.auth, **tag}).status_code == 304


@pytest.mark.parametrize(
    "form", ["{0}", "W/{0}", '"x", {0}', '"x",W/{0} , "y"', "*", ' "a,b", {0}']
)
def test_every_form_of_the_condition_is_understood(client, ann, form):
    tag = client.get("/api/projects", headers=ann.auth).headers["ETag"]
    headers = {**ann.auth, "If-None-Match": form.format(tag)}
    assert client.get("/api/projects", headers=headers).status_code == 304


@pytest.mark.parametrize("form", ['"x"', "", 'W/"x", "y"', '"', '"x{0}"'])
def test_another_tag_gets_the_whole_answer(client, ann, form):
    tag = client.get("/api/projects", headers=ann.auth).headers["ETag"].strip('"')
    response = client.get(
        "/api/projects", headers={**ann.auth, "If-None-Match": form.format(tag)}
    )
    assert response.status_code == 200
    assert response.json["total"] == 0


def test_a_change_changes_the_tag(client, ann):
    before = client.get("/api/projects", headers=ann.auth).headers["ETag"]
    a_project(ann)
    response = client.get("/api/projects", headers={**ann.auth, "If-None-Match": before})
    assert response.status_code == 200
    assert response.headers["ETag"] != before


def test_a_tag_is_for_its_reader(client, ann, ben, vic, services):
    """Two empty lists are the same words, and still each has its own tag."""
    ours, theirs, looks = (
        client.get("/api/projects", headers=who.auth) for who in (ann, ben, vic)
    )
    assert ours.data == theirs.data == looks.data
    assert len({answer.headers["ETag"] for answer in (ours, theirs, looks)}) == 3
    _, other = api_keys.create_api_key(services.ring, ann.membership, "Other")
    same = client.get("/api/projects", headers={"Authorization": f"Bearer {other}"})
    assert same.headers["ETag"] == ours.headers["ETag"]
    assert {"Authorization", "Accept"} <= set(ours.vary)


@pytest.mark.parametrize("tag", ["*", '"x"'])
def test_a_condition_opens_nothing(client, ann, ben, services, tag):
    path = f"/api/campaigns/{a_campaign(ann).id}"
    for headers, status in (({}, 401), (ben.auth, 404)):
        answer = client.get(path, headers={**headers, "If-None-Match": tag})
        assert answer.status_code == status
        assert "ETag" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"


def test_what_changes_something_has_no_tag(client, ann):
    headers = {**ann.auth, "If-None-Match": "*"}
    made = client.post("/api/projects", json={"name": "P"}, headers=headers)
    assert (made.status_code, made.headers["Cache-Control"]) == (201, "no-store")
    assert "ETag" not in made.headers


def test_a_view_may_know_a_cheaper_tag(app, client, ann, monkeypatch):
    real = app.view_functions["api.list_projects"]

    def tagged():
        response = make_response(real())
        response.set_etag("cheap")
        return response

    tagged.permission = "projects:read"
    monkeypatch.setitem(app.view_functions, "api.list_projects", tagged)
    assert client.get("/api/projects", headers=ann.auth).headers["ETag"] == '"cheap"'
    headers = {**ann.auth, "If-None-Match": '"cheap"'}
    assert client.get("/api/projects", headers=headers).status_code == 304


def test_options_names_the_methods_of_every_route_to_anybody(app, client):
    asked = {}
    for rule in app.url_map.iter_rules():
        asked.setdefault(re.sub(r"<[^>]+>", "x", rule.rule), set()).update(rule.methods)
    assert len(asked) > 40
    for number, (path, methods) in enumerate(asked.items()):
        where = {"REMOTE_ADDR": f"10.9.0.{number}"}
        answer = client.open(path, method="OPTIONS", environ_base=where)
        assert (answer.status_code, answer.data) == (200, b""), path
        assert set(answer.headers["Allow"].split(", ")) >= methods, path
        assert ("X-RateLimit-Remaining" in answer.headers) == path.startswith("/api"), path


def test_other_methods_name_those_that_work_on_a_participants_link_too(client, link):
    for verb, wrong in (
        ("", "POST"),
        ("/start", "GET"),
        ("/turns", "PUT"),
        ("/state", "DELETE"),
    ):
        for accept in ("application/json", "text/html"):
            answer = client.open(f"{link}{verb}", method=wrong, headers={"Accept": accept})
            if (wrong, accept) == ("GET", "text/html"):  # a browser that loads it again
                assert (answer.status_code, answer.location) == (303, link)
                continue
            assert answer.status_code == 405
            assert "OPTIONS" in answer.headers["Allow"]
            assert answer.mimetype == accept
