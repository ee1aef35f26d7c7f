"""Representations of previews."""

from typing import Any, Literal

from interviewrelay.core.representation import Count, Representation, field
from interviewrelay.interviews.participation.representation import DECISION, Decision, Progress
from interviewrelay.simulations.preview import Preview as Held


def _why(turn: Any) -> Any:
    return turn.decision.as_json() if turn.decision else None


class PreviewTurn(Representation):
    number: Count = field(example=1)
    speaker: Literal["ai", "participant"]
    text: str = field(example="How has the first month been?")
    skipped: bool
    question_id: str | None = field(
        lambda turn: turn.decision.question_id if turn.decision else None, example="q1"
    )
    decision: Decision | None = field(_why, example=DECISION)


def _asked(value: Held) -> Any:
    last = value.turns[-1]
    return last if last.speaker == "ai" else None


class Preview(Representation):
    status: Literal["in_progress", "completed"] = field(
        lambda value: "completed" if value.completed else "in_progress"
    )
    turn: PreviewTurn | None = field(_asked, example=PreviewTurn.example())
    turns: list[PreviewTurn]
    next_number: int | None = field(
        lambda value: None if value.completed else value.turns[-1].number + 1, example=2
    )
    progress: Progress = field(example=Progress.example(total=2, minutes_left=20))
    closing: str | None
