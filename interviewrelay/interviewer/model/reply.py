"""Model reply: parsed, or repaired where possible.

Parts in a wrong form are dropped; a reply without a move is none.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final, TypeVar

LONGEST_REPLY: Final = 16_000
"""Maximum characters of a reply; a longer one does not answer our question."""
MOST_MOVES: Final = 3
MOST_NOTES: Final = 12
"""Maximum entries of each list beside the moves."""
LONGEST_TEXT: Final = 1_000
NO_CHARACTER: Final = "\ufffd"
_NO_CHARACTER: Final = re.compile(r"[\ud800-\udfff\x00]")

ACTS: Final = (
    "follow_up",
    "clarify",
    "reconcile",
    "return",
    "next",
    "answer",
    "give_time",
    "care",
    "close",
)
WANTS: Final = ("stop", "pause", "shorter", "complaint", "question", "leave_out", "may_quote")
NAMED: Final = ("leave_out:", "language:")
"""Wishes with a value: words to leave out, a language."""
CARE: Final = ("none", "discomfort", "distress", "acute")


@dataclass(frozen=True, slots=True)
class ProposedMove:
    """Proposed move: the participant's words that it is based on (`evidence`, or empty), its
    acknowledgement, and its question.
    """

    act: str
    target: str = ""
    evidence: str = ""
    acknowledgement: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class GoalCoverage:
    """Coverage of a learning goal by an answer (`status`: touched or covered), with the passage."""

    goal: str
    status: str
    quote: str


@dataclass(frozen=True, slots=True)
class NotedWords:
    """Words of the participant, and why they matter."""

    quote: str
    why: str
    goal: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Whole reply, with its moves in order of preference; `wants` are the participant's wishes."""

    moves: tuple[ProposedMove, ...]
    heard: str = ""
    coverage: tuple[GoalCoverage, ...] = ()
    threads: tuple[NotedWords, ...] = ()
    contradiction: tuple[str, str] | None = None
    exhausted: bool = False
    wants: tuple[str, ...] = ()
    care: str = "none"
    incident: NotedWords | None = None

    @property
    def kept_out(self) -> Sequence[str]:
        """Words to leave out wherever they occur, while the answer itself may be quoted."""
        own = [want.partition(":") for want in self.wants if "leave_out" not in self.wants]
        return [named.strip() for kind, _, named in own if kind == "leave_out"]


def parse_reply(reply: str) -> Proposal | None:
    """Parse a reply; None if it has no move."""
    if len(reply) > LONGEST_REPLY:
        return None
    found = _loaded(reply.rpartition("</think>")[2])
    if not isinstance(found, Mapping):
        return None
    moves = tuple(filter(None, map(_move, _list(found, "moves")[:MOST_MOVES])))
    if not moves:
        return None
    return Proposal(
        moves=moves,
        heard=_text(found, "heard"),
        coverage=tuple(filter(None, map(_coverage, _list(found, "coverage")))),
        threads=tuple(filter(None, map(_remark, _list(found, "threads")))),
        contradiction=_contradiction(found.get("contradiction")),
        exhausted=found.get("exhausted") is True,
        wants=tuple(want[:LONGEST_TEXT] for want in _list(found, "wants") if _is_want(want)),
        care=care if (care := _text(found, "care")) in CARE else "none",
        incident=_remark(found.get("incident")),
    )


def unmask(proposal: Proposal, show: Callable[[str], str]) -> Proposal:
    """The proposal with stand-ins replaced by what was masked."""
    return replace(
        proposal,
        heard=show(proposal.heard),
        moves=tuple(_each(move, show) for move in proposal.moves),
        coverage=tuple(_each(one, show) for one in proposal.coverage),
        threads=tuple(_each(one, show) for one in proposal.threads),
        contradiction=proposal.contradiction
        and (show(proposal.contradiction[0]), show(proposal.contradiction[1])),
        wants=tuple(map(show, proposal.wants)),
        incident=proposal.incident and _each(proposal.incident, show),
    )


Part = TypeVar("Part", ProposedMove, GoalCoverage, NotedWords)


def _each(part: Part, show: Callable[[str], str]) -> Part:
    return replace(
        part, **{field.name: show(getattr(part, field.name)) for field in fields(part)}
    )


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        pass
    except RecursionError:
        return None
    import json_repair  # loaded only with a model

    start = text.find("{")
    try:
        return json_repair.loads(text[start:]) if start >= 0 else None
    except (RecursionError, ValueError):  # nested too deeply
        return None


def _move(part: Any) -> ProposedMove | None:
    if not isinstance(part, Mapping) or part.get("act") not in ACTS:
        return None
    names = ("act", "target", "evidence", "acknowledgement", "question")
    return ProposedMove(**{name: _text(part, name) for name in names})


def _coverage(part: Any) -> GoalCoverage | None:
    if not isinstance(part, Mapping) or part.get("status") not in ("touched", "covered"):
        return None
    return GoalCoverage(_text(part, "goal"), _text(part, "status"), _text(part, "quote"))


def _remark(part: Any) -> NotedWords | None:
    if not isinstance(part, Mapping) or not _text(part, "quote"):
        return None
    return NotedWords(_text(part, "quote"), _text(part, "why"), _text(part, "goal"))


def _contradiction(part: Any) -> tuple[str, str] | None:
    if not isinstance(part, Mapping) or not (_text(part, "a") and _text(part, "b")):
        return None
    return _text(part, "a"), _text(part, "b")


def _is_want(want: Any) -> bool:
    return isinstance(want, str) and (want in WANTS or want.startswith(NAMED))


def _list(found: Mapping[str, Any], name: str) -> Sequence[Any]:
    part = found.get(name)
    return part[:MOST_NOTES] if isinstance(part, list) else []


def _text(found: Mapping[str, Any], name: str) -> str:
    part = found.get(name)
    return clean_text(" ".join(part.split()))[:LONGEST_TEXT] if isinstance(part, str) else ""


def clean_text(text: str) -> str:
    """Storable text, with a replacement for invalid characters."""
    return _NO_CHARACTER.sub(NO_CHARACTER, text)
