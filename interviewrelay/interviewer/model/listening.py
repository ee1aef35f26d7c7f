"""Model listening: from a model's analysis of an answer to the next turn.

A pure function of the interview and the reply, so a stored reply reproduces the turn. The engine's
own move is ready before the call, and is used if no proposal is accepted.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from interviewrelay.interviewer.dialogue import controller
from interviewrelay.interviewer.dialogue.controller import Move
from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.model import envelope, gate
from interviewrelay.interviewer.model.envelope import Envelope
from interviewrelay.interviewer.model.gate import Verdict
from interviewrelay.interviewer.model.gate_rules import OF_THE_GUIDE, get_last_question
from interviewrelay.interviewer.model.grounds import Grounds
from interviewrelay.interviewer.model.hearing import ModelTurn, prepare_model_turn
from interviewrelay.interviewer.model.proposed_turn import build_goodbye, build_turn
from interviewrelay.interviewer.model.reply import Proposal, ProposedMove
from interviewrelay.interviewer.policy.turn_context import Reply
from interviewrelay.interviewer.text.lexicon import STOP_WORDS
from interviewrelay.interviewer.text.tokenization import (
    filter_content_words,
    get_base_language,
    get_stem,
    normalize,
    split_words,
)
from interviewrelay.interviewer.understanding import response as responses
from interviewrelay.interviewer.understanding.coverage import list_needs
from interviewrelay.interviewer.wording import attributions

FAITHFUL: Final = 0.34
"""Share of a scripted question's content words that its new wording keeps; at least one word where
the order of questions is free.
"""
FEWEST_QUOTED: Final = 3
"""Minimum words in quotation marks that point to an earlier answer."""
MOST_HEARD: Final = 3
"""Maximum wishes in one interview that only a model detected."""
NOT_ALLOWED: Final = "not allowed"
_LEAD_IN: Final = re.compile(r"^.*[,;:] ")
"""All but the last clause of a question."""

_WANTS: Final = (
    ("stop", responses.STOP),
    ("pause", responses.PAUSE),
    ("leave_out", responses.LEAVE_OUT),
    ("shorter", responses.SHORTEN),
)
_PLAIN: Final = frozenset(
    {
        responses.ANSWER,
        responses.NOTHING_MORE,
        responses.DONT_KNOW,
        responses.ALREADY_TOLD,
        responses.DRIFT,
        responses.UNCLEAR,
        responses.META,
        responses.COMPLAINT,
        responses.MISFIT,
        responses.CORRECTED,
    }
)
"""Responses beside which the model may detect a wish that the engine has not."""


@dataclass(frozen=True, slots=True)
class MoveChoice:
    """Result of a reply: the move, None if no proposal is accepted; the verdict on each proposal
    examined; and the reasons for refusals, in words for the model.
    """

    move: Move | None
    verdicts: Sequence[Mapping[str, str]]
    reasons: Sequence[tuple[str, str]]


def choose_move(heard: ModelTurn, proposal: Proposal) -> MoveChoice:
    """First acceptable proposal, after applying the wishes and distress that the model detected."""
    heard = _heard_otherwise(_quoted_otherwise(heard, proposal), proposal)
    proposal = drop_unfounded_notes(heard, proposal)
    if proposal.incident and proposal.incident.quote in heard.turns[-1].text:
        heard = replace(heard, envelope=heard.envelope.with_incident())
    learned = _learned(heard, proposal)
    heard = replace(heard, envelope=heard.envelope_after(learned))
    grounds = heard.grounds()
    verdicts: list[Mapping[str, str]] = []
    reasons: list[tuple[str, str]] = []
    gentle = _is_hurt(heard, proposal)
    bare: list[tuple[ProposedMove, Verdict]] = []
    for move in proposal.moves:
        verdict = _judge(heard, grounds, move, gentle=gentle)
        verdicts.append(_as_json(move, verdict))
        if verdict.refused:
            reasons.append((move.question or move.acknowledgement, _why(verdict)))
        elif _is_bare(verdict) and proposal.care != "none":
            bare.append((move, verdict))
        else:
            made = _made(heard, move, verdict, proposal, learned)
            return MoveChoice(made, verdicts, reasons)
    if bare:  # no move has any acknowledgement left
        made = _made(heard, *bare[0], proposal, learned)
        return MoveChoice(made, verdicts, reasons)
    changed = heard.fallback if heard.now.state.response in _HEARD else None
    return MoveChoice(changed, verdicts, reasons)


def _is_bare(verdict: Verdict) -> bool:
    """True if nothing is left of the text before the question."""
    return bool(verdict.dropped) and not verdict.acknowledgement


def _made(
    heard: ModelTurn,
    move: ProposedMove,
    verdict: Verdict,
    proposal: Proposal,
    learned: Mapping[str, str],
) -> Move:
    leaves = move.act == envelope.CLOSE and "stop" in proposal.wants
    reply = (build_goodbye if leaves else build_turn)(heard, move, verdict)
    return _entered(heard, reply, proposal, learned)


_HEARD: Final = frozenset(to for _, to in _WANTS if to != responses.SHORTEN) | {responses.UPSET}
"""Responses with our own words when all proposals were refused; not for a wish for less, where
other proposals can be made.
"""


def _quoted_otherwise(heard: ModelTurn, proposal: Proposal) -> ModelTurn:
    """Hearing after the model has specified what is to be left out: single words, so that the rest
    may be quoted; further answers; or that the mark on the answer before was not meant.

    The participant is told, and can object.
    """
    known: Any = (heard.fallback.reading or {}).get("sense") or {}
    told = {t.number: normalize(t.text) for t in heard.turns if t.speaker == "participant"}
    named = [
        one for one in map(normalize, proposal.kept_out) if any(one in t for t in told.values())
    ]
    long = [one for one in named if len(split_words(one)) >= FEWEST_QUOTED]
    numbers = [number for number, text in told.items() if any(one in text for one in long)]
    parts = {word for one in named if one not in long for word in split_words(one)}
    parts -= STOP_WORDS[get_base_language(heard.guide.language)]
    lifted = heard.marked_before if "may_quote" in proposal.wants else ()
    if not (parts or numbers) and (not lifted or known.get("unquoted")):
        return heard
    rest = {key: part for key, part in known.items() if key not in ("unquoted", "requoted")}
    unnamed = sorted({*known.get("unnamed", ()), *parts})
    sense = {**rest, "unquoted": numbers, "unnamed": unnamed, "requoted": list(lifted)}
    if known.get("response") == responses.LEAVE_OUT and known.get("answered"):
        sense["response"] = responses.ANSWER
    return _with_sense(heard, sense)


def _heard_otherwise(heard: ModelTurn, proposal: Proposal) -> ModelTurn:
    """Hearing after a wish or distress that only the model detected. It can only make the interview
    gentler: it asks whether to stop, and never ends it.
    """
    state = heard.now.state
    if state.response not in _PLAIN:
        return heard
    response = next((to for want, to in _WANTS if want in proposal.wants), "")
    if proposal.care in ("distress", "acute"):
        response = responses.UPSET
    done = {
        # With nothing left to ask, the interview ends in the usual way.
        responses.STOP: state.stop_asked or envelope.CLOSE in heard.envelope.targets,
        responses.SHORTEN: state.shortened,
    }
    if not response or done.get(response):
        return heard
    known: Any = (heard.fallback.reading or {}).get("sense") or {}
    sense = dict(known)
    sense["response"] = response
    if response == responses.LEAVE_OUT:
        sense["unquoted"] = _named(heard)
    return _with_sense(heard, sense)


def _with_sense(heard: ModelTurn, sense: Mapping[str, object]) -> ModelTurn:
    """Hearing with the model's interpretation of the last answer."""
    by_model = [turn for turn in heard.turns if (turn.reading or {}).get("heard_by") == "model"]
    if len(by_model) >= MOST_HEARD:
        return heard  # a model that always detects something would block the interview
    reading = {**(heard.fallback.reading or {}), "sense": sense, "heard_by": "model"}
    turns = [*heard.turns[:-1], replace(heard.turns[-1], reading=reading)]
    move = controller.next_move(heard.guide, turns, heard.context)
    move = replace(move, reading={**(move.reading or {}), "heard_by": "model"})
    again = prepare_model_turn(heard.guide, turns, heard.context, move)
    if again is not None:
        return again
    now = controller.build_turn_context(heard.guide, turns, heard.context)
    return replace(heard, turns=turns, fallback=move, now=now, envelope=_NOTHING)


