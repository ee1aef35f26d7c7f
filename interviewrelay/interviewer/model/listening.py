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
from interviewrelay.interviewer.model import envelope as allowed, gate
from interviewrelay.interviewer.model.envelope import Envelope
from interviewrelay.interviewer.model.gate import Verdict
from interviewrelay.interviewer.model.gate_rules import OF_THE_GUIDE, asking
from interviewrelay.interviewer.model.grounds import Grounds
from interviewrelay.interviewer.model.hearing import Hearing, hear
from interviewrelay.interviewer.model.proposed_turn import goodbye, turn_of
from interviewrelay.interviewer.model.reply import Proposal, ProposedMove
from interviewrelay.interviewer.policy.turn_context import Reply
from interviewrelay.interviewer.text.lexicon import STOP_WORDS
from interviewrelay.interviewer.text.tokenization import (
    base_language,
    content_words,
    plain,
    stem,
    words,
)
from interviewrelay.interviewer.understanding import response as understanding
from interviewrelay.interviewer.understanding.coverage import needs_of
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
    ("stop", understanding.STOP),
    ("pause", understanding.PAUSE),
    ("leave_out", understanding.LEAVE_OUT),
    ("shorter", understanding.SHORTEN),
)
_PLAIN: Final = frozenset(
    {
        understanding.ANSWER,
        understanding.NOTHING_MORE,
        understanding.DONT_KNOW,
        understanding.ALREADY_TOLD,
        understanding.DRIFT,
        understanding.UNCLEAR,
        understanding.META,
        understanding.COMPLAINT,
        understanding.MISFIT,
        understanding.CORRECTED,
    }
)
"""Responses beside which the model may detect a wish that the engine has not."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Result of a reply: the move, None if no proposal is accepted; the verdict on each proposal
    examined; and the reasons for refusals, in words for the model.
    """

    move: Move | None
    verdicts: Sequence[Mapping[str, str]]
    reasons: Sequence[tuple[str, str]]


def choose(heard: Hearing, proposal: Proposal) -> Choice:
    """First acceptable proposal, after applying the wishes and distress that the model detected."""
    heard = _heard_otherwise(_quoted_otherwise(heard, proposal), proposal)
    proposal = verified(heard, proposal)
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
            return Choice(made, verdicts, reasons)
    if bare:  # no move has any acknowledgement left
        made = _made(heard, *bare[0], proposal, learned)
        return Choice(made, verdicts, reasons)
    changed = heard.fallback if heard.now.state.response in _HEARD else None
    return Choice(changed, verdicts, reasons)


def _is_bare(verdict: Verdict) -> bool:
    """True if nothing is left of the text before the question."""
    return bool(verdict.dropped) and not verdict.acknowledgement


def _made(
    heard: Hearing,
    move: ProposedMove,
    verdict: Verdict,
    proposal: Proposal,
    learned: Mapping[str, str],
) -> Move:
    leaves = move.act == allowed.CLOSE and "stop" in proposal.wants
    reply = (goodbye if leaves else turn_of)(heard, move, verdict)
    return _entered(heard, reply, proposal, learned)


_HEARD: Final = frozenset(to for _, to in _WANTS if to != understanding.SHORTEN) | {
    understanding.UPSET
}
"""Responses with our own words when all proposals were refused; not for a wish for less, where
other proposals can be made.
"""


def _quoted_otherwise(heard: Hearing, proposal: Proposal) -> Hearing:
    """Hearing after the model has specified what is to be left out: single words, so that the rest
    may be quoted; further answers; or that the mark on the answer before was not meant.

    The participant is told, and can object.
    """
    known: Any = (heard.fallback.reading or {}).get("sense") or {}
    told = {t.number: plain(t.text) for t in heard.turns if t.speaker == "participant"}
    named = [
        one for one in map(plain, proposal.kept_out) if any(one in t for t in told.values())
    ]
    long = [one for one in named if len(words(one)) >= FEWEST_QUOTED]
    numbers = [number for number, text in told.items() if any(one in text for one in long)]
    parts = {word for one in named if one not in long for word in words(one)}
    parts -= STOP_WORDS[base_language(heard.guide.language)]
    lifted = heard.marked_before if "may_quote" in proposal.wants else ()
    if not (parts or numbers) and (not lifted or known.get("unquoted")):
        return heard
    rest = {key: part for key, part in known.items() if key not in ("unquoted", "requoted")}
    unnamed = sorted({*known.get("unnamed", ()), *parts})
    sense = {**rest, "unquoted": numbers, "unnamed": unnamed, "requoted": list(lifted)}
    if known.get("response") == understanding.LEAVE_OUT and known.get("answered"):
        sense["response"] = understanding.ANSWER
    return _with_sense(heard, sense)


