"""Findings are edited by people, and later analyses keep what they did."""

import pytest
from sqlalchemy import select

from interviewrelay.core.db.session import db
from interviewrelay.core.errors import InvalidParameter, NotFound
from interviewrelay.models import Evidence
from interviewrelay.results import analyses, findings
from interviewrelay.results.findings import FindingChange
from tests.factories import a_campaign, a_finished_interview
from tests.results.conftest import WAIT


@pytest.fixture
def found(ann, campaign, three, run):
    analyses.start_analysis(ann.actor, campaign.id)
    run()
    made = findings.list_findings(campaign)
    assert made
    return made


def waiting(campaign):
    db.session.rollback()
    return next(
        one
        for one in findings.list_findings(campaign)
        if any("told us why" in quote.text for quote in one.support)
    )


def again(ann, campaign, run):
    analyses.start_analysis(ann.actor, campaign.id)
    assert run() == 1


def test_an_edited_finding_keeps_its_words_and_takes_new_evidence(
    services, ann, campaign, found, run
):
    mine = waiting(campaign)
    changed = findings.change_finding(
        ann.actor, campaign.id, mine.row.id, FindingChange(text="People wait uninformed.")
    )
    assert (changed.statement, changed.is_quote) == ("People wait uninformed.", False)
    assert (changed.row.pinned, changed.row.changed_by) == (True, "Alder")
    a_finished_interview(services, campaign, WAIT, email="fourth@example.com")
    again(ann, campaign, run)
    kept = waiting(campaign)
    assert (kept.row.id, kept.statement) == (mine.row.id, "People wait uninformed.")
    assert kept.people == 3


def test_a_deleted_finding_does_not_come_back(ann, campaign, found, run):
    gone = waiting(campaign)
    findings.delete_finding(ann.actor, campaign.id, gone.row.id)
    again(ann, campaign, run)
    texts = [q.text for one in findings.list_findings(campaign) for q in one.support[:1]]
    assert not any("told us why" in text for text in texts)
    with pytest.raises(NotFound):
        findings.get_finding(ann.actor, campaign.id, gone.row.id)


def test_an_own_finding_needs_words_and_evidence_of_this_study(ann, ben, campaign, found):
    ids = db.session.execute(select(Evidence.id)).scalars().all()
    made = findings.add_finding(ann.actor, campaign.id, " Signs are missing. ", ids[:1])
    assert (made.statement, made.people, made.row.made_by) == (
        "Signs are missing.",
        1,
        "person",
    )
    with pytest.raises(InvalidParameter, match="Enter what you found"):
        findings.add_finding(ann.actor, campaign.id, "  ", ids[:1])
    other = a_campaign(ann)
    with pytest.raises(InvalidParameter, match="does not exist in this study"):
        findings.add_finding(ann.actor, other.id, "Signs.", ids[:1])
    with pytest.raises(NotFound):
        findings.add_finding(ben.actor, campaign.id, "Signs.", [])


def test_merging_moves_the_evidence(ann, campaign, found):
    extra = findings.add_finding(ann.actor, campaign.id, "Signs are missing.", [])
    mine = waiting(campaign)
    merged = findings.merge_findings(ann.actor, campaign.id, extra.row.id, [mine.row.id])
    assert (merged.statement, merged.people) == ("Signs are missing.", mine.people)
    assert mine.row.id not in {one.row.id for one in findings.list_findings(campaign)}
    with pytest.raises(InvalidParameter, match="Choose another finding"):
        findings.merge_findings(ann.actor, campaign.id, extra.row.id, [extra.row.id])


def test_findings_are_moved_in_their_list(ann, campaign, found):
    last = findings.add_finding(ann.actor, campaign.id, "Signs are missing.", [])
    findings.change_finding(ann.actor, campaign.id, last.row.id, FindingChange(position=0))
    db.session.rollback()
    assert findings.list_findings(campaign)[0].row.id == last.row.id
