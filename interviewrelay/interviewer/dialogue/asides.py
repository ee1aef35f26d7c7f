"""Asides: replies to unease, small talk, orders, anger and hurry."""

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.acts import participant_questions
from interviewrelay.interviewer.acts.act_patterns import is_abuse
from interviewrelay.interviewer.dialogue import meta_answers
from interviewrelay.interviewer.dialogue.next_question import (
    ask_follow_up,
    ask_main,
    ask_next,
)
from interviewrelay.interviewer.dialogue.repeat_question import repeat, repeat_or_skip
from interviewrelay.interviewer.policy import salient_follow_ups
from interviewrelay.interviewer.policy.turn_context import Reply, TurnContext, decide_on_pending
from interviewrelay.interviewer.state.state import State
from interviewrelay.interviewer.text.tokenization import normalize, split_sentences, split_words

PROTEST = 8
"""Minimum words of a complaint that says what was passed over."""

DRIFTS_BEFORE_LEAVING = 2
"""Off-topic answers in a row after which the question is dropped instead of repeated."""


def reply_to_unease(now: TurnContext) -> Reply:
    """Reply to unease: offer once to leave it, and do not follow up."""
    reason = (
        "This is hard for the participant to talk about. They can skip it without follow-ups."
    )
    if now.state.answered:
        return ask_main(now, now.voice.fixed("gently"), "uneasy")
    thread = now.pending_thread
    line = now.voice.fixed("ease")
    if thread is not None and line in now.state.lines[-1:]:
        return ask_main(now, now.voice.line("declined"), "uneasy")
    return repeat(now, acts.ASIDE, line, reason)


def reply_to_drift(now: TurnContext) -> Reply:
    """Reply to an off-topic answer: repeat the question at most twice, then move on."""
    if now.state.drifts > DRIFTS_BEFORE_LEAVING:
        return ask_main(now, now.voice.line("leave"), "drift")
    reason = "The answer is off topic, so the question is asked again."
    return repeat(now, acts.REDIRECT, now.voice.line("back"), reason)


def reply_to_injection(now: TurnContext) -> Reply:
    line = now.voice.line("aside")
    reason = "The answer tries to instruct the interviewer. It is stored but not followed."
    if now.state.injections > 1:
        return ask_main(now, line, "injection")
    return repeat_or_skip(now, acts.ASIDE, line, reason)


LOOKED_BACK = 4
"""Earlier answers searched for the unanswered question."""


def _left_unanswered(state: State, language: str) -> str:
    """Topic of the unanswered question in a protest, from its own words or from an earlier answer."""
    lines = [normalize(one) for one in split_sentences(state.text)]
    if not participant_questions.was_asked(lines, language):
        return ""
    said = (text for thread in state.threads.values() for text in thread.answers)
    earlier = (
        [normalize(one) for one in split_sentences(text)] for text in [*said][-LOOKED_BACK:]
    )
    asked = (
        participant_questions.find_final_topic(one, language) for one in reversed([*earlier])
    )
    known = (topic for topic in asked if topic != participant_questions.UNKNOWN)
    return participant_questions.find_named_topic(lines, language) or next(
        filter(None, known), ""
    )


def reply_to_complaint(now: TurnContext) -> Reply:
    """Reply to a complaint: ask about what was passed over; otherwise admit once that things are
    missed, without a question; then continue as usual.
    """
    state, language = now.state, now.guide.language
    topic = _left_unanswered(state, language)
    if topic and (
        told := meta_answers.answer((topic,), now.guide, state, now.facts, now.voice)
    ):
        return ask_next(now, told, "complaint", deeper=False)
    says_what = len(split_words(state.text)) >= PROTEST and not is_abuse(
        state.text, now.guide.language
    )
    found = salient_follow_ups.follow_up_on_protest(now) if says_what else None
    if found is not None:
        return ask_follow_up(found, now.voice.line("passed_over"), "complaint")
    if now.state.complaints > 1:
        # Without thanks for the complaint, and without a second offer.
        return ask_main(now, now.voice.line("leave"), "complaint")
    line, reason = now.voice.fixed("complaint"), "The participant is dissatisfied."
    if now.state.answered:
        return ask_next(now, now.voice.line("passed_over"), "complaint")
    return Reply(line, decide_on_pending(now, acts.ASIDE, reason, line=line))


def reply_to_shorten(now: TurnContext) -> Reply:
    line = now.voice.fixed("shorter")
    question = now.pending_question
    if question is None or question.importance == "must":
        return repeat_or_skip(
            now, acts.ASIDE, line, "The participant wants a shorter interview."
        )
    return ask_main(now, line, "shorten")
