"""A language model's reply, read: as it stands, or repaired where that can be done (V1)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from interviewrelay.interviewer.masks import Masks

LONGEST_REPLY: Final = 8_000
"""Characters of a reply that are looked at at all; what is longer is no reply to our question."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a model proposes to say."""

    act: str
    target: str
    question: str
    ack: str = ""
    anchor_quote: str = ""
    flags: tuple[str, ...] = ()


def parsed(reply: str) -> Proposal | None:
    """The reply as it stands, or repaired: fenced, cut off, with a comma too many."""
    if len(reply) > LONGEST_REPLY:
        return None
    text = reply.rpartition("</think>")[2]
    found = _loaded(text)
    return _proposal(found) if isinstance(found, dict) else None


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        pass
    import json_repair  # only a model needs it

    start = text.find("{")
    return json_repair.loads(text[start:]) if start >= 0 else None


def _proposal(found: Mapping[str, Any]) -> Proposal | None:
    named = {name: found.get(name) for name in ("act", "target", "question")}
    more = {name: found.get(name) or "" for name in ("ack", "anchor_quote")}
    flags = found.get("flags") or []
    if not all(isinstance(value, str) for value in (*named.values(), *more.values())):
        return None
    if not isinstance(flags, list) or not all(isinstance(flag, str) for flag in flags):
        return None
    texts = {name: str(value).strip() for name, value in {**named, **more}.items()}
    return Proposal(**texts, flags=tuple(flags)) if texts["question"] else None


def shown(proposal: Proposal, hidden: Masks) -> Proposal:
    return replace(
        proposal,
        target=hidden.show(proposal.target),
        question=hidden.show(proposal.question),
        ack=hidden.show(proposal.ack),
        anchor_quote=hidden.show(proposal.anchor_quote),
    )
