"""Spoken answers: a recording is stored, then recognised, and its words become the answer."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from interviewrelay.core.config import failpoints
from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.core.errors import (
    AudioTooLong,
    InvalidAudio,
    InvalidParameter,
    UnsupportedMediaType,
)
from interviewrelay.core.field_types import LONGEST_ANSWER
from interviewrelay.core.ports.language_models import ModelPolicy
from interviewrelay.core.ports.speech import SpeechUnavailable, Transcription
from interviewrelay.egress.egress_ledger import EgressSubject, record_egress
from interviewrelay.interviews import interviews, turn_store
from interviewrelay.interviews.participation import answer_review
from interviewrelay.interviews.state import AnswerReply, InterviewState
from interviewrelay.interviews.turn_store import InterviewSnapshot
from interviewrelay.models import AnswerRecording, Interview, Invite
from interviewrelay.organizations import access
from interviewrelay.recordings import limits, recognition, uploads
from interviewrelay.recordings.glossary import build_glossary
from interviewrelay.runtime import job_queue, stored_files
from interviewrelay.runtime.services import Services

log = logging.getLogger("interviewrelay.speech")

LATE_TRANSCRIPTION = "transcribe a recording"
"""Job kind for recordings that wait for a recogniser (`late_transcription`)."""
DOUBTFUL = 0.5
"""Confidence below which a recognised word is doubtful."""


@dataclass(frozen=True, slots=True)
class SpokenAnswer:
    """A recording of an answer, and the reply if it was sent as the answer."""

    recording: AnswerRecording
    reply: AnswerReply | None = None

    @property
    def recording_id(self) -> str:
        return self.recording.id

    @property
    def number(self) -> int:
        return self.recording.number

    @property
    def text(self) -> str | None:
        """Recognised text; None while it is not known."""
        return self.recording.text

    @property
    def confidence(self) -> float | None:
        return self.recording.confidence

    @property
    def doubtful(self) -> list[list[int]]:
        return find_doubtful_words(self.recording.text or "", self.recording.words or ())


def send_recording(
    services: Services,
    snapshot: InterviewSnapshot,
    recording: AnswerRecording,
    *,
    later: bool = False,
    wording: ModelPolicy | None = None,
) -> SpokenAnswer:
    """Send a stored recording as the answer; the same one again gives the same reply.

    Nothing is sent while its words are not known, unless `later` is true: then the answer gets them
    when the recogniser is back. Nothing said is never an answer. Raises like
    `transcribe_recording` and `interviews.save_answer`.
    """
    if recording.used:
        return SpokenAnswer(recording, _get_reply_again(snapshot, recording))
    if not (later and recording.status == "waiting"):
        recording = transcribe_recording(services, snapshot, recording)
    if recording.text:
        keep_going = interviews.save_answer(
            snapshot,
            recording.number,
            cut_answer(recording.text),
            wording=wording,
            meaning=services.similarity,
            recordings=(recording.id,),
        )
    elif recording.status == "waiting" and later:
        keep_going = interviews.save_unheard_answer(snapshot, recording.number, (recording.id,))
    else:
        return SpokenAnswer(recording)
    return SpokenAnswer(recording, keep_going())


def transcribe_recording(
    services: Services,
    snapshot: InterviewSnapshot,
    recording: AnswerRecording,
    *,
    urgent: bool = True,
) -> AnswerRecording:
    """Transcribe a stored recording, if it is not yet. While the recogniser is away, it waits.

    Raises UnsupportedMediaType, InvalidAudio and AudioTooLong; then it never becomes an answer.
    """
    if recording.status == "transcribed":
        return recording
    # One that failed is decoded again, since it has to be refused for the same reason as before.
    content = uploads.read_recording(services.storage, recording)
    speech = services.speech
    try:
        sound = speech.codec.decode(content, limit_seconds=limits.LONGEST_CLIP)
    except (UnsupportedMediaType, InvalidAudio, AudioTooLong):
        _update(recording.id, status="failed")
        raise
    del content
    try:
        with record_egress(
            EgressSubject(snapshot.campaign_id, snapshot.invite_id), "answer_sound"
        ):
            made = recognition.transcribe(
                speech,
                recording.id,
                sound,
                pause=recognition.listen(speech, sound),
                language=snapshot.language,
                glossary=build_glossary(snapshot),
                urgent=urgent,
            )
    except SpeechUnavailable as fault:
        log.warning("speech_unavailable", extra={"reason": fault.why, "session": snapshot.id})
        return _let_wait(recording, sound.seconds)
    failpoints.reach_failpoint("recording transcribed")
    stored = _store_transcription(services, recording, made, sound.seconds)
    if urgent:
        _hasten_waiting()
    if snapshot.settings.get("recording") is False:
        release_connection()
        name = stored_files.get_clip_name(recording.id, recording.container)
        services.storage.delete(name)
        stored = _update(recording.id, size=0)
    return stored


def continue_answer(
    services: Services, invite: Invite, number: int, recording_ids: Sequence[str]
) -> InterviewState:
    """Add recordings that were made for the next answer to this one: their speaker had only paused.

    The same again changes nothing. Raises InvalidParameter unless they are transcribed recordings
    of the next answer, and like `answer_review.correct_answer`.
    """
    if not recording_ids:
        raise InvalidParameter.missing("recording_ids", "IDs of recordings of the next answer")
    answer_review.require_open_answer(invite, number)
    query = (
        select(AnswerRecording)
        .join(Interview, Interview.id == AnswerRecording.interview_id)
        .where(Interview.invite_id == invite.id, AnswerRecording.id.in_(recording_ids))
    )
    found = {clip.id: clip for clip in db.session.execute(query).scalars()}
    added = [found[each] for each in dict.fromkeys(recording_ids) if each in found]
    release_connection()
    if len(added) < len(set(recording_ids)) or not (
        _are_new(added, number + 2) or _are_added(added, number)
    ):
        raise _build_recordings_error()
    text = " ".join(clip.text or "" for clip in added)
    return answer_review.extend_answer(services, invite, number, text, added)


def _are_new(clips: Sequence[AnswerRecording], number: int) -> bool:
    fits = [clip.text and not clip.used and clip.number == number for clip in clips]
    return bool(fits) and all(fits)


def _are_added(clips: Sequence[AnswerRecording], number: int) -> bool:
    fits = [clip.used and clip.number == number for clip in clips]
    return bool(fits) and all(fits)


def require_recordings(
    snapshot: InterviewSnapshot, number: int, recording_ids: Sequence[str]
) -> None:
    """Check that these are recordings of the answer with this number. Raises InvalidParameter."""
    query = select(AnswerRecording.id).where(
        AnswerRecording.interview_id == snapshot.id,
        AnswerRecording.number == number,
        AnswerRecording.status.not_in(("receiving", "failed")),
        AnswerRecording.id.in_(recording_ids),
    )
    known = set(db.session.execute(query).scalars())
    release_connection()
    if not known.issuperset(recording_ids):
        raise _build_recordings_error()


def _build_recordings_error() -> InvalidParameter:
    words = "The 'recording_ids' field names a recording that does not belong to this answer"
    return InvalidParameter.field("recording_ids", "IDs of this answer’s recordings", words)


def cut_answer(text: str) -> str:
    """A text as an answer: what is longer than an answer may be is cut at a word. The recording's
    row keeps all of it.
    """
    if len(text) <= LONGEST_ANSWER:
        return text
    return text[: LONGEST_ANSWER - 1].rpartition(" ")[0] + "…"


def find_doubtful_words(text: str, words: Sequence[Sequence[object]]) -> list[list[int]]:
    """Doubtful words as ranges [from, to] of characters in the text; words as they are stored."""
    found, place = [], 0
    for word, _, _, confidence in words:
        begin = text.find(told := str(word).strip(), place)
        if not told or begin < 0:
            continue
        place = begin + len(told)
        if isinstance(confidence, float | int) and confidence < DOUBTFUL:
            found.append([begin, place])
    return found


def _get_reply_again(snapshot: InterviewSnapshot, recording: AnswerRecording) -> AnswerReply:
    """Reply to an answer that is stored, whatever its text is by now."""
    if recording.number > len(snapshot.turns):  # it was stored after the snapshot
        snapshot = turn_store.get_snapshot(snapshot.invite_id)
    text = snapshot.turns[recording.number - 1].text
    again: Callable[[], AnswerReply] = (
        interviews.save_answer(snapshot, recording.number, text)
        if text
        else interviews.save_unheard_answer(snapshot, recording.number, (recording.id,))
    )
    return again()


def _store_transcription(
    services: Services, recording: AnswerRecording, made: Transcription, seconds: float
) -> AnswerRecording:
    words = [
        [w.text, round(w.start, 2), round(w.end, 2), round(w.confidence, 3)] for w in made.words
    ]
    transcriber = services.speech.transcriber
    return _update(
        recording.id,
        status="transcribed",
        seconds=round(seconds, 3),
        text=" ".join(made.text.split()),
        confidence=None if made.confidence is None else round(made.confidence, 3),
        words=words or None,
        engine=transcriber.name if transcriber else None,
    )


def _let_wait(recording: AnswerRecording, seconds: float) -> AnswerRecording:
    with transaction():
        row = access.lock_row(AnswerRecording, recording.id)
        if row.status == "stored":
            row.status, row.seconds = "waiting", round(seconds, 3)
            job_queue.enqueue_job(row.org_id, LATE_TRANSCRIPTION, row.id)
    return row


def _hasten_waiting() -> None:
    """The recogniser is there: what has waited for it is due."""
    waiting = select(AnswerRecording.id).where(AnswerRecording.status == "waiting").limit(1)
    found = db.session.execute(waiting).first()
    release_connection()
    if found is not None:
        with transaction():
            job_queue.hasten_jobs(LATE_TRANSCRIPTION)


def _update(recording_id: str, **values: object) -> AnswerRecording:
    release_connection()
    with transaction():
        row = access.lock_row(AnswerRecording, recording_id)
        if row.status != "transcribed" or "status" not in values:
            for name, value in values.items():
                setattr(row, name, value)
    return row
