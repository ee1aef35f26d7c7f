"""Values of an interview: frozen dataclasses that depend only on the standard library."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any, Final, Literal

Speaker = Literal["ai", "participant"]
Sentiment = Literal["positive", "neutral", "negative", "mixed", "unsure"]
"""`unsure`: words judge, but which way is not clear. `neutral`: no words judge."""


ABANDONED: Final = "abandoned"
"""Marker of an answer whose analysis took too long, stored in its reading and in the decision that
follows.
"""
UNHEARD: Final = "unheard"
"""The same for a spoken answer that is not transcribed yet."""


def is_abandoned_reading(stored: object) -> bool:
    """True if this reading, or these decision details, belong to an abandoned answer."""
    return isinstance(stored, Mapping) and stored.get("reading") == ABANDONED


@dataclass(frozen=True, slots=True)
class Decision:
    """Decision of the interviewer, with its reason.

    `act` is one of the dialogue acts of `interviewer.acts` (ask, probe, clarify, repeat, rephrase,
    dont_know, declined, meta, confirm_stop, anything_to_add, …); `question_id` is the script
    question that the turn belongs to; `target` is what the turn is about (a need's id, an author's
    probe, a topic of a meta question, …); `reason` is one sentence for a researcher; `source` is
    `author`, `template` or `model`; `details` holds anything else that the engine needs later, as
    JSON; `model` holds the result of asking a language model for the wording, if it was asked.
    """

    act: str
    question_id: str | None = None
    target: str | None = None
    reason: str = ""
    source: str = "author"
    details: Mapping[str, object] = field(default_factory=dict)
    model: Mapping[str, object] | None = None

    def as_json(self) -> dict[str, object]:
        """As stored and shown, without the `model` field if no model was asked."""
        told = {name: getattr(self, name) for name in DECISION}
        if self.model is None:
            del told["model"]
        return told


DECISION: Final = tuple(field.name for field in fields(Decision))


@dataclass(frozen=True, slots=True)
class Turn:
    """Turn: one utterance. Questions have odd numbers and answers even ones; a skip is an answer
    without text.

    `reading` is the engine's analysis of an answer (dialogue acts, needs touched and covered). It
    is stored with the answer, so that earlier answers are never analysed again.
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
    """A turn in a transcript.

    `timestamp` and `duration` are seconds since the start, or in the recording if there is one; only
    then `end` is where the turn ends in it. `amends` is the number of the answer
    that this one corrects, `amended_by` lists the answers that correct it. `original` is the text
    before the participant edited it in the review, `struck` is true if they removed it there, and
    `quotable` is false if they asked not to be quoted.
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
    end: float | None = None


def get_wording_model(decision: Mapping[str, Any] | None) -> str:
    """Name of the model that worded this question; empty when no model did."""
    told = decision or {}
    return (
        str((told.get("model") or {}).get("name", "")) if told.get("source") == "model" else ""
    )


@dataclass(frozen=True, slots=True)
class ConversationRecord:
    """Utterances of one interview, with their times."""

    session_id: str
    started_at: datetime
    completed_at: datetime | None
    turns: tuple[TranscriptTurn, ...]
    closing: str | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """Transcript of one interview: built once, rendered as JSON, page or PDF.

    `closing` is the final message to the participant, `danger` is true if an answer about danger
    ended the interview, `early` if the participant ended it early.
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
        """SHA-256 of the whole content, as 64 hexadecimal digits."""
        text = json.dumps(asdict(self), sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()