def _heard_otherwise(heard: Hearing, proposal: Proposal) -> Hearing:
    """Hearing after a wish or distress that only the model detected. It can only make the interview
    gentler: it asks whether to stop, and never ends it.
    """
    state = heard.now.state
    if state.response not in _PLAIN:
        return heard
    response = next((to for want, to in _WANTS if want in proposal.wants), "")
    if proposal.care in ("distress", "acute"):
        response = understanding.UPSET
    done = {
        # With nothing left to ask, the interview ends in the usual way.
        understanding.STOP: state.stop_asked or allowed.CLOSE in heard.envelope.targets,
        understanding.SHORTEN: state.shortened,
    }
    if not response or done.get(response):
        return heard
    known: Any = (heard.fallback.reading or {}).get("sense") or {}
    sense = dict(known)
    sense["response"] = response
    if response == understanding.LEAVE_OUT:
        sense["unquoted"] = _named(heard)
    return _with_sense(heard, sense)


def _with_sense(heard: Hearing, sense: Mapping[str, object]) -> Hearing:
    """Hearing with the model's interpretation of the last answer."""
    by_model = [turn for turn in heard.turns if (turn.reading or {}).get("heard_by") == "model"]
    if len(by_model) >= MOST_HEARD:
        return heard  # a model that always detects something would block the interview
    reading = {**(heard.fallback.reading or {}), "sense": sense, "heard_by": "model"}
    turns = [*heard.turns[:-1], replace(heard.turns[-1], reading=reading)]
    move = controller.next_move(heard.guide, turns, heard.context)
    move = replace(move, reading={**(move.reading or {}), "heard_by": "model"})
    again = hear(heard.guide, turns, heard.context, move)
    if again is not None:
        return again
    now = controller.situation(heard.guide, turns, heard.context)
    return replace(heard, turns=turns, fallback=move, now=now, envelope=_NOTHING)


def _named(heard: Hearing) -> list[int]:
    """The last answer, and the answers that it quotes."""
    *before, last = (turn for turn in heard.turns if turn.speaker == "participant")
    # A word or two in quotation marks are a figure of speech.
    found = (plain(one[1]) for one in _QUOTED.finditer(last.text))
    quoted = [said for said in found if len(words(said)) >= FEWEST_QUOTED]
    named = [t.number for t in before if any(one in plain(t.text) for one in quoted)]
    return [*named, last.number]


_QUOTED: Final = re.compile(r"[\"“„«]\s?([^\"“”„«»]{3,}?)\s?[\"”“»]")

_NOTHING: Final = Envelope({}, None, 0, 0, 0, acknowledged=False)


def _is_hurt(heard: Hearing, proposal: Proposal) -> bool:
    response = heard.now.state.response
    hurt = response in allowed.AFTER_TEARS or response in allowed.NOTHING_IS_ASKED
    return proposal.care != "none" or hurt


def _judge(heard: Hearing, grounds: Grounds, move: ProposedMove, *, gentle: bool) -> Verdict:
    if not heard.envelope.allows(move.act, move.target):
        return Verdict(
            NOT_ALLOWED, f"{move.act} of {move.target or 'nothing'} is not allowed now"
        )
    if move.act == allowed.CARE and not gentle:
        return Verdict(NOT_ALLOWED, "nobody is distressed")
    other = _judge_prepared if heard.envelope.prepared else _judge_question
    return _JUDGES.get(move.act, other)(heard, grounds, move)


def _judge_question(heard: Hearing, grounds: Grounds, move: ProposedMove) -> Verdict:
    del heard
    if not move.question:
        return Verdict("asks", "there is no question")
    return gate.judge_question(move, grounds)


def _judge_words(heard: Hearing, grounds: Grounds, move: ProposedMove) -> Verdict:
    del heard
    return gate.judge_words(move, grounds)


def _judge_close(heard: Hearing, grounds: Grounds, move: ProposedMove) -> Verdict:
    if heard.envelope.sums_up and move.acknowledgement:
        return gate.judge_words(replace(move, question=""), grounds)
    return gate.judge_question(replace(move, question="", evidence=""), grounds)


def _judge_answer(heard: Hearing, grounds: Grounds, move: ProposedMove) -> Verdict:
    del heard
    told = gate.judge_words(replace(move, question=""), grounds)
    if told.refused or not move.question:
        return told
    # Their question is answered first, and ours may follow without a link.
    free = replace(move, acknowledgement="", evidence="")
    asked = gate.judge_question(free, replace(grounds, asked=()))
    return asked if asked.refused else replace(told, question=move.question)


