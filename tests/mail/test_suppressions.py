"""Whom an organization does not write to: no mail of any kind, no address kept, and their link works."""

from dataclasses import replace
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from interviewrelay.campaigns.invites import invites, reminders
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import Conflict, InvalidParameter, UnknownInvite
from interviewrelay.core.security import tokens
from interviewrelay.interviews import interviews
from interviewrelay.mail import outbox, suppressions
from interviewrelay.models import Suppression
from interviewrelay.notifications import delivery
from interviewrelay.privacy import erasure, subject_export
from tests.factories import a_campaign, an_invite, mails_by_state
from tests.web.everything import everything

EMAIL = "Pat.Smith@x.example"


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


def rows():
    return db.session.execute(select(Suppression)).scalars().all()


def test_who_is_on_the_list_is_not_invited_by_mail_and_the_others_are(office, ann, campaign):
    suppressions.add(office.ring, ann.actor, EMAIL)
    people = [invites.Person(e) for e in ("pat.smith@X.example", "new@x.example")]
    made = invites.create(office.ring, campaign, people)
    assert made.errors == [{"email": "pat.smith@x.example", "reason": "DO_NOT_WRITE"}]
    assert (made.sent, [i.email for i in made.invites]) == (1, ["new@x.example"])
    assert delivery.deliver_due(office) == 1


def test_without_mail_who_is_on_the_list_can_be_invited(office, ann, campaign):
    suppressions.add(office.ring, ann.actor, EMAIL)
    made = invites.create(office.ring, campaign, [invites.Person(EMAIL)], send_email=False)
    assert (made.sent, made.errors) == (1, [])


def test_who_is_invited_already_keeps_the_link_and_gets_nothing_more(office, ann, campaign):
    invite, token = an_invite(office, campaign, EMAIL)
    suppressions.add(office.ring, ann.actor, EMAIL)
    again = invites.create(office.ring, campaign, [invites.Person(EMAIL)])
    assert ([i.id for i in again.invites], again.sent) == ([invite.id], 0)
    assert again.errors == [{"email": EMAIL, "reason": "DO_NOT_WRITE"}]
    with pytest.raises(Conflict, match="do-not-email list"):
        invites.resend(office.ring, invite)
    assert reminders.remind(office.ring, campaign) == 0
    assert mails_by_state() == {}
    assert interviews.start(invite, agreed=True)[0].next_number == 2


def test_only_those_are_told_of_who_would_wait_for_a_mail(office, ann, campaign):
    for email in (EMAIL, "known@x.example"):
        an_invite(office, campaign, email)
    suppressions.add(office.ring, ann.actor, EMAIL)
    emails = ["known@x.example", EMAIL, "new@x.example"]
    people = [invites.Person(email) for email in emails]
    silent = invites.create(office.ring, campaign, people[:2], send_email=False)
    assert (silent.sent, silent.errors) == (0, [])
    made = invites.create(office.ring, campaign, people)
    assert ([i.email for i in made.invites], made.sent) == (emails, 1)
    assert [e["email"] for e in made.errors] == [EMAIL]
    assert delivery.deliver_due(office) == 1


def test_the_campaigns_own_reminder_leaves_them_out(office, ann):
    campaign = a_campaign(ann, reminder_hours_before=167, invite_valid_hours=168)
    for email in (EMAIL, "other@x.example"):
        an_invite(office, campaign, email, send_email=True)
    suppressions.add(office.ring, ann.actor, EMAIL)
    from datetime import timedelta

    from interviewrelay.core import clock

    with clock.standing_at(clock.now() + timedelta(hours=2)):
        assert reminders.remind_due(office.ring) == 1
        assert reminders.remind_due(office.ring) == 0


def test_a_mail_that_waits_does_not_leave(office, mailer, campaign, ann):
    an_invite(office, campaign, EMAIL, send_email=True)
    suppressions.add(office.ring, ann.actor, EMAIL)
    delivery.deliver_due(office)
    assert (mailer.letters, mails_by_state()) == ([], {"failed": 1})
    assert outbox.listing(ann.actor).items[0].last_error == suppressions.ASKED_NOT_TO


