"""Model calls: analyse an answer with a language model, where one is available and works.

The engine's own move is ready before the call, and is used when the model is late, wrong or
unreachable. Prompt, reply and decision are stored with the turn, so that a stored reply reproduces
it.
"""

import logging
import re
import secrets
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from interviewrelay.core.conversation import Turn
from interviewrelay.core.db.session import refuse_transaction, transaction
from interviewrelay.core.ports.language_models import ModelPolicy, ModelUnavailable, Prompt
from interviewrelay.egress.egress_ledger import EgressSubject, record_egress
from interviewrelay.interviewer.dialogue.controller import EngineContext, Move
from interviewrelay.interviewer.guide import Autonomy
from interviewrelay.interviewer.model import listening, presuppositions, reply, request
from interviewrelay.interviewer.model.hearing import ModelTurn, prepare_model_turn
from interviewrelay.interviewer.model.listening import MoveChoice
from interviewrelay.interviewer.model.reply import Proposal
from interviewrelay.interviewer.safety.personal_data import Masks
from interviewrelay.interviews import safety_alerts, state
from interviewrelay.interviews.turn_store import InterviewSnapshot, TurnRecord
from interviewrelay.models import Interview
from interviewrelay.organizations import access

log = logging.getLogger("interviewrelay.model")

MOST_CALLS: Final = 120
"""Maximum calls in one interview."""
MOST_RESTS: Final = 2
"""Pauses of the circuit breaker that one interview sees before it stops using the model."""
AGAIN: Final = 0.5
"""Share of the timeout that must be left for a second attempt."""
TRIES: Final = 2
REFUSED: Final = "refused: "
NO_FORM: Final = f"{REFUSED}not in the requested JSON format"
USED: Final = "said"
RESTED: Final = "the endpoint failed too often in this interview"
NO_CALLS: Final = "this interview has used all its model calls"
NO_TOKENS: Final = "this interview has used all its tokens"
SENTENCES: Final = {
    USED: "The model made no suggestion.",
    NO_FORM: "The model replied, but not in the requested JSON format.",
    RESTED: "The endpoint failed too often in this interview.",
    NO_CALLS: "This interview has used all its model calls.",
    NO_TOKENS: "This interview has used all its tokens.",
    "timeout": "The model didn’t reply in time.",
    "connection": "Nothing responds at this address.",
    "certificate": "The certificate isn’t valid for this address.",
    "no HTTP": "The program at this address is not a web server.",
    "no chat completion": "The response is not a chat completion. Check that the base URL ends in /v1.",
    "empty reply": "The model sent an empty reply.",
    "reply cut off": "The reply was cut off. Increase LLM_MAX_TOKENS, or choose a model that uses "
    "fewer tokens for reasoning.",
    "answer too large": "The response was too large.",
    "fault": "An unexpected error occurred.",
    "the organization's daily limit is reached": "Today’s token limit is reached.",
    "calls to the endpoint are paused for a while": "Calls to the endpoint are paused for a while.",
    "too many calls at once": "Too many calls are in progress. Try again in a moment.",
    "status 401": "The endpoint rejected the key (status 401).",
    "status 403": "This key isn’t allowed to use the model (status 403).",
    "status 404": "The address or model wasn’t found (status 404). Check that the URL ends in /v1.",
    "status 429": "The endpoint’s rate limit or the account’s credit is used up (status 429).",
}
"""Sentences for people on the result of a call, by its reason."""


@dataclass(slots=True)
class _Call:
    """Model call of one turn, with its one or two attempts."""

    reason: str = ""
    tokens: int = 0
    tries: int = 0
    rest: str | None = None
    until: float = 0.0
    """Deadline, by `time.monotonic`."""
    proposal: Proposal | None = None
    raw: str = ""
    verdicts: tuple[Mapping[str, str], ...] = ()

    @property
    def left(self) -> float:
        """Seconds left; always a little, so that a late call fails with a timeout."""
        return max(0.01, self.until - time.monotonic())


_SENTENCE: Final = (
    "In this interview, the language model noticed something you may need to act on: a danger, a "
    "mistake, a breach, or someone in acute distress. The model may be wrong. The interview "
    "continues. The interview’s page shows the words that the model noticed."
)

CallRecord = dict[str, Any]
"""Record of the call that is stored with the turn."""


