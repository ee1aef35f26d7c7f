"""Asides: replies to unease, small talk, orders, anger and hurry."""

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.acts import participant_questions
from interviewrelay.interviewer.acts.act_patterns import abuses
from interviewrelay.interviewer.dialogue import meta_answers
from interviewrelay.interviewer.dialogue.next_question import (
    ask_follow_up,
    main_question,
    onward,
)
from interviewrelay.interviewer.dialogue.repeat_question import aside_or_on, repose
from interviewrelay.interviewer.policy import salient_follow_ups
from interviewrelay.interviewer.policy.turn_context import Reply, Situation, decision_on_pending
from interviewrelay.interviewer.state.state import State
from interviewrelay.interviewer.text.tokenization import plain, sentences, words

PROTEST = 8
"""Minimum words of a complaint that says what was passed over."""

DRIFTS_BEFORE_LEAVING = 2
"""Off-topic answers in a row after which the question is dropped instead of repeated."""


def uneasy(now: Situation) -> Reply:
    """Reply to unease: offer once to leave it, and do not follow up."""
    reason = (
        "It is hard for the participant to speak of; it may be left out and is not gone into."
    )
    if now.state.answered:
        return main_question(now, now.voice.fixed("gently"), "uneasy")
    thread = now.pending_thread
    line = now.voice.fixed("ease")
    if thread is not None and line in now.state.lines[-1:]:
        return main_question(now, now.voice.line("declined"), "uneasy")
    return repose(now, acts.ASIDE, line, reason)


def drift(now: Situation) -> Reply:
    """Reply to an off-topic answer: repeat the question at most twice, then move on."""
    if now.state.drifts > DRIFTS_BEFORE_LEAVING:
        return main_question(now, now.voice.line("leave"), "drift")
    reason = "This is about something else; the question is put again."
    return repose(now, acts.REDIRECT, now.voice.line("back"), reason)


def injection(now: Situation) -> Reply:
    line = now.voice.line("aside")
    reason = "The text tries to steer the interviewer; it is kept and not followed."
    if now.state.injections > 1:
        return main_question(now, line, "injection")
    return aside_or_on(now, acts.ASIDE, line, reason)


LOOKED_BACK = 4
"""Earlier answers searched for the unanswered question."""


def _left_unanswered(state: State, language: str) -> str:
    """Topic of the unanswered question in a protest, from its own words or from an earlier answer."""
    lines = [plain(one) for one in sentences(state.text)]
    if not participant_questions.was_asked(lines, language):
        return ""
    said = (text for thread in state.threads.values() for text in thread.answers)
    earlier = ([plain(one) for one in sentences(text)] for text in [*said][-LOOKED_BACK:])
    asked = (participant_questions.final_topic(one, language) for one in reversed([*earlier]))
    known = (topic for topic in asked if topic != participant_questions.UNKNOWN)
    return participant_questions.named_topic(lines, language) or next(filter(None, known), "")


def complaint(now: Situation) -> Reply:
    """Reply to a complaint: ask about what was passed over; otherwise admit once that things are
    missed, without a question; then continue as usual.
    """
    state, language = now.state, now.guide.language
    topic = _left_unanswered(state, language)
    if topic and (
        told := meta_answers.answer((topic,), now.guide, state, now.facts, now.voice)
    ):
        return onward(now, told, "complaint", deeper=False)
    says_what = len(words(state.text)) >= PROTEST and not abuses(state.text, now.guide.language)
    found = salient_follow_ups.passed_over(now) if says_what else None
    if found is not None:
        return ask_follow_up(found, now.voice.line("passed_over"), "complaint")
    if now.state.complaints > 1:
        # No thanks for it, and no second offer.
        return main_question(now, now.voice.line("leave"), "complaint")
    line, reason = now.voice.fixed("complaint"), "The participant is not content."
    if now.state.answered:
        return onward(now, now.voice.line("passed_over"), "complaint")
    return Reply(line, decision_on_pending(now, acts.ASIDE, reason, line=line))


def shorten(now: Situation) -> Reply:
    line = now.voice.fixed("shorter")
    question = now.pending_question
    if question is None or question.importance == "must":
        return aside_or_on(now, acts.ASIDE, line, "The participant wishes a shorter interview.")
    return main_question(now, line, "shorten")
