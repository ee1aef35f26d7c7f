"""The document, the table it is made of, and the examples in it."""

import json
import re
from pathlib import Path

import pytest
from openapi_spec_validator import validate

from interviewrelay.accounts import api_keys, member_invitations, members
from interviewrelay.core import representation
from interviewrelay.core.actor import PERMISSIONS
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.ids import new_id
from interviewrelay.interviews.participation.representation import CODE
from interviewrelay.mail import outbox, suppressions
from interviewrelay.models import Interview
from interviewrelay.notes import notes, saved_filters
from interviewrelay.organizations import branding
from interviewrelay.results import analyses, findings
from interviewrelay.web.http.blueprints import api
from interviewrelay.web.openapi import registry
from interviewrelay.web.openapi.components import get_body_name
from interviewrelay.web.openapi.openapi_document import (
    PUBLISHED,
    build_document,
    format_document,
)
from interviewrelay.web.openapi.operation import operation as declare
from interviewrelay.web.openapi.registry import OPERATIONS
from interviewrelay.web.openapi.texts import PATH_EXAMPLES
from interviewrelay.webhooks import delivery_log, endpoints
from tests.document import BASE, misfits, problems
from tests.factories import (
    a_campaign,
    a_finished_interview,
    a_project,
    a_recording,
    a_script,
    an_invite,
)
from tests.tenants.policy import NEEDED, UNASKED
from tests.web import reference_samples as samples
from tests.web.openapi.test_published_reference import compare
from tests.web.openapi.test_spoken_examples import SPOKEN
from tests.web.settings.test_branding import a_picture

JSON = {"Accept": "application/json"}
TOKEN, MAIL_TOKEN = (representation.EXAMPLE_IDS[name] for name in ("token", "mail_token"))
STORED = Path(__file__).resolve().parents[3] / "docs/api/openapi.json"

WRITTEN = [operation for operation in OPERATIONS if operation.view not in SPOKEN]
API = [operation for operation in OPERATIONS if operation.zone == "api"]
KEYED = [operation for operation in API if operation.permission is not None]


def named(operation):
    return f"{operation.method} {operation.path}"


def path_to_nothing(operation):
    return re.sub(r"{\w+}", new_id(), operation.path)


def test_each_operation_needs_what_is_written_here(app):
    found = {}
    for operation in KEYED:
        letter = (
            " V" if "viewer" in operation.roles else " R" * ("researcher" in operation.roles)
        )
        found.setdefault(operation.permission, []).append(operation.view + letter)
        assert app.view_functions[operation.endpoint].permission == operation.permission
    assert {name: sorted(views) for name, views in found.items()} == NEEDED
    assert {o.view for o in API if o.permission is None} == UNASKED


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_a_key_with_one_permission_does_what_that_allows_and_nothing_else(
    client, services, ann, permission
):
    _, text = api_keys.create_api_key(
        services.ring, ann.membership, "Narrow", permissions=[permission]
    )
    auth = {"Authorization": f"Bearer {text}"}
    resource, _, act = permission.partition(":")
    allowed = set(NEEDED.get(permission, [])) | set(NEEDED["any"])
    if act == "write":
        allowed |= set(NEEDED.get(f"{resource}:read", []))
    allowed = {row.partition(" ")[0] for row in allowed} - {"get_credit_summary"}
    for operation in KEYED:
        path = path_to_nothing(operation)
        status = client.open(path, method=operation.method, headers=auth).status_code
        assert (status != 403) == (operation.view in allowed), named(operation)


