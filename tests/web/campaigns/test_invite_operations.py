"""Invites by JSON: found, sent again, extended, cancelled, reminded."""

from datetime import UTC, datetime, timedelta

import pytest

from interviewrelay.core import clock
from interviewrelay.interviews import interviews
from interviewrelay.mail import outbox as mail_outbox
from interviewrelay.notifications import mail_delivery
from tests.factories import a_campaign, a_finished_interview, an_invite

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def send(client, ann):
    def sent(method, path, status=200, body=None, at=None):
        more = {} if body is None else {"json": body}
        headers = {**ann.auth, **({"X-Test-Now": clock.format_iso(at)} if at else {})}
        response = client.open(f"/api{path}", method=method, headers=headers, **more)
        assert response.status_code == status, response.text
        return response.json

    return sent


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["dan", "cleo", "bob"]), ("?q=CLEO", ["cleo"]), ("?q=alder", ["bob"]), ("?q=%25", []),
        ("?q=x.example", ["dan", "cleo"]), ("?email_domain=X.example", ["dan", "cleo"]),
        ("?email_domain=@y.x.example", ["bob"]), ("?email_domain=example", []),
        ("?email_domain=%25.example", []), ("?email_domain=b%C3%BCcher.example", []),
        ("?email_domain=x.example&status=cancelled", ["dan"]), ("?q=bo&status=pending", ["bob"]),
        ("?q=bo&status=expired", []), ("?q=%20", ["dan", "cleo", "bob"]),
    ],
)  # fmt: skip
def test_invites_are_found_by_address_name_domain_and_status(send, campaign, query, found):
    path = f"/campaigns/{campaign.id}/invites"
    people = [{"email": "bob@y.x.example", "name": "Bob Alder"}]
    send("POST", path, 201, {"participants": people})
    send("POST", path, 201, {"emails": ["cleo@x.example"]})
    token = send("POST", path, 201, {"emails": ["dan@x.example"]})["invites"][0]["token"]
    send("DELETE", f"/invites/{token}")
    if "q=x.example" in query:
        query += "&email_domain=x.example"
    names = [i["email"].partition("@")[0] for i in send("GET", path + query)["invites"]]
    assert names == found


def test_resending_mails_the_same_link_again(send, services, ann, campaign):
    made = send("POST", f"/campaigns/{campaign.id}/invites", 201, {"emails": ["a@x.example"]})
    token = made["invites"][0]["token"]
    again = send("POST", f"/invites/{token}/resend", body={"custom_message": "Once more"})
    send("POST", f"/invites/{token}/resend")
    assert (again["token"], again["status"]) == (token, "pending")
    outbox = mail_outbox.list_mails(ann.actor).items
    assert [mail.kind for mail in outbox] == ["invite"] * 3
    assert "Once more" in {mail.custom_message for mail in outbox}
    mail_delivery.deliver_due_mails(services)
    urls = {letter.facts["url"] for letter in services.mailer.letters}
    assert len(urls) == 1


@pytest.mark.parametrize("how", ["cancelled", "completed", "expired", "paused"])
def test_a_link_that_works_no_more_is_not_sent_again(send, services, ann, campaign, how):
    if how == "completed":
        row = a_finished_interview(services, campaign, "Fine.").invite
        token = services.ring.decrypt(row.sealed_token)
    else:
        with clock.freeze_at(NOON):
            _, token = an_invite(services, campaign)
    if how == "cancelled":
        send("DELETE", f"/invites/{token}")
    if how == "paused":
        send("PATCH", f"/campaigns/{campaign.id}", body={"status": "paused"})
    at = NOON + timedelta(hours=1 if how == "paused" else 200)
    error = send("POST", f"/invites/{token}/resend", 409, at=None if how == "completed" else at)
    assert error["error"]["code"] == ("CAMPAIGN_NOT_ACTIVE" if how == "paused" else "CONFLICT")
    assert mail_outbox.list_mails(ann.actor).total == 0


