"""Script forecast: simulated interviews that estimate time, credits and coverage.

Nothing is stored or charged. Processor time is limited, so that the page need not wait; the result
names the participants who were left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from interviewrelay.billing import prices
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.understanding.coverage import list_needs
from interviewrelay.simulations import preview, simulated_participant
from interviewrelay.simulations.cpu_limit import CpuLimit

BUDGET: Final = 1.5
"""Time budget in seconds for all interviews."""
TOO_LONG: Final = "This script takes too long to simulate. Try part of it."
MOST_ANSWERS: Final = 150
ORDER: Final = tuple(simulated_participant.PERSONAS)


@dataclass(frozen=True, slots=True)
class SimulatedRun:
    """One simulated interview: `covered` needs, and `asked` of its `total` main questions."""

    persona: str
    seconds: float
    answers: int
    asked: int
    total: int
    known: frozenset[str]

    @property
    def credits(self) -> int:
        return prices.get_price(self.seconds)


@dataclass(frozen=True, slots=True)
class NeedForecast:
    """Need, and the number of interviews that covered it."""

    question: int
    label: str
    found: int


@dataclass(frozen=True, slots=True)
class ScriptForecast:
    """Forecast; `left_out` are participants for whom there was no time."""

    played: Sequence[SimulatedRun]
    left_out: Sequence[str]
    needs: Sequence[NeedForecast]

    @property
    def seconds(self) -> tuple[float, float, float]:
        """Shortest, median and longest duration in seconds."""
        lasted = [p.seconds for p in self.played]
        return min(lasted), median(lasted), max(lasted)

    def credits(self, people: int) -> int:
        """Credits for so many interviews with the same mix of participants."""
        spent = sum(p.credits for p in self.played)
        return round(people * spent / len(self.played))


def build_forecast(document: Mapping[str, Any], *, budget: float = BUDGET) -> ScriptForecast:
    """Simulate as many participants as time allows, at least the first.

    Raises InvalidParameter for a script that is invalid, or too slow.
    """
    limit, first = CpuLimit(budget), CpuLimit()
    played: list[SimulatedRun] = []
    guide = None
    for persona in ORDER:
        talk = preview.start_interview(document, f"forecast/{persona}")
        guide = talk.guide
        ended = _play(talk, persona, limit if played else first)
        if not ended and not played:
            raise InvalidParameter(TOO_LONG)
        if not ended:
            break
        played.append(_told(talk, persona))
    assert guide is not None  # noqa: S101 - there is at least one persona
    return ScriptForecast(played, ORDER[len(played) :], _needs(guide, played))


def _play(talk: preview.SimulatedInterview, persona: str, limit: CpuLimit) -> bool:
    """Run one interview; True if it ended in time."""
    person = simulated_participant.Participant(talk.guide, persona, "forecast")
    while (turn := talk.open_question) is not None and talk.answers < MOST_ANSWERS:
        if limit.is_used_up():
            return False
        talk.answer(person.answer(turn.decision))
    return True


def _told(talk: preview.SimulatedInterview, persona: str) -> SimulatedRun:
    progress = talk.get_preview().progress
    return SimulatedRun(
        persona,
        talk.seconds,
        talk.answers,
        progress.asked,
        progress.total,
        talk.get_covered_needs(),
    )


def _needs(guide: Guide, played: Sequence[SimulatedRun]) -> list[NeedForecast]:
    numbers = {question.id: number for number, question in enumerate(guide.questions, 1)}
    return [
        NeedForecast(numbers[question.id], need.label, sum(key in p.known for p in played))
        for key, question, need in list_needs(guide)
    ]
