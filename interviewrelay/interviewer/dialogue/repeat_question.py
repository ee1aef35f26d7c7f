"""The pending question once more: after an aside, in other words, or put off for later."""

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.dialogue import meta_answers
from interviewrelay.interviewer.dialogue.next_question import main_question, onward
from interviewrelay.interviewer.guide import Question
from interviewrelay.interviewer.policy.turn_context import Reply, Situation, decision_on_pending
from interviewrelay.interviewer.state.state import Pending
from interviewrelay.interviewer.wording.phrasing import joined, short_form

_TOLD = ("how_long", "how_many", "who_sees", "recorded", "kept", "human")
"""Facts that are told beside the question when it is put again; others are about the question."""


def aside_or_on(now: Situation, act: str, line: str, reason: str) -> Reply:
    """A line and the pending question, or the next one when the text holds an answer as well."""
    if now.state.answered:
        return onward(now, line, act)
    return repose(now, act, line, reason)


def repose(
    now: Situation, act: str, line: str, reason: str, *, target: str | None = None
) -> Reply:
    pending = now.state.pending
    if pending is None or not now.may_repose():
        return put_off(now, line, act)
    question = short_form(pending.text)
    decision = decision_on_pending(
        now, act, reason, target=target, line=line, question=question
    )
    return Reply(joined(line, question), decision)


def put_off(now: Situation, line: str, to: str) -> Reply:
    """Asked back too often: on to the next, and said so. What must be asked comes again at the end,
    once, if it was put in the words of the script.
    """
    pending, question = now.state.pending, now.pending_question
    must = (
        question is not None
        and question.importance == "must"
        and pending is not None
        and pending.act == acts.ASK
    )
    if must and question is not None:
        said = joined(line, now.voice.fixed("put_off"))
        return main_question(now, said, to, left=question.id)
    left = now.voice.line("leave") if pending is not None else ""
    return main_question(now, joined(line, left), to)


def unclear(now: Situation) -> Reply:
    """Repeat; then the author's explanation or other words; then an offer to skip; then move on.

    Who asks for the meaning hears the explanation at once, or that the question is theirs to read:
    the bare question again would not help.
    """
    pending, step, question = now.state.pending, now.state.unclear, now.pending_question
    if pending is None or now.state.skip_offered or not now.may_repose():
        return main_question(now, now.voice.line("leave"), "unclear")
    wonders = now.state.reading is not None and not now.state.reading.has(acts.REPEAT)
    if pending.act == acts.PROBE and wonders:
        # A follow-up that puzzles is no good one.
        return main_question(now, now.voice.fixed("unclear.leave"), "unclear")
    explained = question.explain.strip() if question and is_main(pending) else ""
    other = other_words(question) if question and is_main(pending) else ""
    meaning = now.state.reading is not None and not now.state.reading.has(acts.REPEAT)
    if step == 0 and not meaning:
        line, text, act = now.voice.line("unclear"), pending.text, acts.SAY_AGAIN
    elif step == 0 and not (explained or other):
        # No meaning of our own is put into the author's question.
        line, text, act = now.voice.line("as_you_see"), pending.text, acts.SAY_AGAIN
    elif step < 2 and (explained or other):
        # On the second try the author's other words are better than the first explanation again.
        again = step == 1 and bool(other) and meaning
        line = explained if explained and not again else ""
        text, act = (other if again or not explained else pending.text), acts.REPHRASE
    else:
        line, text, act = now.voice.line("offer_skip"), pending.text, acts.OFFER_SKIP
    reason = "The participant asked for the question again or for its meaning."
    line = joined(_told(now), line)
    return Reply(
        joined(line, text), decision_on_pending(now, act, reason, line=line, question=text)
    )


def _told(now: Situation) -> str:
    """What was asked about the interview in the same breath."""
    topics = [t for t in (now.state.reading.topics if now.state.reading else ()) if t in _TOLD]
    return (
        meta_answers.answer(topics, now.guide, now.state, now.facts, now.voice)
        if topics
        else ""
    )


def is_main(pending: Pending) -> bool:
    return pending.act in (acts.ASK, acts.ANOTHER_ANGLE, acts.RETURN)


def other_words(question: Question) -> str:
    return next((text.strip() for text in question.rephrase if text.strip()), "")


def is_answered(now: Situation) -> bool:
    """Whether the wish to stop came with an answer: that is not asked for again."""
    pending, thread = now.state.pending, now.pending_thread
    if pending is None or pending.act != acts.ASK or thread is None:
        return False
    return any(answer != now.state.text for answer in thread.answers)
