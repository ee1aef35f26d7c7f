"""The shapes of an interview under way, for the one who holds it."""

from typing import Any

from interviewrelay.interviews.participation.entry import Visit
from interviewrelay.interviews.state import Reply, Standing
from interviewrelay.interviews.turn_store import Spoken
from interviewrelay.models import TurnRow

Shape = dict[str, Any]


def campaign(value: Visit) -> Shape:
    """What is told of a study before it starts."""
    return {
        "title": value.guide.name,
        "purpose": value.guide.purpose,
        "target_minutes": value.guide.target_minutes,
        "mode": value.mode,
        "language": value.guide.language,
    }


def standing(value: Standing) -> Shape:
    """Everything that a reload or another device of the participant needs."""
    row = value.interview
    return {
        "session_id": row.id,
        "status": "paused" if row.paused_at else row.status,
        "turns": [
            {"number": t.number, "speaker": t.speaker, "text": t.text, "skipped": t.skipped}
            for t in value.turns
        ],
        "next_number": value.next_number,
        "progress": progress(value),
        "closing": row.closing_text,
    }


def started(value: Standing) -> Shape:
    """The answer to a start: where it stands, and the question that waits."""
    waiting = value.turns[-1]
    return {
        **standing(value),
        "turn": question(waiting) if waiting.speaker == "ai" and value.next_number else None,
    }


def reply(value: Reply) -> Shape:
    return {
        "session_id": value.seat.id,
        "saved": {
            "number": value.saved.number,
            "text": value.saved.text,
            "skipped": value.saved.skipped,
        },
        "turn": question(value.turn) if value.turn else None,
        "status": value.seat.status,
        "progress": progress(value),
        "next_number": value.next_number,
        "closing": value.seat.closing if value.turn is None else None,
    }


def answers(value: Standing) -> Shape:
    """What a participant looks over: each answer with its question. `open` ones can be changed now."""
    asked = {turn.number: turn.text for turn in value.turns if turn.speaker == "ai"}
    return {
        "session_id": value.interview.id,
        "answers": [
            {
                "number": turn.number,
                "question": asked[turn.number - 1],
                "text": turn.text,
                "skipped": turn.skipped,
                "original": turn.original,
                "struck": turn.struck,
                "quotable": turn.quotable,
                "open": turn.reading is not None,
            }
            for turn in value.turns
            if turn.speaker == "participant"
        ],
    }


def question(row: TurnRow | Spoken) -> Shape:
    return {
        "number": row.number,
        "speaker": row.speaker,
        "text": row.text,
        "question_id": row.question_id,
    }


def progress(value: Standing | Reply) -> Shape:
    return {
        "asked": value.progress.asked,
        "total": value.progress.total,
        "minutes_left": value.progress.minutes_left,
    }
