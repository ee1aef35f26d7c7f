"""Analyses read what has changed, can be stopped, and count what they leave out."""

import pytest
from sqlalchemy import func, select, update

from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import NotFound
from interviewrelay.evidence import evidence
from interviewrelay.models import Analysis, Claim, Evidence, InterviewAnalysis, Job, TurnRow
from interviewrelay.privacy import erasure
from interviewrelay.results import analyses, findings, session_results
from interviewrelay.worker import schedule
from tests.factories import a_finished_interview
from tests.results.conftest import WAIT


def count(kind):
    db.session.rollback()
    return db.session.execute(select(func.count()).select_from(kind)).scalar_one()


def analysed(ann, campaign, run):
    analyses.start_analysis(ann.actor, campaign.id)
    assert run() == 1
    return analyses.get_latest_analysis(campaign)


def test_an_analysis_finds_what_several_people_say(ann, campaign, three, run):
    plan = analyses.plan_analysis(campaign)
    assert (plan.interviews, plan.changed) == (3, 3)
    done = analysed(ann, campaign, run)
    assert (done.status, done.done, done.total, done.engine) == ("completed", 3, 3, "built-in")
    assert analyses.plan_analysis(campaign).changed == 0
    found = findings.list_findings(campaign)
    waiting = next(one for one in found if "told us why" in one.statement)
    assert waiting.statement.casefold() == "nobody told us why we had to wait"
    assert (waiting.people, waiting.is_quote) == (2, True)
    assert {quote.session_id for quote in waiting.support} == {three[0].id, three[1].id}
    assert analyses.count_analysed(campaign) == 3
    assert count(Job) == 0 or all(
        kind != analyses.KIND for kind in db.session.execute(select(Job.kind)).scalars()
    )


def test_each_interview_has_a_summary_and_its_goals_in_its_own_words(ann, campaign, three, run):
    analysed(ann, campaign, run)
    found = session_results.get_session_results(three[1])
    assert found.analysed_at is not None
    assert [one.statement for one in found.summary][0] in (
        "We waited two hours.", "Nobody told us why we had to wait.",
    )  # fmt: skip
    goals = {one.row.key: one for one in found.goals}
    assert goals["waiting/how_long"].row.status == "covered"
    assert "two hours" in goals["waiting/how_long"].support[0].text


def test_only_changed_interviews_are_read_again(services, ann, campaign, three, run):
    analysed(ann, campaign, run)
    before = {
        row.interview_id: row.analysed_at
        for row in db.session.execute(select(InterviewAnalysis)).scalars()
    }
    with transaction():
        db.session.execute(
            update(TurnRow)
            .where(TurnRow.interview_id == three[2].id, TurnRow.number == 2)
            .values(quotable=False)
        )
    fresh = a_finished_interview(services, campaign, WAIT, email="fourth@example.com")
    analysed(ann, campaign, run)
    after = {
        row.interview_id: row.analysed_at
        for row in db.session.execute(select(InterviewAnalysis)).scalars()
    }
    assert {one for one in after if after[one] != before.get(one)} == {three[2].id, fresh.id}


def test_a_second_start_joins_the_first(ann, campaign, three, run):
    first = analyses.start_analysis(ann.actor, campaign.id)
    assert analyses.start_analysis(ann.actor, campaign.id).id == first.id
    run()
    assert analyses.start_analysis(ann.actor, campaign.id).id != first.id
    assert count(Analysis) == 2


def test_a_cancelled_analysis_does_nothing_more(ann, campaign, three, run):
    analyses.start_analysis(ann.actor, campaign.id)
    assert analyses.cancel_analysis(ann.actor, campaign.id).status == "cancelled"
    assert run() == 1  # the job ends at once
    assert (count(Claim), count(InterviewAnalysis), run()) == (0, 0, 0)


def test_without_ended_interviews_nothing_is_found(ann, campaign, run):
    with pytest.raises(NotFound):
        analyses.cancel_analysis(ann.actor, campaign.id)
    done = analysed(ann, campaign, run)
    assert (done.status, done.total) == ("completed", 0)
    assert findings.list_findings(campaign) == []
    assert analyses.cancel_analysis(ann.actor, campaign.id).status == "completed"


def test_an_interrupted_analysis_goes_on_where_it_stopped(
    monkeypatch, ann, campaign, three, run
):
    monkeypatch.setattr(analyses, "CHUNK", 1)
    monkeypatch.setattr(analyses, "SLICE", 0)
    analyses.start_analysis(ann.actor, campaign.id)
    seen = []
    while run():
        latest = analyses.get_latest_analysis(campaign)
        seen.append((latest.status, latest.done))
    assert seen[0] == ("running", 1)
    assert seen[-1] == ("completed", 3)


def test_an_erased_participant_is_in_no_result(services, ann, campaign, three, run):
    analysed(ann, campaign, run)
    erasure.erase_session(services, ann.actor, three[0].id)
    db.session.rollback()
    for one in findings.list_findings(campaign):
        assert three[0].id not in {quote.session_id for quote in one.support}
    assert analyses.count_analysed(campaign) == 2
    left = db.session.execute(select(Evidence.interview_id).distinct()).scalars().all()
    assert three[0].id not in left
    assert not list(evidence.find_misplaced())


def test_the_worker_runs_analyses(app, ann, campaign, three):
    analyses.start_analysis(ann.actor, campaign.id)
    db.session.rollback()
    schedule.run_task(app, next(t for t in schedule.TASKS if t.name == "analyse studies"))
    assert analyses.get_latest_analysis(campaign).status == "completed"


def test_a_study_of_others_is_not_found(ben, campaign, three):
    with pytest.raises(NotFound):
        analyses.start_analysis(ben.actor, campaign.id)
