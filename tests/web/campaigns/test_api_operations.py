"""Changing campaigns, projects and scripts by JSON; test keys; the same work for 10 rows and for 100."""

import pytest
from sqlalchemy import select

from interviewrelay.accounts import api_keys
from interviewrelay.billing import ledger
from interviewrelay.campaigns import campaigns
from interviewrelay.campaigns.invites import invites
from interviewrelay.core.db.session import db
from interviewrelay.mail import outbox
from interviewrelay.models import Interview, Invite
from interviewrelay.operations import consistency_check
from tests.factories import (
    a_campaign,
    a_draft,
    a_finished_interview,
    a_project,
    a_script,
    an_invite,
)
from tests.statements import statements


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def send(client, ann):
    def sent(method, path, status=200, body=None, auth=ann.auth):
        more = {} if body is None else {"json": body}
        response = client.open(f"/api{path}", method=method, headers=auth, **more)
        assert response.status_code == status, response.text
        return response.json if response.data else None

    return sent


@pytest.fixture
def test_auth(services, ann):
    return {
        "Authorization": f"Bearer {api_keys.create_api_key(services.ring, ann.membership, 'T', test=True)[1]}"
    }


def test_what_is_named_is_changed_and_the_rest_stays(send, ann):
    row = a_campaign(ann, settings={"language": "de"}, max_sessions=3, reminder_hours_before=5)
    path = f"/campaigns/{row.id}"
    changed = send("PATCH", path, body={
        "name": " Winter ", "settings": {"target_minutes": 5}, "metadata": {"a": "b"},
        "invite_valid_hours": 2, "starts_at": "2030-01-01", "max_sessions": None, "status": "paused",
        "script_id": "ignored",
    })  # fmt: skip
    assert (changed["name"], changed["status"]) == ("Winter", "paused")
    assert (changed["settings"], changed["metadata"]) == ({"target_minutes": 5}, {"a": "b"})
    assert (changed["invite_valid_hours"], changed["max_sessions"]) == (2, None)
    assert (changed["starts_at"], changed["reminder_hours_before"]) == (
        "2030-01-01T00:00:00Z",
        5,
    )
    assert changed["script_id"] == row.script_id
    assert send("PATCH", path, body={}) == send("GET", path) == changed


@pytest.mark.parametrize(
    ("body", "field"),
    [({"name": ""}, "name"), ({"name": None}, "name"), ({"status": "burnt"}, "status"),
     ({"status": None}, "status"), ({"settings": None}, "settings"), ({"settings": {"mode": 1}}, "settings.mode"),
     ({"invite_valid_hours": 0}, "invite_valid_hours"), ({"invite_valid_hours": None}, "invite_valid_hours"),
     ({"max_sessions": "3"}, "max_sessions"), ({"starts_at": "soon"}, "starts_at"),
     ({"metadata": {"a": 1}}, "metadata.a"), ({"reminder_hours_before": -1}, "reminder_hours_before")],
)  # fmt: skip
def test_a_change_that_is_wrong_changes_nothing(send, campaign, body, field):
    before = send("GET", f"/campaigns/{campaign.id}")
    refused = send("PATCH", f"/campaigns/{campaign.id}", 400, {**body, "unknown": 1})
    assert refused["error"]["details"]["field"] == field
    assert send("GET", f"/campaigns/{campaign.id}") == before


STATES = ("draft", "active", "paused", "completed", "archived")
WAY = {"draft": [], "active": ["active"], "paused": ["active", "paused"]}
WAY["completed"] = [*WAY["active"], "completed"]
WAY["archived"] = [*WAY["completed"], "archived"]


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", STATES)
def test_a_campaign_moves_only_as_its_states_allow(ann, client, before, after):
    row = a_campaign(ann, status="draft")
    for step in WAY[before]:
        campaigns.set_campaign_status(row, step)
    body = {"status": after, "name": "Renamed"}
    response = client.patch(f"/api/campaigns/{row.id}", json=body, headers=ann.auth)
    found = client.get(f"/api/campaigns/{row.id}", headers=ann.auth).json
    if after in (before, *campaigns.MOVES[before]):
        assert (response.status_code, found["status"], found["name"]) == (200, after, "Renamed")
    else:
        error = response.json["error"]
        assert (response.status_code, error["code"]) == (409, "CONFLICT")
        assert error["details"] == {"status": before, "moves": list(campaigns.MOVES[before])}
        assert (found["status"], found["name"]) == (before, "Autumn")


def test_a_draft_takes_no_invites_until_it_is_active(send, ann):
    body = {"name": "N", "script_id": a_script(ann).id, "project_id": a_project(ann).id}
    made = send("POST", "/campaigns", 201, {**body, "status": "draft"})
    path = f"/campaigns/{made['id']}"
    assert made["status"] == "draft"
    send("POST", f"{path}/invites", 409, {"emails": ["a@x.example"]})
    assert send("PATCH", path, body={"status": "active"})["status"] == "active"
    send("POST", f"{path}/invites", 201, {"emails": ["a@x.example"]})
    send("POST", "/campaigns", 400, {**body, "status": "archived"})


