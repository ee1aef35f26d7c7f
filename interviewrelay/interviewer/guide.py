"""What the interviewer works from: the script of a study, as frozen values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["open", "closed", "scale", "fact"]
Importance = Literal["must", "should", "could"]
Depth = Literal["none", "light", "standard", "deep"]
Op = Literal["equals", "contains", "answered", "lt", "gt"]
Autonomy = Literal["words", "probe", "guide", "open"]
"""What a language model may choose: the words of the engine's own moves; follow-ups; the order of the
questions, too; or most of the interview, which is then an open conversation.
"""

FOLLOW_UPS: Mapping[Depth, int] = {"none": 0, "light": 1, "standard": 2, "deep": 4}
"""How many follow-ups a question of each depth may have."""


@dataclass(frozen=True, slots=True)
class Need:
    """Something the study wants to learn; covered when answers match its `cues`."""

    id: str
    label: str
    ask: str = ""
    cues: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when the answer to an earlier `question` compares with `value` as `op` says."""

    question: str
    op: Op
    value: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a full answer would have: a number of words, and some of
    `example`, `reason`, `time`, `feeling`, `number`, `person`.
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
    """Of the campaign, not of the script; acts only where a language model listens."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where to find help, as it is told: each with its name where there are several."""
        return _places(self.resources)

    @property
    def reporting_places(self) -> tuple[str, ...]:
        """Where a concern can be reported, in the same form."""
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


def guide_of(document: Mapping[str, Any]) -> Guide:
    """The guide of a script document in the form of the HTTP contract, section 3.

    The document has been validated and completed by `domain.scripts`; a missing key here is a
    programming error and raises KeyError or TypeError.
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
