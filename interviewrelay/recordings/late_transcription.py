"""Late transcription: recordings that waited for a recogniser get their words, and so do the answers
that were given by them.
"""

import logging

from sqlalchemy import select

from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.core.errors import Refusal, StorageUnavailable
from interviewrelay.interviews import turn_store
from interviewrelay.interviews.participation import answer_review
from interviewrelay.models import AnswerRecording, Interview
from interviewrelay.recordings import spoken_answers
from interviewrelay.runtime import job_queue
from interviewrelay.runtime.services import Services

log = logging.getLogger("interviewrelay.speech")


def transcribe_in_job(services: Services, job_id: str, recording_id: str) -> None:
    """Job: transcribe a recording that waits, and fill the answer that waits for it. While the
    recogniser is away, it is tried again after growing waits; when it is back, all are due at once.
    """
    query = select(AnswerRecording).where(AnswerRecording.id == recording_id)
    fresh = query.execution_options(populate_existing=True)
    recording = db.session.execute(fresh).scalar_one_or_none()
    if recording is not None and not _transcribe(services, recording):
        return
    with transaction():
        if job_queue.finish_job(job_id):
            job_queue.hasten_jobs(spoken_answers.LATE_TRANSCRIPTION)


def _transcribe(services: Services, recording: AnswerRecording) -> bool:
    """Transcribe one recording; False if it has to wait longer."""
    interview = db.session.get_one(Interview, recording.interview_id)
    invite = interview.invite
    snapshot = turn_store.get_snapshot(invite.id)
    if recording.status == "waiting":
        try:
            recording = spoken_answers.transcribe_recording(
                services, snapshot, recording, urgent=False
            )
        except StorageUnavailable:
            raise
        except Refusal as refusal:
            log.warning(
                "recording_unreadable", extra={"session": snapshot.id, "code": refusal.code}
            )
            return True
    if recording.status != "transcribed":
        return recording.status != "waiting"
    if not _is_used(recording.id):
        return True
    text = spoken_answers.cut_answer(recording.text or "")
    return answer_review.fill_answer(services, invite, recording.number, text)


def _is_used(recording_id: str) -> bool:
    """True if an answer was given by it, as far as is known now."""
    query = select(AnswerRecording.used).where(AnswerRecording.id == recording_id)
    used = db.session.execute(query).scalar_one_or_none()
    release_connection()
    return bool(used)