def _named(heard: ModelTurn) -> list[int]:
    """The last answer, and the answers that it quotes."""
    *before, last = (turn for turn in heard.turns if turn.speaker == "participant")
    # A word or two in quotation marks are a figure of speech.
    found = (normalize(one[1]) for one in _QUOTED.finditer(last.text))
    quoted = [said for said in found if len(split_words(said)) >= FEWEST_QUOTED]
    named = [t.number for t in before if any(one in normalize(t.text) for one in quoted)]
    return [*named, last.number]


_QUOTED: Final = re.compile(r"[\"“„«]\s?([^\"“”„«»]{3,}?)\s?[\"”“»]")

_NOTHING: Final = Envelope({}, None, 0, 0, 0, acknowledged=False)


def _is_hurt(heard: ModelTurn, proposal: Proposal) -> bool:
    response = heard.now.state.response
    hurt = response in envelope.AFTER_TEARS or response in envelope.NOTHING_IS_ASKED
    return proposal.care != "none" or hurt


def _judge(heard: ModelTurn, grounds: Grounds, move: ProposedMove, *, gentle: bool) -> Verdict:
    if not heard.envelope.allows(move.act, move.target):
        return Verdict(
            NOT_ALLOWED, f"{move.act} ({move.target or 'no target'}) is not allowed now"
        )
    if move.act == envelope.CARE and not gentle:
        return Verdict(NOT_ALLOWED, "no one is in distress")
    other = _judge_prepared if heard.envelope.prepared else _judge_question
    return _JUDGES.get(move.act, other)(heard, grounds, move)


