"""Who may call what: keys for the API, cookies for pages, never the other way."""

import pytest
from sqlalchemy import select

from interviewrelay.accounts import api_keys
from interviewrelay.core.actor import PERMISSIONS, ROLES
from interviewrelay.core.db.session import db, transaction
from interviewrelay.interviews import interviews
from interviewrelay.models import ApiKey, Mail
from interviewrelay.notes.notes import NoteDraft, add_note
from interviewrelay.recordings import session_recording
from interviewrelay.results import findings
from interviewrelay.webhooks import delivery_log, endpoints
from tests.factories import (
    a_campaign,
    a_clip,
    a_draft,
    a_finished_interview,
    a_project,
    a_script,
    a_tone,
    an_interview,
    an_invite,
    by_voice,
)


def a_key(services, somebody, **more):
    return api_keys.create_api_key(services.ring, somebody.membership, "Key", **more)


def bearer(text):
    return {"Authorization": f"Bearer {text}"}


def test_there_is_one_answer_for_every_key_that_is_none(client, services, ann):
    revoked, revoked_text = a_key(services, ann)
    api_keys.revoke_api_key(revoked)
    expired, expired_text = a_key(services, ann)
    with transaction():
        row = db.session.get(ApiKey, expired.id)
        row.expires_at = row.created_at
    headers = [
        {}, {"Authorization": ""}, {"Authorization": "Bearer"}, {"Authorization": f"Basic {ann.key}"},
        {"Authorization": ann.key}, {"X-Api-Key": ann.key}, bearer("ir_live_nothing"),
        bearer(ann.key[:-1] + "!"), bearer(revoked_text), bearer(expired_text), bearer("\xe9" * 54),
        bearer(f"{ann.key},{ann.key}"),
    ]  # fmt: skip
    answers = [
        client.get("/api/projects", headers={"X-Request-Id": "same", **given})
        for given in headers
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.data for answer in answers}) == 1
    assert {answer.headers["WWW-Authenticate"] for answer in answers} == {"Bearer"}
    assert client.get(f"/api/projects?api_key={ann.key}").status_code == 401


def test_a_cookie_never_authenticates_the_api(desk):
    assert desk.get("/").status_code == 200
    assert desk.get("/api/projects").status_code == 401
    assert desk.post("/api/projects", json={"name": "P"}).status_code == 401


def test_a_key_never_authenticates_a_page(client, ann):
    for path in ("/", "/projects", "/campaigns"):
        response = client.get(path, headers=ann.auth)
        assert response.status_code == 303
        assert response.headers["Location"].startswith("/login")


@pytest.mark.parametrize(
    ("path", "host"), [("/projects", "localhost"), ("/api/projects", "evil.example")]
)
def test_a_key_where_it_means_nothing_is_not_written_down_as_used(client, ann, path, host):
    client.get(path, headers={**ann.auth, "Host": host})
    used = select(ApiKey.last_used_at).where(ApiKey.membership_id == ann.membership.id)
    assert db.session.execute(used).scalar_one() is None
    client.get("/api/projects", headers=ann.auth)
    assert db.session.execute(used).scalar_one() is not None


def test_a_cookie_beside_a_key_of_somebody_else_changes_nothing(desk, ben):
    made = desk.post("/api/projects", json={"name": "Ben's"}, headers=ben.auth)
    assert made.status_code == 201
    assert desk.get("/api/projects", headers=ben.auth).json["total"] == 1


