"""Recording of a whole interview: both voices in their order, built by a job after the end."""

import hashlib
import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, Final

from sqlalchemy import select

from interviewrelay.core import clock
from interviewrelay.core.audio_containers import MEDIA_TYPES
from interviewrelay.core.db.session import (
    checkpoint_wal,
    db,
    on_commit,
    release_connection,
    require_transaction,
    transaction,
)
from interviewrelay.core.errors import NotFound, StorageUnreachable
from interviewrelay.core.ids import new_id
from interviewrelay.core.ports.audio import RecordingFormat
from interviewrelay.interviews import completion
from interviewrelay.models import (
    AnswerRecording,
    Campaign,
    Interview,
    SessionRecording,
    TurnRow,
)
from interviewrelay.organizations import access
from interviewrelay.recordings import sound_reel
from interviewrelay.recordings.sound_reel import PlannedClip, PlannedTurn
from interviewrelay.runtime import job_queue, stored_files
from interviewrelay.runtime.file_reader import StoredFileReader
from interviewrelay.runtime.services import Services

log = logging.getLogger(__name__)

VERSION: Final = 1
"""Version of the way in which recordings are built; a new one builds them again."""
MOST_TRIES: Final = 3
"""Attempts to build a recording whose answers change meanwhile."""
USED: Final = ("stored", "transcribed", "waiting")
"""Statuses of clips that can be heard."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """Everything that a recording is built from, without its sound."""

    org_id: str
    consent_id: str
    language: str
    turns: tuple[PlannedTurn, ...]
    source: str


@dataclass(frozen=True, slots=True)
class RecordingFile:
    """A file of a recording, with a reader that reads only what it is asked for."""

    form: RecordingFormat
    media_type: str
    tag: str
    """Name of the content, without quotation marks: another content has another one."""
    size: int
    reader: StoredFileReader


def enqueue_recording(org_id: str, interview_id: str) -> None:
    """Building block: build the recording of an interview that has ended, or build it again."""
    job_queue.enqueue_job(org_id, completion.RECORDING, interview_id)


def build_in_job(services: Services, job_id: str, interview_id: str) -> None:
    """Job: build the recording of an interview."""
    build_recording(services, interview_id)
    with transaction():
        job_queue.finish_job(job_id)


def build_first_in_job(services: Services, job_id: str, interview_id: str) -> None:
    """Job: build the recording after the end, then publish the transcript, which takes its times
    from it. A recording that cannot be built now is built later, and holds nothing up.
    """
    try:
        build_recording(services, interview_id)
    except Exception:  # whatever it is, the transcript must not wait for it
        log.exception("recording_postponed", extra={"session": interview_id})
        db.session.rollback()
        built = False
    else:
        built = True
    with transaction():
        if not job_queue.finish_job(job_id):
            return
        held = select(Interview.org_id, Interview.status).where(Interview.id == interview_id)
        if (row := db.session.execute(held).first()) is None:
            return
        if not built:
            enqueue_recording(row.org_id, interview_id)
        if row.status == "completed":
            job_queue.enqueue_job(row.org_id, completion.AFTERWARDS, interview_id)


def build_recording(services: Services, interview_id: str) -> SessionRecording | None:
    """Build the recording of an interview, unless it is up to date; None if there is nothing to
    hear.

    The files are stored first, then the row that names them; the files of the row before are deleted
    afterwards. A clip that is missing or broken becomes a gap. Raises StorageUnreachable.
    """
    for _ in range(MOST_TRIES):
        plan = _read_plan(services, interview_id)
        held = _find(interview_id)
        release_connection()
        if held is not None and plan is not None and held.source == plan.source:
            return held
        if held is not None and plan is None and not held.sizes:
            return None  # after their time, the transcript keeps its times
        made = None if plan is None else _make(services, interview_id, plan)
        if _replace(services, interview_id, plan, made):
            return made
    return None


def get_recording(interview: Interview) -> SessionRecording | None:
    """Recording of an interview; None if it was held in writing, or the files were deleted after
    their time.
    """
    found = None if interview.mode == "text" else _find(interview.id)
    return found if found is not None and found.sizes else None


def get_layout(interview: Interview) -> list[Any] | None:
    """Places of the turns in the recording, also after its files were deleted."""
    found = None if interview.mode == "text" else _find(interview.id)
    return None if found is None else found.layout


def list_formats(recording: SessionRecording) -> list[RecordingFormat]:
    """Formats of a recording, the best first."""
    return [form for form in ("ogg", "mp3", "wav") if form in recording.sizes]


def open_recording(
    services: Services, interview: Interview, form: RecordingFormat | None = None
) -> RecordingFile:
    """A file of an interview's recording, by default in the best format.

    Raises NotFound without this file, and StorageUnreachable.
    """
    found = get_recording(interview)
    formats = [] if found is None else list_formats(found)
    if found is None or not formats:
        raise NotFound("This interview has no recording, or it is not ready yet.")
    chosen = form or formats[0]
    if chosen not in formats:
        raise NotFound(f"This recording has another format. Ask for {' or '.join(formats)}.")
    release_connection()
    name = stored_files.get_recording_name(found.id, chosen)
    size = services.storage.size(name)
    if size is None:
        log.error("recording_missing", extra={"session": interview.id})
        raise NotFound("The recording of this interview is missing.")
    reader = StoredFileReader(services.storage, name, size)
    return RecordingFile(chosen, MEDIA_TYPES[chosen], f"{found.id}-{chosen}", size, reader)


def _find(interview_id: str) -> SessionRecording | None:
    query = select(SessionRecording).where(SessionRecording.interview_id == interview_id)
    fresh = query.execution_options(populate_existing=True)
    return db.session.execute(fresh).scalar_one_or_none()


def _read_plan(services: Services, interview_id: str) -> _Plan | None:
    """Plan of a recording; None if the interview was erased, keeps none, or has nothing to hear."""
    query = (
        select(Interview.org_id, Interview.consent_id, Interview.language, Campaign.settings)
        .join(Campaign, Campaign.id == Interview.campaign_id)
        .where(Interview.id == interview_id, Interview.status != "in_progress")
    )
    row = db.session.execute(query).first()
    if row is None or row.settings.get("recording") is False:
        return None
    clips = _list_clips(interview_id)
    if not clips:
        return None
    said = select(TurnRow.number, TurnRow.speaker, TurnRow.text, TurnRow.struck)
    ordered = said.where(TurnRow.interview_id == interview_id).order_by(TurnRow.number)
    turns = tuple(
        PlannedTurn(number, text, ())
        if speaker == "ai"
        else _plan_answer(number, text, () if struck else clips.get(number, ()))
        for number, speaker, text, struck in db.session.execute(ordered)
    )
    if not any(turn.clips for turn in turns):
        return None
    speaker = services.speech.speaker
    whole = [
        VERSION,
        services.speech.codec.formats,
        speaker.name if speaker is not None and speaker.speaks(row.language) else "",
        [asdict(turn) for turn in turns],
    ]
    source = hashlib.sha256(json.dumps(whole).encode()).hexdigest()
    return _Plan(row.org_id, row.consent_id, row.language, turns, source)


def _plan_answer(number: int, text: str, clips: Sequence[PlannedClip]) -> PlannedTurn:
    """An answer. What the participant corrected is as sure as what they typed."""
    recognized = " ".join((clip.text or "").strip() for clip in clips)
    sure = [clip.confidence for clip in clips if clip.confidence is not None]
    told = clips and sure and recognized.split() == text.split()
    return PlannedTurn(number, None, tuple(clips), min(sure) if told else None)


def _list_clips(interview_id: str) -> dict[int, list[PlannedClip]]:
    """Clips that were used, in the order in which they were recorded, by number of the answer."""
    query = (
        select(
            AnswerRecording.number,
            AnswerRecording.id,
            AnswerRecording.container,
            AnswerRecording.size,
            AnswerRecording.text,
            AnswerRecording.confidence,
        )
        .where(
            AnswerRecording.interview_id == interview_id,
            AnswerRecording.used,
            AnswerRecording.status.in_(USED),
            AnswerRecording.size > 0,
        )
        .order_by(AnswerRecording.created_at, AnswerRecording.id)
    )
    found: dict[int, list[PlannedClip]] = {}
    for row in db.session.execute(query):
        clip = PlannedClip(row.id, row.container, row.size, row.text, row.confidence)
        found.setdefault(row.number, []).append(clip)
    return found


def _make(services: Services, interview_id: str, plan: _Plan) -> SessionRecording:
    """The row of a new recording, whose files are stored."""
    with sound_reel.record(services, interview_id, plan.language, plan.turns) as reel:
        row_id = new_id()
        sizes = {}
        try:
            for form in sound_reel.choose_formats(services.speech.codec):
                name = stored_files.get_recording_name(row_id, form)
                sizes[form] = reel.store(services, name, form)
        except BaseException:
            _delete(services, row_id, sizes)
            raise
        return SessionRecording(
            id=row_id,
            org_id=plan.org_id,
            interview_id=interview_id,
            consent_id=plan.consent_id,
            source=plan.source,
            seconds=reel.seconds,
            layout=reel.layout,
            peaks=reel.measure_peaks(),
            sizes=sizes,
            created_at=clock.now(),
        )


def _replace(
    services: Services, interview_id: str, plan: _Plan | None, made: SessionRecording | None
) -> bool:
    """Store the new row in place of the old one; False if the answers have changed meanwhile."""
    gone: SessionRecording | None = made
    with transaction():
        current = _read_locked_plan(services, interview_id)
        well = (plan and plan.source) == (current and current.source)
        if well:
            gone = _find(interview_id)
            if gone is not None:
                db.session.delete(gone)
                db.session.flush()  # one row for each interview
            if made is not None:
                db.session.add(made)
    if gone is not None:
        on_commit(partial(_delete, services, gone.id, dict(gone.sizes)))
        on_commit(checkpoint_wal)
    return well


def _read_locked_plan(services: Services, interview_id: str) -> _Plan | None:
    """Building block: the plan as it is now, which nobody changes before the commit."""
    require_transaction()
    try:
        access.lock_row(Interview, interview_id)
    except NotFound:
        return None
    return _read_plan(services, interview_id)


def _delete(services: Services, row_id: str, forms: Iterable[str]) -> None:
    """Delete the files of a recording; the hourly sweep deletes those that are unreachable now."""
    for form in forms:
        try:
            services.storage.delete(stored_files.get_recording_name(row_id, form))
        except StorageUnreachable as fault:
            log.warning("file_deletion_postponed", extra={"reason": fault.why})
