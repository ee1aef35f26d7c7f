"""Pauses: whether an answer has ended, judged while it is being recorded."""

from dataclasses import dataclass

from interviewrelay.core.ports.audio import Sound
from interviewrelay.core.ports.speech import SpeechEngines, SpeechUnavailable
from interviewrelay.egress.egress_ledger import EgressSubject, record_egress
from interviewrelay.interviews import state
from interviewrelay.interviews.turn_store import InterviewSnapshot
from interviewrelay.models import AnswerRecording
from interviewrelay.recordings import answer_endings, limits, recognition, uploads
from interviewrelay.recordings.glossary import build_glossary
from interviewrelay.runtime.services import Services

MINIMUM_SPEECH: float = 0.2
"""Seconds of speech below which nobody has spoken."""


@dataclass(frozen=True, slots=True)
class PauseJudgement:
    """Judgement of a pause. `wait` is the total silence in seconds after which the answer may be
    ended; 0 if it may not, because nobody has spoken.
    """

    heard: bool
    text: str = ""
    confidence: float | None = None
    complete: bool = False
    wait: float = 0.0


def judge_pause(
    services: Services, snapshot: InterviewSnapshot, recording: AnswerRecording
) -> PauseJudgement:
    """Judge the pause after what was sent of a recording so far.

    Raises Conflict, SessionAlreadyCompleted, UnsupportedMediaType, InvalidAudio and AudioTooLong.
    """
    state.require_next_number(snapshot, recording.number)
    if not recording.pieces:
        return PauseJudgement(heard=False)
    content = uploads.read_pieces(services.storage, recording)
    speech = services.speech
    sound = speech.codec.decode(content, limit_seconds=limits.LONGEST_CLIP)
    del content
    with record_egress(EgressSubject(snapshot.campaign_id, snapshot.invite_id), "answer_sound"):
        return judge_sound(
            speech,
            recording.id,
            sound,
            language=snapshot.language,
            glossary=build_glossary(snapshot),
        )


def judge_sound(
    speech: SpeechEngines,
    recording_id: str,
    sound: Sound,
    *,
    language: str,
    glossary: tuple[str, ...] = (),
) -> PauseJudgement:
    """Judge the pause at the end of the sound of a recording so far."""
    pause = recognition.listen(speech, sound)
    if pause is not None and pause.speech < MINIMUM_SPEECH:
        return PauseJudgement(heard=False)
    try:
        made = recognition.transcribe(
            speech,
            recording_id,
            sound,
            pause=pause,
            language=language,
            glossary=glossary,
        )
    except SpeechUnavailable:
        return PauseJudgement(heard=True, wait=answer_endings.UNSURE)
    if not made.text and pause is None:
        return PauseJudgement(heard=False)
    wait = answer_endings.get_required_silence(pause, made, language)
    return PauseJudgement(
        heard=True,
        text=" ".join(made.text.split()),
        confidence=made.confidence,
        complete=wait <= answer_endings.COMPLETE,
        wait=wait,
    )