@pytest.fixture
def calls(services, ann):
    """Every operation of the API as (method, path, body, permission)."""
    campaign, draft = a_campaign(ann), a_draft(ann)
    session = an_interview(services, campaign)
    spoken = an_interview(services, campaign, "It took me an hour.", email="spoke@x.example")
    by_voice(spoken)
    a_clip(services, spoken, 2, a_tone(1), text="It took me an hour.")
    interviews.complete_interview(spoken.invite)
    assert session_recording.build_recording(services, spoken.id)
    _, token = an_invite(services, campaign, "other@x.example", send_email=True)
    _, gone = an_invite(services, campaign, "gone@x.example")
    project, script = a_project(ann).id, a_draft(ann).id
    ended = a_finished_interview(services, campaign, email="ended@x.example")
    erase = {"email": "nobody@x.example"}
    unsent, listed = a_campaign(ann, status="draft"), {"participants": [erase]}
    wanted = {
        "name": "C", "script_id": a_script(ann).id, "project_id": a_project(ann).id,
    }  # fmt: skip
    return [
        ("GET", "/api/projects", None, "projects:read"),
        ("POST", "/api/projects", {"name": "P"}, "projects:write"),
        ("GET", "/api/scripts", None, "scripts:read"),
        ("GET", f"/api/scripts/{draft.id}", None, "scripts:read"),
        ("POST", "/api/scripts", {"name": "S", "questions": [{"text": "T"}]}, "scripts:write"),
        ("PATCH", f"/api/scripts/{draft.id}", {"name": "S"}, "scripts:write"),
        ("POST", f"/api/scripts/{draft.id}/publish", None, "scripts:write"),
        ("DELETE", f"/api/scripts/{a_draft(ann).id}", None, "scripts:write"),
        ("GET", "/api/campaigns", None, "campaigns:read"),
        ("GET", f"/api/campaigns/{campaign.id}", None, "campaigns:read"),
        ("POST", "/api/campaigns", wanted, "campaigns:write"),
        ("GET", f"/api/campaigns/{campaign.id}/invites", None, "invites:read"),
        ("POST", f"/api/campaigns/{campaign.id}/invites", {"emails": ["n@x.example"]}, "invites:write"),
        ("GET", f"/api/invites/{token}", None, "invites:read"),
        ("GET", "/api/sessions", None, "sessions:read"),
        ("GET", f"/api/sessions/{session.id}", None, "sessions:read"),
        ("GET", f"/api/sessions/{session.id}/transcript", None, "sessions:read"),
        ("GET", f"/api/session/{session.id}/transcript", None, "sessions:read"),
        ("GET", f"/api/session/{session.id}/pdf", None, "sessions:read"),
        ("GET", f"/api/sessions/{session.id}/pdf", None, "sessions:read"),
        ("GET", f"/api/session/{spoken.id}/audio", None, "sessions:read"),
        ("GET", f"/api/sessions/{spoken.id}/audio", None, "sessions:read"),
        ("GET", f"/api/sessions/{session.id}/egress", None, "sessions:read"),
        ("GET", f"/api/campaigns/{campaign.id}/egress", None, "sessions:read"),
        ("GET", "/api/billing/credits", None, "billing:read"),
        ("GET", "/api/billing/usage", None, "billing:read"),
        ("GET", f"/api/projects/{project}", None, "projects:read"),
        ("PATCH", f"/api/projects/{project}", {"name": "Q"}, "projects:write"),
        ("DELETE", f"/api/projects/{a_project(ann).id}", None, "projects:write"),
        ("POST", f"/api/scripts/{script}/preview", {"answers": []}, "scripts:read"),
        ("PATCH", f"/api/campaigns/{campaign.id}", {"name": "D"}, "campaigns:write"),
        ("POST", f"/api/campaigns/{campaign.id}/duplicate", None, "campaigns:write"),
        ("POST", f"/api/campaigns/{unsent.id}/recipients", listed, "campaigns:write"),
        ("GET", f"/api/campaigns/{campaign.id}/transcripts", None, "sessions:read"),
        ("GET", f"/api/campaigns/{campaign.id}/insights", None, "sessions:read"),
        ("POST", f"/api/campaigns/{campaign.id}/invites/remind", {}, "invites:write"),
        ("POST", f"/api/invites/{token}/resend", {}, "invites:write"),
        ("POST", f"/api/invites/{token}/extend", {"hours": 1}, "invites:write"),
        ("DELETE", f"/api/invites/{gone}", None, "invites:write"),
        ("POST", "/api/participants/erase", erase, "sessions:write"),
        ("POST", "/api/participants/export", erase, "sessions:read"),
        ("DELETE", f"/api/sessions/{ended.id}", None, "sessions:write"),
        ("GET", "/api/suppressions", None, "invites:read"),
        ("POST", "/api/suppressions", erase, "invites:write"),
        ("POST", "/api/suppressions/remove", erase, "invites:write"),
        *webhook_calls(services, ann),
        *study_calls(ann, session, draft),
        *result_calls(ann, session),
        *organization_calls(services, ann),
    ]  # fmt: skip


