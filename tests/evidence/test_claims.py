"""Claims stand on evidence, and fall with it."""

import pytest
from sqlalchemy import select

from interviewrelay.core.db.session import db, transaction
from interviewrelay.evidence import claims, evidence
from interviewrelay.evidence.claims import Draft
from interviewrelay.evidence.evidence import Passage
from interviewrelay.interviews.participation import answer_review
from interviewrelay.models import Claim
from interviewrelay.privacy import erasure
from tests.factories import a_campaign, an_interview

WAIT = "We waited for two hours. Nobody told us anything."
FINE = "I was called within five minutes."


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def first(services, campaign):
    return an_interview(services, campaign, WAIT, "The coffee was good.")


@pytest.fixture
def second(services, campaign):
    return an_interview(
        services, campaign, "Nobody told us anything either.", email="second@example.com"
    )


@pytest.fixture
def third(services, campaign):
    return an_interview(services, campaign, FINE, email="third@example.com")


def proven(interview, *quotes):
    with transaction():
        proof = evidence.add_evidence(interview, [Passage(quote) for quote in quotes])
    return [row.id for row in proof.evidence]


def claimed(campaign, *drafts, made_by="built-in"):
    with transaction():
        made, tally = claims.add_claims(campaign.org_id, campaign.id, drafts, made_by=made_by)
    return [claim.id for claim in made], tally


def stated(ids):
    db.session.expire_all()
    rows = db.session.execute(select(Claim).where(Claim.id.in_(ids)).order_by(Claim.position))
    return claims.read_claims(rows.scalars().all())


def test_a_claim_without_evidence_is_left_out_and_counted(campaign, first):
    ids, tally = claimed(
        campaign,
        Draft("finding", proven(first, "Nobody told us anything"), text="People wait."),
        Draft("finding", proven(first, "The chairs were hard"), text="The chairs are hard."),
    )
    assert (tally.statements, tally.unproven, len(ids)) == (2, 1, 1)
    (claim,) = stated(ids)
    assert (claim.statement, claim.is_quote, claim.people) == ("People wait.", False, 1)


def test_people_are_counted_once_for_and_against(campaign, first, second, third):
    ids, _ = claimed(
        campaign,
        Draft(
            "finding",
            [*proven(first, "Nobody told us anything", "two hours"), *proven(second, "Nobody told us anything")],
            proven(third, "within five minutes"),
        ),
    )  # fmt: skip
    (claim,) = stated(ids)
    assert (claim.statement, claim.is_quote) == ("Nobody told us anything", True)
    assert (claim.people, claim.against) == (2, 1)
    assert [quote.session_id for quote in claim.support] == [first.id, first.id, second.id]


def test_words_of_a_model_go_with_any_of_their_evidence(services, ann, campaign, first, second):
    both = [
        *proven(first, "Nobody told us anything"),
        *proven(second, "Nobody told us anything"),
    ]
    own, _ = claimed(campaign, Draft("finding", both))
    written, _ = claimed(campaign, Draft("finding", both, text="Nobody is told."), made_by="m")
    by_hand, _ = claimed(campaign, Draft("finding", both, text="My view."), made_by="person")
    erasure.erase_session(services, ann.actor, first.id)
    assert stated(written) == []
    assert [claim.people for claim in stated([*own, *by_hand])] == [1, 1]
    erasure.erase_session(services, ann.actor, second.id)
    (kept,) = stated([*own, *by_hand])
    assert (kept.statement, kept.people, kept.support) == ("My view.", 0, ())


def test_a_corrected_answer_takes_its_claim_along(services, campaign, first):
    own, _ = claimed(campaign, Draft("finding", proven(first, "two hours")))
    other, _ = claimed(campaign, Draft("finding", proven(first, "Nobody told us anything")))
    answer_review.correct_answer(
        services, first.invite, 2, "One hour. Nobody told us anything."
    )
    assert [claim.statement for claim in stated([*own, *other])] == ["Nobody told us anything"]


def test_a_new_analysis_replaces_what_nobody_pinned(campaign, first):
    one, _ = claimed(campaign, Draft("finding", proven(first, "two hours")))
    two, _ = claimed(campaign, Draft("finding", proven(first, "coffee")))
    with transaction():
        claims.mark_changed(db.session.get(Claim, two[0]), "Ann")
    with transaction():
        claims.delete_claims(campaign.id, ["finding"])
    assert [claim.statement for claim in stated([*one, *two])] == ["coffee"]
