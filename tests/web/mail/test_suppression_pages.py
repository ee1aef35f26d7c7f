"""The list of whom nobody writes to, by the API and on its page; and the page behind a mail's link."""

import re

import pytest
from sqlalchemy import func, select

from interviewrelay.core.db.session import db
from interviewrelay.mail import suppressions
from interviewrelay.models import Suppression
from tests.factories import a_campaign

EMAIL = "pat@x.example"


def count():
    db.session.rollback()
    return db.session.execute(select(func.count(Suppression.id))).scalar_one()


@pytest.fixture
def link(services, ann):
    token = suppressions.build_token(services.ring, ann.actor.org_id, EMAIL)
    return f"/interview/unsubscribe/{token}"


def test_the_list_by_the_api(client, ann):
    def post(path, **body):
        return client.post(path, json=body, headers=ann.auth)

    first = post("/api/suppressions", email=EMAIL)
    again = post("/api/suppressions", email=" PAT@x.example ")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    assert first.json["reason"] == "added"
    listed = client.get("/api/suppressions", headers=ann.auth).json
    assert (listed["total"], listed["suppressions"]) == (1, [first.json])
    address = f"/api/campaigns/{a_campaign(ann).id}/invites"
    refused = post(address, emails=[EMAIL, "new@x.example"])
    assert (refused.json["sent"], refused.json["failed"]) == (1, 1)
    assert refused.json["errors"] == [{"email": EMAIL, "reason": "DO_NOT_WRITE"}]
    assert post("/api/suppressions/remove", email=EMAIL).json == {"removed": True}
    assert post("/api/suppressions/remove", email=EMAIL).json == {"removed": False}
    wrong = post("/api/suppressions", email="pat")
    assert (wrong.status_code, wrong.json["error"]["details"]["field"]) == (400, "email")


def test_the_page_tells_of_an_open_invite_that_gets_no_mail(desk, client, ann):
    address = f"/api/campaigns/{a_campaign(ann).id}/invites"
    quiet = {"emails": [EMAIL], "send_email": False}
    client.post(address, json=quiet, headers=ann.auth)
    client.post("/api/suppressions", json={"email": EMAIL}, headers=ann.auth)
    again = client.post(address, json={"emails": [EMAIL]}, headers=ann.auth).json
    assert ([i["email"] for i in again["invites"]], again["sent"]) == ([EMAIL], 0)
    assert (again["failed"], again["errors"][0]["reason"]) == (1, "DO_NOT_WRITE")
    typed = {"addresses": EMAIL, "send_email": "true"}
    page = desk.post(address.removeprefix("/api"), data=typed)
    assert page.status_code == 200
    assert "1 person already had an open invite and was not emailed again" in page.text
    assert ": on the do-not-email list" in page.text


def test_opening_the_link_changes_nothing_and_one_button_does(client, link):
    for _ in range(2):
        page = client.get(link).text
        assert "Stop these emails?" in page
        assert "Alder" in page
        assert len(re.findall(r"<button", page)) == 1
        assert "<script>" not in page
        assert client.head(link).status_code == 200
    assert count() == 0
    done = client.post(link, data={}, headers={"Sec-Fetch-Site": "same-origin"})
    assert (done.status_code, count()) == (200, 1)
    assert "You won’t get any more emails" in done.text
    assert "You won’t get any more emails" in client.get(link).text
    assert EMAIL not in done.text


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {"List-Unsubscribe": "One-Click"}},
        {"data": {"List-Unsubscribe": "One-Click"}, "content_type": "multipart/form-data"},
        {"data": b"List-Unsubscribe=One-Click", "content_type": "text/plain"},
        {},
    ],
)
def test_a_mail_program_does_it_by_one_post_without_a_cookie(app, client, link, sent):
    app.config["WTF_CSRF_ENABLED"] = True
    answered = client.post(link, **sent)
    assert (answered.status_code, count()) == (200, 1)
    assert "Set-Cookie" not in answered.headers


def test_the_link_speaks_json_too(client, link):
    accept = {"Accept": "application/json"}
    assert client.get(link, headers=accept).json == {
        "organization": "Alder",
        "unsubscribed": False,
    }
    assert client.post(link, headers=accept).json["unsubscribed"] is True


def test_a_link_that_was_not_made_here_says_so(client, link):
    for answered in (client.get(link[:-3] + "AAA"), client.post(link[:-3] + "AAA")):
        assert answered.status_code == 404
        assert "Alder" not in answered.text
    assert count() == 0


def test_the_page_adds_and_removes_and_warns(desk):
    assert "0 people" in desk.get("/do-not-write").text
    assert desk.post("/do-not-write", data={"email": "nobody"}).status_code == 400
    desk.post("/do-not-write", data={"email": EMAIL})
    page = desk.get("/do-not-write").text
    assert f"{EMAIL} was added to the list." in page
    assert "Added by a member" in page
    desk.post("/do-not-write", data={"email": EMAIL})
    assert "is already on the list" in desk.get("/do-not-write").text
    hasty = desk.post("/do-not-write/remove", data={"again": EMAIL})
    assert (hasty.status_code, count()) == (400, 1)
    assert "Otherwise, leave them on the list." in hasty.text
    assert EMAIL in hasty.text
    desk.post("/do-not-write/remove", data={"again": EMAIL, "agreed": "true"})
    assert f"{EMAIL} was removed from the list." in desk.get("/do-not-write").text
    assert count() == 0


def test_the_page_of_a_campaign_says_who_is_not_written_to(desk, ann, services):
    suppressions.add_suppression(services.ring, ann.actor, EMAIL)
    campaign = a_campaign(ann)
    sent = {"addresses": f"{EMAIL}\nnew@x.example", "send_email": "true"}
    page = desk.post(f"/campaigns/{campaign.id}/invites", data=sent)
    assert page.status_code == 200
    assert ": on the do-not-email list" in page.text