def study_calls(ann, session, draft):
    version = f"/api/scripts/{a_script(ann).id}/versions"
    notes, filters = f"/api/sessions/{session.id}/notes", "/api/saved-filters"
    text, changed = {"text": "Note."}, {"name": "F"}
    note, dropped = (
        f"{notes}/{add_note(ann.actor, session.id, NoteDraft(name)).id}" for name in "ab"
    )
    kept = db.session.execute(select(Mail.id).limit(1)).scalar_one()
    return [
        ("GET", "/api/script-summaries", None, "scripts:read"),
        ("GET", version, None, "scripts:read"),
        ("GET", f"{version}/1", None, "scripts:read"),
        ("POST", f"{version}/1/restore", None, "scripts:write"),
        ("POST", f"/api/sessions/{session.id}/safety-seen", None, "sessions:write"),
        ("GET", notes, None, "sessions:read"),
        ("POST", notes, text, "sessions:write"),
        ("GET", note, None, "sessions:read"),
        ("PATCH", note, text, "sessions:write"),
        ("DELETE", dropped, None, "sessions:write"),
        ("GET", f"/api/campaigns/{session.campaign_id}/highlights", None, "sessions:read"),
        ("GET", filters, None, "sessions:read"),
        ("POST", filters, {**changed, "filters": {"status": "completed"}}, "sessions:read"),
        ("GET", "/api/emails", None, "invites:read"),
        ("POST", f"/api/emails/{kept}/resend", None, "invites:write"),
    ]  # fmt: skip


def result_calls(ann, session):
    study = f"/api/campaigns/{session.campaign_id}"
    mine, other, gone = (
        findings.add_finding(ann.actor, session.campaign_id, text, []).row.id for text in "abc"
    )
    text = {"text": "People wait."}
    return [
        ("GET", f"{study}/analysis", None, "sessions:read"),
        ("POST", f"{study}/analysis", None, "sessions:write"),
        ("POST", f"{study}/analysis/cancel", None, "sessions:write"),
        ("GET", f"{study}/findings", None, "sessions:read"),
        ("POST", f"{study}/findings", text, "sessions:write"),
        ("GET", f"{study}/findings/{mine}", None, "sessions:read"),
        ("PATCH", f"{study}/findings/{mine}", text, "sessions:write"),
        ("POST", f"{study}/findings/{mine}/merge", {"findings": [other]}, "sessions:write"),
        ("DELETE", f"{study}/findings/{gone}", None, "sessions:write"),
        ("GET", f"{study}/matrix", None, "sessions:read"),
        ("GET", f"/api/sessions/{session.id}/results", None, "sessions:read"),
    ]  # fmt: skip


def organization_calls(services, ann):
    key = f"/api/keys/{a_key(services, ann)[0].id}"
    member = f"/api/members/{ann.membership.id}"
    settings = [
        (method, f"/api/organization{part}", body, "organization:write")
        for part in ("", "/mail", "/retention", "/branding")
        for method, body in (("GET", None), ("PATCH", {}))
        if (part, method) != ("/retention", "PATCH")
    ]
    return [
        *settings,
        ("GET", "/api/keys", None, "organization:write"),
        ("POST", "/api/keys", {"name": "K"}, "organization:write"),
        ("GET", key, None, "organization:write"),
        ("DELETE", key, None, "organization:write"),
        ("GET", "/api/members", None, "organization:read"),
        ("GET", member, None, "organization:read"),
        ("GET", "/api/member-invitations", None, "organization:read"),
        ("GET", "/api/audit-log", None, "organization:write"),
        ("GET", "/api/billing/alerts", None, "billing:read"),
        ("PATCH", "/api/billing/alerts", {"warn_below": 5}, "billing:write"),
    ]  # fmt: skip


