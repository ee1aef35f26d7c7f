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
from interviewrelay.notifications import mail_delivery
from interviewrelay.privacy import erasure, subject_export
from tests.factories import a_campaign, an_invite, mails_by_state
from tests.web.everything import everything

EMAIL = "Pat.Smith@x.example"


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


def rows():
    return db.session.execute(select(Suppression)).scalars().all()


def test_who_is_on_the_list_is_not_invited_by_mail_and_the_others_are(services, ann, campaign):
    suppressions.add_suppression(services.ring, ann.actor, EMAIL)
    people = [invites.Invitee(e) for e in ("pat.smith@X.example", "new@x.example")]
    made = invites.create_invites(services.ring, campaign, people)
    assert made.errors == [{"email": "pat.smith@x.example", "reason": "DO_NOT_WRITE"}]
    assert (made.sent, [i.email for i in made.invites]) == (1, ["new@x.example"])
    assert mail_delivery.deliver_due_mails(services) == 1


def test_without_mail_who_is_on_the_list_can_be_invited(services, ann, campaign):
    suppressions.add_suppression(services.ring, ann.actor, EMAIL)
    made = invites.create_invites(
        services.ring, campaign, [invites.Invitee(EMAIL)], send_email=False
    )
    assert (made.sent, made.errors) == (1, [])


def test_who_is_invited_already_keeps_the_link_and_gets_nothing_more(services, ann, campaign):
    invite, token = an_invite(services, campaign, EMAIL)
    suppressions.add_suppression(services.ring, ann.actor, EMAIL)
    again = invites.create_invites(services.ring, campaign, [invites.Invitee(EMAIL)])
    assert ([i.id for i in again.invites], again.sent) == ([invite.id], 0)
    assert again.errors == [{"email": EMAIL, "reason": "DO_NOT_WRITE"}]
    with pytest.raises(Conflict, match="do-not-email list"):
        invites.resend_invite(services.ring, invite)
    assert reminders.queue_reminders(services.ring, campaign) == 0
    assert mails_by_state() == {}
    assert interviews.start_interview(invite, agreed=True)[0].next_number == 2


def test_only_those_are_told_of_who_would_wait_for_a_mail(services, ann, campaign):
    for email in (EMAIL, "known@x.example"):
        an_invite(services, campaign, email)
    suppressions.add_suppression(services.ring, ann.actor, EMAIL)
    emails = ["known@x.example", EMAIL, "new@x.example"]
    people = [invites.Invitee(email) for email in emails]
    silent = invites.create_invites(services.ring, campaign, people[:2], send_email=False)
    assert (silent.sent, silent.errors) == (0, [])
    made = invites.create_invites(services.ring, campaign, people)
    assert ([i.email for i in made.invites], made.sent) == (emails, 1)
    assert [e["email"] for e in made.errors] == [EMAIL]
    assert mail_delivery.deliver_due_mails(services) == 1


def test_the_campaigns_own_reminder_leaves_them_out(services, ann):
    campaign = a_campaign(ann, reminder_hours_before=167, invite_valid_hours=168)
    for email in (EMAIL, "other@x.example"):
        an_invite(services, campaign, email, send_email=True)
    suppressions.add_suppression(services.ring, ann.actor, EMAIL)
    from datetime import timedelta

    from interviewrelay.core import clock

    with clock.freeze_at(clock.now() + timedelta(hours=2)):
        assert reminders.queue_due_reminders(services.ring) == 1
        assert reminders.queue_due_reminders(services.ring) == 0


def test_a_mail_that_waits_does_not_leave(services, mailer, campaign, ann):
    an_invite(services, campaign, EMAIL, send_email=True)
    suppressions.add_suppression(services.ring, ann.actor, EMAIL)
    mail_delivery.deliver_due_mails(services)
    assert (mailer.letters, mails_by_state()) == ([], {"failed": 1})
    assert outbox.list_mails(ann.actor).items[0].last_error == suppressions.ASKED_NOT_TO


def test_the_link_of_a_mail_puts_its_person_on_the_list_of_that_organization_once(
    services, mailer, campaign, ann, ben
):
    an_invite(services, campaign, EMAIL, send_email=True)
    mail_delivery.deliver_due_mails(services)
    link = mailer.letters[0].unsubscribe
    token = link.rpartition("/")[2]
    assert link == f"http://127.0.0.1:8000/interview/unsubscribe/{token}"
    assert suppressions.get_unsubscribe_state(services.ring, token)[1] is False
    for _ in range(2):
        assert suppressions.unsubscribe(services.ring, token).name == "Alder"
    assert suppressions.get_unsubscribe_state(services.ring, token)[1] is True
    assert [row.reason for row in rows()] == ["unsubscribed"]
    assert suppressions.find_suppression(services.ring, ann.actor, EMAIL.lower()) is not None
    assert suppressions.find_suppression(services.ring, ben.actor, EMAIL) is None