def test_a_paused_campaign_keeps_links_and_lets_running_interviews_go_on(
    client, services, send, campaign
):
    from interviewrelay.interviews import interviews

    running, token = an_invite(services, campaign, "runs@x.example")
    interviews.start_interview(running, agreed=True)
    _, waits = an_invite(services, campaign, "waits@x.example")
    send("PATCH", f"/campaigns/{campaign.id}", body={"status": "paused"})
    said = client.post(f"/interview/{token}/turns", json={"number": 2, "text": "It went well."})
    assert said.status_code == 201
    refused = client.post(f"/interview/{waits}/start", json={"consent": True})
    assert refused.json["error"]["code"] == "CAMPAIGN_NOT_ACTIVE"
    page = client.get(f"/interview/{waits}", headers={"Accept": "text/html"})
    assert page.status_code == 409
    assert "<h1" in page.text
    assert send("GET", f"/invites/{waits}")["status"] == "pending"
    send("PATCH", f"/campaigns/{campaign.id}", body={"status": "active"})
    assert client.post(f"/interview/{waits}/start", json={"consent": True}).status_code == 201


def test_a_project_is_read_changed_and_deleted(send, ann):
    made = send("POST", "/projects", 201, {"name": "One", "description": "Why"})
    path = f"/projects/{made['id']}"
    assert send("GET", path) == made
    assert send("PATCH", path, body={"name": " Two "}) == {**made, "name": "Two"}
    assert send("PATCH", path, body={"description": None})["description"] is None
    assert send("PATCH", path, 400, {"name": " "})["error"]["details"]["field"] == "name"
    assert send("DELETE", path, 204) is None
    send("GET", path, 404)
    send("DELETE", path, 404)


def test_a_project_with_campaigns_stays(send, campaign):
    path = f"/projects/{campaign.project_id}"
    assert send("DELETE", path, 409)["error"]["code"] == "CONFLICT"
    send("GET", path)


def test_scripts_are_found_by_their_name(send, ann):
    one, _ = a_script(ann, name="Waiting 100%"), a_script(ann, name="Other 100x")
    for words, ids in (("waiting", [one.id]), ("100%25", [one.id]), ("nothing", [])):
        assert [s["id"] for s in send("GET", f"/scripts?q={words}")["scripts"]] == ids
    send("GET", f"/scripts?q={'x' * 201}", 400)


def test_a_campaign_keeps_its_script_when_that_is_deleted(send, client, services, campaign):
    _, token = an_invite(services, campaign)
    send("DELETE", f"/scripts/{campaign.script_id}", 204)
    assert send("GET", f"/campaigns/{campaign.id}")["script_version"] == 1
    assert client.post(f"/interview/{token}/start", json={"consent": True}).status_code == 201


def test_a_preview_is_an_interview_that_nobody_keeps(send, ann):
    from tests.web.everything import everything

    script = a_draft(ann)
    path = f"/scripts/{script.id}/preview"
    send("GET", "/projects")
    before = everything()
    first = send("POST", path)
    assert (first["turn"]["number"], first["next_number"], first["status"]) == (
        1,
        2,
        "in_progress",
    )
    said: list[str] = []
    reached = first
    while reached["status"] == "in_progress":
        said.append("It took about twenty minutes and I was glad." if len(said) % 3 else "")
        again, reached = reached, send("POST", path, body={"answers": said})
        assert reached["turns"][: len(again["turns"])] == again["turns"]
        assert len(said) < 60
    assert (reached["turn"], reached["next_number"]) == (None, None)
    assert reached["closing"]
    assert {t["skipped"] for t in reached["turns"] if t["text"] == ""} == {True}
    over = send("POST", path, 409, {"answers": [*said, "More."]})
    assert over["error"]["code"] == "SESSION_ALREADY_COMPLETED"
    assert everything() == before


@pytest.mark.parametrize(
    ("body", "field"),
    [({"answers": "x"}, "answers"), ({"answers": [7]}, "answers.0"), ({"answers": ["x"] * 201}, "answers"),
     ({"answers": ["x" * 10_001]}, "answers.0"), ({"language": 7}, "language")],
)  # fmt: skip
def test_a_preview_has_limits(send, ann, body, field):
    path = f"/scripts/{a_draft(ann).id}/preview"
    assert send("POST", path, 400, body)["error"]["details"]["field"] == field


def test_a_script_that_cannot_be_held_has_no_preview(send, ann):
    ask_if = {"question": "nowhere", "op": "answered"}
    script = a_draft(ann, questions=[{"text": "A"}, {"text": "B", "ask_if": ask_if}])
    error = send("POST", f"/scripts/{script.id}/preview", 400)["error"]
    assert error["details"]["field"].startswith("questions.q2")