def test_extending_counts_from_the_later_of_now_and_the_end(send, services, campaign):
    with clock.freeze_at(NOON):
        _, token = an_invite(services, campaign)
    path = f"/invites/{token}/extend"
    longer = send("POST", path, body={"hours": 2}, at=NOON)
    assert longer["expires_at"] == clock.format_iso(NOON + timedelta(hours=170))
    late = NOON + timedelta(days=30)
    assert send("GET", f"/invites/{token}", at=late)["status"] == "expired"
    alive = send("POST", path, body={"hours": 2}, at=late)
    assert (alive["status"], alive["expires_at"]) == (
        "pending",
        clock.format_iso(late + timedelta(hours=2)),
    )


@pytest.mark.parametrize("hours", [0, -1, 8761, "2", None, True, 1.5])
def test_an_extension_is_1_to_8760_hours(send, services, campaign, hours):
    _, token = an_invite(services, campaign)
    error = send("POST", f"/invites/{token}/extend", 400, {"hours": hours})["error"]
    assert error["details"]["field"] == "hours"


def test_an_invite_cannot_be_extended_for_ever(send, services, campaign):
    _, token = an_invite(services, campaign)
    path = f"/invites/{token}/extend"
    for _ in range(9):
        send("POST", path, body={"hours": 8760})
    assert send("POST", path, 400, {"hours": 8760})["error"]["details"]["field"] == "hours"


@pytest.mark.parametrize("how", ["cancelled", "completed"])
def test_what_is_over_is_not_extended(send, services, campaign, how):
    if how == "completed":
        row = a_finished_interview(services, campaign, "Fine.").invite
        token = services.ring.decrypt(row.sealed_token)
    else:
        _, token = an_invite(services, campaign)
        send("DELETE", f"/invites/{token}")
    send("POST", f"/invites/{token}/extend", 409, {"hours": 1})


def test_whoever_was_invited_anew_keeps_the_newer_invite(send, services, campaign):
    with clock.freeze_at(NOON):
        _, old = an_invite(services, campaign)
    an_invite(services, campaign)
    error = send("POST", f"/invites/{old}/extend", 409, {"hours": 1})["error"]
    assert "newer" in error["message"]


def test_a_cancelled_link_works_no_more_and_its_mail_does_not_go(
    send, client, services, ann, campaign
):
    made = send("POST", f"/campaigns/{campaign.id}/invites", 201, {"emails": ["a@x.example"]})
    token = made["invites"][0]["token"]
    for _ in range(2):
        assert send("DELETE", f"/invites/{token}")["status"] == "cancelled"
    gone = client.post(f"/interview/{token}/start", json={"consent": True})
    assert gone.json["error"]["code"] == "INVITE_CANCELLED"
    assert mail_outbox.list_mails(ann.actor).total == 0
    stats = send("GET", f"/campaigns/{campaign.id}")["stats"]
    assert (stats["pending"], stats["cancelled"]) == (0, 1)


def test_only_those_who_have_not_started_are_reminded_once_a_day(send, services, ann, campaign):
    with clock.freeze_at(NOON):
        for name in ("waits", "also", "goes", "off"):
            row, token = an_invite(services, campaign, f"{name}@x.example")
            if name == "goes":
                interviews.start_interview(row, agreed=True)
            if name == "off":
                send("DELETE", f"/invites/{token}", at=NOON)
    path = f"/campaigns/{campaign.id}/invites/remind"
    told = [
        send("POST", path, body={"custom_message": "Please"}, at=NOON + timedelta(hours=h))
        for h in (1, 2, 24, 25, 200)
    ]
    assert [answer["sent"] for answer in told] == [2, 0, 0, 2, 0]
    outbox = mail_outbox.list_mails(ann.actor).items
    assert {mail.invite.email for mail in outbox} == {"waits@x.example", "also@x.example"}
    assert {(mail.kind, mail.custom_message) for mail in outbox} == {("reminder", "Please")}


def test_a_paused_campaign_reminds_nobody(send, campaign):
    send("PATCH", f"/campaigns/{campaign.id}", body={"status": "paused"})
    error = send("POST", f"/campaigns/{campaign.id}/invites/remind", 409)["error"]
    assert error["code"] == "CAMPAIGN_NOT_ACTIVE"
