"""Whose key it is: every key may ask."""

import pytest

from interviewrelay.accounts import api_keys, members


def me(client, text):
    return client.get("/api/me", headers={"Authorization": f"Bearer {text}"})


def test_a_key_says_whose_it_is_and_what_it_may_do(client, services, ann):
    key, text = api_keys.create_api_key(
        services.ring, ann.membership, "Wiki", permissions=["sessions:write"], days=30
    )
    found = me(client, text).json
    assert found["test"] is False
    assert (found["key"]["id"], found["key"]["name"]) == (key.id, "Wiki")
    assert found["key"]["expires_at"] > found["key"]["created_at"]
    assert found["user"]["email"] == ann.email
    assert found["role"] == "owner"
    assert found["permissions"] == ["sessions:read", "sessions:write"]
    assert found["organization"]["id"] == ann.actor.org_id
    assert text not in str(found)
    assert key.mark not in str(found)


def test_two_keys_of_one_member_are_told_apart(client, services, ann):
    texts = [
        api_keys.create_api_key(services.ring, ann.membership, name)[1] for name in ("A", "B")
    ]
    answers = [me(client, text) for text in texts]
    assert [answer.json["key"]["name"] for answer in answers] == ["A", "B"]
    assert answers[0].headers["ETag"] != answers[1].headers["ETag"]


@pytest.mark.parametrize("test", [False, True])
def test_a_key_without_any_permission_may_ask_too(client, services, ann, test):
    _, text = api_keys.create_api_key(
        services.ring, ann.membership, "None", permissions=[], test=test
    )
    found = me(client, text)
    assert found.status_code == 200
    assert (found.json["test"], found.json["permissions"]) == (test, [])


def test_a_smaller_role_shows_at_once(client, services, ann):
    members.create_member(
        ann.membership.organization, "bo@x.example", "Bo", "correct horse battery", "owner"
    )
    _, text = api_keys.create_api_key(services.ring, ann.membership, "Wiki")
    members.change_role(ann.membership, "viewer")
    found = me(client, text).json
    assert found["role"] == "viewer"
    assert "sessions:write" not in found["permissions"]


def test_a_key_that_is_not_valid_learns_nothing(client, services, ann):
    key, text = api_keys.create_api_key(services.ring, ann.membership, "Wiki")
    api_keys.revoke_api_key(key)
    assert me(client, text).status_code == me(client, "x").status_code == 401
