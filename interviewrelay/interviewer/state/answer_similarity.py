"""Answer similarity: semantic similarity of an answer to its question's goals, if it can be
measured.

Measured once, at the first reading of the answer, and stored with it. Later readers use the stored
value, with or without a model of their own.
"""

from collections.abc import Mapping

from interviewrelay.core.ports.semantic_similarity import SemanticSimilarity
from interviewrelay.interviewer.guide import Question
from interviewrelay.interviewer.state.state import State
from interviewrelay.interviewer.text.tokenization import (
    filter_content_words,
    get_base_language,
    split_words,
)
from interviewrelay.interviewer.wording.style_rules import is_in_language

NEED, AUTHOR = "need", "author"
"""Kinds of the author's follow-ups: for a learning goal, and a probe."""

ASKED = "asked"
"""Highest similarity to the question and its needs."""

MIN_CONTENT = 4
"""Minimum content words of a text with a meaning of its own."""

DIGITS = 3
"""Digits of a cosine; further ones depend on the machine."""


def measure(
    meaning: SemanticSimilarity | None, language: str, question: Question | None, text: str
) -> Mapping[str, float]:
    """Cosines of an answer: to the `question` as `ASKED`, and to each of the author's follow-ups by
    its `build_follow_up_key` key. Empty if not measurable.
    """
    if meaning is None or question is None or not _has_meaning(meaning, language, text):
        return {}
    asks = _follow_ups(question)
    matter = [question.text, *(f"{n.label}: {', '.join(n.cues)}" for n in question.needs)]
    told = meaning.similarities(text, [*matter, *asks.values()])
    if told is None:
        return {}
    near = [round(value, DIGITS) for value in told]
    to_asks = near[len(matter) :]
    return {ASKED: max(near[: len(matter)]), **dict(zip(asks, to_asks, strict=True))}


def _has_meaning(meaning: SemanticSimilarity, language: str, text: str) -> bool:
    """True if a text is long enough and in a supported language."""
    if get_base_language(language) not in meaning.languages or not is_in_language(
        text, language
    ):
        return False
    return len(filter_content_words(split_words(text), language)) >= MIN_CONTENT


def _follow_ups(question: Question) -> Mapping[str, str]:
    """The author's follow-ups by key."""
    needs = {
        build_follow_up_key(NEED, need.id): need.ask or need.label for need in question.needs
    }
    probes = enumerate(question.probes, 1)
    return {**needs, **{build_follow_up_key(AUTHOR, f"probe {n}"): text for n, text in probes}}


def build_follow_up_key(kind: str, target: str) -> str:
    """Key of one of the author's follow-ups."""
    return f"{kind}: {target}"


def get_similarity(state: State, kind: str, target: str) -> float:
    """Similarity of the last answer to one of the author's follow-ups: 0 to 1, 0 if not measured."""
    near = state.reading.close if state.reading else {}
    return max(0.0, near.get(build_follow_up_key(kind, target), 0.0))
