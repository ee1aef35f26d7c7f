"""Analyses of a study: started by a person, run by a job, and safe to stop at any moment.

The job reads interviews that have changed since their last analysis, the newest first, and then
looks for findings across all of them. After the first interviews it shows findings already.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import false, func, select, update

from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.core.errors import NotFound
from interviewrelay.evidence import claims
from interviewrelay.evidence.claims import Tally
from interviewrelay.interviews import state
from interviewrelay.models import (
    Analysis,
    Campaign,
    Interview,
    InterviewAnalysis,
    TurnRow,
)
from interviewrelay.organizations import access
from interviewrelay.results import findings, interview_claims, study_findings
from interviewrelay.runtime import job_queue
from interviewrelay.runtime.services import Services

KIND: Final = "study_analysis"
FIRST: Final = 60
"""Interviews after which findings are shown for the first time."""
CHUNK: Final = 20
"""Interviews read at a time; between them an analysis can be cancelled."""
SLICE: Final = 20.0
"""Seconds after which a job gives way to others and goes on later."""
FINDINGS_LEASE: Final = 600.0
"""Seconds that looking for findings may take before another process tries."""
ACTIVE: Final = ("queued", "running")


@dataclass(frozen=True, slots=True)
class AnalysisPlan:
    """Extent of an analysis: interviews that have ended, and those among them to be read anew."""

    interviews: int
    changed: int


def plan_analysis(campaign: Campaign) -> AnalysisPlan:
    """Extent of the next analysis of a campaign."""
    ids = _list_interviews(campaign.id)
    return AnalysisPlan(len(ids), len(ids) - _count_current(campaign.id))


def start_analysis(actor: Actor, campaign_id: str) -> Analysis:
    """Start an analysis; returns the one that is under way, if any. Raises NotFound."""
    campaign = access.get_campaign(actor, campaign_id)
    with transaction():
        access.lock_row(Campaign, campaign.id)
        current = get_latest_analysis(campaign)
        if current is not None and current.status in ACTIVE:
            return current
        analysis = Analysis(
            org_id=campaign.org_id,
            campaign_id=campaign.id,
            engine=claims.BUILT_IN,
            created_by=findings.get_name(actor),
        )
        db.session.add(analysis)
        db.session.flush()  # gives the row its id
        job_queue.enqueue_job(campaign.org_id, KIND, analysis.id)
    return analysis


def cancel_analysis(actor: Actor, campaign_id: str) -> Analysis:
    """Cancel the latest analysis; what it found so far stays. One that has ended is left as it is.

    Raises NotFound, also if there is none.
    """
    campaign = access.get_campaign(actor, campaign_id)
    with transaction():
        access.lock_row(Campaign, campaign.id)
        analysis = get_latest_analysis(campaign)
        if analysis is None:
            raise NotFound
        if analysis.status in ACTIVE:
            analysis.status, analysis.ended_at = "cancelled", clock.now()
    return analysis


def get_latest_analysis(campaign: Campaign) -> Analysis | None:
    """The newest analysis of a campaign, as it is now."""
    mine = select(Analysis).where(Analysis.campaign_id == campaign.id)
    newest = mine.order_by(Analysis.created_at.desc(), Analysis.id.desc()).limit(1)
    query = newest.execution_options(populate_existing=True)
    return db.session.execute(query).scalar_one_or_none()


def count_analysed(campaign: Campaign) -> int:
    """Interviews that have been analysed; erased ones are no longer counted."""
    mine = select(func.count()).where(InterviewAnalysis.campaign_id == campaign.id)
    return db.session.execute(mine).scalar_one()


def run_in_job(services: Services, job_id: str, analysis_id: str) -> None:
    """Go on with an analysis, for `SLICE` seconds or to its end."""
    deadline = time.monotonic() + SLICE
    analysis = _begin(job_id, analysis_id)
    if analysis is None:
        return
    campaign = db.session.get_one(Campaign, analysis.campaign_id)
    ids = _list_interviews(campaign.id)
    known = _load_digests(campaign.id)
    shown = len(known) >= min(FIRST, len(ids))
    for first in range(0, len(ids), CHUNK):
        done = min(first + CHUNK, len(ids))
        before = dict(known)
        tally = _read_interviews(campaign, ids[first:done], known)
        if not _report(analysis_id, tally, "reading", done, len(ids)):
            _finish(job_id, analysis_id)
            return
        if not shown and done >= min(FIRST, len(ids)):
            shown = True
            _find_findings(services, job_id, campaign, analysis_id)
        # Interviews read by earlier jobs are passed over, so that each job gets further.
        if known != before and time.monotonic() > deadline and done < len(ids):
            with transaction():
                job_queue.enqueue_job(campaign.org_id, KIND, analysis_id)
            return
    if _report(analysis_id, Tally(), "findings", len(ids), len(ids)):
        tally = _find_findings(services, job_id, campaign, analysis_id)
        _report(analysis_id, tally, "findings", len(ids), len(ids))
    _finish(job_id, analysis_id)


def _begin(job_id: str, analysis_id: str) -> Analysis | None:
    """The analysis, marked as running; None if there is nothing left to do."""
    with transaction():
        analysis = db.session.execute(
            select(Analysis).where(Analysis.id == analysis_id).with_for_update(key_share=True)
        ).scalar_one_or_none()
        if analysis is None or analysis.status not in ACTIVE:
            job_queue.finish_job(job_id)
            return None
        analysis.status = "running"
        analysis.started_at = analysis.started_at or clock.now()
    return analysis


def _list_interviews(campaign_id: str) -> list[str]:
    """Ids of the interviews that have ended, newest first; test interviews are left out."""
    query = (
        select(Interview.id)
        .where(
            Interview.campaign_id == campaign_id,
            Interview.test == false(),
            Interview.status.in_(("completed", "abandoned")),
        )
        .order_by(Interview.started_at.desc(), Interview.id.desc())
    )
    return list(db.session.execute(query).scalars())


def _load_digests(campaign_id: str) -> dict[str, str]:
    rows = db.session.execute(
        select(InterviewAnalysis.interview_id, InterviewAnalysis.input_hash).where(
            InterviewAnalysis.campaign_id == campaign_id
        )
    )
    return {row.interview_id: row.input_hash for row in rows}


def _count_current(campaign_id: str) -> int:
    """Analysed interviews without an answer since."""
    query = (
        select(func.count())
        .select_from(InterviewAnalysis)
        .join(Interview, Interview.id == InterviewAnalysis.interview_id)
        .where(
            InterviewAnalysis.campaign_id == campaign_id,
            Interview.last_at <= InterviewAnalysis.analysed_at,
        )
    )
    return db.session.execute(query).scalar_one()


def _read_interviews(campaign: Campaign, ids: Sequence[str], known: dict[str, str]) -> Tally:
    """Make the claims about those interviews that have changed, each in its own transaction."""
    tally = Tally()
    interviews = (
        db.session.execute(
            select(Interview)
            .where(Interview.id.in_(ids))
            .execution_options(populate_existing=True)
        )
        .scalars()
        .all()
    )
    rows = db.session.execute(
        select(TurnRow).where(TurnRow.interview_id.in_(ids)).order_by(TurnRow.number)
    ).scalars()
    turns: dict[str, list[TurnRow]] = {}
    for row in rows:
        turns.setdefault(row.interview_id, []).append(row)
    for interview in interviews:
        own = turns.get(interview.id, [])
        guide = state.get_guide(interview)
        digest = interview_claims.digest_input(guide, own)
        if known.get(interview.id) != digest:
            tally.add(_replace_claims(campaign, interview.id, digest))
            known[interview.id] = digest
    return tally


def _replace_claims(campaign: Campaign, interview_id: str, digest: str) -> Tally:
    """Claims about one interview as it is now; none if it was erased meanwhile."""
    with transaction():
        interview = db.session.execute(
            select(Interview)
            .where(Interview.id == interview_id)
            .with_for_update(key_share=True)
        ).scalar_one_or_none()
        if interview is None:
            return Tally()
        guide = state.get_guide(interview)
        turns = state.list_turns(interview)
        tally = interview_claims.replace_claims(interview, guide, turns)
        db.session.merge(
            InterviewAnalysis(
                interview_id=interview_id,
                campaign_id=campaign.id,
                engine=claims.BUILT_IN,
                input_hash=digest,
                analysed_at=clock.now(),
            )
        )
    return tally


def _report(analysis_id: str, tally: Tally, step: str, done: int, total: int) -> bool:
    """Store the progress; False if the analysis was cancelled or deleted."""
    with transaction():
        analysis = db.session.execute(
            select(Analysis).where(Analysis.id == analysis_id).with_for_update(key_share=True)
        ).scalar_one_or_none()
        if analysis is None or analysis.status != "running":
            return False
        analysis.step, analysis.done, analysis.total = step, done, total
        analysis.statements += tally.statements
        analysis.unproven += tally.unproven
        for reason, number in tally.refused.items():
            refused = {**analysis.refused, reason: analysis.refused.get(reason, 0) + number}
            analysis.refused = refused
    return True


def _find_findings(
    services: Services, job_id: str, campaign: Campaign, analysis_id: str
) -> Tally:
    with transaction():
        job_queue.extend_lease(job_id, FINDINGS_LEASE)
    found = study_findings.find_findings(services, campaign)
    release_connection()
    return study_findings.store_findings(campaign, analysis_id, found)


def _finish(job_id: str, analysis_id: str) -> None:
    with transaction():
        if job_queue.finish_job(job_id):
            db.session.execute(
                update(Analysis)
                .where(Analysis.id == analysis_id, Analysis.status == "running")
                .values(status="completed", ended_at=clock.now())
            )
