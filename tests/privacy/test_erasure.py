"""Forgetting a person, down to the bytes; and telling them what is kept."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from interviewrelay.billing import ledger
from interviewrelay.campaigns.invites import invites
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.core.errors import InvalidParameter, NotFound
from interviewrelay.interviews import interviews
from interviewrelay.models import Campaign, CreditEntry, Erasure, Interview, Invite
from interviewrelay.notifications import mail_delivery
from interviewrelay.operations import consistency_check
from interviewrelay.privacy import erasure, subject_export
from interviewrelay.runtime import idempotency
from interviewrelay.transcripts import transcripts
from tests.conftest import SERVER
from tests.factories import (
    a_campaign,
    a_finished_interview,
    an_interview,
    feedback_while_it_goes_on,
)
from tests.web.everything import everything

EMAIL, MARKER = "Pat.Secret@example.com", "zanzibarine"
LONG = f"My {MARKER} was late, {MARKER}. " + "It is a long story of many words. " * 60


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def others(services, campaign):
    return [
        an_interview(services, campaign, f"Other words {n} " * 40, "More.", email=f"o{n}@x.example", test=True)
        for n in range(8)
    ]  # fmt: skip


@pytest.fixture
def person(ann, services, campaign, others):
    """Pat is in two campaigns: one interview is over, one is under way; a third invite waits."""
    held = []
    for study in (campaign, a_campaign(ann)):
        people = [invites.Invitee(EMAIL, "Pat", {"ref": MARKER})]
        row = invites.create_invites(
            services.ring, study, people, custom_message=f"To {MARKER}"
        ).invites[0]
        with clock.freeze_at(clock.now() - timedelta(minutes=9)):
            reached, _ = interviews.start_interview(row, agreed=True, extra={"utm": MARKER})
            for text in (LONG, f"Again: {MARKER}", LONG):
                reached = interviews.answer_question(row, reached.next_number, text).standing
        feedback_while_it_goes_on(reached.interview, 2, f"The {MARKER} was fine")
        held.append(reached.interview)
    transcripts.render_pdf(services, interviews.complete_interview(held[0].invite).interview)
    invites.create_invites(
        services.ring, a_campaign(ann), [invites.Invitee(EMAIL.lower())], send_email=False
    )
    mail_delivery.deliver_due_mails(services)
    return held


def bytes_left(app, *words):
    """How often each word stands in the database's file, in its log and in the files beside it."""
    release_connection()
    folder = app.extensions["settings"].instance_dir
    held = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return {word: sum(b.lower().count(word.lower().encode()) for b in held) for word in words}


def test_erasing_a_person_leaves_no_byte_of_them(app, services, ann, person):
    before = bytes_left(app, EMAIL, MARKER)
    assert SERVER or min(before.values()) > 0
    done = erasure.erase_person(services, ann.actor, EMAIL.upper())
    assert (done.sessions, done.invites, done.mails, done.feedback, done.files) == (
        2,
        3,
        2,
        2,
        1,
    )
    assert done.turns == 14
    assert (done.search_entries, done.consents) == (6, 2)
    left = everything()
    assert EMAIL.lower() not in left.lower()
    assert MARKER not in left
    assert bytes_left(app, EMAIL, MARKER, "Secret") == {EMAIL: 0, MARKER: 0, "Secret": 0}
    assert transcripts.list_sessions(ann.actor, q=MARKER).total == 0
    assert transcripts.list_sessions(ann.actor, q="words").total == 8
    assert not any(consistency_check.run_checks().values())


def test_erasing_again_finds_nothing(services, ann, person):
    erasure.erase_person(services, ann.actor, EMAIL)
    before = everything()
    assert erasure.erase_person(services, ann.actor, EMAIL) == erasure.ErasureCounts()
    assert everything() == before


