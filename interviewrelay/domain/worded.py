"""The interviewer's next words, by a language model where there is one and it does well.

What is said has been decided, and words for it are ready, before anybody is asked; they are sent when
the model is late, wrong or gone. What came of asking is kept with the turn.
"""

import logging
import re
import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from interviewrelay.conversation import Decision
from interviewrelay.database import refuse_transaction
from interviewrelay.domain import standing
from interviewrelay.domain.seats import Seat, Spoken
from interviewrelay.interviewer.acceptance import Verdict, judge
from interviewrelay.interviewer.controller import Move
from interviewrelay.interviewer.masks import Masks
from interviewrelay.interviewer.model_prompt import prompt
from interviewrelay.interviewer.model_task import Task, task_of
from interviewrelay.interviewer.wording import joined
from interviewrelay.ports import LanguageModel, ModelAway

log = logging.getLogger("interviewrelay.model")

MOST_CALLS: Final = 60
"""Calls in one interview."""
MOST_RESTS: Final = 2
"""Rests of the model's that one interview sees before it does without the model."""
AGAIN: Final = 0.6
"""Share of its patience that has to be left for a second try."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The model, what it may cost an interview, and whether it sees personal data."""

    model: LanguageModel
    session_tokens: int = 60_000
    hides_personal_data: bool = True

    @property
    def seconds(self) -> float:
        """How long a turn may be under way; until then nobody else asks what is owed."""
        return self.model.patience * 2


@dataclass(slots=True)
class _Call:
    """What came of asking: of one turn, however often the model was tried."""

    reason: str = ""
    tokens: int = 0
    tries: int = 0
    rest: str | None = None
    until: float = 0.0
    """When nobody waits any longer, by `time.monotonic`."""

    @property
    def left(self) -> float:
        """Seconds; a little at least, so that a call fails as one that came too late."""
        return max(0.01, self.until - time.monotonic())


Record = dict[str, Any]
"""What is kept of it with the turn."""


def worded(seat: Seat, move: Move, by: Wording | None, since: float | None = None) -> Move:
    """The move in the model's words, or as it is. Never raises, and never waits longer than the
    model's patience, which counts from `since` (`time.monotonic`): the answer's arrival.
    """
    if by is None:
        return move
    task = task_of(seat.guide, standing.talk(seat.turns), move)
    if task is None or move.decision is None:
        return move
    spent_up = _spent_up(seat.turns, by)
    verdict, record = asked(
        task,
        by,
        seat.org_id,
        organization=seat.organization,
        email=seat.email,
        spent_up=spent_up,
        since=since,
    )
    return _said(move, move.decision, verdict, record)


def asked(
    task: Task,
    by: Wording,
    payer: str,
    *,
    organization: str = "",
    email: str = "",
    spent_up: str = "",
    since: float | None = None,
) -> tuple[Verdict | None, Record]:
    """The verdict on words that may be said, None when there are none, and how that came.

    The name of the `organization` is hidden, and `email`, the participant's; `spent_up` is why nobody
    is to be asked, if so. Never raises, and never waits longer than the model's patience from `since`
    on.
    """
    refuse_transaction()
    began = time.monotonic()
    call = _Call(spent_up, until=(since or began) + by.model.patience)
    verdict = None
    try:
        if not spent_up:
            hidden = _masks(task, organization, email, personal=by.hides_personal_data)
            verdict = _tried(task, by, payer, hidden, call)
    except ModelAway as away:
        call.reason, call.rest = str(away), away.rest
        call.tokens += away.tokens
        call.tries -= not away.called
    except Exception:
        # The prepared words are there for whatever may go wrong in finding better ones.
        log.exception("model_fault")
        call.reason = "fault"
    return verdict, {
        "name": by.model.name,
        "used": verdict is not None,
        "reason": call.reason,
        "ms": round((time.monotonic() - began) * 1000),
        "tokens": call.tokens,
        "calls": call.tries,
        "rest": call.rest,
    }


def _tried(task: Task, by: Wording, payer: str, hidden: Masks, call: _Call) -> Verdict | None:
    """The verdict on words that may be said; None when there are none. Raises ModelAway."""
    patience = by.model.patience
    while True:
        mark = secrets.token_hex(8)
        call.tries += 1
        reply = by.model.complete(prompt(task, hidden, mark), payer=payer, seconds=call.left)
        call.tokens += reply.tokens
        verdict = judge(task, reply.text, mark, hidden)
        if not verdict.refused:
            left_out = verdict.left_out
            call.reason = (
                f"said without its acknowledgement: {left_out}" if left_out else "said"
            )
            return verdict
        call.reason = f"refused: {verdict.refused}"
        if call.tries == 2 or call.left < AGAIN * patience:
            return None


def _masks(task: Task, organization: str, email: str, *, personal: bool) -> Masks:
    """Who asks is hidden from every model; personal data from those that are not to see any."""
    guide = task.guide
    author = [guide.name, guide.purpose, *(q.text for q in guide.questions)]
    needs = [text for q in guide.questions for n in q.needs for text in (n.label, n.ask)]
    own = re.split(r"[\W\d_]+", email.partition("@")[0])
    names = [form for part in own for form in (part, part.capitalize())]
    keep = " ".join([*author, *needs])
    return Masks(
        [t.text for t in task.turns],
        task.language,
        known=names,
        keep=keep,
        organization=organization,
        personal=personal,
    )


def _spent_up(turns: Iterable[Spoken], by: Wording) -> str:
    """Why this interview does without the model from here on; empty when it does not."""
    told = [part for turn in turns if (part := _record(turn))]
    rests = {part["rest"] for part in told if part.get("rest")}
    if len(rests) >= MOST_RESTS:
        return "the endpoint failed too often in this interview"
    if sum(int(part.get("calls", 0)) for part in told) >= MOST_CALLS:
        return "the interview's calls are used up"
    if sum(int(part.get("tokens", 0)) for part in told) >= by.session_tokens:
        return "the interview's tokens are used up"
    return ""


def _record(turn: Spoken) -> Mapping[str, Any] | None:
    found = (turn.decision or {}).get("model")
    return found if isinstance(found, Mapping) else None


def _said(
    move: Move, decision: Decision, verdict: Verdict | None, record: Mapping[str, object]
) -> Move:
    if verdict is None:
        return replace(move, decision=replace(decision, model=record))
    details = {**decision.details, "line": verdict.line, "question": verdict.question}
    text = joined(verdict.line, verdict.question)
    # Whoever says what was prepared has not worded it.
    source = decision.source if text == move.text else "model"
    chosen = replace(decision, source=source, details=details, model=record)
    return replace(move, text=text, decision=chosen)
