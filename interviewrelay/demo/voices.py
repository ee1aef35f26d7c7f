"""Voices of the demonstration's participants: the server's own voice at another pitch, or soft tones,
one for each word, which need nothing but the standard library.
"""

import zlib
from array import array
from collections.abc import Sequence
from functools import cache
from itertools import chain, islice
from math import pi, sin
from typing import Any, Final

from sqlalchemy import select, update

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.core.ids import new_id
from interviewrelay.core.ports.audio import SAMPLE_RATE, Sound
from interviewrelay.models import AnswerRecording, Interview, TurnRow
from interviewrelay.recordings import session_recording
from interviewrelay.runtime import job_queue, stored_files
from interviewrelay.runtime.services import Services

SPEAK: Final = "speak demonstration"
"""Job kind for the answers of an interview of the spoken study."""
PITCHES: Final = (0.86, 0.93, 1.08)
"""Pitches of the participants, by which nobody mistakes them for the interviewer."""
NOTES: Final = (196.0, 220.0, 261.6, 293.7, 329.6)
"""Frequencies in hertz, of a scale in which no two sound wrong together."""
NOTE_SECONDS: Final = 0.16
MOST_WORDS: Final = 12
"""Words that are heard of an answer, so that a recording is made in a moment."""
ENGINE: Final = "demo"
SURE: Final = 0.95


def can_speak(services: Services, language: str) -> bool:
    """True if the server has a voice and a recogniser, so that a spoken study can be shown."""
    speech = services.speech
    return (
        speech.speaker is not None
        and speech.transcriber is not None
        and speech.speaker.speaks(language)
        and speech.transcriber.recognizes(language)
    )


def hum_interview(services: Services, interview_id: str) -> None:
    """Turn an interview in writing into a spoken one, with tones for words, and record it."""
    interview, answers = _read(interview_id)
    clips = [
        _store_clip(services, interview, number, text, hum(text)) for number, text in answers
    ]
    with transaction():
        db.session.add_all(clips)
        spoken = update(Interview).where(Interview.id == interview_id).values(mode="voice")
        db.session.execute(spoken)
    session_recording.build_recording(services, interview_id)


def speak_in_job(services: Services, job_id: str, interview_id: str) -> None:
    """Job: speak the answers of an interview, and record it. Those that are spoken stay as they are
    if it is done again. Raises SpeechUnavailable.
    """
    query = select(Interview.id).where(Interview.id == interview_id)
    if services.speech.speaker is not None and db.session.execute(query).first() is not None:
        interview, answers = _read(interview_id)
        known = select(AnswerRecording.number).where(
            AnswerRecording.interview_id == interview_id
        )
        spoken = set(db.session.execute(known).scalars())
        for number, text in answers:
            if number not in spoken:
                release_connection()
                sound = _speak(services, interview, text)
                clip = _store_clip(services, interview, number, text, sound)
                with transaction():
                    db.session.add(clip)
        session_recording.build_recording(services, interview_id)
    with transaction():
        job_queue.finish_job(job_id)


def hum(text: str) -> Sound:
    """A tone for each of the first words, higher for longer ones."""
    words = islice(text.split(), MOST_WORDS)
    samples = b"".join(chain.from_iterable((_note(len(w) % len(NOTES)), _REST) for w in words))
    return Sound(samples)


def _speak(services: Services, interview: Interview, text: str) -> Sound:
    """The text in the voice of this participant: the same samples, faster or slower."""
    speaker = services.speech.speaker
    if speaker is None:
        raise ValueError("this server has no voice")
    pitch = PITCHES[zlib.crc32(interview.participant_email.encode()) % len(PITCHES)]
    sound = speaker.speak(text, language=interview.language, urgent=False)
    return Sound(sound.samples, round(sound.rate * pitch))


def _read(interview_id: str) -> tuple[Interview, Sequence[Any]]:
    """An interview, and number and text of each answer. No transaction is open afterwards."""
    interview = db.session.execute(
        select(Interview).where(Interview.id == interview_id)
    ).scalar_one()
    said = select(TurnRow.number, TurnRow.text).where(
        TurnRow.interview_id == interview_id,
        TurnRow.speaker == "participant",
        TurnRow.text != "",
    )
    answers = db.session.execute(said.order_by(TurnRow.number)).all()
    release_connection()
    return interview, answers


def _store_clip(
    services: Services, interview: Interview, number: int, text: str, sound: Sound
) -> AnswerRecording:
    """Store the file of an answer as browsers' recordings are stored; returns its row."""
    form = services.speech.codec.formats[0]
    content = services.speech.codec.encode([sound], form)
    row_id, now = new_id(), clock.now()
    services.storage.put(stored_files.get_clip_name(row_id, form), content)
    said = text.split()
    each = sound.seconds / max(len(said), 1)
    return AnswerRecording(
        id=row_id,
        org_id=interview.org_id,
        interview_id=interview.id,
        consent_id=interview.consent_id,
        client_id=f"demo-{number:04}",
        number=number,
        status="transcribed",
        container=form,
        pieces=1,
        size=len(content),
        seconds=round(sound.seconds, 3),
        text=" ".join(said),
        confidence=SURE,
        words=[
            [word, round(i * each, 2), round((i + 1) * each, 2), SURE]
            for i, word in enumerate(said)
        ],
        engine=ENGINE,
        used=True,
        created_at=now,
        stored_at=now,
    )


@cache
def _note(pitch: int) -> bytes:
    """One tone that swells and fades."""
    count = int(NOTE_SECONDS * SAMPLE_RATE)
    step = 2 * pi * NOTES[pitch] / SAMPLE_RATE
    return array(
        "h", (int(6_352 * sin(pi * i / count) * sin(step * i)) for i in range(count))
    ).tobytes()


_REST: Final = bytes(2 * int(0.04 * SAMPLE_RATE))
