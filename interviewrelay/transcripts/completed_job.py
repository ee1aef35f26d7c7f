"""Completed job: after an interview, the event that its transcript and summary are ready."""

from sqlalchemy import select

from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.interviews import session_events
from interviewrelay.models import Campaign, Interview
from interviewrelay.organizations import access
from interviewrelay.runtime import job_queue
from interviewrelay.runtime.services import Services
from interviewrelay.transcripts import representation
from interviewrelay.webhooks import events


def publish_completed(services: Services, job_id: str, interview_id: str) -> None:
    """Analyse a completed interview and emit its event, once; none if it was erased."""
    interview = db.session.execute(
        select(Interview).where(Interview.id == interview_id)
    ).scalar_one_or_none()
    shape = representation.session(services, interview) if interview else {}
    release_connection()
    with transaction():
        if not job_queue.finish_job(job_id) or interview is None:
            return
        campaign = access.lock_row(Campaign, interview.campaign_id)
        still = select(Interview.id).where(Interview.id == interview_id)
        if db.session.execute(still).first() is None:
            return
        made = ("transcript.ready", "analysis.ready")
        told = [
            session_events.build_event_payload(kind, campaign, interview, shape)
            for kind in made
        ]
        events.emit_events(interview.org_id, *told)
