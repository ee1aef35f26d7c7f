"""Previews as JSON."""

from dataclasses import asdict

from interviewrelay.core.conversation import Turn
from interviewrelay.interviews.participation.representation import Shape
from interviewrelay.simulations.preview import Preview


def preview(value: Preview) -> Shape:
    """As `standing`, of an interview that nobody keeps; each question with why it was asked."""
    last = value.turns[-1]
    turns = [_previewed(turn) for turn in value.turns]
    return {
        "status": "completed" if value.completed else "in_progress",
        "turn": turns[-1] if last.speaker == "ai" else None,
        "turns": turns,
        "next_number": None if value.completed else last.number + 1,
        "progress": asdict(value.progress),
        "closing": value.closing,
    }


def _previewed(turn: Turn) -> Shape:
    return {
        "number": turn.number,
        "speaker": turn.speaker,
        "text": turn.text,
        "skipped": turn.skipped,
        "question_id": turn.decision.question_id if turn.decision else None,
        "decision": turn.decision.as_json() if turn.decision else None,
    }