def propose_move(
    snapshot: InterviewSnapshot,
    move: Move,
    by: ModelPolicy | None,
    here: EngineContext,
    since: float | None = None,
) -> Move:
    """The model's move for the last answer, or the engine's own. Never raises.

    Never waits longer than the model's timeout, counted from `since` (`time.monotonic`), when the
    answer arrived.
    """
    if by is None:
        return move
    heard = prepare_model_turn(
        snapshot.guide, state.build_engine_turns(snapshot.turns), here, move
    )
    if heard is None or move.decision is None:
        return move
    subject = EgressSubject(snapshot.campaign_id, snapshot.invite_id)
    with record_egress(subject, "conversation"):
        choice, record = call_model(
            heard,
            by,
            snapshot.org_id,
            notes=_notes(snapshot.turns),
            organization=snapshot.organization,
            email=snapshot.email,
            spent_up=_spent_up(snapshot.turns, by),
            since=since,
        )
    made = choice.move if choice is not None and choice.move is not None else move
    decision = made.decision or move.decision
    return replace(made, decision=replace(decision, model=record))


def call_model(
    heard: ModelTurn,
    by: ModelPolicy,
    payer: str,
    *,
    notes: Mapping[int, str] | None = None,
    organization: str = "",
    email: str = "",
    spent_up: str = "",
    since: float | None = None,
) -> tuple[MoveChoice | None, CallRecord]:
    """The model's choice for an answer, or None, and the record of the call.

    The name of the `organization` and `email`, the participant's, are masked. `spent_up` is the
    reason for not calling the model, if any. Never raises, and never waits longer than the model's
    timeout from `since` on.
    """
    refuse_transaction()
    began = time.monotonic()
    call = _Call(spent_up, until=(since or began) + by.model.patience)
    choice = None
    try:
        if not spent_up:
            hidden = _masks(heard, organization, email, personal=by.hides_personal_data)
            choice = _tried(heard, by, payer, hidden, call, notes or {})
    except ModelUnavailable as away:
        call.reason, call.rest = str(away), away.rest
        call.tokens += away.tokens
        call.tries -= not away.called
    except Exception:
        # The engine's own move stands, whatever goes wrong here.
        log.exception("model_fault")
        call.reason = "fault"
        choice = None
    used = choice is not None and choice.move is not None
    return choice, {
        **_told(call, by, heard.guide.autonomy, used=used),
        "ms": round((time.monotonic() - began) * 1000),
    }


def find_objection(reason: str) -> str:
    """Objection to a model's suggestion, without the name of the rule; empty if it wasn't rejected."""
    if reason == NO_FORM or not reason.startswith(REFUSED):
        return ""
    rule, _, because = reason.removeprefix(REFUSED).partition(": ")
    return because or rule


def describe_reason(reason: str) -> str:
    """Sentence on a call whose suggestion wasn't used."""
    if objection := find_objection(reason):
        return f"Its suggestion was rejected: {objection}."
    return SENTENCES.get(reason, f"The call failed: {reason}.")


def is_alarming(move: Move) -> bool:
    """True if the model found something that researchers must see."""
    record = (move.decision.model if move.decision else None) or {}
    return bool(record.get("incident")) or record.get("care") == "acute"


def raise_alert(snapshot: InterviewSnapshot) -> None:
    """Alert owners and admins by email, once an interview; not for tests."""
    with transaction():
        interview = access.lock_row(Interview, snapshot.id)
        safety_alerts.notify_team(
            interview, "safety", safety_alerts.REVIEW, _SENTENCE, "incident"
        )


