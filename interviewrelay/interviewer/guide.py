"""Guide: the script of a study for the interviewer, as frozen values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["open", "closed", "scale", "fact"]
Importance = Literal["must", "should", "could"]
Depth = Literal["none", "light", "standard", "deep"]
Op = Literal["equals", "contains", "answered", "lt", "gt"]
Autonomy = Literal["words", "probe", "guide", "open"]
"""Autonomy of a language model: word the engine's moves; choose follow-ups; also choose the order
of questions; or lead most of an open conversation.
"""

FOLLOW_UPS: Mapping[Depth, int] = {"none": 0, "light": 1, "standard": 2, "deep": 4}
"""Maximum follow-ups of a question by depth."""


@dataclass(frozen=True, slots=True)
class Need:
    """Need: a learning goal of the study; covered when answers match its `cues`."""

    id: str
    label: str
    ask: str = ""
    cues: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Condition:
    """Condition: compares the answer to an earlier `question` with `value` by `op`."""

    question: str
    op: Op
    value: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """Expected answer: a number of words, and some of `example`, `reason`, `time`, `feeling`,
    `number`, `person`.
    """

    min_words: int = 0
    wants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    text: str
    kind: Kind = "open"
    options: tuple[str, ...] = ()
    importance: Importance = "should"
    depth: Depth = "standard"
    sensitivity: int = 0
    expected: Expected = Expected()
    needs: tuple[Need, ...] = ()
    probes: tuple[str, ...] = ()
    rephrase: tuple[str, ...] = ()
    explain: str = ""
    avoid: tuple[str, ...] = ()
    ask_if: Condition | None = None
    skip_if: Condition | None = None
    seconds: int | None = None

    @property
    def follow_ups(self) -> int:
        return FOLLOW_UPS[self.depth]


@dataclass(frozen=True, slots=True)
class Closing:
    anything_to_add: bool = True
    check_back: bool = True
    thank_text: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    name: str
    questions: tuple[Question, ...]
    language: str = "en"
    target_minutes: int = 20
    tone: str = "neutral"
    purpose: str = ""
    consent_text: str = ""
    contact: str = ""
    resources: Mapping[str, str] = field(default_factory=dict)
    reporting: Mapping[str, str] = field(default_factory=dict)
    closing: Closing = Closing()
    autonomy: Autonomy = "guide"
    """Set by the campaign and not by the script; has an effect only with a language model."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Addresses for help as they are told: each with its name if there are several."""
        return _places(self.resources)

    @property
    def reporting_places(self) -> tuple[str, ...]:
        """Places to report a concern, in the same form."""
        return _places(self.reporting)

    def question(self, question_id: str | None) -> Question | None:
        for question in self.questions:
            if question.id == question_id:
                return question
        return None


def _places(named: Mapping[str, str]) -> tuple[str, ...]:
    told = {name: text.strip() for name, text in named.items() if text.strip()}
    if len(told) == 1:
        return tuple(told.values())
    return tuple(f"{name}: {text}" for name, text in told.items())


def build_guide(document: Mapping[str, Any]) -> Guide:
    """Guide from a script document in the form of the HTTP contract, section 3.

    The document was validated and completed by `scripts.document`; a missing key is a programming
    error and raises KeyError or TypeError.
    """
    plain = {k: v for k, v in document.items() if k not in ("questions", "closing")}
    return Guide(
        **plain,
        questions=tuple(_question(q) for q in document["questions"]),
        closing=Closing(**document.get("closing", {})),
    )


def _question(part: Mapping[str, Any]) -> Question:
    made: dict[str, Any] = dict(part)
    made["expected"] = Expected(
        min_words=part.get("expected", {}).get("min_words", 0),
        wants=_texts(part.get("expected", {}).get("wants", ())),
    )
    made["needs"] = tuple(
        Need(**{**need, "cues": _texts(need.get("cues", ()))}) for need in part.get("needs", ())
    )
    for name in ("options", "probes", "rephrase", "avoid"):
        made[name] = _texts(part.get(name, ()))
    for name in ("ask_if", "skip_if"):
        made[name] = Condition(**part[name]) if part.get(name) else None
    return Question(**made)


def _texts(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(values)
