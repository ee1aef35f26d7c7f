"""From what an answer calls for to the turn that follows."""

from collections.abc import Callable, Mapping

from interviewrelay.interviewer import acts, meta, probes, understanding as heard
from interviewrelay.interviewer.guide import Question
from interviewrelay.interviewer.onward import end, main_question, onward
from interviewrelay.interviewer.situation import Reply, Situation, decision_on_pending
from interviewrelay.interviewer.state import Pending
from interviewrelay.interviewer.wording import joined, short_form

DECLINES_BEFORE_OFFER = 3
"""Refusals in a row after which stopping or a shorter interview is offered, once."""

GREETS_BEFORE_LEAVING = 2
"""Greetings and "ok" in a row to which the same question is put again; then it is left."""

MISFITS_BEFORE_STOP = 2
"""Questions that do not fit the participant, after which it is asked whether to end here."""


def first_question(now: Situation) -> Reply:
    """The greeting and the first question."""
    organization = now.facts.organization
    if not organization.strip():
        greeting = now.voice.fixed("greeting.plain")
    else:
        warm = "greeting.warm" if now.guide.tone == "warm" else "greeting"
        greeting = now.voice.fixed(warm, organization=organization)
    return main_question(now, greeting, "greeting")


def reply(now: Situation) -> Reply:
    """The reply to the last answer; before there is one, the first question."""
    if now.state.reading is None:
        return first_question(now)
    return _REPLIES[now.state.response](now)


# --- ends -------------------------------------------------------------------------------------


def _care(now: Situation) -> Reply:
    """Fixed words and the author's addresses, and not one question more."""
    resources = [
        f"{country}: {text}".strip() for country, text in now.guide.resources.items() if text
    ]
    contact = (
        [now.voice.fixed("contact", contact=now.guide.contact)] if now.guide.contact else []
    )
    words = [now.voice.fixed("care"), *resources, *contact]
    reason = "The answer may speak of danger to somebody, so no more questions are asked."
    return Reply(None, decision_on_pending(now, acts.CARE, reason), "\n".join(words))


def _stop_now(now: Situation) -> Reply:
    return end(now, "The participant wants to stop.")


def _confirm_stop(now: Situation) -> Reply:
    reason = "The participant seems to want to stop; this is asked once."
    return _ask_to_stop(now, "confirm_stop.note", reason)


def _ask_to_stop(now: Situation, note_key: str, reason: str) -> Reply:
    note, question = now.voice.fixed(note_key), now.voice.fixed("confirm_stop")
    decision = decision_on_pending(now, acts.CONFIRM_STOP, reason, question=question, line=note)
    return Reply(joined(note, question), decision)


# --- the pending question once more -------------------------------------------------------------


def _carry_on(now: Situation) -> Reply:
    line, thread = now.voice.line("carry_on"), now.pending_thread
    if thread is not None and thread.declined:
        return main_question(now, line, acts.CARRY_ON)
    return _repose(now, acts.CARRY_ON, line, "The interview goes on.")


def _pause(now: Situation) -> Reply:
    line = now.voice.fixed("pause")
    return _aside_or_on(now, acts.PAUSED, line, "The participant wishes a pause.")


def _meta(now: Situation) -> Reply:
    reading = now.state.reading
    topics = reading.topics if reading else ()
    line = meta.answer(topics, now.guide, now.state, now.facts, now.voice)
    reason = "The participant asked about the interview itself."
    if now.state.answered or not now.may_repose():
        return onward(now, line, "meta")
    target = topics[0] if topics else acts.LANGUAGE
    line = joined(line, now.voice.line("back"))
    return _repose(now, acts.ANSWER_META, line, reason, target=target)


def _greeted(now: Situation) -> Reply:
    """A greeting is greeted back, and "ok" is taken for a sign to go on; neither is an answer."""
    if now.state.greets > GREETS_BEFORE_LEAVING:
        return main_question(now, now.voice.line("leave"), "greeted")
    reading = now.state.reading
    hello = reading is not None and reading.has(acts.GREETING)
    line = now.voice.fixed("hello" if hello else "go_ahead")
    return _aside_or_on(now, acts.ASIDE, line, "Nothing was answered yet.")


def _injection(now: Situation) -> Reply:
    line = now.voice.line("aside")
    reason = "The text tries to steer the interviewer; it is kept and not followed."
    if now.state.injections > 1:
        return main_question(now, line, "injection")
    return _aside_or_on(now, acts.ASIDE, line, reason)


def _empty(now: Situation) -> Reply:
    if now.state.empties > 1:
        return main_question(now, now.voice.line("leave"), "empty")
    if now.state.reading is None or not now.state.reading.words:
        line = now.voice.line("silent")
        return _aside_or_on(now, acts.ASIDE, line, "The answer held no words.")
    line, pending, question = now.voice.line("garbled"), now.state.pending, now.pending_question
    other = _other_words(question) if question and pending and _is_main(pending) else ""
    if not other or not now.may_repose() or other in now.state.asked:
        return _aside_or_on(now, acts.ASIDE, line, "The answer has no meaning.")
    reason = "The answer has no meaning; the question is put in other words once."
    decision = decision_on_pending(now, acts.REPHRASE, reason, line=line, question=other)
    return Reply(joined(line, other), decision)


def _shorten(now: Situation) -> Reply:
    line = now.voice.fixed("shorter")
    question = now.pending_question
    if question is None or question.importance == "must":
        return _aside_or_on(
            now, acts.ASIDE, line, "The participant wishes a shorter interview."
        )
    return main_question(now, line, "shorten")


