"""Proposed turn: from an accepted move to the stored turn."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from interviewrelay.core.conversation import Decision
from interviewrelay.interviewer import acts
from interviewrelay.interviewer.dialogue import care_replies
from interviewrelay.interviewer.dialogue.next_question import (
    ask_main,
    build_ending,
    close_interview,
    is_all_said,
)
from interviewrelay.interviewer.guide import Question
from interviewrelay.interviewer.model import envelope
from interviewrelay.interviewer.model.gate import Verdict
from interviewrelay.interviewer.model.hearing import ModelTurn
from interviewrelay.interviewer.model.reply import ProposedMove
from interviewrelay.interviewer.policy.turn_context import Reply, TurnContext, decide_on_pending
from interviewrelay.interviewer.text.tokenization import split_sentences, split_words
from interviewrelay.interviewer.understanding.coverage import build_need_key
from interviewrelay.interviewer.wording.phrasing import join_parts, shorten_question

FEWEST_SAID: Final = 2
"""Minimum sentences for a summary."""


def build_turn(heard: ModelTurn, move: ProposedMove, verdict: Verdict) -> Reply:
    """Turn of a move; what is not to be quoted is confirmed after the acknowledgement."""
    now = heard.now
    line = care_replies.add_left_out(now, verdict.acknowledgement)
    prepared = heard.fallback.decision if heard.envelope.prepared else None
    if prepared is not None:
        return _reworded(prepared, verdict, line)
    make: Mapping[str, Callable[[ModelTurn, ProposedMove, Verdict, str], Reply]] = {
        envelope.NEXT: _asked_next,
        envelope.RETURN: _returned,
        envelope.ANSWER: _answered,
        envelope.GIVE_TIME: _given_time,
        envelope.CARE: _cared,
        envelope.CLOSE: _closed,
    }
    return make.get(move.act, _followed_up)(heard, move, verdict, line)


def _reworded(decision: Decision, verdict: Verdict, line: str) -> Reply:
    """The engine's own follow-up in other words."""
    line = line or str(decision.details.get("line", ""))
    source = (
        decision.source if verdict.question == decision.details.get("question") else "model"
    )
    details = {**decision.details, "line": line, "question": verdict.question}
    told = replace(decision, source=source, details=details)
    return Reply(join_parts(line, verdict.question), told)


def _followed_up(heard: ModelTurn, move: ProposedMove, verdict: Verdict, line: str) -> Reply:
    return _probe(heard, heard.now.pending_question, move, verdict, line)


def _returned(heard: ModelTurn, move: ProposedMove, verdict: Verdict, line: str) -> Reply:
    question = heard.guide.question(move.target.partition("/")[0])
    returns = heard.envelope.next_question is None
    return _probe(heard, question, move, verdict, line, returns=returns)


def _probe(
    heard: ModelTurn,
    question: Question | None,
    move: ProposedMove,
    verdict: Verdict,
    line: str,
    **more: Any,
) -> Reply:
    need = _need_of(question, move.target)
    pending = heard.now.state.pending
    if pending is not None and pending.returns:
        more["returns"] = True
    decision = Decision(
        act=acts.PROBE,
        question_id=question.id if question else None,
        target=need or move.act,
        source="model",
        details={
            "line": line,
            "question": verdict.question,
            "reply": "answer",
            "kind": move.act,
            "anchor": move.evidence,
            **more,
            **({"need": build_need_key(question.id, need)} if question and need else {}),
        },
    )
    return Reply(join_parts(line, verdict.question), decision)


def _need_of(question: Question | None, target: str) -> str:
    """Learning goal of a target; empty if it is a question."""
    if question is None:
        return ""
    own = target.rpartition("/")[2]
    return next((need.id for need in question.needs if need.id == own and "/" in target), "")


