"""Invites by JSON."""

import pytest

from interviewrelay.billing import subscriptions
from interviewrelay.campaigns.invites import invites
from interviewrelay.interviews import interviews
from tests.factories import a_campaign, an_invite
from tests.web.middleware.test_error_handlers import check


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def send(client, ann, campaign):
    def post(body, status=201):
        path = f"/api/campaigns/{campaign.id}/invites"
        response = client.post(path, json=body, headers=ann.auth)
        assert response.status_code == status, response.text
        return response.json

    return post


def test_participants_come_with_names_and_metadata(client, ann, send):
    person = {"email": "pat@x.example", "name": "Pat", "metadata": {"ward": "3"}}
    made = send({"participants": [person], "emails": ["other@x.example"]})
    assert [i["email"] for i in made["invites"]] == ["other@x.example", "pat@x.example"]
    found = client.get(f"/api/invites/{made['invites'][1]['token']}", headers=ann.auth).json
    assert (found["name"], found["metadata"]) == ("Pat", {"ward": "3"})


def test_bad_addresses_are_counted_and_do_not_sink_the_call(send):
    bad = ["v@example.com\r\nBcc: x@evil.example", "A <a@x>", "a@x,b@y", "a@[127.0.0.1]"]
    made = send({"emails": ["good@x.example", *bad]})
    assert (made["sent"], made["failed"]) == (1, 4)
    assert {e["reason"] for e in made["errors"]} == {"INVALID_ADDRESS"}
    assert [e["email"] for e in made["errors"]] == bad


@pytest.mark.parametrize("blank", ["", "  ", "\u200b", "x" * 1_001])
def test_what_is_no_address_at_all_sinks_no_call_either(send, blank):
    people = [{"email": blank, "name": "Bob"}]
    found = send({"emails": [blank, "a@x.example"], "participants": people})
    assert [invite["email"] for invite in found["invites"]] == ["a@x.example"]
    wrong = {"email": blank.strip()[:320], "reason": "INVALID_ADDRESS"}
    assert (found["sent"], found["failed"], found["errors"]) == (1, 2, [wrong, wrong])


def test_only_bad_addresses_are_no_error_of_the_call(send):
    made = send({"emails": ["bad"]})
    assert (made["invites"], made["sent"], made["failed"]) == ([], 0, 1)


