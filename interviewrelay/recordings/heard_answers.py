"""Heard answers: what the recogniser made of each spoken answer, beside what it says now."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from interviewrelay.core.db.session import db
from interviewrelay.models import AnswerRecording, Interview, TurnRow
from interviewrelay.recordings import spoken_answers


@dataclass(frozen=True, slots=True)
class HeardAnswer:
    """A spoken answer: the places of words that were hard to understand, or, if its text was
    corrected, the words as they were recognised.
    """

    doubtful: tuple[tuple[int, int], ...] = ()
    recognized: str | None = None


def find_heard_answers(interview: Interview, rows: Sequence[TurnRow]) -> dict[int, HeardAnswer]:
    """Spoken answers by number; asks for none if the interview is held in writing."""
    if interview.mode == "text":
        return {}
    query = (
        select(AnswerRecording)
        .where(AnswerRecording.interview_id == interview.id, AnswerRecording.used)
        .order_by(AnswerRecording.created_at, AnswerRecording.id)
    )
    clips: dict[int, list[AnswerRecording]] = {}
    for clip in db.session.execute(query).scalars():
        clips.setdefault(clip.number, []).append(clip)
    return {
        row.number: _compare(row, clips[row.number])
        for row in rows
        if row.number in clips and row.text
    }


def _compare(row: TurnRow, clips: Sequence[AnswerRecording]) -> HeardAnswer:
    recognized = " ".join(clip.text for clip in clips if clip.text)
    if recognized and recognized.split() != row.text.split():
        return HeardAnswer(recognized=recognized)
    words = [word for clip in clips for word in clip.words or ()]
    found = spoken_answers.find_doubtful_words(row.text, words)
    return HeardAnswer(tuple((start, end) for start, end in found))