def test_the_document_is_openapi_3_1_and_open_to_all(client):
    response = client.get("/api/openapi.json")
    assert response.json["openapi"] == "3.1.0"
    validate(response.json)
    again = client.get("/api/openapi.json", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_the_stored_copy_is_the_document():
    """When this fails, look at what has changed, then: interviewrelay openapi > docs/api/openapi.json"""
    assert STORED.read_text() == format_document(build_document(PUBLISHED))


def test_no_server_starts_with_a_route_that_nobody_has_decided_about(app, monkeypatch):
    kept = tuple(o for o in OPERATIONS if o.view != "get_project")
    monkeypatch.setattr(registry, "OPERATIONS", kept)
    with pytest.raises(RuntimeError, match=r"GET /api/projects/.* has no operation"):
        registry.register(app)


def test_a_view_cannot_say_another_permission_than_its_row(app, monkeypatch):
    monkeypatch.setattr(app.view_functions["api.get_project"], "permission", "billing:read")
    with pytest.raises(
        RuntimeError, match="get_project and its operation have different permissions"
    ):
        registry.register(app)


def test_no_operation_needs_a_permission_that_there_is_not():
    with pytest.raises(ValueError, match="there is no permission projects:paint"):
        declare(api, "GET /projects/<project_id>/colour", "projects:paint")


def test_an_answer_that_is_not_as_the_document_says_is_found(client, ann):
    response = client.get("/api/projects", headers=ann.auth)
    assert misfits("GET", "/api/projects", response) == []
    assert misfits("GET", "/api/scripts", response) != []
    assert misfits("POST", "/api/projects", response) == ["200 is not in the document"]
    del response.headers["X-RateLimit-Limit"]
    response.headers["ETag"] = "none"
    found = misfits("GET", "/api/projects", response)
    assert found[0].startswith("ETag: ")
    assert found[1:] == ["no X-RateLimit-Limit"]
    item = {"id": "1", "name": "N", "description": None, "created_at": "soon", "more": 1}
    about = problems({"$ref": "#/components/schemas/Project"}, {**item, "more": 1})
    assert len(about) == 3  # no UUID, no time, one field too many


REFERENCE = {
    "create_campaign": samples.CREATE_CAMPAIGN,
    "list_campaigns": samples.LIST_CAMPAIGNS,
    "get_campaign": samples.GET_CAMPAIGN,
    "create_invites": samples.CREATE_INVITES,
    "get_invite": samples.GET_INVITE,
    "list_sessions": samples.LIST_SESSIONS,
    "get_session": samples.GET_SESSION,
    "get_transcript": samples.GET_TRANSCRIPT,
    "get_credits": samples.GET_CREDITS,
    "get_credit_summary": samples.CREDIT_SUMMARY,
}
IDS = ("id", "script_id", "project_id", "campaign_id", "session_id", "organizationId",
       "transcript_url", "audio_url")  # fmt: skip


def said_by(sample, example, where=""):
    """Every name and value of the sample; ids are ids here."""
    if isinstance(sample, dict):
        for name, value in sample.items():
            if name not in IDS:
                said_by(value, example[name], f"{where}.{name}")
            assert name in example
    elif isinstance(sample, list):
        assert len(sample) == len(example), where
        for one, other in zip(sample, example, strict=True):
            said_by(one, other, f"{where}[]")
    else:
        assert example == sample, where


@pytest.mark.parametrize("operation", API, ids=named)
def test_an_example_is_the_references_own_and_fits_its_schema(operation):
    if operation.view in REFERENCE:
        said_by(REFERENCE[operation.view], operation.example)
    shape = operation.answers.get(operation.status)
    if shape is None:
        return
    if operation.view != "read_document":
        schema = {"$ref": f"#/components/schemas/{shape.__name__}"}
        assert problems(schema, operation.example) == []
    if operation.sent is not None:
        schema = {"$ref": f"#/components/schemas/{get_body_name(operation)}"}
        assert problems(schema, operation.sent) == []


@pytest.fixture
def things(services, ann):
    """What the examples' ids stand for here."""
    campaign = a_campaign(ann)
    with transaction():
        wanted = endpoints.WebhookSettings("https://hooks.example.com/a")
        webhook, _ = endpoints.add_webhook(services, ann.actor.org_id, wanted)
    finished = a_finished_interview(
        services, campaign, "It took me two weeks.", email="user@example.com"
    )
    key, _ = api_keys.create_api_key(services.ring, ann.membership, "Other")
    member_invitations.invite_member(services, ann.actor, "ben@alder.example", "viewer")
    (invitation,) = member_invitations.list_invitations(ann.actor)
    draft = notes.NoteDraft("A note.", turn=2)
    view = saved_filters.save_filter(ann.actor, "Mine", {"sentiment": "negative"}, shared=False)
    an_invite(services, campaign, "mailed@x.example", send_email=True)
    analyses.start_analysis(ann.actor, campaign.id)
    return {
        representation.KEY_ID: key.id,
        representation.MEMBER_ID: a_member(ann).id,
        representation.INVITATION_ID: invitation.id,
        representation.NOTE_ID: notes.add_note(ann.actor, finished.id, draft).id,
        representation.FILTER_ID: view.id,
        representation.FINDING_ID: findings.add_finding(ann.actor, campaign.id, "A", []).row.id,
        representation.OTHER_ID: findings.add_finding(ann.actor, campaign.id, "B", []).row.id,
        representation.EMAIL_ID: outbox.list_mails(ann.actor).items[0].id,
        representation.WEBHOOK_ID: webhook.id,
        representation.DELIVERY_ID: delivery_log.send_ping(webhook),
        representation.PROJECT_ID: campaign.project_id,
        representation.SCRIPT_ID: a_script(ann).id,
        representation.CAMPAIGN_ID: campaign.id,
        representation.SESSION_ID: finished.id,
        TOKEN: an_invite(services, campaign, "waits@x.example")[1],
        MAIL_TOKEN: suppressions.build_token(services.ring, ann.actor.org_id, "who@x.example"),
    }


def a_member(ann):
    return members.create_member(
        ann.membership.organization, "bo@alder.example", "Bo", "correct horse battery", "viewer"
    )


def here(value, things):
    text = json.dumps(value)
    for example, real in things.items():
        text = text.replace(example, real)
    return json.loads(text)


@pytest.mark.gate
@pytest.mark.parametrize("operation", WRITTEN, ids=named)
def test_an_example_can_be_sent_as_it_stands(client, ann, services, things, operation):
    if operation.view == "delete_project":  # one with campaigns in it stays
        things[representation.PROJECT_ID] = a_project(ann).id
    if operation.view == "add_recipients":
        things[representation.CAMPAIGN_ID] = a_campaign(ann, status="draft").id
    if operation.zone == "participant" and operation.view not in ("open_link", "start"):
        start = f"/interview/{things[representation.EXAMPLE_IDS['token']]}/start"
        assert client.post(start, json={"consent": True}).status_code == 201
    if operation.view == "enter_code":
        told = client.post(
            f"/interview/{things[representation.EXAMPLE_IDS['token']]}/code",
            json={},
            headers=JSON,
        ).json
        things[CODE] = told["code"]
    if operation.view == "get_audio":
        a_recording(services, db.session.get(Interview, things[representation.SESSION_ID]))
    if operation.view in ("read_logo", "read_brand"):
        branding.save_brand(services, ann.actor.org_id, "#0f6674", a_picture())
    if operation.view == "change_answer":
        said = {"number": 2, "text": "It went well."}
        turns = f"/interview/{things[representation.EXAMPLE_IDS['token']]}/turns"
        assert client.post(turns, json=said, headers=JSON).status_code == 201
    if operation.view in ("give_feedback", "send_copy"):
        end = f"/interview/{things[representation.EXAMPLE_IDS['token']]}/complete"
        assert client.post(end, json={}).status_code == 200
    if operation.view == "get_credit_summary":
        make_system_administrator(ann)
    query = {p.name: p.example for p in operation.query if p.example is not None}
    named_in_path = {**PATH_EXAMPLES, **representation.EXAMPLE_IDS}
    path = re.sub(r"{(\w+)}", lambda m: str(named_in_path[m[1]]), operation.path)
    more = {} if operation.sent is None else {"json": here(operation.sent, things)}
    headers = {"Accept": "application/json", **(ann.auth if operation.zone == "api" else {})}
    response = client.open(
        here(path, things), method=operation.method, headers=headers,
        query_string=here(query, things), **more,
    )  # fmt: skip
    assert response.status_code in operation.answers, response.text
    if operation.example is not None and operation.zone == "api" and not operation.query:
        same_names(operation.example, response.json)


def same_names(example, answer, where=""):
    """The same fields at every place that both have."""
    if isinstance(example, dict) and isinstance(answer, dict):
        if where.endswith((".details", ".metadata", ".settings")):
            return
        assert set(example) == set(answer), where
        for name, value in example.items():
            same_names(value, answer[name], f"{where}.{name}")
    elif isinstance(example, list) and isinstance(answer, list) and example and answer:
        same_names(example[0], answer[0], f"{where}[]")


def make_system_administrator(somebody):
    from interviewrelay.core.db.session import transaction

    with transaction():
        somebody.membership.user.system_admin = True


def test_examples_of_errors_and_lists_are_the_references_own(client, ann):
    compare(samples.ERROR, build_document(BASE)["components"]["schemas"]["Error"]["example"])
    listed = next(o.example for o in OPERATIONS if o.view == "list_projects")
    compare(samples.PAGINATION, {**listed, "data": []})
