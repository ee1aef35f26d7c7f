"""What an organization says of itself, and in whose name its participants are written to."""

from datetime import UTC, datetime

import pytest

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.mail import outbox
from interviewrelay.models import Mail
from interviewrelay.notifications import mail_delivery, messages
from interviewrelay.organizations import profile
from interviewrelay.organizations.profile import MailSender, OrganizationDetails, ScriptDefaults
from tests.factories import a_campaign, a_finished_interview, an_invite


def wrong(refusal):
    details = refusal.value.details
    return {p["field"] for p in details.get("errors") or [details]}


def test_it_is_described_and_nothing_of_another(ann, ben):
    wanted = OrganizationDetails(
        "  Alder   Labs ", "Europe/Amsterdam", "nl", " study@alder.example "
    )
    row = profile.change_details(ann.actor, wanted)
    assert profile.get_details(row) == OrganizationDetails(
        "Alder Labs", "Europe/Amsterdam", "nl", "study@alder.example"
    )
    assert profile.get_script_defaults(row) == ScriptDefaults("nl", "study@alder.example")
    assert profile.get_details(profile.get_organization(ben.actor)) == OrganizationDetails(
        "Birch"
    )
    assert profile.get_script_defaults(profile.get_organization(ben.actor)) == ScriptDefaults(
        "en", ""
    )


def test_what_is_wrong_is_told_of_every_field_and_changes_nothing(ann):
    with pytest.raises(InvalidParameter) as refusal:
        profile.change_details(
            ann.actor, OrganizationDetails(" ", "Mars/Olympus", "xx", "c" * 501)
        )
    assert wrong(refusal) == {"name", "time_zone", "language", "contact"}
    with pytest.raises(InvalidParameter):
        profile.change_details(ann.actor, OrganizationDetails("A\u0000B"))
    with pytest.raises(InvalidParameter) as refusal:
        profile.change_sender(ann.actor, MailSender("=?utf-8?q?x?=", "nobody"))
    assert wrong(refusal) == {"sender_name", "reply_to"}
    row = profile.get_organization(ann.actor)
    assert (row.name, row.time_zone, row.sender_name, row.reply_to) == (
        "Alder",
        None,
        None,
        None,
    )


def letter_of(services, kind):
    mail = db.session.query(Mail).filter(Mail.kind == kind).one()
    return messages.build_message(services, mail)


def test_mails_to_participants_are_signed_and_answered_as_it_says(services, ann, mailer):
    campaign = a_campaign(ann)
    an_invite(services, campaign, send_email=True)
    plain = letter_of(services, "invite")
    assert (plain.sender_name, plain.reply_to, plain.zone) == ("Alder", "", "")
    profile.change_sender(ann.actor, MailSender(" Alder  Research ", "Study@Alder.example"))
    profile.change_details(ann.actor, OrganizationDetails("Alder", "Europe/Amsterdam"))
    signed = letter_of(services, "invite")
    assert (signed.sender_name, signed.reply_to) == ("Alder Research", "Study@alder.example")
    assert signed.zone == "Europe/Amsterdam"
    assert mail_delivery.deliver_due_mails(services) == 1
    assert mailer.letters[-1].sender_name == "Alder Research"
    profile.change_sender(ann.actor, MailSender())
    row = profile.get_organization(ann.actor)
    assert (row.sender_name, row.reply_to) == (None, None)


def test_a_copy_of_the_interview_is_signed_alike(services, ann):
    profile.change_sender(ann.actor, MailSender("Alder Research", "study@alder.example"))
    interview = a_finished_interview(services, a_campaign(ann), "It took an hour.")
    with transaction():
        outbox.enqueue_mail(interview.invite, "copy")
    copy = letter_of(services, "copy")
    assert (copy.sender_name, copy.reply_to) == ("Alder Research", "study@alder.example")


def test_a_zone_is_known_by_its_place_and_called_by_its_word():
    noon = datetime(2031, 3, 5, 12, tzinfo=UTC)
    assert "Europe/Amsterdam" in clock.list_time_zones()
    assert (
        clock.get_zone_name(noon.astimezone(clock.get_time_zone("Europe/Amsterdam"))) == "CET"
    )
    assert (
        clock.get_zone_name(noon.astimezone(clock.get_time_zone("America/Sao_Paulo")))
        == "UTC-03"
    )
    for nothing in (None, "", "Mars/Olympus", "../etc/passwd"):
        assert clock.get_zone_name(noon.astimezone(clock.get_time_zone(nothing))) == "UTC"