def test_the_link_of_a_mail_puts_its_person_on_the_list_of_that_organization_once(
    office, mailer, campaign, ann, ben
):
    an_invite(office, campaign, EMAIL, send_email=True)
    delivery.deliver_due(office)
    link = mailer.letters[0].unsubscribe
    token = link.rpartition("/")[2]
    assert link == f"http://127.0.0.1:8000/interview/unsubscribe/{token}"
    assert suppressions.look(office.ring, token)[1] is False
    for _ in range(2):
        assert suppressions.unsubscribe(office.ring, token).name == "Alder"
    assert suppressions.look(office.ring, token)[1] is True
    assert [row.reason for row in rows()] == ["unsubscribed"]
    assert suppressions.of_person(office.ring, ann.actor, EMAIL.lower()) is not None
    assert suppressions.of_person(office.ring, ben.actor, EMAIL) is None


def test_nothing_of_the_address_is_kept_nor_in_the_link(office, ann):
    suppressions.add(office.ring, ann.actor, EMAIL)
    token = suppressions.token(office.ring, ann.actor.org_id, EMAIL)
    assert "pat.smith" not in everything().lower()
    other = suppressions.token(office.ring, ann.actor.org_id, "else@x.example")
    assert token != other
    assert not tokens.is_invite_token(token)
    assert len(token) == 90


def test_an_erasure_leaves_the_mark_and_the_old_link_working(office, ann, campaign):
    invite, _ = an_invite(office, campaign, EMAIL)
    token = suppressions.token(office.ring, ann.actor.org_id, EMAIL)
    erasure.withdraw(office, invite)
    suppressions.unsubscribe(office.ring, token)
    erasure.erase_person(office, ann.actor, EMAIL)
    made = invites.create(office.ring, campaign, [invites.Person(EMAIL)])
    assert [e["reason"] for e in made.errors] == ["DO_NOT_WRITE"]
    assert "pat.smith" not in everything().lower()
    told = subject_export.of_person(office, ann.actor, EMAIL)["do_not_write"]
    assert told["reason"] == "unsubscribed"


def test_who_is_removed_is_written_to_again(office, ann, campaign):
    suppressions.add(office.ring, ann.actor, EMAIL)
    assert suppressions.remove(office.ring, ann.actor, EMAIL.upper()) is True
    assert suppressions.remove(office.ring, ann.actor, EMAIL) is False
    assert invites.create(office.ring, campaign, [invites.Person(EMAIL)]).sent == 1


def test_a_change_of_the_servers_key_forgets_nobody_while_the_old_one_is_kept(
    office, ann, campaign
):
    old = office.ring
    suppressions.add(old, ann.actor, EMAIL)
    token = suppressions.token(old, ann.actor.org_id, "two@x.example")
    new = tokens.KeyRing(
        ["a newer key that is long enough to be taken", *(k.decode() for k in old._held.keys)]
    )
    moved = replace(office, ring=new)
    suppressions.unsubscribe(moved.ring, token)
    people = [invites.Person(EMAIL), invites.Person("two@x.example")]
    assert len(invites.create(moved.ring, campaign, people).errors) == 2
    assert suppressions.add(moved.ring, ann.actor, EMAIL)[1] is False
    assert suppressions.remove(moved.ring, ann.actor, "two@x.example") is True


@pytest.mark.parametrize(
    "change", [(10, "A"), (40, "A"), (80, "A"), (89, ""), (89, "=="), (0, "U")]
)
def test_a_link_that_was_not_made_here_leads_nowhere(office, ann, change):
    token = suppressions.token(office.ring, ann.actor.org_id, EMAIL)
    at, letter = change
    letter = "B" if token[at] == letter else letter
    forged = token[:at] + letter + token[at + 1 :]
    with pytest.raises(UnknownInvite):
        suppressions.unsubscribe(office.ring, forged)
    assert rows() == []


def test_the_link_of_an_organization_that_is_gone_leads_nowhere(office):
    token = suppressions.token(office.ring, "01900000-0000-7000-8000-000000000000", EMAIL)
    with pytest.raises(UnknownInvite):
        suppressions.look(office.ring, token)


@pytest.mark.parametrize("email", ["", "pat", "a@b.example, c@d.example", "a\r\n@b.example"])
def test_only_an_address_can_be_added_or_removed(office, ann, email):
    for verb in (suppressions.add, suppressions.remove):
        with pytest.raises(InvalidParameter, match="mail address"):
            verb(office.ring, ann.actor, email)


def test_eight_at_once_put_one_person_on_the_list(app, office, ann):
    barrier = Barrier(8)

    def add():
        with app.app_context():
            barrier.wait()
            suppressions.add(office.ring, ann.actor, EMAIL)

    threads = [Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rows()) == 1
