"""Repeat question: the pending question again after an aside, in other words, or postponed."""

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.dialogue import meta_answers
from interviewrelay.interviewer.dialogue.next_question import ask_main, ask_next
from interviewrelay.interviewer.guide import Question
from interviewrelay.interviewer.policy.turn_context import Reply, TurnContext, decide_on_pending
from interviewrelay.interviewer.state.state import Pending
from interviewrelay.interviewer.wording.phrasing import join_parts, shorten_question

_TOLD = ("how_long", "how_many", "who_sees", "recorded", "kept", "human")
"""Topics answered beside a repeated question; others are about the question itself."""


def repeat_or_skip(now: TurnContext, act: str, line: str, reason: str) -> Reply:
    """A line with the pending question, or with the next one if the text also answers."""
    if now.state.answered:
        return ask_next(now, line, act)
    return repeat(now, act, line, reason)


def repeat(
    now: TurnContext, act: str, line: str, reason: str, *, target: str | None = None
) -> Reply:
    pending = now.state.pending
    if pending is None or not now.may_repeat():
        return postpone(now, line, act)
    question = shorten_question(pending.text)
    decision = decide_on_pending(now, act, reason, target=target, line=line, question=question)
    return Reply(join_parts(line, question), decision)


def postpone(now: TurnContext, line: str, to: str) -> Reply:
    """Postpone a question after too many questions about it. A mandatory question is asked once
    more at the end, if it was asked in the script's words.
    """
    pending, question = now.state.pending, now.pending_question
    must = (
        question is not None
        and question.importance == "must"
        and pending is not None
        and pending.act == acts.ASK
    )
    if must and question is not None:
        said = join_parts(line, now.voice.fixed("put_off"))
        return ask_main(now, said, to, left=question.id)
    left = now.voice.line("leave") if pending is not None else ""
    return ask_main(now, join_parts(line, left), to)


def reply_to_unclear(now: TurnContext) -> Reply:
    """Reply to an unclear question: repeat; then explain or reword; then offer to skip; then move
    on.

    A question about the meaning is answered with the explanation at once, or with the statement
    that the reading is theirs; repeating the question would not help.
    """
    pending, step, question = now.state.pending, now.state.unclear, now.pending_question
    if pending is None or now.state.skip_offered or not now.may_repeat():
        return ask_main(now, now.voice.line("leave"), "unclear")
    wonders = now.state.reading is not None and not now.state.reading.has(acts.REPEAT)
    if pending.act == acts.PROBE and wonders:
        # An unclear follow-up is not worth repeating.
        return ask_main(now, now.voice.fixed("unclear.leave"), "unclear")
    explained = question.explain.strip() if question and is_main(pending) else ""
    other = rephrase(question) if question and is_main(pending) else ""
    meaning = now.state.reading is not None and not now.state.reading.has(acts.REPEAT)
    if step == 0 and not meaning:
        line, text, act = now.voice.line("unclear"), pending.text, acts.SAY_AGAIN
    elif step == 0 and not (explained or other):
        # Never interpret the author's question ourselves.
        line, text, act = now.voice.line("as_you_see"), pending.text, acts.SAY_AGAIN
    elif step < 2 and (explained or other):
        # On the second attempt the author's rewording is better than the same explanation
        # again.
        again = step == 1 and bool(other) and meaning
        line = explained if explained and not again else ""
        text, act = (other if again or not explained else pending.text), acts.REPHRASE
    else:
        line, text, act = now.voice.line("offer_skip"), pending.text, acts.OFFER_SKIP
    reason = "The participant asked to hear the question again or what it means."
    line = join_parts(_told(now), line)
    return Reply(
        join_parts(line, text), decide_on_pending(now, act, reason, line=line, question=text)
    )


def _told(now: TurnContext) -> str:
    """Answer to a question about the interview in the same turn."""
    topics = [t for t in (now.state.reading.topics if now.state.reading else ()) if t in _TOLD]
    return (
        meta_answers.answer(topics, now.guide, now.state, now.facts, now.voice)
        if topics
        else ""
    )


def is_main(pending: Pending) -> bool:
    return pending.act in (acts.ASK, acts.ANOTHER_ANGLE, acts.RETURN)


def rephrase(question: Question) -> str:
    return next((text.strip() for text in question.rephrase if text.strip()), "")


def is_answered(now: TurnContext) -> bool:
    """True if a stop request came with an answer, so that the question is not repeated."""
    pending, thread = now.state.pending, now.pending_thread
    if pending is None or pending.act != acts.ASK or thread is None:
        return False
    return any(answer != now.state.text for answer in thread.answers)
