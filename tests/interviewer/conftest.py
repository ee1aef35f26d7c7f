"""Interviews for the tests of the interviewer: a script worth asking, and a way to hold it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from interviewrelay.core.conversation import Turn
from interviewrelay.interviewer.dialogue.controller import (
    EngineContext,
    Move,
    next_move,
    opening_move,
)
from interviewrelay.interviewer.guide import Condition, Guide, Need, Question
from interviewrelay.interviewer.model.hearing import ModelTurn, prepare_model_turn

START = datetime(2026, 1, 1, 9, tzinfo=UTC)
SKIP = "<skip>"


def _need(need_id: str, label: str, ask: str, *cues: str, weight: float = 1.0) -> Need:
    return Need(need_id, label, ask, cues, weight)


CLINIC = Guide(
    name="Clinic",
    purpose="to understand the first months at the clinic.",
    contact="care-study@acme.example",
    resources={"NL": "113, day and night", "BE": ""},
    questions=(
        Question("q1", "To begin with, what brought you to the clinic?", importance="must"),
        Question(
            "q2",
            "How did you get your first appointment?",
            importance="must",
            sensitivity=1,
            needs=(
                _need("wait", "the wait", "How long did that take?", "wait", "week", "queue"),
                _need(
                    "way", "the booking", "Who arranged it?", "phone", "website", "receptionist"
                ),
            ),
            explain="I mean everything before you sat in the waiting room.",
            rephrase=("What had to happen before the first visit?",),
        ),
        Question(
            "q3", "Did you see the same doctor each time?", kind="closed", importance="must"
        ),
        Question(
            "q4",
            "What was it like to change doctors?",
            ask_if=Condition("q3", "equals", "no"),
            depth="light",
            probes=("Where did you notice the change most?",),
        ),
        Question(
            "q5",
            "What has your daily life been like since?",
            depth="deep",
            needs=(_need("work", "your work", "", "job", "office", "colleague", weight=2.0),),
            seconds=600,
        ),
        Question(
            "q6",
            "What would you change about the clinic?",
            importance="could",
            sensitivity=2,
            needs=(
                _need("queue", "the wait", "What about the queue?", "wait", "week", "queue"),
            ),
        ),
    ),
)


class Interview:
    """One interview as it is held: answers go in, moves come out, readings are stored."""

    def __init__(self, guide: Guide, seed: str = "seed", pace: float = 30.0, **facts: object):
        self.guide, self.seed, self.pace, self.facts = guide, seed, pace, facts
        self.elapsed = 0.0
        self.turns: list[Turn] = []
        self.move: Move = opening_move(guide, self.context())
        self._say()

    def context(self) -> EngineContext:
        now = START + timedelta(seconds=self.elapsed)
        known = {"organization": "Acme Labs", **self.facts}
        return EngineContext(seed=self.seed, now=now, elapsed_seconds=self.elapsed, **known)  # type: ignore[arg-type]

    def answer(self, *texts: str) -> Move:
        for text in texts:
            self.elapsed += self.pace
            skipped = text == SKIP
            said = Turn(
                len(self.turns) + 1,
                "participant",
                "" if skipped else text,
                START + timedelta(seconds=self.elapsed),
                skipped=skipped,
            )
            self.turns.append(said)
            self.move = next_move(self.guide, self.turns, self.context())
            self.turns[-1] = replace(said, reading=self.move.reading)
            self._say()
        return self.move

    def _say(self) -> None:
        if self.move.text is not None:
            at = START + timedelta(seconds=self.elapsed)
            self.turns.append(
                Turn(len(self.turns) + 1, "ai", self.move.text, at, self.move.decision)
            )

    @property
    def act(self) -> str:
        assert self.move.decision is not None
        return self.move.decision.act

    @property
    def text(self) -> str:
        return self.move.text or self.move.closing or ""

    def past_leads(self) -> "Interview":
        """Leaves every follow-up that only goes into what was said, as a participant may."""
        while self.act == "probe" and self.move.decision and self.kind in ("taken_up", "plain"):
            self.answer(SKIP)
        return self

    @property
    def heard(self) -> ModelTurn | None:
        """The last answer as a model may listen to it."""
        said = self.turns if self.move.ends else self.turns[:-1]
        return prepare_model_turn(self.guide, said, self.context(), self.move)

    @property
    def kind(self) -> str:
        assert self.move.decision is not None
        return str(self.move.decision.details.get("kind", ""))

    def asked(self) -> list[str]:
        """The ids of the script's questions that were put, in order."""
        decisions = [t.decision for t in self.turns if t.decision is not None]
        return [d.question_id or "" for d in decisions if d.act == "ask"]


@pytest.fixture(scope="session")
def clinic() -> Guide:
    return CLINIC


@pytest.fixture(scope="session")
def hold() -> Callable[..., Interview]:
    """`hold(guide, *answers, seed=…, pace=…)`: an interview after these answers."""

    def held(guide: Guide, *answers: str, **how: object) -> Interview:
        interview = Interview(guide, **how)  # type: ignore[arg-type]
        interview.answer(*answers)
        return interview

    return held


@pytest.fixture(scope="session")
def script() -> Callable[[Iterable[Question]], Guide]:
    """`script([question, …], …)`: a guide of these questions."""

    def made(questions: Iterable[Question], **rest: object) -> Guide:
        return Guide(name="Study", questions=tuple(questions), **rest)  # type: ignore[arg-type]

    return made
