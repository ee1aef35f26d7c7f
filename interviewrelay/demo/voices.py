"""Voices of the demonstration's participants: soft tones, one for each word.

They need nothing but the standard library, and nobody takes them for a person.
"""

from array import array
from functools import cache
from itertools import chain, islice
from math import pi, sin
from typing import Final

from sqlalchemy import select, update

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.core.ids import new_id
from interviewrelay.core.ports.audio import SAMPLE_RATE, Sound
from interviewrelay.models import AnswerRecording, Interview, TurnRow
from interviewrelay.recordings import session_recording, sound_reel
from interviewrelay.runtime import stored_files
from interviewrelay.runtime.services import Services

NOTES: Final = (196.0, 220.0, 261.6, 293.7, 329.6)
"""Frequencies in hertz, of a scale in which no two sound wrong together."""
NOTE_SECONDS: Final = 0.16
MOST_WORDS: Final = 12
"""Words that are heard of an answer, so that a recording is made in a moment."""
ENGINE: Final = "demo"


def hum(text: str) -> Sound:
    """A tone for each of the first words, higher for longer ones."""
    words = islice(text.split(), MOST_WORDS)
    samples = b"".join(chain.from_iterable((_note(len(w) % len(NOTES)), _REST) for w in words))
    return Sound(samples)


def record_interview(services: Services, interview_id: str) -> None:
    """Turn an interview in writing into a spoken one: a clip for each answer, and the recording."""
    query = select(Interview.org_id, Interview.consent_id).where(Interview.id == interview_id)
    held = db.session.execute(query).one()
    said = select(TurnRow.number, TurnRow.text).where(
        TurnRow.interview_id == interview_id,
        TurnRow.speaker == "participant",
        TurnRow.text != "",
    )
    answers = db.session.execute(said.order_by(TurnRow.number)).all()
    release_connection()
    clips = [
        _store_clip(services, interview_id, held.org_id, held.consent_id, number, text)
        for number, text in answers
    ]
    with transaction():
        db.session.add_all(clips)
        spoken = update(Interview).where(Interview.id == interview_id).values(mode="voice")
        db.session.execute(spoken)
    session_recording.build_recording(services, interview_id)


def _store_clip(
    services: Services,
    interview_id: str,
    org_id: str,
    consent_id: str,
    number: int,
    text: str,
) -> AnswerRecording:
    """Store the file of an answer; returns its row."""
    sound = hum(text)
    content = sound_reel.build_wave_head(len(sound.samples), sound.rate) + sound.samples
    row_id, now = new_id(), clock.now()
    services.storage.put(stored_files.get_clip_name(row_id, "wav"), content)
    each = sound.seconds / max(len(text.split()), 1)
    words = [
        [word, round(i * each, 2), round((i + 1) * each, 2), 0.95]
        for i, word in enumerate(text.split())
    ]
    return AnswerRecording(
        id=row_id,
        org_id=org_id,
        interview_id=interview_id,
        consent_id=consent_id,
        client_id=f"demo-{number:04}",
        number=number,
        status="transcribed",
        container="wav",
        pieces=1,
        size=len(content),
        seconds=sound.seconds,
        text=text,
        confidence=0.95,
        words=words,
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