def test_inviting_again_gives_the_same_invite(send):
    first = send({"emails": ["pat@x.example"]})
    again = send({"emails": ["PAT@x.example"]})
    assert again["invites"] == first["invites"]
    assert (again["sent"], again["failed"]) == (0, 0)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "emails"), ({"emails": []}, "emails"), ({"emails": None}, "emails"),
        ({"emails": "a@x.example"}, "emails"), ({"emails": [7]}, "emails.0"),
        ({"emails": [f"n{n}@x.example" for n in range(1_001)]}, "emails"),
        ({"participants": []}, "participants"), ({"participants": [{}]}, "participants.0.email"),
        ({"participants": [{"email": "a@x.example", "metadata": {"a": 1}}]}, "participants.0.metadata.a"),
        ({"participants": [{"email": "a@x.example", "name": "A\r\nB"}]}, "participants.0.name"),
        ({"participants": [{"email": "a@x.example", "name": "A\tB"}]}, "participants.0.name"),
        ({"participants": [{"email": "a@x.example", "name": "A\u2028B"}]}, "participants.0.name"),
        ({"emails": ["a@x.example"], "send_email": "false"}, "send_email"),
        ({"emails": ["a@x.example"], "send_email": 0}, "send_email"),
        ({"emails": ["a@x.example"], "custom_message": "x" * 5_001}, "custom_message"),
        ({"emails": ["a@x.example"], "custom_message": 7}, "custom_message"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_and_nobody_is_invited(client, ann, campaign, send, body, field):
    error = send(body, 400)["error"]
    assert (error["code"], error["details"]["field"]) == ("INVALID_PARAMETER", field)
    path = f"/api/campaigns/{campaign.id}/invites"
    assert client.get(path, headers=ann.auth).json["total"] == 0


def test_mails_beyond_the_plans_are_refused_in_words(client, desk, ann, services):
    campaign = a_campaign(ann)
    subscriptions.change_plan(ann.membership.organization, "free")
    path, headers = f"/api/campaigns/{campaign.id}/invites", ann.auth

    def invite(first, number):
        emails = [f"p{n}@x.example" for n in range(first, first + number)]
        return client.post(path, json={"emails": emails}, headers=headers)

    check(invite(0, 101), 402, "PLAN_LIMIT_REACHED")
    assert invite(0, 99).status_code == 201
    over = invite(99, 2)
    check(over, 429, "RATE_LIMITED")
    assert 86_000 < int(over.headers["Retry-After"]) <= 86_400
    assert over.json["error"]["details"] == {"plan": "free", "limit": 100}
    typed = {"addresses": "a@x.example\nb@x.example", "send_email": "true"}
    page = desk.post(f"/campaigns/{campaign.id}/invites", data=typed)
    assert page.status_code == 429
    assert "You can send 1 now, but this needs 2" in page.text
    assert "a@x.example" in page.text


def test_a_sixth_mail_to_one_person_is_refused(client, ann, services):
    invite, token = an_invite(services, a_campaign(ann), send_email=True)
    answers = [client.post(f"/api/invites/{token}/resend", headers=ann.auth) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429]
    check(answers[-1], 429, "RATE_LIMITED")
    assert "5 emails in the last 24 hours" in answers[-1].json["error"]["message"]
    another, _ = an_invite(services, a_campaign(ann), send_email=True)
    assert another.email == invite.email, "Enterprise may invite them to another study"
    subscriptions.change_plan(ann.membership.organization, "starter")
    sent = {"emails": [invite.email]}
    other = client.post(
        f"/api/campaigns/{a_campaign(ann).id}/invites", json=sent, headers=ann.auth
    )
    assert (other.status_code, other.json["sent"], other.json["failed"]) == (201, 0, 1)
    assert other.json["errors"] == [{"email": invite.email, "reason": "TOO_MANY_MAILS"}]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"send_email": "false"}, "The 'send_email' field must be a boolean"),
        ({"send_email": 1}, "The 'send_email' field must be a boolean"),
        ({"emails": "a@b.nl"}, "The 'emails' field must be a list of 1 to 1000 items"),
        ({"emails": []}, "The 'emails' field must be a list of 1 to 1000 items"),
        ({"emails": {}}, "The 'emails' field must be a list of 1 to 1000 items"),
        ({"emails": ["a@b.nl"] * 1_001}, "The 'emails' field must be a list of 1 to 1000 items"),
        ({"participants": []}, "The 'participants' field must be a list of 1 to 1000 items"),
        ({"participants": [{"email": "a@b.nl", "metadata": {str(n): "" for n in range(51)}}]},
         "The 'participants.0.metadata' field must be an object of at most 50 strings"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_the_field_may_be(send, body, message):
    assert send({"emails": ["a@b.nl"], **body}, 400)["error"]["message"] == message


def test_a_thousand_people_are_invited_at_once(send):
    made = send({"emails": [f"n{n}@x.example" for n in range(1_000)], "send_email": False})
    assert made["sent"] == len({i["token"] for i in made["invites"]}) == 1_000


def test_a_thousand_are_the_most_of_both_kinds_together(client, ann, campaign, send):
    emails = [f"a{number}@x.example" for number in range(600)]
    people = [{"email": f"b{number}@x.example"} for number in range(401)]
    error = send({"emails": emails, "participants": people}, 400)["error"]
    assert error["message"] == "You can invite up to 1,000 people at once, but this is 1,001"
    assert error["details"] == {"field": "emails", "expected": "list of 1 to 1000 items"}
    path = f"/api/campaigns/{campaign.id}/invites"
    assert client.get(path, headers=ann.auth).json["total"] == 0


def test_a_test_key_makes_test_invites_without_a_mail(client, services, ann, campaign):
    from interviewrelay.accounts import api_keys
    from interviewrelay.mail import outbox

    _, key = api_keys.create_api_key(services.ring, ann.membership, "Test", test=True)
    path = f"/api/campaigns/{campaign.id}/invites"
    auth = {"Authorization": f"Bearer {key}"}
    assert client.post(path, json={"emails": ["a@x.example"]}, headers=auth).status_code == 201
    assert outbox.list_mails(ann.actor).total == 0
    assert invites.list_invites(campaign).items[0].test


def test_invites_are_listed_by_status(client, services, ann, campaign):
    waiting, _ = an_invite(services, campaign, "waits@x.example")
    started, _ = an_invite(services, campaign, "goes@x.example")
    interviews.start_interview(started, agreed=True)
    path = f"/api/campaigns/{campaign.id}/invites"

    def listed(query=""):
        found = client.get(path + query, headers=ann.auth).json
        return [(item["id"], item["status"]) for item in found["invites"]]

    assert listed() == [(started.id, "started"), (waiting.id, "pending")]
    assert listed("?status=started") == [(started.id, "started")]
    assert client.get(f"{path}?status=burnt", headers=ann.auth).status_code == 400


@pytest.mark.parametrize("token", ["inv_abc123", "inv_" + "a" * 43, "x", "inv_%00"])
def test_an_unknown_token_is_not_found(client, ann, token):
    response = client.get(f"/api/invites/{token}", headers=ann.auth)
    assert (response.status_code, response.json["error"]["code"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize("status", ["paused", "archived"])
def test_a_campaign_that_is_not_active_takes_no_invites(send, campaign, status):
    from sqlalchemy import update

    from interviewrelay.core.db.session import db, transaction
    from interviewrelay.models import Campaign

    with transaction():
        db.session.execute(update(Campaign).values(status=status))
    error = send({"emails": ["a@x.example"]}, 409)["error"]
    assert error["code"] == "CAMPAIGN_NOT_ACTIVE"
    assert "Set its status to 'active' first." in error["message"]