def _judge_next(heard: Hearing, grounds: Grounds, move: ProposedMove) -> Verdict:
    """Verdict on the script's next question: new words must ask the same."""
    question = heard.envelope.chosen(heard.guide, move.target)
    own = question.text.strip() if question else ""
    same = question is not None and question.kind == "open" and move.target == question.id
    return _worded(heard, grounds, move, own, anew=same)


def _judge_prepared(heard: Hearing, grounds: Grounds, move: ProposedMove) -> Verdict:
    """Verdict on the engine's own follow-up: new words must ask the same."""
    return _worded(heard, grounds, move, heard.envelope.prepared, anew=True)


def _worded(
    heard: Hearing, grounds: Grounds, move: ProposedMove, own: str, *, anew: bool
) -> Verdict:
    """Verdict on a question that is asked in any case, in its `own` words unless new ones are
    accepted.
    """
    verdict = gate.judge_question(replace(move, question="", evidence=""), grounds)
    if not move.question or plain(move.question) == plain(own):
        return replace(verdict, question=own)
    before, same, _ = move.question.partition(own)
    if own and same:  # "After that week: how did the decision to stop come about?"
        lead = replace(move, question="", evidence="", acknowledgement=before.strip(" ,:;"))
        other = gate.judge_question(lead, grounds)
        other = Verdict(other.dropped, other.because) if other.dropped else other
    elif anew and _is_faithful(heard, own, move):
        other = gate.judge_question(replace(move, acknowledgement=""), grounds, OF_THE_GUIDE)
    else:
        other = Verdict("guide", "it asks something else than the guide")
    if not other.refused:
        return replace(verdict, question=move.question)
    if anew and not same and heard.guide.autonomy in allowed.FREE_ORDER:
        return other  # the guide's wording after a model's sounds as if read from a list
    return replace(verdict, question=own, unworded=_why(other))


_JUDGES: Final[Mapping[str, Callable[[Hearing, Grounds, ProposedMove], Verdict]]] = {
    allowed.CARE: _judge_words,
    allowed.GIVE_TIME: _judge_words,
    allowed.ANSWER: _judge_answer,
    allowed.CLOSE: _judge_close,
    allowed.NEXT: _judge_next,
}


def _is_faithful(heard: Hearing, own: str, move: ProposedMove) -> bool:
    language = heard.guide.language
    meant, said = (
        {stem(word, language) for word in content_words(words(text), language)}
        for text in (own, move.question)
    )
    # One small word changes it: "how well did you", "what did you not"; the lead-in is free.
    asked = _LEAD_IN.sub("", asking(move.question))
    turned = attributions.turns(asked, own, language)
    graded = attributions.grades(asked, own, language)
    free = heard.guide.autonomy in allowed.FREE_ORDER
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


def verified(heard: Hearing, proposal: Proposal) -> Proposal:
    """Proposal without notes whose words nobody said."""
    said = heard.grounds().said
    incident, both = proposal.incident, proposal.contradiction
    return replace(
        proposal,
        coverage=tuple(one for one in proposal.coverage if gate.is_quoted(one.quote, said)),
        threads=tuple(one for one in proposal.threads if gate.is_quoted(one.quote, said)),
        contradiction=both if both and all(gate.is_quoted(one, said) for one in both) else None,
        incident=incident if incident and gate.is_quoted(incident.quote, said) else None,
    )


def _learned(heard: Hearing, proposal: Proposal) -> dict[str, str]:
    """Learning goals that the model found touched or covered."""
    known = dict(_goal_ids(heard.guide))
    return {known[one.goal]: one.status for one in proposal.coverage if one.goal in known}


def _goal_ids(guide: Guide) -> Iterator[tuple[str, str]]:
    """Learning goals by the names that a model may use: whole keys, and ids that are unique."""
    keys = [key for key, _, _ in needs_of(guide)]
    ids = [key.partition("/")[2] for key in keys]
    yield from ((key, key) for key in keys)
    yield from ((own, key) for own, key in zip(ids, keys, strict=True) if ids.count(own) == 1)


def _entered(
    heard: Hearing, reply: Reply, proposal: Proposal, learned: Mapping[str, str]
) -> Move:
    decision = reply.decision
    details = {**decision.details, **({"learned": dict(learned)} if learned else {})}
    reason = proposal.heard or decision.reason
    made = replace(reply, decision=replace(decision, reason=reason, details=details))
    # A new state, since entering a turn changes it.
    now = controller.situation(heard.guide, heard.turns, heard.context)
    moved = controller.entered(now, made, heard.context.now)
    return replace(moved, reading=heard.fallback.reading, telling=heard.fallback.telling)
