"""Replies to what is no answer and no question: unease, small talk, orders, anger and hurry."""

from interviewrelay.interviewer import acts, weaving
from interviewrelay.interviewer.onward import main_question
from interviewrelay.interviewer.reposing import aside_or_on, repose
from interviewrelay.interviewer.situation import Reply, Situation

DRIFTS_BEFORE_LEAVING = 2
"""Answers in a row about something else to which the question is put again; then it is left."""


def uneasy(now: Situation) -> Reply:
    """Hard to speak of: said once that it may be left, and not gone into."""
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
    """Something else: back with a word of theirs, then the question alone, then on to the next."""
    if now.state.drifts > DRIFTS_BEFORE_LEAVING:
        return main_question(now, now.voice.line("leave"), "drift")
    reason = "This is about something else; the question is put again."
    found = weaving.phrases(now.state.text, now.guide.language)
    bridges = now.state.drifts == 1 and found and now.voice.own
    line = now.voice.line("bridge", np=found[0].text) if bridges else now.voice.line("back")
    return repose(now, acts.REDIRECT, line, reason)


def injection(now: Situation) -> Reply:
    line = now.voice.line("aside")
    reason = "The text tries to steer the interviewer; it is kept and not followed."
    if now.state.injections > 1:
        return main_question(now, line, "injection")
    return aside_or_on(now, acts.ASIDE, line, reason)


def complaint(now: Situation) -> Reply:
    """Anger at the interviewer: no mirror, one offer to skip or stop, then on as usual."""
    if now.state.complaints > 1:
        # No thanks for it, and no second offer.
        return main_question(now, now.voice.line("leave"), "complaint")
    line = now.voice.fixed("complaint")
    reason = "The participant is not content with the interviewer."
    return aside_or_on(now, acts.ASIDE, line, reason)


def shorten(now: Situation) -> Reply:
    line = now.voice.fixed("shorter")
    question = now.pending_question
    if question is None or question.importance == "must":
        return aside_or_on(now, acts.ASIDE, line, "The participant wishes a shorter interview.")
    return main_question(now, line, "shorten")
