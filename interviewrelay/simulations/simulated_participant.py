"""Simulated participants, with which an author can watch a script at work.

They know only the script: the content of an answer comes from the words that the author expects,
its style from the persona. They do not measure the interviewer's quality (see
docs/measuring-interviews.md).
"""

import random
from collections.abc import Callable, Mapping
from typing import Final

from interviewrelay.core.conversation import Decision
from interviewrelay.interviewer.guide import Guide, Question

Tale = Callable[[random.Random, str, str], str]

_ACCOUNTS: Final = (
    "In a few words: {a}. And some time after that, {b}.",
    "What I remember of it best is this: {a}. Then, a day later: {b}.",
    "I would call it {a} at first and {b} in the end.",
    "If you ask me, {a}. My colleague would say {b}.",
    "I wrote it down that morning: {a}. And in the evening: {b}.",
)
"""The author's expected words can be verbs or nouns, so they are only listed, never inflected."""
_ASIDES: Final = (
    "Why do you ask that?",
    "How long will this still take?",
    "Are you a person?",
    "Who is going to read this?",
    "What do you mean by that?",
)


def _account(draw: random.Random, a: str, b: str) -> str:
    return draw.choice(_ACCOUNTS).format(a=a, b=b)


def _short(draw: random.Random, a: str, b: str) -> str:
    return draw.choice(
        ("Fine.", "Okay, I guess.", f"{a.capitalize()}.", f"Just {b}.", "Not much.")
    )


def _long(draw: random.Random, a: str, b: str) -> str:
    return " ".join(_account(draw, a, b) for _ in range(4))


def _now_and_then(often: float, other: Tale) -> Tale:
    def told(draw: random.Random, a: str, b: str) -> str:
        return other(draw, a, b) if draw.random() < often else _account(draw, a, b)

    return told


def _one_of(*texts: str) -> Tale:
    return lambda draw, _a, _b: draw.choice(texts)


PERSONAS: Final[Mapping[str, Tale]] = {
    "cooperative": _account,
    "terse": _short,
    "verbose": _long,
    "dont_knower": _now_and_then(0.5, _one_of("I don't know.", "No idea.", "Not sure.")),
    "refuser": _now_and_then(0.4, _one_of("I'd rather not say.", "That is private.", "skip")),
    "impatient": _now_and_then(0.15, _one_of("shorter", "I want to stop", "yes")),
    "rambling": _now_and_then(
        0.6, _one_of("It has been raining here for three days now and the garden is a swamp.")
    ),
    "asks_back": _now_and_then(0.35, _one_of(*_ASIDES)),
    "distressed": _now_and_then(
        0.25, _one_of("This is hard for me to talk about.", "I am crying now.", "go on")
    ),
    "hostile": _now_and_then(0.3, _one_of("What a stupid question.", "You never listen.")),
    "gibberish": _now_and_then(0.5, _one_of("asdf jkl", "sdfgh", "x")),
}
"""Personas and their answers, the most common first; `a` and `b` are words that the author expects."""


class Participant:
    """Simulated participant; the same seed gives the same answers."""

    def __init__(self, guide: Guide, persona: str, seed: str) -> None:
        self._guide = guide
        self._tale = PERSONAS[persona]
        self._draw = random.Random(f"{persona}/{seed}")  # noqa: S311 - nothing is secret here

    def answer(self, decision: Decision | None) -> str:
        """Answer to a turn with this decision."""
        question = self._guide.question(decision.question_id if decision else None)
        words = _expected(question, decision.target if decision else None) or ["work", "day"]
        a, b = (self._draw.choice(words) for _ in range(2))
        return self._tale(self._draw, a, b)


def _expected(question: Question | None, target: str | None) -> list[str]:
    """Words that the author looks for: those of the target need, otherwise of all."""
    if question is None:
        return []
    asked = [need for need in question.needs if need.id == target] or list(question.needs)
    return [cue for need in asked for cue in need.cues]
