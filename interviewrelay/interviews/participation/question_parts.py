"""Question parts: the interviewer's last turn and the closing summary, split for the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from interviewrelay.interviewer import acts
from interviewrelay.interviews.turn_store import TurnRecord
from interviewrelay.models import TurnRow

_MARKS: Final = ' \t\n\u00a0\u202f"„“”«»'
"""Spaces and quotation marks around a statement that is read back."""


@dataclass(frozen=True, slots=True)
class QuestionParts:
    """Question and the text before it: `line` acknowledges the last answer, `statements` are read
    back from earlier answers, introduced by `intro`. All but `question` may be empty.
    """

    question: str
    line: str = ""
    intro: str = ""
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClosingSummary:
    """Closing summary as read back before the end. `reply` is the participant's correction or
    addition, empty if none.
    """

    statements: tuple[str, ...]
    reply: str = ""


def split_question(turn: TurnRow | TurnRecord) -> QuestionParts:
    """Parts of an interviewer's turn; if they cannot be separated, all of it is the question."""
    details = (turn.decision or {}).get("details") or {}
    question = str(details.get("question") or "")
    if not question or not turn.text.endswith(question):
        return QuestionParts(turn.text)
    line = turn.text.removesuffix(question).strip()
    statements = tuple(one["text"] for one in _statements(turn))
    if not statements:
        return QuestionParts(question, line)
    intro, first, rest = question.partition(statements[0])
    _, last, ask = (first + rest).rpartition(statements[-1])
    ask = ask.strip(_MARKS + ".")
    if not first or not last or not ask:
        return QuestionParts(question, line)
    return QuestionParts(ask, line, intro.strip(_MARKS), statements)


def build_closing_summary(turns: Sequence[TurnRow]) -> ClosingSummary | None:
    """The last check-back and its reply; None if nothing is left.

    Statements from answers that were later corrected or removed are left out.
    """
    asked = next((turn for turn in reversed(turns) if _act(turn) == acts.CHECK_BACK), None)
    if asked is None:
        return None
    stands = {turn.number for turn in turns if not turn.struck and turn.original is None}
    statements = tuple(one["text"] for one in _statements(asked) if one["turn"] in stands)
    reply = next((turn for turn in turns if turn.number == asked.number + 1), None)
    return ClosingSummary(statements, _corrections(reply)) if statements else None


def _corrections(reply: TurnRow | None) -> str:
    """Text of a reply to the check-back, unless it only confirms."""
    if reply is None:
        return ""
    sense = (reply.reading or {}).get("sense") or {}
    return "" if sense.get("response") == "nothing_more" else reply.text


def _statements(turn: TurnRow | TurnRecord) -> list[Mapping[str, Any]]:
    if _act(turn) != acts.CHECK_BACK:
        return []
    return list((turn.decision or {})["details"].get("statements") or ())


def _act(turn: TurnRow | TurnRecord) -> str:
    return str((turn.decision or {}).get("act", ""))
