"""API keys by the API: no key makes one that may do more than itself."""

from datetime import timedelta

import pytest

from interviewrelay.accounts import api_keys, members
from interviewrelay.core import clock
from interviewrelay.core.actor import PERMISSIONS
from tests.conftest import logged_in


def bearer(text):
    return {"Authorization": f"Bearer {text}"}


@pytest.fixture
def narrow(services, ann):
    """A key that may manage the organization and read sessions, for thirty days."""
    wanted = ["organization:write", "sessions:read"]
    return bearer(
        api_keys.create_api_key(
            services.ring, ann.membership, "Narrow", permissions=wanted, days=30
        )[1]
    )


def test_a_key_that_is_made_works_and_is_shown_once(client, ann):
    made = client.post("/api/keys", json={"name": "Wiki", "test": True}, headers=ann.auth)
    assert made.status_code == 201
    key = made.json
    assert key["key"].startswith("ir_test_")
    assert sorted(key["permissions"]) == sorted(PERMISSIONS)
    me = client.get("/api/me", headers=bearer(key["key"])).json
    assert (me["key"]["id"], me["test"]) == (key["id"], True)
    for path in ("/api/keys", f"/api/keys/{key['id']}"):
        assert key["key"] not in client.get(path, headers=ann.auth).text
    assert "Wiki" in client.get("/api/audit-log?subject=key", headers=ann.auth).text


def test_a_repeated_call_gives_the_same_key(client, ann):
    headers = {**ann.auth, "Idempotency-Key": "once"}
    first, again = (
        client.post("/api/keys", json={"name": "Wiki"}, headers=headers) for _ in range(2)
    )
    assert first.json == again.json
    assert again.headers["Idempotent-Replayed"] == "true"
    assert client.get("/api/keys", headers=ann.auth).json["total"] == 2


@pytest.mark.parametrize(
    "permissions", [["sessions:write"], ["billing:read"], list(PERMISSIONS), ["organization:write", "invites:read"]]
)  # fmt: skip
def test_a_key_gives_no_permission_that_it_lacks(client, narrow, permissions):
    sent = {"name": "More", "permissions": permissions, "valid_days": 1}
    refused = client.post("/api/keys", json=sent, headers=narrow)
    assert (refused.status_code, refused.json["error"]["code"]) == (403, "FORBIDDEN")
    assert client.get("/api/keys", headers=narrow).json["total"] == 2


def test_what_a_key_gives_by_default_is_what_it_has(client, narrow):
    made = client.post("/api/keys", json={"name": "Same", "valid_days": 1}, headers=narrow)
    assert sorted(made.json["permissions"]) == [
        "organization:read", "organization:write", "sessions:read",
    ]  # fmt: skip


@pytest.mark.parametrize("days", [None, 31])
def test_a_key_that_expires_makes_none_that_lives_longer(client, narrow, days):
    sent = {"name": "Later", "valid_days": days}
    refused = client.post("/api/keys", json=sent, headers=narrow)
    assert refused.status_code == 403
    assert "expires" in refused.json["error"]["message"]


def test_a_revoked_key_is_still_listed(client, ann):
    made = client.post("/api/keys", json={"name": "Wiki"}, headers=ann.auth).json
    for _ in range(2):
        gone = client.delete(f"/api/keys/{made['id']}", headers=ann.auth)
        assert (gone.status_code, gone.json["status"]) == (200, "revoked")
    assert client.get("/api/me", headers=bearer(made["key"])).status_code == 401
    assert client.get(f"/api/keys/{made['id']}", headers=ann.auth).json["revoked_at"]


def test_a_key_can_revoke_itself(client, ann):
    own = client.get("/api/me", headers=ann.auth).json["key"]["id"]
    headers = {**ann.auth, "Idempotency-Key": "last"}
    assert client.delete(f"/api/keys/{own}", headers=headers).status_code == 200
    assert client.get("/api/me", headers=ann.auth).status_code == 401


def test_a_key_says_when_it_is_over(client, ann):
    sent = {"name": "Short", "valid_days": 1}
    made = client.post("/api/keys", json=sent, headers=ann.auth).json
    assert made["status"] == "active"
    with clock.freeze_at(clock.now() + timedelta(days=1)):
        found = client.get(f"/api/keys/{made['id']}", headers=ann.auth)
        assert found.json["status"] == "expired"


def test_the_page_shows_the_same_keys(app, client, ann):
    client.post("/api/keys", json={"name": "From a program"}, headers=ann.auth)
    assert "From a program" in logged_in(app, ann).get("/keys").text


def test_a_mistyped_limit_makes_no_key_without_one(client, ann):
    body = {"name": "Wiki", "expires_at": "2030-01-01T00:00:00Z"}
    refused = client.post("/api/keys", json=body, headers=ann.auth)
    assert refused.status_code == 400
    error = refused.json["error"]
    assert error["message"] == "There is no field 'expires_at'"
    assert error["details"]["expected"] == "one of name, permissions, test, valid_days"


@pytest.mark.parametrize("path", ["/api/member-invitations", "/api/members"])
def test_a_key_that_expires_gives_nobody_access_that_does_not(client, services, ann, path):
    _, text = api_keys.create_api_key(services.ring, ann.membership, "Short", days=1)
    if path == "/api/members":
        bo = members.create_member(
            ann.membership.organization, "bo@x.example", "Bo", "correct horse battery", "viewer"
        )
        answer = client.patch(f"{path}/{bo.id}", json={"role": "admin"}, headers=bearer(text))
    else:
        person = {"email": "bo@x.example", "role": "owner"}
        answer = client.post(path, json=person, headers=bearer(text))
    assert answer.status_code == 403
    assert "This key expires at" in answer.json["error"]["message"]