def test_a_test_key_makes_test_objects_and_changes_nothing_live(
    send, client, services, ann, campaign, test_auth
):
    path = f"/campaigns/{campaign.id}"
    body = {"emails": ["pat@x.example"]}
    real = send("POST", f"{path}/invites", 201, body)["invites"][0]
    before = (outbox.list_mails(ann.actor).total, ledger.balance(ledger.get_account(ann.actor)))
    made = send("POST", f"{path}/invites", 201, body, test_auth)
    token = made["invites"][0]["token"]
    assert (made["sent"], token != real["token"]) == (1, True)
    send("POST", f"/invites/{token}/resend", auth=test_auth)
    send("POST", f"/invites/{token}/resend")
    send("POST", f"/invites/{real['token']}/resend", 403, auth=test_auth)
    assert send("POST", f"{path}/invites/remind", auth=test_auth) == {"sent": 1}
    start = client.post(f"/interview/{token}/start", json={"consent": True})
    assert ledger.get_account(ann.actor).held == 0
    client.post(f"/interview/{token}/complete", json={})
    assert before == (
        outbox.list_mails(ann.actor).total,
        ledger.balance(ledger.get_account(ann.actor)),
    )
    session = send("GET", f"/sessions/{start.json['session_id']}")
    assert (session["test"], session["status"]) == (True, "completed")
    assert [i["test"] for i in send("GET", f"{path}/invites")["invites"]] == [True, False]
    stats = send("GET", path)["stats"]
    assert (stats["invites_sent"], stats["started"], stats["completed"], stats["pending"]) == (
        1,
        0,
        0,
        1,
    )
    assert not any(consistency_check.run_checks().values())


def test_a_dashboard_marks_what_is_a_test(desk, services, ann, campaign):
    an_invite(services, campaign, "try@x.example", test=True)
    row = a_finished_interview(services, campaign, "Fine.", email="tried@x.example", test=True)
    for path in (f"/campaigns/{campaign.id}", "/sessions", f"/sessions/{row.id}"):
        assert ">Test<" in desk.get(path).text, path


@pytest.mark.parametrize("plan", ["free", "starter"])
def test_no_more_campaigns_are_active_than_the_plan_allows(send, ann, plan):
    from sqlalchemy import update

    from interviewrelay.core.db.session import transaction
    from interviewrelay.models import Organization
    from interviewrelay.organizations.plans import PLANS

    with transaction():
        db.session.execute(update(Organization).values(plan=plan))
    most = PLANS[plan].active_campaigns
    body = {"name": "N", "script_id": a_script(ann).id, "project_id": a_project(ann).id}
    made = [send("POST", "/campaigns", 201, body)["id"] for _ in range(most)]
    refused = send("POST", "/campaigns", 402, body)["error"]
    assert (refused["code"], refused["details"]["limit"]) == ("PLAN_LIMIT_REACHED", most)
    draft = send("POST", "/campaigns", 201, {**body, "status": "draft"})["id"]
    send("PATCH", f"/campaigns/{draft}", 402, {"status": "active"})
    send("PATCH", f"/campaigns/{made[0]}", body={"status": "active"})
    send("PATCH", f"/campaigns/{made[0]}", body={"status": "paused"})
    send("PATCH", f"/campaigns/{draft}", body={"status": "active"})
    send("PATCH", f"/campaigns/{made[0]}", 402, {"status": "active"})


@pytest.mark.gate
def test_lists_ask_the_database_as_often_for_100_rows_as_for_10(
    client, services, ann, campaign
):
    script = a_script(ann)
    paths = [
        "/campaigns", "/projects", "/scripts", f"/campaigns/{campaign.id}/invites",
        f"/campaigns/{campaign.id}/invites?q=x&email_domain=x.example&status=pending", "/sessions",
    ]  # fmt: skip

    def fill(first, last):
        project = a_project(ann)
        for n in range(first, last):
            a_campaign(ann, script=script, project=project)
            a_project(ann), a_draft(ann), an_invite(services, campaign, f"p{n}@x.example")

    def asked():
        counts = {}
        for path in paths:
            address = f"/api{path}{'&' if '?' in path else '?'}limit=100"
            client.get(address, headers=ann.auth)
            counts[path] = statements(lambda a=address: client.get(a, headers=ann.auth))
        return counts

    fill(0, 10)
    few = asked()
    fill(10, 100)
    assert asked() == few
    assert max(few.values()) <= 5


def test_inviting_and_reminding_ask_as_often_for_1000_people_as_for_10(services, ann):
    from interviewrelay.campaigns.invites import reminders

    def asked(number):
        row = a_campaign(ann)
        people = [invites.Invitee(f"p{n}@x.example") for n in range(number)]
        db.session.commit()
        made = statements(lambda: invites.create_invites(services.ring, row, people))
        again = statements(lambda: invites.create_invites(services.ring, row, people))
        told = statements(lambda: reminders.queue_reminders(services.ring, row))
        return made, again, told

    assert asked(10) == asked(1_000)
    assert db.session.query(Invite).count() == 1_010
    assert db.session.execute(select(Interview.id)).first() is None