def _asked_next(heard: ModelTurn, move: ProposedMove, verdict: Verdict, line: str) -> Reply:
    chosen = heard.envelope.chosen_question(heard.guide, move.target)
    if chosen is not None and chosen != heard.envelope.next_question:
        return _asked_before(chosen, verdict, line)
    made = ask_main(heard.now, line, "answer", thanks=False)
    decision = made.decision
    if decision.act != acts.ASK or decision.details.get("need"):
        return made
    text = str(decision.details["question"])
    if verdict.question == text or decision.question_id is None:
        return made
    lines = str(decision.details.get("line", ""))
    details = {**decision.details, "question": verdict.question}
    told = replace(decision, source="model", details=details)
    return Reply(join_parts(lines, verdict.question), told, made.closing)


def _asked_before(question: Question, verdict: Verdict, line: str) -> Reply:
    """Another question than the script's next one; the skipped ones come later."""
    own = verdict.question == question.text.strip()
    decision = Decision(
        act=acts.ASK,
        question_id=question.id,
        source="author" if own else "model",
        details={"line": line, "question": verdict.question, "reply": "answer", "passed": {}},
    )
    return Reply(join_parts(line, verdict.question), decision)


def _answered(heard: ModelTurn, move: ProposedMove, verdict: Verdict, line: str) -> Reply:
    """Answer to their question, then the open question. If that is answered, it is their turn
    again: their question may have been a condition for continuing.
    """
    del move
    now, state = heard.now, heard.now.state
    if heard.fallback.ends or is_all_said(now):
        made = build_ending(now, "All questions have been asked.")
        return replace(made, closing=join_parts(line, made.closing or ""))
    if not verdict.question and state.answered:
        return _beside(now, acts.ANSWER_META, join_parts(line, now.voice.fixed("go_on")), "")
    open_still = state.pending is not None and state.pending.act != acts.PROBE
    pending = shorten_question(state.pending.text) if state.pending and open_still else ""
    return _beside(now, acts.ANSWER_META, line, verdict.question or pending)


def _given_time(heard: ModelTurn, move: ProposedMove, verdict: Verdict, line: str) -> Reply:
    del move, verdict
    return _beside(heard.now, acts.PAUSED, line, "")


def _cared(heard: ModelTurn, move: ProposedMove, verdict: Verdict, line: str) -> Reply:
    del move, verdict
    return _beside(heard.now, acts.COMFORT, line, "")


def _beside(now: TurnContext, act: str, line: str, question: str) -> Reply:
    more = {"question": question} if question else {}
    decision = decide_on_pending(now, act, "", source="model", line=line, **more)
    return Reply(join_parts(line, question), decision)


def build_goodbye(heard: ModelTurn, move: ProposedMove, verdict: Verdict) -> Reply:
    """End, when nothing is left to ask and somebody says goodbye."""
    del move
    made = build_ending(
        heard.now, "All questions have been asked, and the participant has said goodbye."
    )
    return replace(made, closing=join_parts(verdict.acknowledgement, made.closing or ""))


def _closed(heard: ModelTurn, move: ProposedMove, verdict: Verdict, line: str) -> Reply:
    """Close, reading back the main points in the model's words, if it has any."""
    del move
    if not heard.envelope.sums_up:
        made = close_interview(heard.now, line, "answer")
        if made.text is None and line not in (
            made.closing or ""
        ):  # the last words are acknowledged too
            made = replace(made, closing=join_parts(line, made.closing or ""))
        return made
    made = close_interview(heard.now, "", "answer", reads_back=False)
    said = split_sentences(verdict.acknowledgement)
    if len(said) < FEWEST_SAID or made.text is None:
        return close_interview(heard.now, line, "answer", reads_back=False)
    asked = heard.now.voice.retelling("check_back.asked", "")
    statements = [{"turn": _told_in(heard, one), "text": one} for one in said]
    details = {"question": join_parts(line, asked), "statements": statements, "reply": "answer"}
    decision = Decision(
        act=acts.CHECK_BACK,
        reason="Key answers are summarized so that the participant can correct them.",
        source="model",
        details=details,
    )
    return Reply(join_parts(line, asked), decision)


def _told_in(heard: ModelTurn, said: str) -> int:
    """Number of the answer that shares most words with a sentence."""
    mine = set(split_words(said))
    told = [turn for turn in heard.turns if turn.speaker == "participant"]
    return max(told, key=lambda turn: len(mine.intersection(split_words(turn.text)))).number
