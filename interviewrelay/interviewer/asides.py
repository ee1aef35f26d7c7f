"""Replies to what is no answer and no question: tears, small talk, orders and anger."""

from interviewrelay.interviewer import acts, meta, parting, weaving
from interviewrelay.interviewer.onward import main_question
from interviewrelay.interviewer.reposing import aside_or_on, repose
from interviewrelay.interviewer.situation import Reply, Situation, decision_on_pending
from interviewrelay.interviewer.wording import joined
from interviewrelay.interviewer.words import words

COMFORTS_BEFORE_STOP = 5
"""Turns in a row that ask nothing, after which it is asked whether to end here."""

NOS_BEFORE_STOP = 2
"""The same, where they say no to going on."""

BARE = 3
"""Words up to which an answer with a no in it is nothing but a no."""

DRIFTS_BEFORE_LEAVING = 2
"""Answers in a row about something else to which the question is put again; then it is left."""


def upset(now: Situation) -> Reply:
    """Beside themselves now: no question, what can be done, and the author's addresses. The topic is
    closed, and it goes on only when they say so.
    """
    said = now.voice.line("comfort.again" if now.state.comforted else "comfort")
    line = joined(said, *now.guide.addresses)
    reason = (
        "The participant is upset; the topic is closed and nothing is asked until they go on."
    )
    return Reply(line, decision_on_pending(now, acts.COMFORT, reason, line=line))


def still(now: Situation) -> Reply:
    """What follows on tears and is no wish to go on: nothing is asked. What they ask is told, and a
    bare no is a wish not to go on; after a second one it is asked whether to end here.
    """
    reading, voice = now.state.reading, now.voice
    no = reading is not None and reading.has(acts.NO) and len(words(now.state.text)) <= BARE
    if now.state.comforted >= (NOS_BEFORE_STOP if no else COMFORTS_BEFORE_STOP):
        reason = "The participant does not say that they want to go on."
        return parting.ask_to_stop(now, "comfort.again", reason)
    topics = reading.topics if reading else ()
    told = meta.answer(topics, now.guide, now.state, now.facts, voice) if topics else ""
    line = joined(told, voice.line("comfort.no" if no else "comfort.again"))
    reason = "The participant was upset and has not said that they want to go on."
    act = acts.PAUSED if reading and reading.has(acts.PAUSE) else acts.COMFORT
    return Reply(line, decision_on_pending(now, act, reason, line=line))


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
