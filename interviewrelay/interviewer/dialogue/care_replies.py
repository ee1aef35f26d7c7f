"""Care replies: to tears and panic, to "not now", to what follows, and to requests to leave
something out.
"""

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.dialogue import endings, meta_answers
from interviewrelay.interviewer.dialogue.next_question import ask_main, ask_next
from interviewrelay.interviewer.dialogue.repeat_question import repeat
from interviewrelay.interviewer.policy.turn_context import Reply, TurnContext, decide_on_pending
from interviewrelay.interviewer.text.tokenization import normalize, split_words
from interviewrelay.interviewer.understanding import redaction_wishes, response
from interviewrelay.interviewer.wording.phrasing import join_parts

ACCOUNT = 40
"""Minimum words of a long account, after which the participant may want to continue."""

COMFORTS_BEFORE_STOP = 5
"""Replies without a question in a row, after which the interviewer asks whether to stop."""

NOS_BEFORE_STOP = 2
"""Refusals to continue after which the interviewer asks whether to stop."""

BARE = 3
"""Maximum words of an answer that is only a no."""


def reply_to_distress(now: TurnContext) -> Reply:
    """Reply to acute distress: no question, the options, and the author's addresses."""
    said = now.voice.line("comfort.again" if now.state.comforted else "comfort")
    reason = "The participant is upset. No questions are asked until they choose what to do."
    places = "; ".join(now.guide.addresses)
    reach = now.voice.fixed("comfort.reach", contact=places) if places else ""
    return _comfort(now, reason, said, reach)


def reply_to_not_now(now: TurnContext) -> Reply:
    """Reply to "not now": no question, and the options."""
    reason = (
        "The participant would rather not talk about this now. No questions are asked until they "
        "choose what to do."
    )
    return _comfort(now, reason, now.voice.line("not_now"))


def reply_while_upset(now: TurnContext) -> Reply:
    """Reply to an upset participant who has not chosen how to continue: nothing is asked.

    Their questions are answered. A bare "no" means that they do not want to continue; after a
    second one the interviewer asks, once, whether to stop.
    """
    state, reading, voice = now.state, now.state.reading, now.voice
    if state.alarmed and state.comforted >= COMFORTS_BEFORE_STOP:
        return endings.end_after_danger(now, "No one has said that there is no danger.")
    if state.alarmed:
        reason = "An answer may have indicated danger, and no one has said that there is none."
        return _comfort(now, reason, voice.fixed("care.still"))
    no = reading is not None and reading.has(acts.NO) and len(split_words(state.text)) <= BARE
    if state.comforted >= (NOS_BEFORE_STOP if no else COMFORTS_BEFORE_STOP):
        if state.stop_asked or state.stop_offered:
            return change_subject(now)
        reason = "The participant hasn’t said that they want to continue."
        return endings.offer_to_stop(now, "comfort.again", reason)
    topics = reading.topics if reading else ()
    told = meta_answers.answer(topics, now.guide, state, now.facts, voice) if topics else ""
    reason = "The participant was upset and hasn’t said that they want to continue."
    if reading and reading.has(acts.PAUSE):
        line = join_parts(told, voice.fixed("comfort.pause"))
        return Reply(line, decide_on_pending(now, acts.PAUSED, reason, line=line))
    return _comfort(now, reason, told, voice.line("comfort.no" if no else _what_follows(now)))


def _what_follows(now: TurnContext) -> str:
    reading = now.state.reading
    if now.state.response == response.TOLD:
        return "comfort.told"
    put_off = reading is not None and reading.has(acts.NOT_NOW)
    said = any(now.voice.fixed("not_now") in line for line in now.state.lines)
    return "not_now" if put_off and not said else "comfort.again"


def _comfort(now: TurnContext, reason: str, *lines: str) -> Reply:
    line = join_parts(tell_left_out(now), *lines)
    return Reply(line, decide_on_pending(now, acts.COMFORT, reason, line=line))


def change_subject(now: TurnContext) -> Reply:
    """Change the subject: close this question, and ask the next one about something else."""
    return ask_main(now, now.voice.fixed("other_subject"), "other_subject")


def resume_question(now: TurnContext) -> Reply:
    """Return to the painful question because the participant wants to; if it was answered, ask the
    next one.
    """
    line = now.voice.fixed("comfort.back")
    if now.state.told:
        return ask_main(now, now.voice.line("carry_on"), acts.CARRY_ON)
    return repeat(
        now, acts.CARRY_ON, line, "The participant wants to continue with the question."
    )


def tell_left_out(now: TurnContext) -> str:
    """Sentence about what is not quoted after this answer, and how to remove it; empty if nothing."""
    sense = now.state.sense
    if sense is not None and sense.requoted:
        return now.voice.fixed("left_out.lifted")
    if sense is not None and sense.unnamed:
        asked_for = now.state.response == response.LEAVE_OUT
        return now.voice.fixed("left_out.name" if asked_for else "left_out.words")
    if sense is None or not sense.unquoted:
        return ""
    return now.voice.fixed("left_out" if len(sense.unquoted) == 1 else "left_out.before")


def add_left_out(now: TurnContext, said: str) -> str:
    """`said`, followed by what is not quoted, unless it is in it already."""
    return (
        said
        if redaction_wishes.UNQUOTED.search(normalize(said))
        else join_parts(said, tell_left_out(now))
    )


def reply_to_leave_out(now: TurnContext) -> Reply:
    """Reply to a request to leave something out: mark it, confirm it, and do not follow up."""
    state, line = now.state, tell_left_out(now)
    if state.answered and state.reading is not None and state.reading.words > ACCOUNT:
        # After such a long account they may want to continue.
        line = join_parts(line, now.voice.fixed("go_on"))
        reason = "Part of a long answer is left out. The participant can continue."
        return Reply(line, decide_on_pending(now, acts.GO_ON, reason, line=line))
    if state.answered:
        return ask_next(now, line, "leave_out", deeper=False)
    pending, reading = state.pending, state.reading
    skips = reading is not None and (reading.has(acts.SKIP) or reading.has(acts.REFUSAL))
    if skips or (pending is not None and pending.act == acts.PROBE):
        return ask_main(now, line, "leave_out")
    reason = "The participant wants something left out. The question is still unanswered."
    return repeat(now, acts.ASIDE, line, reason)