def _judge_question(heard: ModelTurn, grounds: Grounds, move: ProposedMove) -> Verdict:
    del heard
    if not move.question:
        return Verdict("asks", "there is no question")
    return gate.check_question(move, grounds)


def _judge_words(heard: ModelTurn, grounds: Grounds, move: ProposedMove) -> Verdict:
    del heard
    return gate.check_statement(move, grounds)


def _judge_close(heard: ModelTurn, grounds: Grounds, move: ProposedMove) -> Verdict:
    if heard.envelope.sums_up and move.acknowledgement:
        return gate.check_statement(replace(move, question=""), grounds)
    return gate.check_question(replace(move, question="", evidence=""), grounds)


def _judge_answer(heard: ModelTurn, grounds: Grounds, move: ProposedMove) -> Verdict:
    del heard
    told = gate.check_statement(replace(move, question=""), grounds)
    if told.refused or not move.question:
        return told
    # Their question is answered first, and ours may follow without a link.
    free = replace(move, acknowledgement="", evidence="")
    asked = gate.check_question(free, replace(grounds, asked=()))
    return asked if asked.refused else replace(told, question=move.question)


def _judge_next(heard: ModelTurn, grounds: Grounds, move: ProposedMove) -> Verdict:
    """Verdict on the script's next question: new words must ask the same."""
    question = heard.envelope.chosen_question(heard.guide, move.target)
    own = question.text.strip() if question else ""
    same = question is not None and question.kind == "open" and move.target == question.id
    return _worded(heard, grounds, move, own, anew=same)


def _judge_prepared(heard: ModelTurn, grounds: Grounds, move: ProposedMove) -> Verdict:
    """Verdict on the engine's own follow-up: new words must ask the same."""
    return _worded(heard, grounds, move, heard.envelope.prepared, anew=True)


def _worded(
    heard: ModelTurn, grounds: Grounds, move: ProposedMove, own: str, *, anew: bool
) -> Verdict:
    """Verdict on a question that is asked in any case, in its `own` words unless new ones are
    accepted.
    """
    verdict = gate.check_question(replace(move, question="", evidence=""), grounds)
    if not move.question or normalize(move.question) == normalize(own):
        return replace(verdict, question=own)
    before, same, _ = move.question.partition(own)
    if own and same:  # "After that week: how did the decision to stop come about?"
        lead = replace(move, question="", evidence="", acknowledgement=before.strip(" ,:;"))
        other = gate.check_question(lead, grounds)
        other = Verdict(other.dropped, other.because) if other.dropped else other
    elif anew and _is_faithful(heard, own, move):
        other = gate.check_question(replace(move, acknowledgement=""), grounds, OF_THE_GUIDE)
    else:
        other = Verdict("guide", "it does not ask the same as the script")
    if not other.refused:
        return replace(verdict, question=move.question)
    if anew and not same and heard.guide.autonomy in envelope.FREE_ORDER:
        return other  # the guide's wording after a model's sounds as if read from a list
    return replace(verdict, question=own, unworded=_why(other))


