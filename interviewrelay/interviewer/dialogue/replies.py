"""Replies: from the required response to the next turn."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.acts import correction_forms, participant_questions
from interviewrelay.interviewer.dialogue import (
    asides,
    care_replies,
    endings,
    meta_answers,
    repeat_question,
)
from interviewrelay.interviewer.dialogue.next_question import (
    ask_follow_up,
    ask_main,
    ask_next,
    is_all_said,
)
from interviewrelay.interviewer.dialogue.repeat_question import postpone, repeat, repeat_or_skip
from interviewrelay.interviewer.guide import Question
from interviewrelay.interviewer.policy import quotation, salient_follow_ups
from interviewrelay.interviewer.policy.repeated_questions import is_repeat
from interviewrelay.interviewer.policy.turn_context import Reply, TurnContext, decide_on_pending
from interviewrelay.interviewer.state import corrections
from interviewrelay.interviewer.text.tokenization import normalize, split_sentences, split_words
from interviewrelay.interviewer.understanding import response, scales
from interviewrelay.interviewer.wording.phrasing import join_parts

DECLINES_BEFORE_OFFER = 3
"""Refusals in a row after which stopping or a shorter interview is offered, once."""

GREETS_BEFORE_LEAVING = 2
"""Greetings and "ok" in a row after which a question is dropped."""

IDLE_BEFORE_STOP = 5
"""Greetings and "ok" in a row, across questions, after which the interviewer asks once whether to
stop.
"""

BARREN_BEFORE_LEAVING = 2
"""Fruitless follow-ups in a row after which a question is left."""

MISFITS_BEFORE_STOP = 2
"""Questions that do not apply to the participant, after which the interviewer asks whether to stop."""

MOST_AT_CLOSE = 2
"""Maximum follow-ups on an addition at the close, including one on the reply to the first."""

PROTEST = 12
"""Minimum words of an "I told you" that also says what was missed."""


def build_first_question(now: TurnContext) -> Reply:
    """First question with the greeting."""
    organization = now.facts.organization
    if not organization.strip():
        greeting = now.voice.fixed("greeting.plain")
    else:
        warm = "greeting.warm" if now.guide.tone == "warm" else "greeting"
        greeting = now.voice.fixed(warm, organization=organization)
    return ask_main(now, greeting, "greeting")


def build_reply(now: TurnContext) -> Reply:
    """Reply to the last answer; before any answer, the first question."""
    if now.state.reading is None:
        return build_first_question(now)
    made = _REPLIES[now.state.response](now)
    lifted = bool(now.state.sense and now.state.sense.requoted)
    told = join_parts(care_replies.tell_left_out(now) if lifted else "", _answered_beside(now))
    if not told or made.text is None or told in made.text:
        return made
    details = {
        **made.decision.details,
        "line": join_parts(told, str(made.decision.details.get("line", ""))),
    }
    return replace(
        made, text=join_parts(told, made.text), decision=replace(made.decision, details=details)
    )


_BESIDE: Final = frozenset(
    {
        response.ALREADY_TOLD,
        response.COMPLAINT,
        response.NOTHING_MORE,
        response.DONT_KNOW,
        response.REFUSAL,
        response.OTHER_SUBJECT,
        response.SHORTEN,
        response.MISFIT,
        response.CORRECTED,
    }
)
"""Responses beside which a question to the interviewer is answered."""


_AFTER: Final = ("consequences", "report", "unquoted")
"""Topics about what happens with something that was told."""


def _answered_beside(now: TurnContext) -> str:
    """Answer to a question about the interview beside another response."""
    state, language = now.state, now.guide.language
    said = [normalize(one) for one in split_sentences(state.text)]
    topic = participant_questions.find_final_topic(said, language)
    # "Can you delete what I said about my boss?" does not ask who reads it.
    about_telling = state.response == response.LEAVE_OUT and topic in _AFTER
    if state.response not in _BESIDE and not about_telling:
        return ""
    if topic not in ("who_sees", *_AFTER):
        return ""
    return meta_answers.answer((topic,), now.guide, state, now.facts, now.voice)


def _carry_on(now: TurnContext) -> Reply:
    if now.state.comforted:
        return care_replies.resume_question(now)
    line, thread = now.voice.line("carry_on"), now.pending_thread
    if thread is not None and thread.declined:
        return ask_main(now, line, acts.CARRY_ON)
    if repeat_question.is_answered(now):
        return ask_next(now, line, acts.CARRY_ON, deeper=False)
    return repeat(now, acts.CARRY_ON, line, "The interview continues.")


def _pause(now: TurnContext) -> Reply:
    """Give time; repeat a question that is still open, otherwise ask nothing."""
    line, reason = now.voice.fixed("pause"), "The participant wants to pause."
    if now.state.answered:
        return Reply(line, decide_on_pending(now, acts.PAUSED, reason, line=line))
    return repeat(now, acts.PAUSED, join_parts(line, now.voice.fixed("pause.question")), reason)


def _meta(now: TurnContext) -> Reply:
    reading = now.state.reading
    topics = reading.topics if reading else ()
    line = meta_answers.answer(topics, now.guide, now.state, now.facts, now.voice)
    reason = "The participant asked about the interview itself."
    if is_all_said(now):
        return ask_main(now, line, "meta")
    if now.state.answered:
        said = [normalize(sentence) for sentence in split_sentences(now.state.text)]
        if participant_questions.is_before_telling(said, now.guide.language):
            line = join_parts(line, now.voice.fixed("go_on"))
            return Reply(line, decide_on_pending(now, acts.ANSWER_META, reason, line=line))
        return ask_next(now, line, "meta")
    if not now.may_repeat():
        return postpone(now, line, "meta")
    target = topics[0] if topics else acts.LANGUAGE
    line = join_parts(line, now.voice.line("back"))
    return repeat(now, acts.ANSWER_META, line, reason, target=target)


def _greeted(now: TurnContext) -> Reply:
    """Reply to a greeting with a greeting, and to "ok" by continuing; neither is an answer."""
    state = now.state
    if state.resumes:
        return ask_next(now, "", "greeted", deeper=False)
    if state.idle == IDLE_BEFORE_STOP and not (state.stop_asked or state.stop_offered):
        return endings.offer_to_stop(
            now, "offer_shorter", "Several questions in a row got no answer."
        )
    if state.idle > GREETS_BEFORE_LEAVING:
        line = now.voice.line("leave")
        if state.offered_shorter:
            return ask_main(now, line, "greeted")
        said = join_parts(line, now.voice.fixed("offer_shorter"))
        return ask_main(now, said, "greeted", offer_shorter=True)
    reading = now.state.reading
    hello = reading is not None and reading.has(acts.GREETING)
    line = now.voice.fixed("hello" if hello else "when_ready")
    return repeat_or_skip(now, acts.ASIDE, line, "The question hasn’t been answered yet.")


def _empty(now: TurnContext) -> Reply:
    pending = now.state.pending
    reading = now.state.reading
    missed = (
        scales.get_miss(now.state.text, pending.text, now.pending_question) if pending else None
    )
    if missed is not None and reading is not None and not reading.has(acts.EMPTY):
        return _off_scale(now, missed)
    if now.state.empties > 1:
        return ask_main(now, now.voice.line("leave"), "empty")
    if now.state.reading is None or not now.state.reading.words:
        line = now.voice.line("silent")
        return repeat_or_skip(now, acts.ASIDE, line, "The answer contained no words.")
    line, question = now.voice.line("garbled"), now.pending_question
    other = (
        repeat_question.rephrase(question)
        if question and pending and repeat_question.is_main(pending)
        else ""
    )
    if not other or not now.may_repeat() or other in now.state.asked:
        return repeat_or_skip(now, acts.ASIDE, line, "The answer makes no sense.")
    reason = "The answer makes no sense, so the question is reworded once."
    decision = decide_on_pending(now, acts.REPHRASE, reason, line=line, question=other)
    return Reply(join_parts(line, other), decision)


def _off_scale(now: TurnContext, missed: scales.ScaleMiss) -> Reply:
    """Ask once about a number outside the scale, or a missing one; then accept what they say."""
    key = "off_scale" if missed.outside else "off_scale.none"
    line = now.voice.fixed(key, low=str(missed.low), high=str(missed.high))
    outside = "The number is outside the scale."
    return repeat(now, acts.ASIDE, line, outside if missed.outside else "No number was given.")


def _refusal(now: TurnContext) -> Reply:
    reading = now.state.reading
    skips = reading is not None and reading.has(acts.SKIP)
    line = now.voice.line("skipped" if skips else "declined")
    if reading is not None and reading.topics:
        told = meta_answers.answer(reading.topics, now.guide, now.state, now.facts, now.voice)
        line = join_parts(told, line)
    if now.state.declines >= DECLINES_BEFORE_OFFER and not now.state.offered_shorter:
        offer = now.voice.fixed("offer_shorter")
        return ask_main(now, join_parts(line, offer), "refusal", offer_shorter=True)
    return ask_main(now, line, "refusal")


def _dont_know(now: TurnContext) -> Reply:
    """Reply to "I don't know": ask from another angle first, then accept it."""
    state, question, thread = now.state, now.pending_question, now.pending_thread
    if question is None or thread is None or state.pending is None:
        return ask_main(now, now.voice.line("unknown"), "dont_know")
    if state.pending.act == acts.ASK and (angle := _angle(now, question)) is not None:
        return angle
    if thread.angle or state.pending.act == acts.ASK:
        return ask_main(now, now.voice.line("unknown"), "dont_know")
    return _next_matter(now, now.voice.line("unknown"), "dont_know")


def _angle(now: TurnContext, question: Question) -> Reply | None:
    """The question from another angle: the author's rewording, one of the author's learning goals,
    or a gentle question of our own.
    """
    reason = "The participant didn’t know, so the question is asked once from another angle."
    for text in question.rephrase:
        if text.strip() and text not in now.state.asked:
            return _from_there(now, text.strip(), "author", reason)
    wanted = ask_next(now, now.voice.line("unknown"), "dont_know", deeper=False)
    if wanted.decision.act == acts.PROBE and wanted.decision.question_id == question.id:
        return wanted
    if question.kind != "open":
        return None
    asked, language = now.state.asked, now.guide.language
    fresh = (t for t in now.voice.angles() if not is_repeat(t, asked, language))
    gentle = next(fresh, None)
    return None if gentle is None else _from_there(now, gentle, "template", reason)


def _from_there(now: TurnContext, text: str, source: str, reason: str) -> Reply:
    decision = decide_on_pending(
        now, acts.ANOTHER_ANGLE, reason, source=source, line="", question=text
    )
    return Reply(text, decision)


def _already_told(now: TurnContext) -> Reply:
    # "As I said, the paper closed", followed by an account: nothing was passed over.
    protests = len(split_words(now.state.text)) > PROTEST and not now.state.answered
    told = salient_follow_ups.follow_up_on_protest(now) if protests else None
    if told is not None:
        return ask_follow_up(told, now.voice.line("passed_over"), "already_told")
    if now.state.answered and len(split_words(now.state.text)) > PROTEST:
        return ask_next(now, "", "already_told")
    if now.state.known:
        return _next_matter(now, now.voice.line("apology"), "already_told")
    if now.state.answered:
        return ask_next(now, "", "already_told")
    if now.state.reposed or not now.may_repeat():
        return ask_main(now, now.voice.line("leave"), "already_told")
    line = now.voice.fixed("not_told")
    reason = "The participant says they already answered this, but no earlier answer does."
    return repeat(now, acts.ASIDE, line, reason)


def _misfit(now: TurnContext) -> Reply:
    """Reply when the question does not apply to this person: acknowledge it, and ask nothing more
    about it.
    """
    times, reading = now.state.misfits, now.state.reading
    wrong = reading is not None and reading.has(acts.WRONG_PERSON)
    if times == MISFITS_BEFORE_STOP or (wrong and times < MISFITS_BEFORE_STOP):
        return endings.offer_to_stop(
            now, "misfit.again", "The questions don’t apply to the participant."
        )
    line = now.voice.fixed("misfit") if times == 1 else ""
    return ask_main(now, line, "misfit")


def _nothing_more(now: TurnContext) -> Reply:
    # The participant has had enough: ask the next question at once, without thanks.
    return ask_main(now, "", "nothing_more")


def _next_matter(now: TurnContext, line: str, to: str) -> Reply:
    """After an empty answer: another learning goal, while that is no burden, or the next question."""
    if now.state.barren >= BARREN_BEFORE_LEAVING:
        return ask_main(now, line, to)
    return ask_next(now, line, to, deeper=False)


def _answer(now: TurnContext) -> Reply:
    state = now.state
    if state.put_right is not None:
        line = _put_right(now, state.put_right) if _is_worth_a_word(now) else ""
        made = ask_next(now, line, "correction")
        return replace(made, closing=made.closing and join_parts(line, made.closing))
    closing = state.pending is not None and state.pending.act == acts.ANYTHING_TO_ADD
    if closing and state.reading and state.reading.has(acts.YES) and not state.reposed:
        reason = "The participant has something to add but hasn’t said it yet."
        line = now.voice.fixed("go_ahead")
        return Reply(line, decide_on_pending(now, acts.CARRY_ON, reason, line=line))
    if quotation.breaks_off(state.text, now.guide.language) and not state.went_on:
        line, reason = now.voice.fixed("go_on"), "The answer stops mid-sentence."
        return Reply(line, decide_on_pending(now, acts.GO_ON, reason, line=line))
    if _tells_last(now) and (found := salient_follow_ups.follow_up_on_closing(now)):
        return ask_follow_up(found, "", "answer", returns=True, at_close=True)
    return ask_next(now, "", "answer")


def _tells_last(now: TurnContext) -> bool:
    """True if it is told at the close and little has been asked about it yet."""
    pending, asked = now.state.pending, now.state.closing_followed
    if pending is None or asked >= MOST_AT_CLOSE:
        return False
    return pending.act == acts.ANYTHING_TO_ADD or bool(asked)


def _is_worth_a_word(now: TurnContext) -> bool:
    """True if the participant was asked for corrections, or clearly corrects something; a merely
    possible correction is accepted without comment.
    """
    pending, language = now.state.pending, now.guide.language
    if pending is not None and pending.act in acts.CLOSING:
        return bool(now.state.sense and now.state.sense.overtaken)
    said = map(normalize, split_sentences(now.state.text))
    return any(correction_forms.corrects(one, language) for one in said)


def _corrected(now: TurnContext) -> Reply:
    """Reply to a pure correction: repeat it once, and ask the script's question again, since a
    follow-up could be about what no longer holds.
    """
    line = _put_right(now, now.state.put_right or "")
    pending = now.state.pending
    if pending is not None and pending.act == acts.PROBE:
        return ask_next(now, line, "correction", deeper=False)
    reason = "The participant corrected an earlier answer. The question is still unanswered."
    return repeat(now, acts.ASIDE, line, reason)


def _put_right(now: TurnContext, said: str) -> str:
    """Line that repeats the correct value, if it is a mere figure."""
    figure = corrections.get_bare_figure(said, now.state.text, now.guide.language)
    if figure:
        return now.voice.line("amended", said=figure)
    return now.voice.line("amended.plain")


_REPLIES: Mapping[str, Callable[[TurnContext], Reply]] = {
    response.CARE: endings.reply_to_danger,
    response.STOP_NOW: endings.end_now,
    response.STOP: endings.ask_to_confirm_stop,
    response.CARRY_ON: _carry_on,
    response.UPSET: care_replies.reply_to_distress,
    response.NOT_NOW: care_replies.reply_to_not_now,
    response.STILL: care_replies.reply_while_upset,
    response.TOLD: care_replies.reply_while_upset,
    response.OTHER_SUBJECT: care_replies.change_subject,
    response.LEAVE_OUT: care_replies.reply_to_leave_out,
    response.UNEASY: asides.reply_to_unease,
    response.DRIFT: asides.reply_to_drift,
    response.PAUSE: _pause,
    response.INJECTION: asides.reply_to_injection,
    response.SHORTEN: asides.reply_to_shorten,
    response.REFUSAL: _refusal,
    response.UNCLEAR: repeat_question.reply_to_unclear,
    response.META: _meta,
    response.COMPLAINT: asides.reply_to_complaint,
    response.MISFIT: _misfit,
    response.ALREADY_TOLD: _already_told,
    response.NOTHING_MORE: _nothing_more,
    response.DONT_KNOW: _dont_know,
    response.EMPTY: _empty,
    response.GREETED: _greeted,
    response.CORRECTED: _corrected,
    response.ANSWER: _answer,
}
