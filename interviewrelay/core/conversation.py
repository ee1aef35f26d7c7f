"""The values that an interview is made of. Frozen, and free of everything but the standard library."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any, Final, Literal

Speaker = Literal["ai", "participant"]
Sentiment = Literal["positive", "neutral", "negative", "mixed"]


ABANDONED: Final = "abandoned"
"""What `reading` says, in the reading of an answer that took too long and in the decision after it."""


def is_abandoned(stored: object) -> bool:
    """Whether this reading, or these details of a decision, are of an answer that was given up."""
    return isinstance(stored, Mapping) and stored.get("reading") == ABANDONED


@dataclass(frozen=True, slots=True)
class Decision:
    """Why the interviewer said what it said.

    `act` is one of the acts of `interviewer.acts` (ask, probe, clarify, repeat, rephrase, dont_know,
    declined, meta, confirm_stop, anything_to_add, …); `question_id` is the script question that the
    turn belongs to; `target` is what the turn is after (a need's id, an author's probe, a topic of a
    meta question, …); `reason` is one sentence that a researcher can read; `source` is `author`,
    `template` or `model`; `details` holds whatever else the engine wants to find again, as JSON;
    `model` what came of asking a language model for the words, if one was asked.
    """

    act: str
    question_id: str | None = None
    target: str | None = None
    reason: str = ""
    source: str = "author"
    details: Mapping[str, object] = field(default_factory=dict)
    model: Mapping[str, object] | None = None

    def as_json(self) -> dict[str, object]:
        """As it is stored and shown: nothing of a model where none was asked."""
        told = {name: getattr(self, name) for name in DECISION}
        if self.model is None:
            del told["model"]
        return told


DECISION: Final = tuple(field.name for field in fields(Decision))


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance. Questions have odd numbers, answers even ones; a skip is an answer without text.

    `reading` is what the engine made of an answer (dialogue acts, needs touched and covered), kept
    with the answer once it is known, so that earlier answers are never read twice.
    """

    number: int
    speaker: Speaker
    text: str
    at: datetime
    decision: Decision | None = None
    reading: Mapping[str, object] | None = None
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class TranscriptTurn:
    """A turn as it is shown: `timestamp` and `duration` in seconds since the interview began; `amends`
    is the number of the answer that it corrects, `amended_by` those of the answers that correct it;
    `original` is what stood there before its participant corrected it when looking over the answers,
    `struck` whether they took it back then, `quotable` whether they may be quoted.
    """

    id: str
    number: int
    timestamp: float
    speaker: Speaker
    text: str
    sentiment: Sentiment
    duration: float | None = None
    confidence: float | None = None
    question_id: str | None = None
    decision: Mapping[str, object] | None = None
    skipped: bool = False
    amends: int | None = None
    amended_by: tuple[int, ...] = ()
    original: str | None = None
    struck: bool = False
    quotable: bool = True


def worded_by(decision: Mapping[str, Any] | None) -> str:
    """The model in whose words a question of this decision was asked; empty when it was in none's."""
    told = decision or {}
    return (
        str((told.get("model") or {}).get("name", "")) if told.get("source") == "model" else ""
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What was said in one interview, and when."""

    session_id: str
    started_at: datetime
    completed_at: datetime | None
    turns: tuple[TranscriptTurn, ...]
    closing: str | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """One interview, made once and rendered many times (JSON, page, PDF). `closing` is what was said
    to the participant at the end, `danger` whether an answer that spoke of danger ended it, `early`
    whether its participant ended it early.
    """

    session_id: str
    title: str
    project: str
    organization: str
    participant_email: str
    participant_name: str
    status: str
    language: str
    mode: str
    interviewer: str
    consent: Mapping[str, object] | None
    started_at: datetime
    completed_at: datetime | None
    duration_seconds: int
    duration_minutes: int
    credits_charged: int | None
    sentiment: Mapping[str, object]
    turns: tuple[TranscriptTurn, ...]
    closing: str | None = None
    danger: bool = False
    early: bool = False

    def digest(self) -> str:
        """SHA-256 over everything that is in it, as 64 hexadecimal digits."""
        text = json.dumps(asdict(self), sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()