_JUDGES: Final[Mapping[str, Callable[[ModelTurn, Grounds, ProposedMove], Verdict]]] = {
    envelope.CARE: _judge_words,
    envelope.GIVE_TIME: _judge_words,
    envelope.ANSWER: _judge_answer,
    envelope.CLOSE: _judge_close,
    envelope.NEXT: _judge_next,
}


def _is_faithful(heard: ModelTurn, own: str, move: ProposedMove) -> bool:
    language = heard.guide.language
    meant, said = (
        {get_stem(word, language) for word in filter_content_words(split_words(text), language)}
        for text in (own, move.question)
    )
    # One small word changes it: "how well did you", "what did you not"; the lead-in is free.
    asked = _LEAD_IN.sub("", get_last_question(move.question))
    turned = attributions.alters_meaning(asked, own, language)
    graded = attributions.asks_for_degree(asked, own, language)
    free = heard.guide.autonomy in envelope.FREE_ORDER
    # "What do you think of it?" is so general that any lead-in fits.
    least = len(meant) > 1 if free else FAITHFUL * len(meant)
    return len(meant & said) >= least and not (turned or graded)


def _why(verdict: Verdict) -> str:
    return f"{verdict.refused}: {verdict.because}"


def _as_json(move: ProposedMove, verdict: Verdict) -> dict[str, str]:
    told = {
        "act": move.act,
        "target": move.target,
        "evidence": move.evidence,
        "acknowledgement": move.acknowledgement,
        "question": move.question,
        "refused": verdict.refused,
        "because": verdict.because,
        "dropped": verdict.dropped,
        "unworded": verdict.unworded,
    }
    return {name: text for name, text in told.items() if text}


def drop_unfounded_notes(heard: ModelTurn, proposal: Proposal) -> Proposal:
    """Proposal without notes whose words nobody said."""
    said = heard.grounds().plain_answers
    incident, both = proposal.incident, proposal.contradiction
    return replace(
        proposal,
        coverage=tuple(one for one in proposal.coverage if gate.is_quoted(one.quote, said)),
        threads=tuple(one for one in proposal.threads if gate.is_quoted(one.quote, said)),
        contradiction=both if both and all(gate.is_quoted(one, said) for one in both) else None,
        incident=incident if incident and gate.is_quoted(incident.quote, said) else None,
    )


def _learned(heard: ModelTurn, proposal: Proposal) -> dict[str, str]:
    """Learning goals that the model found touched or covered."""
    known = dict(_goal_ids(heard.guide))
    return {known[one.goal]: one.status for one in proposal.coverage if one.goal in known}


def _goal_ids(guide: Guide) -> Iterator[tuple[str, str]]:
    """Learning goals by the names that a model may use: whole keys, and ids that are unique."""
    keys = [key for key, _, _ in list_needs(guide)]
    ids = [key.partition("/")[2] for key in keys]
    yield from ((key, key) for key in keys)
    yield from ((own, key) for own, key in zip(ids, keys, strict=True) if ids.count(own) == 1)


def _entered(
    heard: ModelTurn, reply: Reply, proposal: Proposal, learned: Mapping[str, str]
) -> Move:
    decision = reply.decision
    details = {**decision.details, **({"learned": dict(learned)} if learned else {})}
    reason = proposal.heard or decision.reason
    made = replace(reply, decision=replace(decision, reason=reason, details=details))
    # A new state, since entering a turn changes it.
    now = controller.build_turn_context(heard.guide, heard.turns, heard.context)
    moved = controller.build_move(now, made, heard.context.now)
    return replace(moved, reading=heard.fallback.reading, telling=heard.fallback.telling)