def test_nothing_of_the_address_is_kept_nor_in_the_link(services, ann):
    suppressions.add_suppression(services.ring, ann.actor, EMAIL)
    token = suppressions.build_token(services.ring, ann.actor.org_id, EMAIL)
    assert "pat.smith" not in everything().lower()
    other = suppressions.build_token(services.ring, ann.actor.org_id, "else@x.example")
    assert token != other
    assert not tokens.is_invite_token(token)
    assert len(token) == 90


def test_an_erasure_leaves_the_mark_and_the_old_link_working(services, ann, campaign):
    invite, _ = an_invite(services, campaign, EMAIL)
    token = suppressions.build_token(services.ring, ann.actor.org_id, EMAIL)
    erasure.withdraw_participant(services, invite)
    suppressions.unsubscribe(services.ring, token)
    erasure.erase_person(services, ann.actor, EMAIL)
    made = invites.create_invites(services.ring, campaign, [invites.Invitee(EMAIL)])
    assert [e["reason"] for e in made.errors] == ["DO_NOT_WRITE"]
    assert "pat.smith" not in everything().lower()
    told = subject_export.build_subject_export(services, ann.actor, EMAIL)["do_not_write"]
    assert told["reason"] == "unsubscribed"


def test_who_is_removed_is_written_to_again(services, ann, campaign):
    suppressions.add_suppression(services.ring, ann.actor, EMAIL)
    assert suppressions.remove_suppression(services.ring, ann.actor, EMAIL.upper()) is True
    assert suppressions.remove_suppression(services.ring, ann.actor, EMAIL) is False
    assert invites.create_invites(services.ring, campaign, [invites.Invitee(EMAIL)]).sent == 1


def test_a_change_of_the_servers_key_forgets_nobody_while_the_old_one_is_kept(
    services, ann, campaign
):
    old = services.ring
    suppressions.add_suppression(old, ann.actor, EMAIL)
    token = suppressions.build_token(old, ann.actor.org_id, "two@x.example")
    new = tokens.KeyRing(
        ["a newer key that is long enough to be taken", *(k.decode() for k in old._held.keys)]
    )
    moved = replace(services, ring=new)
    suppressions.unsubscribe(moved.ring, token)
    people = [invites.Invitee(EMAIL), invites.Invitee("two@x.example")]
    assert len(invites.create_invites(moved.ring, campaign, people).errors) == 2
    assert suppressions.add_suppression(moved.ring, ann.actor, EMAIL)[1] is False
    assert suppressions.remove_suppression(moved.ring, ann.actor, "two@x.example") is True


@pytest.mark.parametrize(
    "change", [(10, "A"), (40, "A"), (80, "A"), (89, ""), (89, "=="), (0, "U")]
)
def test_a_link_that_was_not_made_here_leads_nowhere(services, ann, change):
    token = suppressions.build_token(services.ring, ann.actor.org_id, EMAIL)
    at, letter = change
    letter = "B" if token[at] == letter else letter
    forged = token[:at] + letter + token[at + 1 :]
    with pytest.raises(UnknownInvite):
        suppressions.unsubscribe(services.ring, forged)
    assert rows() == []


def test_the_link_of_an_organization_that_is_gone_leads_nowhere(services):
    token = suppressions.build_token(
        services.ring, "01900000-0000-7000-8000-000000000000", EMAIL
    )
    with pytest.raises(UnknownInvite):
        suppressions.get_unsubscribe_state(services.ring, token)


@pytest.mark.parametrize("email", ["", "pat", "a@b.example, c@d.example", "a\r\n@b.example"])
def test_only_an_address_can_be_added_or_removed(services, ann, email):
    for verb in (suppressions.add_suppression, suppressions.remove_suppression):
        with pytest.raises(InvalidParameter, match="mail address"):
            verb(services.ring, ann.actor, email)


def test_eight_at_once_put_one_person_on_the_list(app, services, ann):
    barrier = Barrier(8)

    def add():
        with app.app_context():
            barrier.wait()
            suppressions.add_suppression(services.ring, ann.actor, EMAIL)

    threads = [Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rows()) == 1