def webhook_calls(services, ann):
    wanted = endpoints.WebhookSettings("https://hooks.example/a")
    row, _ = endpoints.create_webhook(services, ann.actor, wanted)
    path, sent = f"/api/webhooks/{row.id}", delivery_log.send_ping(row)
    gone, _ = endpoints.create_webhook(services, ann.actor, wanted)
    return [
        ("GET", "/api/webhooks", None, "webhooks:read"),
        ("POST", "/api/webhooks", {"url": wanted.url}, "webhooks:write"),
        ("GET", path, None, "webhooks:read"),
        ("PATCH", path, {"description": "D"}, "webhooks:write"),
        ("DELETE", f"/api/webhooks/{gone.id}", None, "webhooks:write"),
        ("POST", f"{path}/test", None, "webhooks:write"),
        ("POST", f"{path}/rotate-secret", None, "webhooks:write"),
        ("POST", f"{path}/replay", {"since": "2026-01-01"}, "webhooks:write"),
        ("GET", f"{path}/deliveries", None, "webhooks:read"),
        ("POST", f"{path}/deliveries/{sent}/redeliver", None, "webhooks:write"),
        ("GET", "/api/events", None, "webhooks:read"),
    ]  # fmt: skip


OTHERWISE = {
    ("/api/admin/credits/summary", "GET"), ("/api/billing/topups", "POST"), ("/api/me", "GET"),
    ("/api/members/<member_id>", "PATCH"), ("/api/members/<member_id>", "DELETE"),
    ("/api/member-invitations", "POST"),
    ("/api/member-invitations/<invitation_id>", "DELETE"),
    ("/api/member-invitations/<invitation_id>/resend", "POST"),
    ("/api/saved-filters/<filter_id>", "GET"), ("/api/saved-filters/<filter_id>", "PATCH"),
    ("/api/saved-filters/<filter_id>", "DELETE"), ("/api/organization/retention", "PATCH"),
}  # fmt: skip
"""Need no permission, or more than one: an administrator of the server, a payment provider, every
permission of the member’s role, that to erase, a filter of one’s own.
"""


def status(client, call, headers):
    method, path, body, _ = call
    more = {"json": body} if body is not None else {}
    return client.open(path, method=method, headers=headers, **more).status_code


def test_a_key_may_what_its_permission_names_and_nothing_else(client, services, ann, calls):
    texts = {p: a_key(services, ann, permissions=[p])[1] for p in PERMISSIONS}
    for call in calls:
        needed = call[3]
        includes = {needed, needed.replace(":read", ":write")}
        for permission, text in texts.items():
            if permission not in includes:
                assert status(client, call, bearer(text)) == 403, (call, permission)
        assert status(client, call, bearer(texts[needed])) < 300, call


def test_the_role_is_a_ceiling_that_no_key_lifts(client, services, vic, calls):
    text = a_key(services, vic, permissions=list(PERMISSIONS))[1]
    for call in calls:
        beyond = call[3] not in ROLES["viewer"]
        given = status(client, call, bearer(text))
        assert given == 403 if beyond else given < 300, call


def test_what_is_refused_says_so_in_words(client, vic):
    response = client.post("/api/projects", json={"name": "P"}, headers=vic.auth)
    assert response.json["error"]["code"] == "FORBIDDEN"
    assert client.get("/api/projects", headers=vic.auth).json["total"] == 0


def test_every_operation_is_among_these_calls(app, calls):
    adapter = app.url_map.bind("localhost")
    reached = {
        (adapter.match(c[1], method=c[0], return_rule=True)[0].rule, c[0]) for c in calls
    }
    every = {
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and app.view_functions[rule.endpoint].permission
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert every - OTHERWISE == reached