def test_the_ledger_and_the_counters_stay_and_agree(services, ann, campaign, person):
    interviews_before = db.session.execute(select(func.count(Interview.id))).scalar_one()
    db.session.refresh(campaign)
    counted = (campaign.started, campaign.completed, campaign.completed_seconds)
    erasure.erase_person(services, ann.actor, EMAIL)
    db.session.refresh(campaign)
    assert (campaign.started, campaign.completed, campaign.completed_seconds) == counted
    kinds = db.session.execute(select(Erasure.status, Erasure.seconds)).all()
    assert sorted(row.status for row in kinds) == ["abandoned", "completed"]
    assert (
        db.session.execute(select(func.count(Interview.id))).scalar_one()
        == interviews_before - 2
    )
    charged = (
        db.session.execute(select(CreditEntry).where(CreditEntry.kind == "charge"))
        .scalars()
        .all()
    )
    assert {row.session_id for row in charged} == {row.id for row in person}
    assert not [row for row in charged if "example.com" in row.description]
    assert ledger.get_account(ann.actor).held == 0


@pytest.mark.gate
@pytest.mark.parametrize(
    "counter", ["started", "completed", "abandoned", "completed_seconds", "invites_sent"]
)
def test_the_doctor_misses_what_a_counter_lost(services, ann, person, counter):
    erasure.erase_person(services, ann.actor, EMAIL)
    with transaction():
        row = db.session.execute(select(Campaign).limit(1)).scalar_one()
        setattr(row, counter, getattr(row, counter) + 1)
    found = [name for name, said in consistency_check.run_checks().items() if said]
    assert set(found) - {"daily counts are correct"} == {"counters are correct"}


def test_a_session_is_erased_by_its_id_with_its_person(services, ann, ben, person):
    one, other = person
    with pytest.raises(NotFound):
        erasure.erase_session(services, ben.actor, one.id)
    assert erasure.erase_session(services, ann.actor, one.id).sessions == 1
    assert erasure.erase_session(services, ann.actor, one.id) == erasure.ErasureCounts()
    with pytest.raises(NotFound):
        erasure.erase_session(services, ben.actor, one.id)
    assert transcripts.list_sessions(ann.actor, q=MARKER).total == 1
    assert not any(consistency_check.run_checks().values())


def test_kept_answers_are_forgotten_in_the_same_transaction(services, ann, person, monkeypatch):
    told = []

    def fails(org_id):
        told.append(org_id)
        raise ZeroDivisionError

    monkeypatch.setattr(idempotency, "forget_all", fails)
    with pytest.raises(ZeroDivisionError):
        erasure.erase_person(services, ann.actor, EMAIL)
    assert told == [ann.actor.org_id]
    assert MARKER in everything()


def test_another_organizations_participant_is_nobody_here(services, ben, person):
    assert erasure.erase_person(services, ben.actor, EMAIL) == erasure.ErasureCounts()
    assert subject_export.build_subject_export(services, ben.actor, EMAIL)["sessions"] == []


@pytest.mark.parametrize("email", ["", "no address", "a@b", "a@x.example, b@x.example"])
def test_what_is_no_address_is_refused(services, ann, email):
    for act in (erasure.erase_person, subject_export.build_subject_export):
        with pytest.raises(InvalidParameter):
            act(services, ann.actor, email)


def test_a_person_is_told_everything_that_is_kept(services, ann, person):
    found = subject_export.build_subject_export(services, ann.actor, EMAIL.lower())
    assert [len(found[name]) for name in ("invites", "sessions", "mails")] == [3, 2, 2]
    first = found["sessions"][0]
    assert [turn["text"] for turn in first["turns"] if turn["speaker"] == "participant"][
        1
    ] == f"Again: {MARKER}"
    assert first["consent"]["text"]
    assert first["feedback"] == {
        "rating": 2,
        "comment": f"The {MARKER} was fine",
        "summary_rating": None,
    }
    assert found["invites"][0]["metadata"] == {"ref": MARKER}
    assert found["mails"][0]["custom_message"] == f"To {MARKER}"
    assert "token" not in found["invites"][0]
    erasure.erase_person(services, ann.actor, EMAIL)
    gone = subject_export.build_subject_export(services, ann.actor, EMAIL)
    assert (gone["invites"], gone["sessions"], gone["mails"]) == ([], [], [])


def test_whoever_was_erased_can_be_invited_and_erased_anew(services, ann, campaign, person):
    erasure.erase_person(services, ann.actor, EMAIL)
    a_finished_interview(services, campaign, MARKER, email=EMAIL)
    assert erasure.erase_person(services, ann.actor, EMAIL).sessions == 1
    assert (
        db.session.execute(
            select(func.count(Invite.id)).where(Invite.email.like("Pat%"))
        ).scalar_one()
        == 0
    )
