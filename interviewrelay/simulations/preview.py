"""Preview of a script: an interview without invite, charge or storage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.config import failpoints
from interviewrelay.core.conversation import Turn
from interviewrelay.core.errors import SessionAlreadyCompleted
from interviewrelay.core.ports.semantic_similarity import SemanticSimilarity
from interviewrelay.interviewer.dialogue import controller
from interviewrelay.interviewer.guide import Guide, build_guide
from interviewrelay.interviewer.model.hearing import ModelTurn, prepare_model_turn
from interviewrelay.interviewer.state.fold import fold_turns
from interviewrelay.interviewer.wording import phrasing
from interviewrelay.models import Script
from interviewrelay.organizations import access
from interviewrelay.scripts import scripts
from interviewrelay.simulations.cpu_limit import CpuLimit

PAUSE: Final = 20.0
A_WORD: Final = 1.0
"""Simulated typing time: base seconds of an answer, in addition to those of its words."""
_BEGINNING: Final = clock.start_of(clock.parse_iso("2024-01-01"))


@dataclass(frozen=True, slots=True)
class Preview:
    """Preview so far; the last turn is the interviewer's, unless it has ended."""

    turns: Sequence[Turn]
    progress: controller.Progress
    closing: str | None
    completed: bool


def run_preview(
    actor: Actor,
    script: Script,
    answers: Sequence[str],
    language: str | None = None,
    meaning: SemanticSimilarity | None = None,
) -> Preview:
    """Run the interviewer over these answers; an empty one is a skip.

    Uses the draft. The same answers give the same interview, since time is computed from their
    length. Raises InvalidParameter for an invalid script or answers above the processor time limit,
    and SessionAlreadyCompleted for answers after the end.
    """
    failpoints.reach_failpoint("preview hangs")
    scripts.require_publishable(script.document)
    told = build_guide(script.document)
    told = replace(told, language=language or told.language)
    organization = access.get_membership(actor).organization.name
    limit = CpuLimit()
    talk = SimulatedInterview(told, script.id, organization, meaning)
    for said in answers:
        limit.require_time_left()
        talk.answer(said.strip())
    return talk.get_preview()


def start_interview(
    document: Mapping[str, Any], seed: str, organization: str = ""
) -> "SimulatedInterview":
    """Interview for an unsaved script in the form of `ScriptDocument.document`.

    Raises InvalidParameter for an invalid script.
    """
    scripts.require_publishable(dict(document))
    return SimulatedInterview(build_guide(document), seed, organization)


class SimulatedInterview:
    """Interview in memory, with time computed from the length of the answers."""

    def __init__(
        self,
        told: Guide,
        seed: str,
        organization: str,
        meaning: SemanticSimilarity | None = None,
    ) -> None:
        self._guide, self._seed, self._organization = told, seed, organization
        self._meaning = meaning
        self._turns: list[Turn] = []
        self._seconds = 0.0
        self._move = controller.opening_move(told, self._context())
        self._say()

    def answer(self, said: str) -> None:
        if self._move.ends:
            raise SessionAlreadyCompleted
        self._seconds += PAUSE + A_WORD * len(said.split())
        number = len(self._turns) + 1
        heard = Turn(number, "participant", said, self._now(), skipped=not said)
        self._turns.append(heard)
        self._move = controller.next_move(self._guide, self._turns, self._context())
        self._turns[-1] = replace(heard, reading=self._move.reading)
        self._say()

    @property
    def open_question(self) -> Turn | None:
        """The interviewer's last turn; None after the end."""
        return None if self._move.ends else self._turns[-1]

    @property
    def move(self) -> controller.Move:
        """The interviewer's last decision, with its reading of the answer before."""
        return self._move

    @property
    def heard(self) -> ModelTurn | None:
        """The last answer as input for a model; None if no model takes part."""
        turns = self._turns if self._move.ends else self._turns[:-1]
        return prepare_model_turn(self._guide, turns, self._context(), self._move)

    @property
    def closing(self) -> str:
        """Closing text; empty before the end."""
        return self._move.closing or ""

    @property
    def guide(self) -> Guide:
        return self._guide

    @property
    def seconds(self) -> float:
        """Simulated duration in seconds."""
        return self._seconds

    @property
    def answers(self) -> int:
        return sum(turn.speaker == "participant" for turn in self._turns)

    def get_covered_needs(self) -> frozenset[str]:
        """Needs covered so far, by `coverage.build_need_key`."""
        needs = fold_turns(self._guide, self._turns, self._meaning).needs
        return frozenset(key for key, status in needs.items() if status == "covered")

    def get_preview(self) -> Preview:
        progress = controller.compute_progress(self._guide, self._turns, self._context())
        return Preview(self._turns, progress, self._move.closing, self._move.ends)

    def _say(self) -> None:
        move = self._move
        if move.text is not None:
            number = len(self._turns) + 1
            self._turns.append(Turn(number, "ai", move.text, self._now(), move.decision))

    def _now(self) -> datetime:
        return _BEGINNING + timedelta(seconds=self._seconds)

    def _context(self) -> controller.EngineContext:
        return controller.EngineContext(
            seed=self._seed,
            now=self._now(),
            elapsed_seconds=self._seconds,
            organization=self._organization,
            audience=phrasing.describe_audience(self._organization, self._guide.language),
            meaning=self._meaning,
        )
