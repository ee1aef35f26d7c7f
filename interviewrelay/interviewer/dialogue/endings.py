"""Endings before the script is complete: danger, repeated danger, and wishes to stop or to withdraw."""

from dataclasses import replace

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.dialogue import meta_answers
from interviewrelay.interviewer.dialogue.next_question import end
from interviewrelay.interviewer.policy.turn_context import Reply, Situation, decision_on_pending
from interviewrelay.interviewer.wording.phrasing import joined


def care(now: Situation) -> Reply:
    """Care reply to danger: fixed words and the author's addresses, without a question.

    Only the participant knows what was meant: they may say that nobody is in danger, and continue.
    Danger a second time ends the interview.
    """
    reason = "The answer may speak of danger to somebody, so no more questions are asked."
    if now.state.alarmed:
        return care_and_end(now, reason)
    help_first = [now.voice.fixed("care"), *now.guide.addresses]
    line = joined(*help_first, now.voice.fixed("care.go_on"))
    decision = decision_on_pending(now, acts.CARE, reason, line=line, closing=_help(now))
    return Reply(line, decision)


def care_and_end(now: Situation, reason: str) -> Reply:
    """Care reply as the closing text."""
    return Reply(None, decision_on_pending(now, acts.CARE, reason), _help(now))


def _help(now: Situation) -> str:
    contact = now.guide.contact
    told = [now.voice.fixed("contact", contact=contact)] if contact else []
    return "\n".join([now.voice.fixed("care"), *now.guide.addresses, *told])


def stop_now(now: Situation) -> Reply:
    if now.state.alarmed:
        decision = decision_on_pending(now, acts.END, "The participant wants to stop.")
        return Reply(None, decision, _help(now))
    made, told = end(now, "The participant wants to stop."), _told(now)
    # "Yes, who reads this?" ends the interview and is answered.
    return replace(made, closing=joined(told, made.closing or "")) if told else made


def _told(now: Situation) -> str:
    """Answer to what was asked beside a stop request: "I have to go soon, how long will it take?"."""
    reading = now.state.reading
    topics = reading.topics if reading is not None and not now.state.withdraws else ()
    return (
        meta_answers.answer(topics, now.guide, now.state, now.facts, now.voice)
        if topics
        else ""
    )


def confirm_stop(now: Situation) -> Reply:
    pending = now.state.pending
    if pending is not None and pending.act in acts.CLOSING and not now.state.withdraws:
        # A goodbye after the last question: nothing is left to continue with.
        made = end(now, "All questions have been asked, and the participant says goodbye.")
        return replace(made, closing=joined(_told(now), made.closing or ""))
    reason = "The participant seems to want to stop; this is asked once."
    note = "withdraw.note" if now.state.withdraws else "confirm_stop.note"
    return ask_to_stop(now, note, reason, told=_told(now))


def ask_to_stop(now: Situation, note_key: str, reason: str, *, told: str = "") -> Reply:
    note, question = joined(told, now.voice.line(note_key)), now.voice.fixed("confirm_stop")
    decision = decision_on_pending(now, acts.CONFIRM_STOP, reason, question=question, line=note)
    return Reply(joined(note, question), decision)
