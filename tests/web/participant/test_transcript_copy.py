"""A copy by mail for the person who held the interview."""

import pytest
from sqlalchemy import func, select

from interviewrelay.core.db.session import db, transaction
from interviewrelay.interviews.participation import entry
from interviewrelay.mail import outbox, suppressions
from interviewrelay.models import Mail
from interviewrelay.notifications import mail_delivery
from interviewrelay.organizations import plans
from interviewrelay.privacy import erasure
from tests.factories import an_invite

JSON = {"Accept": "application/json"}
SAID = "We waited in the corridor & nobody came."


@pytest.fixture
def over(send, begun):
    send("turns", number="2", text=SAID)
    send("skip", number="4")
    return send("complete")


def count():
    db.session.rollback()
    return db.session.execute(
        select(func.count(Mail.id)).where(Mail.kind == "copy")
    ).scalar_one()


def test_a_copy_is_sent_once_to_the_address_of_the_invite(services, mailer, send, over, link):
    assert "Email me a copy" in over
    for _ in range(2):
        page = send("copy")
        assert "We’re sending a copy" in page
        assert "Send me a copy" not in page
    mail_delivery.deliver_due_mails(services)
    (letter,) = mailer.letters
    assert letter.to == entry.get_visit(services, link.rsplit("/", 1)[1]).invite.email
    assert letter.kind == "copy"
    assert letter.subject == "Copy of your interview for Alder: Waiting at the clinic"
    said = letter.facts["conversation"].split("\n\n")
    assert f"You: {SAID}" in said
    assert "You: (Skipped)" in said
    assert said[0].startswith("Interviewer: ")
    assert letter.facts["url"].endswith(link)
    assert letter.unsubscribe == ""


def test_what_was_struck_is_not_in_it(client, services, mailer, link, send, begun):
    send("turns", number="2", text=SAID)
    sent = {"number": 2, "act": "strike"}
    client.post(f"{link}/review", json=sent, headers=JSON)
    send("complete")
    send("copy")
    mail_delivery.deliver_due_mails(services)
    assert "corridor" not in mailer.letters[0].facts["conversation"]
    assert "You: (Deleted)" in mailer.letters[0].facts["conversation"]


def test_before_the_end_there_is_no_copy(client, link, begun):
    refused = client.post(f"{link}/copy", headers=JSON)
    assert (refused.status_code, count()) == (409, 0)


def test_where_no_mail_is_sent_none_is_offered(client, link, mailer, send, begun):
    mailer.configured = False
    page = send("complete")
    assert "copy by mail" not in page
    assert client.post(f"{link}/copy", headers=JSON).status_code == 409
    assert count() == 0


def test_it_counts_with_the_mails_to_one_person(client, services, link, over):
    invite = entry.get_visit(services, link.rsplit("/", 1)[1]).invite
    with transaction():
        for _ in range(plans.MAILS_TO_ONE_PERSON):
            outbox.enqueue_mail(invite, "reminder", again=True)
    page = client.post(f"{link}/copy")
    assert page.status_code == 429
    assert "We can’t send emails right now." in page.text
    assert count() == 0


def test_who_wants_no_invitations_can_have_their_copy(services, ann, mailer, link, send, over):
    invite = entry.get_visit(services, link.rsplit("/", 1)[1]).invite
    suppressions.add_suppression(services.ring, ann.actor, invite.email)
    send("copy")
    mail_delivery.deliver_due_mails(services)
    assert [letter.kind for letter in mailer.letters] == ["copy"]


def test_a_copy_that_waits_goes_with_its_person(services, mailer, link, send, over):
    send("copy")
    erasure.withdraw_participant(
        services, entry.get_visit(services, link.rsplit("/", 1)[1]).invite
    )
    mail_delivery.deliver_due_mails(services)
    assert (mailer.letters, count()) == ([], 0)


def test_of_a_test_nothing_is_mailed(client, services, campaign):
    _, token = an_invite(services, campaign, "try@x.example", test=True)
    link = f"/interview/{token}"
    client.post(f"{link}/start", data={"consent": "true"})
    client.post(f"{link}/complete")
    assert client.post(f"{link}/copy", headers=JSON).status_code == 200
    assert count() == 0
