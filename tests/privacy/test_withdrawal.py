"""Taking back what was said."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from interviewrelay.billing import daily_counts, ledger
from interviewrelay.campaigns.invites import invites
from interviewrelay.core import clock
from interviewrelay.core.db.session import Base, db, release_connection, transaction
from interviewrelay.core.errors import InviteCancelled
from interviewrelay.interviews import interviews
from interviewrelay.models import (
    Campaign,
    Consent,
    CreditEntry,
    DayCount,
    Interview,
    Invite,
    TurnRow,
)
from interviewrelay.notifications import mail_delivery
from interviewrelay.operations import consistency_check
from interviewrelay.privacy import erasure
from interviewrelay.transcripts import transcripts
from tests.factories import a_campaign, an_interview, an_invite, feedback_while_it_goes_on

EMAIL, NAME, MARKER = "pat.secret@example.com", "Patience", "zanzibarine"


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def invite(services, campaign):
    people = [invites.Invitee(EMAIL, NAME, {"ref": MARKER})]
    row = invites.create_invites(
        services.ring, campaign, people, custom_message=f"Dear {NAME}"
    ).invites[0]
    reached, _ = interviews.start_interview(row, agreed=True, extra={"utm": MARKER})
    reached = interviews.answer_question(
        row, 2, f"My {MARKER} was forty minutes late."
    ).standing
    interviews.answer_question(row, reached.next_number, f"Nobody spoke of the {MARKER} again.")
    feedback_while_it_goes_on(reached.interview, 4, f"Nice {MARKER}")
    return row


def everything():
    """All that is stored, of all tables, as one text."""
    release_connection()
    return "\n".join(
        f"{table.name} {dict(row)}"
        for table in Base.metadata.sorted_tables
        for row in db.session.execute(select(table)).mappings()
    )


def count(kind):
    return db.session.execute(select(func.count()).select_from(kind)).scalar_one()


def test_withdrawing_erases_every_trace_of_person_and_words(services, invite):
    with clock.freeze_at(clock.now() + timedelta(minutes=5)):
        interviews.complete_interview(invite)
    interview_id = db.session.execute(select(Interview.id)).scalar_one()
    transcripts.render_pdf(services, db.session.execute(select(Interview)).scalar_one())
    assert MARKER.encode() in services.storage.get(f"pdf/{interview_id}.pdf")
    assert all(word in everything() for word in (EMAIL, NAME, MARKER))
    erasure.withdraw_participant(services, invite)
    left = everything()
    assert not [word for word in (EMAIL, NAME, MARKER) if word in left]
    assert services.storage.get(f"pdf/{interview_id}.pdf") is None
    assert [count(kind) for kind in (Interview, TurnRow, Consent)] == [0, 0, 0]
    assert not any(consistency_check.run_checks().values())


def test_withdrawing_in_the_middle_is_charged_as_an_abandoned_interview(
    services, invite, ann, campaign
):
    erasure.withdraw_participant(services, invite)
    charges = db.session.execute(select(CreditEntry.amount).where(CreditEntry.kind == "charge"))
    assert list(charges.scalars()) == [-3]
    assert ledger.get_account(ann.actor).held == 0
    db.session.refresh(campaign)
    assert (campaign.started, campaign.abandoned) == (1, 1)


def test_withdrawing_after_the_end_moves_no_credit(services, invite):
    interviews.complete_interview(invite)
    before = count(CreditEntry)
    erasure.withdraw_participant(services, invite)
    assert count(CreditEntry) == before


def test_ending_early_and_withdrawing_does_not_count_as_completed(services, invite, campaign):
    interviews.complete_interview(invite)
    db.session.refresh(campaign)
    assert (campaign.completed, campaign.ended_early, campaign.abandoned) == (1, 1, 0)
    erasure.withdraw_participant(services, invite)
    db.session.refresh(campaign)
    assert (campaign.completed, campaign.ended_early, campaign.abandoned) == (0, 0, 1)
    assert (campaign.started, campaign.completed_seconds) == (1, 0)
    assert not any(consistency_check.run_checks().values())
    assert [
        sum(n for _, n in days) for days in daily_counts.list_completions(campaign.org_id)
    ] == [
        0,
        0,
    ]


def test_withdrawing_a_complete_interview_leaves_it_counted(services, invite, campaign):
    interviews.complete_interview(invite)
    with transaction():
        row = db.session.execute(select(Interview)).scalar_one()
        row.complete = True
        db.session.get(Campaign, campaign.id).ended_early = 0
        db.session.execute(update(DayCount).values(ended_early=0))
    erasure.withdraw_participant(services, invite)
    db.session.refresh(campaign)
    assert (campaign.completed, campaign.abandoned) == (1, 0)
    assert not any(consistency_check.run_checks().values())


def test_withdrawing_again_is_harmless(services, invite):
    erasure.withdraw_participant(services, invite)
    before = everything()
    erasure.withdraw_participant(services, invite)
    assert everything() == before


def test_withdrawing_before_the_start_erases_the_address(services, campaign):
    invite, _ = an_invite(services, campaign, EMAIL, send_email=True)
    erasure.withdraw_participant(services, invite)
    assert EMAIL not in everything()
    assert mail_delivery.deliver_due_mails(services) == 0


def test_who_has_withdrawn_cannot_go_on(services, invite):
    erasure.withdraw_participant(services, invite)
    row = db.session.execute(select(Invite)).scalar_one()
    assert row.withdrew
    for act in (
        interviews.complete_interview,
        interviews.pause_interview,
        lambda i: interviews.start_interview(i, agreed=True),
    ):
        with pytest.raises(InviteCancelled):
            act(row)


def test_a_cancelled_invite_is_not_taken_for_a_withdrawn_one(services, invite):
    assert not invites.cancel_invite(invite).withdrew


def test_whoever_withdrew_can_be_invited_anew(services, campaign, invite):
    erasure.withdraw_participant(services, invite)
    again, _ = an_invite(services, campaign, EMAIL)
    assert again.status == "pending"


def test_others_are_left_alone(services, campaign, invite):
    other = an_interview(services, campaign, "Mine stays here.", email="other@x.example")
    erasure.withdraw_participant(services, invite)
    assert "Mine stays here." in everything()
    assert db.session.execute(select(Interview.id)).scalar_one() == other.id
