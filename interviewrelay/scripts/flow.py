"""Flow of a script: which questions depend on earlier answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Document = Mapping[str, Any]

_COMPARED: Final = {
    "equals": "the answer to question {n} is “{value}”",
    "contains": "the answer to question {n} contains “{value}”",
    "lt": "the answer to question {n} is less than {value}",
    "gt": "the answer to question {n} is more than {value}",
}
_SAYS_NO: Final = ("false", "no", "0")
"""Values that negate `answered`, as `interviewer.state.conditions` reads them."""
MOST_LANES: Final = 6


@dataclass(frozen=True, slots=True)
class FlowArc:
    """Arc from a question to one that depends on it, by position from 0; `lane` separates parallel
    arcs.
    """

    start: int
    end: int
    lane: int
    skips: bool


@dataclass(frozen=True, slots=True)
class FlowStep:
    """Step: a question and its conditions, as sentences without a full stop."""

    number: int
    text: str
    conditions: Sequence[str]


@dataclass(frozen=True, slots=True)
class Flow:
    steps: Sequence[FlowStep]
    arcs: Sequence[FlowArc]

    @property
    def lanes(self) -> int:
        return max((arc.lane + 1 for arc in self.arcs), default=0)


def build_flow(document: Document) -> Flow:
    """Flow of a script, even an invalid one: conditions that lead nowhere are described in words."""
    questions = document["questions"]
    places = _places(questions)
    steps = [
        FlowStep(n, q.get("text", ""), describe_conditions(q, questions))
        for n, q in enumerate(questions, 1)
    ]
    found = [
        (places[condition["question"]], place, name == "skip_if")
        for place, question in enumerate(questions)
        for name, condition in _conditions(question)
        if places.get(condition["question"], place) < place
    ]
    return Flow(steps, _apart(sorted(set(found))))


def describe_conditions(question: Document, questions: Sequence[Document]) -> list[str]:
    """Conditions of a question: `Asked only if the answer to question 1 contains “yes”`."""
    places = _places(questions)
    lead = {"ask_if": "Asked only if", "skip_if": "Skipped if"}
    return [
        f"{lead[name]} {_words(condition, places)}" for name, condition in _conditions(question)
    ]


def _conditions(question: Document) -> list[tuple[str, Document]]:
    return [(name, question[name]) for name in ("ask_if", "skip_if") if question.get(name)]


def _places(questions: Sequence[Document]) -> dict[str, int]:
    return {q["id"]: place for place, q in reversed(list(enumerate(questions))) if q.get("id")}


def _words(condition: Document, places: Mapping[str, int]) -> str:
    key, value = condition["question"], str(condition.get("value", ""))
    number = str(places[key] + 1) if key in places else f"“{key}”, which doesn’t exist,"
    op = condition.get("op", "answered")
    if op == "answered":
        not_ = "not " if value.strip().casefold() in _SAYS_NO else ""
        return f"question {number} was {not_}answered"
    return _COMPARED.get(op, _COMPARED["equals"]).format(n=number, value=value)


def _apart(found: Sequence[tuple[int, int, bool]]) -> list[FlowArc]:
    """Put each arc into the first free lane; if there are too many, the last one is shared."""
    ends: list[int] = []
    arcs = []
    for start, end, skips in found:
        free = (lane for lane, taken in enumerate(ends) if taken <= start)
        lane = min(next(free, len(ends)), MOST_LANES - 1)
        taken = ends[lane] if lane < len(ends) else 0
        ends[lane : lane + 1] = [max(end, taken)]
        arcs.append(FlowArc(start, end, lane, skips))
    return arcs
