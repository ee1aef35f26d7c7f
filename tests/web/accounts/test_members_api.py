"""Members and their invitations by the API, under the same rules as on the page."""

import pytest

from interviewrelay.accounts import api_keys, members

PASSWORD = "correct horse battery"


@pytest.fixture
def bo(ann):
    return members.create_member(
        ann.membership.organization, "bo@x.example", "Bo", PASSWORD, "viewer"
    )


def key_of(services, member, *permissions):
    wanted = list(permissions) or None
    _, text = api_keys.create_api_key(services.ring, member, "Key", permissions=wanted)
    return {"Authorization": f"Bearer {text}"}


def test_a_role_is_changed_and_counts_at_once(client, services, ann, bo):
    auth, path = key_of(services, bo), f"/api/members/{bo.id}"
    assert client.post("/api/projects", json={"name": "P"}, headers=auth).status_code == 403
    changed = client.patch(path, json={"role": "researcher"}, headers=ann.auth)
    assert (changed.status_code, changed.json["role"]) == (200, "researcher")
    assert client.post("/api/projects", json={"name": "P"}, headers=auth).status_code == 201
    assert client.delete(path, headers=ann.auth).status_code == 204
    assert client.get("/api/me", headers=auth).status_code == 401
    assert client.get(path, headers=ann.auth).status_code == 404


def test_the_last_owner_stays(client, ann):
    path = f"/api/members/{ann.membership.id}"
    for answer in (
        client.patch(path, json={"role": "viewer"}, headers=ann.auth),
        client.delete(path, headers=ann.auth),
    ):
        assert (answer.status_code, answer.json["error"]["code"]) == (409, "CONFLICT")


def test_who_removes_themselves_is_gone(client, ann, bo):
    members.change_role(bo, "owner")
    headers = {**ann.auth, "Idempotency-Key": "last"}
    gone = client.delete(f"/api/members/{ann.membership.id}", headers=headers)
    assert gone.status_code == 204
    assert client.get("/api/me", headers=ann.auth).status_code == 401


def test_an_admin_makes_no_owner(client, services, ann, bo):
    members.change_role(bo, "admin")
    auth = key_of(services, bo)
    sent = {"email": "new@x.example", "role": "owner"}
    assert client.post("/api/member-invitations", json=sent, headers=auth).status_code == 403
    for path, body in ((bo.id, {"role": "owner"}), (ann.membership.id, {"role": "viewer"})):
        answer = client.patch(f"/api/members/{path}", json=body, headers=auth)
        assert answer.status_code == 403
    assert client.delete(f"/api/members/{ann.membership.id}", headers=auth).status_code == 403


@pytest.mark.parametrize("role", ["owner", "admin", "researcher", "viewer"])
def test_a_narrow_key_gives_no_role_that_may_do_more(client, services, ann, bo, role):
    """Else it could invite somebody, or raise the owner of another key, and so do everything."""
    auth = key_of(services, ann.membership, "organization:write")
    sent = {"email": "new@x.example", "role": role}
    invited = client.post("/api/member-invitations", json=sent, headers=auth)
    changed = client.patch(f"/api/members/{bo.id}", json={"role": role}, headers=auth)
    for answer in (invited, changed):
        assert (answer.status_code, answer.json["error"]["code"]) == (403, "FORBIDDEN")
    assert client.get("/api/member-invitations", headers=auth).json["total"] == 0


def test_an_invitation_is_sent_again_and_withdrawn(client, ann, mailer):
    sent = {"email": "New@X.example", "role": "viewer"}
    made = client.post("/api/member-invitations", json=sent, headers=ann.auth)
    assert made.status_code == 201
    assert made.json["email"] == "new@x.example"
    assert (made.json["url"] is None) == mailer.configured
    path = f"/api/member-invitations/{made.json['id']}"
    again = client.post(f"{path}/resend", headers=ann.auth)
    assert (again.status_code, again.json["id"]) == (200, made.json["id"])
    listed = client.get("/api/member-invitations", headers=ann.auth).json["invitations"]
    assert [one["id"] for one in listed] == [made.json["id"]]
    assert "url" not in listed[0]
    assert client.delete(path, headers=ann.auth).status_code == 204
    assert client.delete(path, headers=ann.auth).status_code == 404


def test_without_a_mail_server_the_link_is_in_the_answer(client, ann, mailer):
    mailer.configured = False
    sent = {"email": "new@x.example", "role": "viewer"}
    url = client.post("/api/member-invitations", json=sent, headers=ann.auth).json["url"]
    assert client.get(url[url.index("/join/") :]).status_code == 200


@pytest.mark.parametrize("role", ["boss", "", None, 1])
def test_a_role_is_one_of_four(client, ann, bo, role):
    refused = client.patch(f"/api/members/{bo.id}", json={"role": role}, headers=ann.auth)
    assert refused.status_code == 400
    assert refused.json["error"]["details"]["field"] == "role"


def test_a_member_is_not_invited(client, ann, bo):
    sent = {"email": "bo@x.example", "role": "viewer"}
    refused = client.post("/api/member-invitations", json=sent, headers=ann.auth)
    assert refused.status_code == 409


def test_a_key_changes_only_members_whose_permissions_it_has(client, services, ann, bo):
    auth = key_of(services, ann.membership, "organization:write")
    path = f"/api/members/{bo.id}"
    for answer in (
        client.delete(path, headers=auth),
        client.patch(path, json={"role": "researcher"}, headers=auth),
    ):
        assert answer.status_code == 403
    assert client.get(path, headers=ann.auth).json["role"] == "viewer"


def test_a_key_that_must_not_erase_shortens_no_retention(client, services, ann):
    auth = key_of(services, ann.membership, "organization:write")
    body = {"transcript_days": 1, "agreed": 9}
    assert (
        client.patch("/api/organization/retention", json=body, headers=auth).status_code == 403
    )
