"""Endings before the script is complete: danger, repeated danger, and wishes to stop or to withdraw."""

from dataclasses import replace

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.dialogue import meta_answers
from interviewrelay.interviewer.dialogue.closing_words import (
    build_closing_words,
    build_help_words,
)
from interviewrelay.interviewer.dialogue.next_question import build_ending
from interviewrelay.interviewer.policy.turn_context import Reply, TurnContext, decide_on_pending
from interviewrelay.interviewer.wording.phrasing import join_parts


def reply_to_danger(now: TurnContext) -> Reply:
    """Care reply to danger: fixed words and the author's addresses, without a question.

    Only the participant knows what was meant: they may say that nobody is in danger, and continue.
    Danger a second time ends the interview.
    """
    reason = "The answer may mean that someone is in danger, so no more questions are asked."
    if now.state.alarmed:
        return end_after_danger(now, reason)
    help_first = [now.voice.fixed("care"), *now.guide.addresses]
    line = join_parts(*help_first, now.voice.fixed("care.go_on"))
    decision = decide_on_pending(
        now, acts.CARE, reason, line=line, closing=build_help_words(now)
    )
    return Reply(line, decision)


def end_after_danger(now: TurnContext, reason: str) -> Reply:
    """Care reply as the closing text."""
    return Reply(None, decide_on_pending(now, acts.CARE, reason), build_help_words(now))


def end_now(now: TurnContext) -> Reply:
    if now.state.alarmed:
        decision = decide_on_pending(now, acts.END, "The participant wants to stop.")
        return Reply(None, decision, build_closing_words(now))
    made, told = build_ending(now, "The participant wants to stop."), _told(now)
    # "Yes, who reads this?" ends the interview and is answered.
    return replace(made, closing=join_parts(told, made.closing or "")) if told else made


def _told(now: TurnContext) -> str:
    """Answer to what was asked beside a stop request: "I have to go soon, how long will it take?"."""
    reading = now.state.reading
    topics = reading.topics if reading is not None and not now.state.withdraws else ()
    return (
        meta_answers.answer(topics, now.guide, now.state, now.facts, now.voice)
        if topics
        else ""
    )


def ask_to_confirm_stop(now: TurnContext) -> Reply:
    pending = now.state.pending
    if pending is not None and pending.act in acts.CLOSING and not now.state.withdraws:
        # A goodbye after the last question: nothing is left to continue with.
        made = build_ending(
            now, "All questions have been asked, and the participant says goodbye."
        )
        return replace(made, closing=join_parts(_told(now), made.closing or ""))
    reason = "The participant seems to want to stop, so the interviewer asks once."
    note = "withdraw.note" if now.state.withdraws else "confirm_stop.note"
    return _confirm_stop(now, join_parts(_told(now), now.voice.line(note)), reason)


def offer_to_stop(now: TurnContext, note_key: str, reason: str) -> Reply:
    """Ask, on our own account, whether to stop. A later request of theirs is still confirmed."""
    return _confirm_stop(now, now.voice.line(note_key), reason, offered=True)


def _confirm_stop(now: TurnContext, note: str, reason: str, *, offered: bool = False) -> Reply:
    question = now.voice.fixed("confirm_stop")
    decision = decide_on_pending(now, acts.CONFIRM_STOP, reason, question=question, line=note)
    if offered:
        decision = replace(decision, details={**decision.details, "offered": True})
    return Reply(join_parts(note, question), decision)
