"""Taking back what was said."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from interviewrelay.billing import daily_counts, ledger
from interviewrelay.campaigns.invites import invites
from interviewrelay.core import clock
from interviewrelay.core.db.session import Base, db, end_reading, transaction
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
from interviewrelay.notifications import delivery
from interviewrelay.operations import consistency_check
from interviewrelay.privacy import erasure
from interviewrelay.transcripts import transcripts
from tests.factories import a_campaign, an_interview, an_invite, feedback_while_it_goes_on

EMAIL, NAME, MARKER = "pat.secret@example.com", "Patience", "zanzibarine"


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def invite(office, campaign):
    people = [invites.Person(EMAIL, NAME, {"ref": MARKER})]
    row = invites.create(office.ring, campaign, people, custom_message=f"Dear {NAME}").invites[
        0
    ]
    reached, _ = interviews.start(row, agreed=True, extra={"utm": MARKER})
    reached = interviews.answer(row, 2, f"My {MARKER} was forty minutes late.").standing
    interviews.answer(row, reached.next_number, f"Nobody spoke of the {MARKER} again.")
    feedback_while_it_goes_on(reached.interview, 4, f"Nice {MARKER}")
    return row


def everything():
    """All that is stored, of all tables, as one text."""
    end_reading()
    return "\n".join(
        f"{table.name} {dict(row)}"
        for table in Base.metadata.sorted_tables
        for row in db.session.execute(select(table)).mappings()
    )


def count(kind):
    return db.session.execute(select(func.count()).select_from(kind)).scalar_one()


def test_withdrawing_erases_every_trace_of_person_and_words(office, invite):
    with clock.standing_at(clock.now() + timedelta(minutes=5)):
        interviews.complete(invite)
    interview_id = db.session.execute(select(Interview.id)).scalar_one()
    transcripts.pdf(office, db.session.execute(select(Interview)).scalar_one())
    assert MARKER.encode() in office.storage.get(f"pdf/{interview_id}.pdf")
    assert all(word in everything() for word in (EMAIL, NAME, MARKER))
    erasure.withdraw(office, invite)
    left = everything()
    assert not [word for word in (EMAIL, NAME, MARKER) if word in left]
    assert office.storage.get(f"pdf/{interview_id}.pdf") is None
    assert [count(kind) for kind in (Interview, TurnRow, Consent)] == [0, 0, 0]
    assert not any(consistency_check.examine().values())


def test_withdrawing_in_the_middle_is_charged_as_an_abandoned_interview(
    office, invite, ann, campaign
):
    erasure.withdraw(office, invite)
    charges = db.session.execute(select(CreditEntry.amount).where(CreditEntry.kind == "charge"))
    assert list(charges.scalars()) == [-3]
    assert ledger.account(ann.actor).held == 0
    db.session.refresh(campaign)
    assert (campaign.started, campaign.abandoned) == (1, 1)


def test_withdrawing_after_the_end_moves_no_credit(office, invite):
    interviews.complete(invite)
    before = count(CreditEntry)
    erasure.withdraw(office, invite)
    assert count(CreditEntry) == before


def test_ending_early_and_withdrawing_does_not_count_as_completed(office, invite, campaign):
    interviews.complete(invite)
    db.session.refresh(campaign)
    assert (campaign.completed, campaign.ended_early, campaign.abandoned) == (1, 1, 0)
    erasure.withdraw(office, invite)
    db.session.refresh(campaign)
    assert (campaign.completed, campaign.ended_early, campaign.abandoned) == (0, 0, 1)
    assert (campaign.started, campaign.completed_seconds) == (1, 0)
    assert not any(consistency_check.examine().values())
    assert [sum(n for _, n in days) for days in daily_counts.completions(campaign.org_id)] == [
        0,
        0,
    ]


def test_withdrawing_a_complete_interview_leaves_it_counted(office, invite, campaign):
    interviews.complete(invite)
    with transaction():
        row = db.session.execute(select(Interview)).scalar_one()
        row.complete = True
        db.session.get(Campaign, campaign.id).ended_early = 0
        db.session.execute(update(DayCount).values(ended_early=0))
    erasure.withdraw(office, invite)
    db.session.refresh(campaign)
    assert (campaign.completed, campaign.abandoned) == (1, 0)
    assert not any(consistency_check.examine().values())


def test_withdrawing_again_is_harmless(office, invite):
    erasure.withdraw(office, invite)
    before = everything()
    erasure.withdraw(office, invite)
    assert everything() == before


def test_withdrawing_before_the_start_erases_the_address(office, campaign):
    invite, _ = an_invite(office, campaign, EMAIL, send_email=True)
    erasure.withdraw(office, invite)
    assert EMAIL not in everything()
    assert delivery.deliver_due(office) == 0


def test_who_has_withdrawn_cannot_go_on(office, invite):
    erasure.withdraw(office, invite)
    row = db.session.execute(select(Invite)).scalar_one()
    assert erasure.withdrawn(row)
    for act in (
        interviews.complete,
        interviews.pause,
        lambda i: interviews.start(i, agreed=True),
    ):
        with pytest.raises(InviteCancelled):
            act(row)


def test_a_cancelled_invite_is_not_taken_for_a_withdrawn_one(office, invite):
    assert not erasure.withdrawn(invites.cancel(invite))


def test_whoever_withdrew_can_be_invited_anew(office, campaign, invite):
    erasure.withdraw(office, invite)
    again, _ = an_invite(office, campaign, EMAIL)
    assert again.status == "pending"


def test_others_are_left_alone(office, campaign, invite):
    other = an_interview(office, campaign, "Mine stays here.", email="other@x.example")
    erasure.withdraw(office, invite)
    assert "Mine stays here." in everything()
    assert db.session.execute(select(Interview.id)).scalar_one() == other.id