def _aside_or_on(now: Situation, act: str, line: str, reason: str) -> Reply:
    """A line and the pending question, or the next one when the text holds an answer as well."""
    if now.state.answered or not now.may_repose():
        return onward(now, line, act)
    return _repose(now, act, line, reason)


def _repose(
    now: Situation, act: str, line: str, reason: str, *, target: str | None = None
) -> Reply:
    pending = now.state.pending
    if pending is None or not now.may_repose():
        return main_question(now, line, act)
    question = short_form(pending.text)
    decision = decision_on_pending(
        now, act, reason, target=target, line=line, question=question
    )
    return Reply(joined(line, question), decision)


def _unclear(now: Situation) -> Reply:
    """Repeat; then the author's explanation or other words; then an offer to skip; then move on.

    Who asks for the meaning hears the explanation at once, or that the question is theirs to read:
    the bare question again would not help.
    """
    pending, step, question = now.state.pending, now.state.unclear, now.pending_question
    if pending is None or now.state.skip_offered or not now.may_repose():
        return main_question(now, now.voice.line("leave"), "unclear")
    explained = question.explain.strip() if question and _is_main(pending) else ""
    other = _other_words(question) if question and _is_main(pending) else ""
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
    return Reply(
        joined(line, text), decision_on_pending(now, act, reason, line=line, question=text)
    )


def _is_main(pending: Pending) -> bool:
    return pending.act in (acts.ASK, acts.ANOTHER_ANGLE)


def _other_words(question: Question) -> str:
    return next((text.strip() for text in question.rephrase if text.strip()), "")


# --- accepting and going on ---------------------------------------------------------------------


def _refusal(now: Situation) -> Reply:
    reading = now.state.reading
    skips = reading is not None and reading.has(acts.SKIP)
    line = now.voice.line("skipped" if skips else "declined")
    if reading is not None and reading.topics:
        told = meta.answer(reading.topics, now.guide, now.state, now.facts, now.voice)
        line = joined(told, line)
    if now.state.declines >= DECLINES_BEFORE_OFFER and not now.state.offered_shorter:
        offer = now.voice.fixed("offer_shorter")
        return main_question(now, joined(line, offer), "refusal", offer_shorter=True)
    return main_question(now, line, "refusal")


def _dont_know(now: Situation) -> Reply:
    pending, question = now.state.pending, now.pending_question
    if question is not None and pending is not None and pending.act == acts.ASK:
        angle = _angle(now, question)
        if angle is not None:
            text, source = angle
            reason = (
                "The participant did not know; the question is tried from another side once."
            )
            decision = decision_on_pending(
                now, acts.ANOTHER_ANGLE, reason, source=source, line="", question=text
            )
            return Reply(text, decision)
    return main_question(now, now.voice.line("unknown"), "dont_know")


def _angle(now: Situation, question: Question) -> tuple[str, str] | None:
    """Other words of the author, or a gentle question of our own that was not asked yet."""
    language = now.guide.language
    for text in question.rephrase:
        if text.strip() and text not in now.state.asked:
            return text.strip(), "author"
    if question.kind != "open":
        return None
    asked = now.state.asked
    fresh = (t for t in now.voice.angles() if not probes.is_repeat(t, asked, language))
    gentle = next(fresh, None)
    return None if gentle is None else (gentle, "template")


def _already_told(now: Situation) -> Reply:
    if now.state.answered:
        line = now.voice.line("apology") if now.state.known else ""
        return onward(now, line, "already_told")
    if now.state.known:
        return main_question(now, now.voice.line("apology"), "already_told")
    if now.state.reposed or not now.may_repose():
        return main_question(now, now.voice.line("leave"), "already_told")
    line = now.voice.fixed("not_told")
    reason = "The participant says it was told, but nothing that was said before answers it."
    return _repose(now, acts.ASIDE, line, reason)


def _misfit(now: Situation) -> Reply:
    """The question does not fit this person: say what can be done, and ask no more about it."""
    times, reading = now.state.misfits, now.state.reading
    wrong = reading is not None and reading.has(acts.WRONG_PERSON)
    if times == MISFITS_BEFORE_STOP or (wrong and times < MISFITS_BEFORE_STOP):
        return _ask_to_stop(now, "misfit.again", "The interview does not fit the participant.")
    line = now.voice.fixed("misfit") if times == 1 else now.voice.line("ack")
    return main_question(now, line, "misfit")


def _nothing_more(now: Situation) -> Reply:
    return main_question(now, now.voice.acknowledgement(), "nothing_more")


def _answer(now: Situation) -> Reply:
    state = now.state
    closing = state.pending is not None and state.pending.act == acts.ANYTHING_TO_ADD
    if closing and state.reading and state.reading.has(acts.YES) and not state.reposed:
        reason = "The participant has something to add and has not said it yet."
        line = now.voice.fixed("go_ahead")
        return Reply(line, decision_on_pending(now, acts.CARRY_ON, reason, line=line))
    return onward(now, now.voice.acknowledgement(), "answer")


_REPLIES: Mapping[str, Callable[[Situation], Reply]] = {
    heard.CARE: _care,
    heard.STOP_NOW: _stop_now,
    heard.STOP: _confirm_stop,
    heard.CARRY_ON: _carry_on,
    heard.PAUSE: _pause,
    heard.INJECTION: _injection,
    heard.SHORTEN: _shorten,
    heard.REFUSAL: _refusal,
    heard.UNCLEAR: _unclear,
    heard.META: _meta,
    heard.MISFIT: _misfit,
    heard.ALREADY_TOLD: _already_told,
    heard.NOTHING_MORE: _nothing_more,
    heard.DONT_KNOW: _dont_know,
    heard.EMPTY: _empty,
    heard.GREETED: _greeted,
    heard.ANSWER: _answer,
}
