"""What an organization says of itself, and in whose name its participants are written to."""

from datetime import UTC, datetime

import pytest

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.mail import outbox
from interviewrelay.models import Mail
from interviewrelay.notifications import delivery, messages
from interviewrelay.organizations import profile
from interviewrelay.organizations.profile import Beginnings, Details, Sender
from tests.factories import a_campaign, a_finished_interview, an_invite


def wrong(refusal):
    details = refusal.value.details
    return {p["field"] for p in details.get("errors") or [details]}


def test_it_is_described_and_nothing_of_another(ann, ben):
    wanted = Details("  Alder   Labs ", "Europe/Amsterdam", "nl", " study@alder.example ")
    row = profile.describe(ann.actor, wanted)
    assert profile.details(row) == Details(
        "Alder Labs", "Europe/Amsterdam", "nl", "study@alder.example"
    )
    assert profile.beginnings(row) == Beginnings("nl", "study@alder.example")
    assert profile.details(profile.of(ben.actor)) == Details("Birch")
    assert profile.beginnings(profile.of(ben.actor)) == Beginnings("en", "")


def test_what_is_wrong_is_told_of_every_field_and_changes_nothing(ann):
    with pytest.raises(InvalidParameter) as refusal:
        profile.describe(ann.actor, Details(" ", "Mars/Olympus", "xx", "c" * 501))
    assert wrong(refusal) == {"name", "time_zone", "language", "contact"}
    with pytest.raises(InvalidParameter):
        profile.describe(ann.actor, Details("A\u0000B"))
    with pytest.raises(InvalidParameter) as refusal:
        profile.write_as(ann.actor, Sender("=?utf-8?q?x?=", "nobody"))
    assert wrong(refusal) == {"sender_name", "reply_to"}
    row = profile.of(ann.actor)
    assert (row.name, row.time_zone, row.sender_name, row.reply_to) == (
        "Alder",
        None,
        None,
        None,
    )


def letter_of(office, kind):
    mail = db.session.query(Mail).filter(Mail.kind == kind).one()
    return messages.of(office, mail)


def test_mails_to_participants_are_signed_and_answered_as_it_says(office, ann, mailer):
    campaign = a_campaign(ann)
    an_invite(office, campaign, send_email=True)
    plain = letter_of(office, "invite")
    assert (plain.sender_name, plain.reply_to, plain.zone) == ("Alder", "", "")
    profile.write_as(ann.actor, Sender(" Alder  Research ", "Study@Alder.example"))
    profile.describe(ann.actor, Details("Alder", "Europe/Amsterdam"))
    signed = letter_of(office, "invite")
    assert (signed.sender_name, signed.reply_to) == ("Alder Research", "Study@alder.example")
    assert signed.zone == "Europe/Amsterdam"
    assert delivery.deliver_due(office) == 1
    assert mailer.letters[-1].sender_name == "Alder Research"
    profile.write_as(ann.actor, Sender())
    row = profile.of(ann.actor)
    assert (row.sender_name, row.reply_to) == (None, None)


def test_a_copy_of_the_interview_is_signed_alike(office, ann):
    profile.write_as(ann.actor, Sender("Alder Research", "study@alder.example"))
    interview = a_finished_interview(office, a_campaign(ann), "It took an hour.")
    with transaction():
        outbox.enqueue(interview.invite, "copy")
    copy = letter_of(office, "copy")
    assert (copy.sender_name, copy.reply_to) == ("Alder Research", "study@alder.example")


def test_a_zone_is_known_by_its_place_and_called_by_its_word():
    noon = datetime(2031, 3, 5, 12, tzinfo=UTC)
    assert "Europe/Amsterdam" in clock.zones()
    assert clock.zone_word(noon.astimezone(clock.zone("Europe/Amsterdam"))) == "CET"
    assert clock.zone_word(noon.astimezone(clock.zone("America/Sao_Paulo"))) == "UTC-03"
    for nothing in (None, "", "Mars/Olympus", "../etc/passwd"):
        assert clock.zone_word(noon.astimezone(clock.zone(nothing))) == "UTC"
