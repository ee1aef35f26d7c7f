"""Retention of audio: recordings are deleted some time after their interview, and the text stays."""

import logging
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import Select, select, union_all, update

from interviewrelay.core import clock
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import checkpoint_wal, db, release_connection, transaction
from interviewrelay.models import AnswerRecording, Interview, Organization, SessionRecording
from interviewrelay.organizations import audit_log
from interviewrelay.runtime import session_files
from interviewrelay.runtime.services import Services

log = logging.getLogger(__name__)

BATCH: Final = 50
"""Interviews whose recordings are deleted in one transaction."""
MOST_DAYS: Final = 3_650
DELETED: Final = ""
"""`SessionRecording.source` of a recording whose files were deleted."""


def count_due_interviews(org_id: str, days: int | None) -> int:
    """Dry run: number of interviews whose recordings a sweep would delete with this period."""
    return 0 if days is None else pagination.count_rows(_select_due(org_id, days))


def delete_due_audio(services: Services) -> int:
    """Delete the recordings whose time is over; returns the number of interviews.

    Files go first, then what the rows say of them, so a crash in between leaves work and no file.
    Transcripts keep their words and times. Raises StorageUnreachable.
    """
    kept = union_all(
        select(AnswerRecording.org_id).where(AnswerRecording.size > 0),
        select(SessionRecording.org_id).where(SessionRecording.source != DELETED),
    ).subquery()
    limited = select(Organization.id, Organization.audio_days).where(
        Organization.audio_days.is_not(None), Organization.id.in_(select(kept.c.org_id))
    )
    swept = 0
    for org_id, days in db.session.execute(limited).all():
        for batch in _batches(_select_due(org_id, days or 0)):
            _delete(services, org_id, batch)
            swept += len(batch)
    if swept:
        checkpoint_wal()
        log.info("audio_retention", extra={"count": swept})
    return swept


def _select_due(org_id: str, days: int) -> Select[str]:
    since = clock.now() - timedelta(days=min(days, MOST_DAYS))
    kept = union_all(
        select(AnswerRecording.interview_id).where(
            AnswerRecording.org_id == org_id, AnswerRecording.size > 0
        ),
        select(SessionRecording.interview_id).where(
            SessionRecording.org_id == org_id, SessionRecording.source != DELETED
        ),
    ).subquery()
    return select(Interview.id).where(
        Interview.id.in_(select(kept.c.interview_id)), Interview.ended_at <= since
    )


def _batches(due: Select[str]) -> Iterator[Sequence[str]]:
    while True:
        ids: Sequence[str] = (
            db.session.execute(due.order_by(Interview.id).limit(BATCH)).scalars().all()
        )
        release_connection()
        if not ids:
            return
        yield ids


def _delete(services: Services, org_id: str, ids: Sequence[str]) -> None:
    for interview_id in ids:
        files = session_files.find_session_files(interview_id)
        release_connection()
        audio = [
            name
            for name in files.list_names(services.storage)
            if name.startswith(session_files.AUDIO)
        ]
        session_files.delete_names(services.storage, audio)
    with transaction():
        clips = update(AnswerRecording).where(AnswerRecording.interview_id.in_(ids))
        db.session.execute(clips.values(size=0, pieces=0))
        waiting = clips.where(AnswerRecording.status.in_(("receiving", "stored", "waiting")))
        db.session.execute(waiting.values(status="failed"))  # nothing is left to recognise
        whole = update(SessionRecording).where(SessionRecording.interview_id.in_(ids))
        db.session.execute(whole.values(source=DELETED, sizes={}, peaks=[]))
        audit_log.add_entry(org_id, "privacy_audio", str(len(ids)))
