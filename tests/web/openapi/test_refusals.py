"""Each refusal that an operation may meet, as the document has it: the client holds every answer."""

import pytest

from interviewrelay.campaigns import campaigns, projects
from interviewrelay.core import errors
from interviewrelay.transcripts import transcripts
from tests.document import misfits, resolved, told_of
from tests.factories import a_campaign, a_draft, a_finished_interview, a_project

NAME = {"name": "N"}
JSON = {"Content-Type": "application/json"}

# Each with its code, method and path, and what is sent.
REFUSALS = [
    ("INVALID_PARAMETER", "POST", "/api/projects", {"json": {}}),
    ("INVALID_PARAMETER", "GET", "/api/projects?limit=0", {}),
    ("INVALID_JSON", "POST", "/api/projects", {"data": b"{", "headers": JSON}),
    ("UNKNOWN_HOST", "GET", "/api/projects", {"headers": {"Host": "elsewhere.example"}}),
    ("UNAUTHENTICATED", "GET", "/api/projects", {"headers": {"Authorization": "Bearer no"}}),
    ("FORBIDDEN", "GET", "/api/admin/credits/summary", {}),
    ("NOT_FOUND", "GET", "/api/campaigns/01900000-0000-7000-8000-000000000000", {}),
    ("NOT_FOUND", "GET", "/api/nothing", {}),
    ("METHOD_NOT_ALLOWED", "DELETE", "/api/projects", {}),
    ("PAYLOAD_TOO_LARGE", "POST", "/api/projects", {"json": {"name": "N" * 1024 * 1024}}),
    ("URI_TOO_LONG", "GET", "/api/projects?q=" + "q" * 9_000, {}),
    ("UNSUPPORTED_MEDIA_TYPE", "POST", "/api/projects", {"data": "name=N"}),
    ("HEADERS_TOO_LARGE", "GET", "/api/projects", {"headers": {"X-Much": "m" * 17_000}}),
]


def refused(response, code):
    assert response.json["error"]["code"] == code
    assert response.json["error"]["request_id"] == response.headers["X-Request-Id"]


@pytest.mark.parametrize(("code", "method", "path", "sent"), REFUSALS)
def test_what_is_sent_wrongly(client, ann, code, method, path, sent):
    headers = {**ann.auth, **sent.get("headers", {})}
    response = client.open(path, method=method, **{**sent, "headers": headers})
    assert misfits(method, path, response) == []
    refused(response, code)


def test_what_does_not_fit_how_things_stand(client, ann, services):
    campaign = a_campaign(ann)
    body = {**NAME, "project_id": campaign.project_id, "script_id": a_draft(ann).id}
    answer = client.post("/api/campaigns", json=body, headers=ann.auth)
    refused(answer, "SCRIPT_NOT_PUBLISHED")
    full = client.delete(f"/api/projects/{campaign.project_id}", headers=ann.auth)
    refused(full, "CONFLICT")
    campaigns.set_campaign_status(campaign, "completed")
    path = f"/api/campaigns/{campaign.id}/invites"
    closed = client.post(path, json={"emails": ["a@x.example"]}, headers=ann.auth)
    refused(closed, "CAMPAIGN_NOT_ACTIVE")


def test_an_idempotency_key_for_another_request(client, ann):
    headers = {**ann.auth, "Idempotency-Key": "once"}
    made = client.post("/api/projects", json=NAME, headers=headers)
    again = client.post("/api/projects", json=NAME, headers=headers)
    assert again.data == made.data
    assert again.headers["Idempotent-Replayed"] == "true"
    other = client.post("/api/projects", json={"name": "O"}, headers=headers)
    refused(other, "IDEMPOTENCY_KEY_REUSED")


def test_too_many_without_a_key(client):
    answers = [client.get("/api/projects") for _ in range(61)]
    refused(answers[59], "UNAUTHENTICATED")
    refused(answers[60], "RATE_LIMITED")


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (errors.PlanLimitReached(), "PLAN_LIMIT_REACHED"),
        (errors.StorageUnavailable(), "STORAGE_UNAVAILABLE"),
        (RuntimeError("not foreseen"), "INTERNAL_ERROR"),
    ],
)
def test_what_is_not_the_callers_fault(client, ann, monkeypatch, fault, code):
    def fail(*_, **__):
        raise fault

    campaign = a_campaign(ann)
    monkeypatch.setattr(campaigns, "change_campaign", fail)
    path = f"/api/campaigns/{campaign.id}"
    refused(client.patch(path, json=NAME, headers=ann.auth), code)


def test_a_pdf_that_cannot_be_made(client, ann, services, monkeypatch):
    def fail(*_, **__):
        raise errors.PdfUnavailable

    session = a_finished_interview(services, a_campaign(ann), "Well.")
    monkeypatch.setattr(transcripts, "render_pdf", fail)
    path = f"/api/session/{session.id}/pdf"
    refused(client.get(path, headers=ann.auth), "PDF_UNAVAILABLE")


def test_a_code_that_the_operation_does_not_tell_is_found(client, ann, monkeypatch):
    def fail(*_, **__):
        raise errors.PlanLimitReached

    monkeypatch.setattr(projects, "list_projects", fail)
    with pytest.raises(AssertionError, match="402 is not in the document"):
        client.get("/api/projects", headers=ann.auth)


def test_each_operation_tells_of_the_same_refusals_for_the_same_reasons(ann, services):
    """Every one of a key: 401, 403, 429; those that take an id: 404; those with a body: 413, 415."""
    for method, path, statuses in (
        ("GET", "/api/projects", {"200", "304", "401", "403", "429", "500", "503"}),
        ("PATCH", f"/api/projects/{a_project(ann).id}", {"404", "409", "413", "415", "422"}),
    ):
        told = told_of(method, path)
        assert statuses <= set(told["responses"])
    bare = resolved(told_of("GET", "/api/projects")["responses"]["429"])
    assert {"Retry-After", "X-RateLimit-Limit"} <= set(bare["headers"])
