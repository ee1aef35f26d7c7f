"""Redaction: questions without the words of a removed answer."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from interviewrelay.interviewer.text import tokenization
from interviewrelay.interviews.turn_store import TurnRecord

GAP: Final = "…"
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_QUOTED: Final = re.compile(r'"[^"]*"|“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»')
_NAMES: Final = frozenset(("act", "source", "question_id", "target", "kind", "need", "passed"))
"""Decision fields of the engine that never quote an answer."""
_OF_CALL: Final = frozenset(("name", "used", "ms", "tokens", "calls", "rest"))
"""Fields of a model record that reveal nothing of an answer."""


def find_struck_words(struck: str, kept: Iterable[str], language: str) -> frozenset[str]:
    """Words found only in the removed answer, without common ones."""
    said = frozenset(
        tokenization.filter_content_words(tokenization.split_words(struck), language)
    )
    return said.difference(*(tokenization.split_words(text) for text in kept))


def redact_turn(turn: TurnRecord, gone: frozenset[str]) -> TurnRecord:
    """A question, and its decision, with gaps in place of these words; an answer unchanged."""
    if turn.speaker != "ai":
        return turn
    decision = _within(turn.decision, gone)
    if decision and decision.get("source") == "model":
        decision["reason"] = GAP  # a model gives the reason in its own words
    return replace(turn, text=_without(turn.text, gone), decision=decision)


def _without(text: str, gone: frozenset[str]) -> str:
    """Remove quotations as a whole: half of one reveals the rest."""

    def unquoted(found: re.Match[str]) -> str:
        said = found[0]
        return (
            f"{said[0]}{GAP}{said[-1]}"
            if gone.intersection(tokenization.split_words(said))
            else said
        )

    def gap(found: re.Match[str]) -> str:
        return GAP if gone.intersection(tokenization.split_words(found[0])) else found[0]

    left = _WORD.sub(gap, _QUOTED.sub(unquoted, text))
    return re.sub(rf"{GAP}(?:\s+{GAP})+", GAP, left)


def _within(value: Any, gone: frozenset[str]) -> Any:
    if isinstance(value, str):
        return _without(value, gone)
    if isinstance(value, dict):
        return {key: _part(key, part, gone) for key, part in value.items()}
    if isinstance(value, list):
        return [_within(part, gone) for part in value]
    return value


def _part(key: str, part: Any, gone: frozenset[str]) -> Any:
    if key in _NAMES:
        return part
    if key == "model" and isinstance(part, dict):
        return {name: told for name, told in part.items() if name in _OF_CALL} | {"reason": GAP}
    if key == "anchor" and isinstance(part, str):
        return GAP if gone.intersection(tokenization.split_words(part)) else part
    if key == "reason" and isinstance(part, str):
        why, mark, said = part.partition(": ")
        return (
            f"{why}{mark}{GAP}" if gone.intersection(tokenization.split_words(said)) else part
        )
    return _within(part, gone)