def _tried(
    heard: ModelTurn,
    by: ModelPolicy,
    payer: str,
    hidden: Masks,
    call: _Call,
    notes: Mapping[int, str],
) -> MoveChoice | None:
    """Choice from the model's replies. The second attempt includes why the first was rejected.
    Raises ModelUnavailable.
    """
    scene = heard.scene(notes, by.context_tokens, _refused(heard.turns))
    refused, choice = "", None
    while call.tries < TRIES:
        mark = secrets.token_hex(8)
        prompt = request.build_prompt(scene, mark, hidden.hide)
        call.tries += 1
        whole = Prompt(prompt.rules, f"{prompt.data}{refused}", prompt.schema)
        completion = by.model.complete(whole, payer=payer, seconds=call.left)
        call.tokens += completion.tokens
        call.raw = reply.clean_text(completion.text)[: reply.LONGEST_REPLY]
        proposal = None if mark in completion.text else reply.parse_reply(completion.text)
        if proposal is None:
            call.reason, choice = NO_FORM, None
        else:
            proposal = listening.drop_unfounded_notes(
                heard, reply.unmask(proposal, hidden.show)
            )
            choice = listening.choose_move(heard, proposal)
            call.proposal, call.verdicts = proposal, (*call.verdicts, *choice.verdicts)
            if not choice.reasons or choice.move is not None:
                call.reason = USED
                return choice
            call.reason = f"{REFUSED}{choice.reasons[-1][1]}"
            shown = [(hidden.hide(said), hidden.hide(why)) for said, why in choice.reasons]
            refused = f"\n{request.build_refusal_note(shown)}"
        if call.left < AGAIN * by.model.patience:
            break
    return choice


def _told(call: _Call, by: ModelPolicy, autonomy: Autonomy, *, used: bool) -> CallRecord:
    record: CallRecord = {
        "name": by.model.name,
        "used": used,
        "reason": call.reason,
        "tokens": call.tokens,
        "calls": call.tries,
        "rest": call.rest,
    }
    if (proposal := call.proposal) is None:
        return record
    return record | {
        "prompt": request.get_prompt_version(autonomy),
        "autonomy": autonomy,
        "reply": call.raw,
        "heard": proposal.heard,
        "moves": list(call.verdicts),
        "threads": [{"quote": one.quote, "why": one.why} for one in proposal.threads],
        "wants": list(proposal.wants),
        "care": proposal.care,
        "contradiction": list(proposal.contradiction or ()),
        "incident": proposal.incident
        and {"quote": proposal.incident.quote, "why": proposal.incident.why},
    }


def _masks(heard: ModelTurn, organization: str, email: str, *, personal: bool) -> Masks:
    """Masks: the organization is hidden from every model, personal data from those that must not
    see it.
    """
    guide = heard.guide
    author = [guide.name, guide.purpose, *(q.text for q in guide.questions)]
    needs = [text for q in guide.questions for n in q.needs for text in (n.label, n.ask)]
    # "person7@" and "info@" name nobody, and would mask a word of every other sentence.
    ordinary = presuppositions.load_plain_words(guide.language)
    own = re.split(r"[\W\d_]+", email.partition("@")[0])
    named = (part for part in own if part.lower() not in ordinary)
    names = [form for part in named for form in (part, part.capitalize())]
    return Masks(
        [turn.text for turn in heard.turns],
        guide.language,
        known=names,
        keep=" ".join([*author, *needs]),
        organization=organization,
        personal=personal,
    )


def _notes(turns: Iterable[TurnRecord]) -> dict[int, str]:
    """The model's analyses of earlier answers, by number."""
    return {
        turn.number - 1: str(record["heard"])
        for turn in turns
        if (record := _record(turn)) and record.get("heard")
    }


def _refused(turns: Sequence[Turn]) -> list[tuple[str, str]]:
    """Rejected parts of the model's last reply with reasons, which improve its next one."""
    asked = next((turn for turn in reversed(turns) if turn.speaker == "ai"), None)
    record = (asked.decision.model if asked and asked.decision else None) or {}
    moves: Any = record.get("moves") or ()
    return [
        (move.get("question") or move.get("acknowledgement", ""), f"{why}: {move['because']}")
        for move in moves
        if (why := move.get("refused"))
    ]


def _spent_up(turns: Iterable[TurnRecord], by: ModelPolicy) -> str:
    """Reason why this interview stops using the model; empty if it continues."""
    told = [part for turn in turns if (part := _record(turn))]
    rests = {part["rest"] for part in told if part.get("rest")}
    if len(rests) >= MOST_RESTS:
        return RESTED
    if sum(int(part.get("calls", 0)) for part in told) >= MOST_CALLS:
        return NO_CALLS
    if sum(int(part.get("tokens", 0)) for part in told) >= by.session_tokens:
        return NO_TOKENS
    return ""


def _record(turn: TurnRecord) -> Mapping[str, Any] | None:
    found = (turn.decision or {}).get("model")
    return found if isinstance(found, Mapping) else None
