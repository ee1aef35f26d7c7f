"""The page of members and the page behind an invitation's link."""

import pytest

from interviewrelay.accounts import member_invitations
from tests.conftest import logged_in

NEW = {"name": "New", "password": "correct horse battery staple"}


@pytest.fixture
def browser(app):
    return app.test_client()


def test_the_whole_way_without_a_mail_server(desk, mailer, browser, ann):
    mailer.configured = False
    page = desk.post("/members", data={"email": "new@x.example", "role": "researcher"})
    here = page.text.partition('value="http://127.0.0.1:8000')[2].partition('"')[0]
    assert here.startswith("/join/")
    assert "new@x.example" in desk.get("/members").text
    for _ in range(2):
        assert "Join Alder" in browser.get(here).text
    assert browser.post(here, data={**NEW, "password": "short"}).status_code == 400
    assert browser.post(here, data=NEW).headers["Location"] == "/"
    assert "Signed in as </span>new@x.example" in browser.get("/members").text
    assert browser.get(here).status_code == 404
    assert "This invitation is no longer valid" in browser.post(here, data=NEW).text


def test_with_a_mail_server_the_page_shows_no_link(desk, ann):
    done = desk.post(
        "/members", data={"email": "new@x.example", "role": "viewer"}, follow_redirects=True
    )
    assert "Invitation sent to new@x.example" in done.text
    assert "/join/" not in done.text
    (row,) = member_invitations.list_invitations(ann.actor)
    assert desk.post(f"/members/invites/{row.id}/again").status_code == 303
    (row,) = member_invitations.list_invitations(ann.actor)
    gone = desk.post(f"/members/invites/{row.id}/revoke", follow_redirects=True)
    assert "Invitation to new@x.example withdrawn." in gone.text


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"email": "new", "role": "viewer"}, "Enter an email address"),
        ({"email": "new@x.example", "role": "king"}, "Choose a role."),
        (
            {"email": "ann@alder.example", "role": "viewer"},
            "is already a member of the organization",
        ),
    ],
)
def test_what_is_wrong_is_told_and_stays(desk, sent, words):
    page = desk.post("/members", data=sent)
    assert page.status_code in (400, 409)
    assert words in page.text
    assert sent["email"] in page.text


def test_with_two_organizations_one_goes_from_one_to_the_other(app, services, ann, ben, mailer):
    mailer.configured = False
    link = member_invitations.invite_member(services, ann.actor, ben.email, "researcher")
    browser = logged_in(app, ben)
    here = link.removeprefix("http://127.0.0.1:8000")
    assert "Your password" in browser.get(here).text
    assert browser.post(here, data={"password": ben.password}).status_code == 303
    page = browser.get("/members").text
    assert "Switch to Birch" in page
    assert (
        browser.post("/members/switch", data={"membership": ben.membership.id}).status_code
        == 303
    )
    assert "Switch to Alder" in browser.get("/members").text
    strange = browser.post("/members/switch", data={"membership": ann.membership.id})
    assert strange.status_code == 404
