"""How close an answer is in meaning to what its question is after, where something can tell.

It is measured once, when the answer is read for the first time, and stored with the reading: whoever
comes to it later goes by that, with or without something that could tell.
"""

from collections.abc import Mapping

from interviewrelay.core.ports.semantic_similarity import Meaning
from interviewrelay.interviewer.guide import Question
from interviewrelay.interviewer.state.state import State
from interviewrelay.interviewer.text.tokenization import base_language, content_words, words
from interviewrelay.interviewer.wording.style_rules import in_language

NEED, AUTHOR = "need", "author"
"""Kinds of the author's follow-ups: for a learning goal, and a probe."""

ASKED = "asked"
"""The closest of all that the question and its needs speak of."""

MIN_CONTENT = 4
"""Content words below which a text has no meaning of its own to go by."""

DIGITS = 3
"""Of a cosine; the rest is the machine's."""


def measured(
    meaning: Meaning | None, language: str, question: Question | None, text: str
) -> Mapping[str, float]:
    """Cosines of an answer to `question`: as `ASKED`, and with each of the author's follow-ups by its
    `follow_up` key. Empty where nothing could tell.
    """
    if meaning is None or question is None or not _has_meaning(meaning, language, text):
        return {}
    asks = _follow_ups(question)
    matter = [question.text, *(f"{n.label}: {', '.join(n.cues)}" for n in question.needs)]
    told = meaning.closeness(text, [*matter, *asks.values()])
    if told is None:
        return {}
    near = [round(value, DIGITS) for value in told]
    to_asks = near[len(matter) :]
    return {ASKED: max(near[: len(matter)]), **dict(zip(asks, to_asks, strict=True))}


def _has_meaning(meaning: Meaning, language: str, text: str) -> bool:
    """Whether a text is long enough to go by, and in a language that is known."""
    if base_language(language) not in meaning.languages or not in_language(text, language):
        return False
    return len(content_words(words(text), language)) >= MIN_CONTENT


def _follow_ups(question: Question) -> Mapping[str, str]:
    """The author's follow-ups by their keys."""
    needs = {follow_up(NEED, need.id): need.ask or need.label for need in question.needs}
    probes = enumerate(question.probes, 1)
    return {**needs, **{follow_up(AUTHOR, f"probe {n}"): text for n, text in probes}}


def follow_up(kind: str, target: str) -> str:
    """The key of one of the author's follow-ups."""
    return f"{kind}: {target}"


def to(state: State, kind: str, target: str) -> float:
    """How close the last answer is to one of the author's follow-ups: 0 to 1, 0 where nothing told."""
    near = state.reading.close if state.reading else {}
    return max(0.0, near.get(follow_up(kind, target), 0.0))
