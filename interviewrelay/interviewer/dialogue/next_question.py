"""Next question: a follow-up, the script's next question, the closing question or the end."""

from collections.abc import Mapping
from dataclasses import replace

from interviewrelay.core.conversation import Decision
from interviewrelay.interviewer import acts
from interviewrelay.interviewer.dialogue.closing_words import build_closing_words
from interviewrelay.interviewer.dialogue.summary_check import build_summary_check
from interviewrelay.interviewer.guide import Question
from interviewrelay.interviewer.policy import agenda, follow_ups, salience, salient_follow_ups
from interviewrelay.interviewer.policy.follow_up_kinds import FollowUp
from interviewrelay.interviewer.policy.turn_context import Reply, TurnContext, decide_on_pending
from interviewrelay.interviewer.safety import disclosures
from interviewrelay.interviewer.text.tokenization import split_sentences
from interviewrelay.interviewer.understanding import avoided_topics, narrative_types, response
from interviewrelay.interviewer.understanding.coverage import build_need_key
from interviewrelay.interviewer.wording.phrasing import join_parts

MOST_HEARD = 2
"""Maximum thanks for an account in one interview."""
WORTH_THANKS = 3.6
"""Minimum weight of a sentence for thanks."""
APART = 4
"""Minimum turns of the interviewer between two thanks."""


def ask_next(now: TurnContext, line: str, to: str, *, deeper: bool = True) -> Reply:
    """Next question: a follow-up if a sensible one exists, otherwise the script's next question.

    `deeper` is true if the last answer has something to explore; otherwise only the author's
    learning goals may be asked.
    """
    question, pending = now.pending_question, now.state.pending
    if now.state.disclosed:
        return _with_care(now, line, to)
    if question is None or pending is None or (deeper and not now.state.answered):
        return ask_main(now, line, to)
    if pending.returns:
        return ask_main(now, line, to)
    found = follow_ups.choose_follow_up(now, question, deeper=deeper)
    if found is None:
        return ask_main(now, line, to)
    if narrative_types.is_upset(now.state.text, now.guide.language):
        line = now.voice.fixed("gently")
    return ask_follow_up(found, line, to)


def ask_follow_up(found: FollowUp, line: str, to: str, **more: object) -> Reply:
    """Turn with a follow-up, and the line before it."""
    line = join_parts(line, found.line)
    decision = Decision(
        act=acts.PROBE,
        question_id=found.question.id,
        target=found.target,
        source=found.source,
        reason=found.reason,
        details={
            "line": line,
            "question": found.text,
            "reply": to,
            "kind": found.kind,
            "anchor": found.evidence,
            **({"signs": list(found.signs)} if found.signs else {}),
            **({"need": found.need} if found.need else {}),
            **more,
        },
    )
    return Reply(join_parts(line, found.text), decision)


def _with_care(now: TurnContext, line: str, to: str) -> Reply:
    """Sympathy or thanks, and an open invitation to say more; no further follow-up.

    After an illness the author's own follow-ups come first, because people talk about it as about
    anything else.
    """
    kind, question, state = now.state.disclosed, now.pending_question, now.state
    said = now.voice.line(_SYMPATHY[kind])
    line = said if to == "answer" else join_parts(said, line)
    if question is not None and state.answered and not state.closing_asked:
        if kind == disclosures.ILL:
            found = follow_ups.choose_follow_up(now, question, deeper=False)
        else:
            found = salient_follow_ups.follow_up_gently(now, question)
        if found is not None:
            return ask_follow_up(found, line, to)
    made = ask_main(now, line, to)
    return replace(made, closing=made.closing and join_parts(line, made.closing))


_SYMPATHY = {
    disclosures.LOSS: "grief",
    disclosures.HARM: "sorry",
    disclosures.ILL: "heard",
    disclosures.SECRET: "entrusted",
}


_NOT_LEFT_OPEN = frozenset({response.META, response.LEAVE_OUT})
"""Responses that are answered before the thanks, when they come with the last words."""


def ask_main(
    now: TurnContext, line: str, to: str, *, thanks: bool = True, **details: object
) -> Reply:
    """Main question: the script's next question, the closing question, or the end.

    `thanks` allows a word of thanks before it if nothing else stands there.
    """
    if now.state.closing_asked:
        return build_ending(now, "All questions have been asked.", line=line)
    found = agenda.next_question(now.guide, now.state, now.pace)
    question = found.question
    if question is None and (back := _put_off_before(now, str(details.get("left", "")))):
        return _again(back, join_parts(line, now.voice.fixed("put_off.again")), found.passed)
    details = {"reply": to, "passed": found.passed, **details}
    line = line or (_heard(now, to) if thanks else "")
    if question is None:
        return _close(now, (line, to), found.passed, details)
    text, reason = question.text.strip(), "The next question in the script."
    if avoided_topics.is_avoided(question, now.state.avoided, now.guide.language):
        line = join_parts(line, now.voice.fixed("may_skip"))
    if found.known and found.residual is None:
        line = join_parts(line, now.voice.line("residual"))
    if found.residual is not None:
        text = found.residual.ask.strip()
        reason = "Most of this question was already answered, so only the rest is asked."
        details["need"] = build_need_key(question.id, found.residual.id)
    decision = Decision(
        act=acts.ASK,
        question_id=question.id,
        target=found.residual.id if found.residual else None,
        reason=reason,
        details={"line": line, "question": text, **details},
    )
    return Reply(join_parts(line, text), decision)


def _heard(now: TurnContext, to: str) -> str:
    """Thanks for an important sentence that gets no follow-up; rare, so that the thanks do not
    sound routine.
    """
    pool, state = now.voice.pool("heard"), now.state
    said = sum(line in text for line in pool for text in state.lines)
    lately = any(line in text for line in pool for text in state.lines[-APART:])
    if to != "answer" or not state.answered or said >= MOST_HEARD or lately:
        return ""
    found = salience.find_weightiest(state.text, now.guide.language)
    weighty = found is not None and found.weight >= WORTH_THANKS
    return now.voice.line("heard") if weighty else ""


def _close(
    now: TurnContext,
    before: tuple[str, str],
    passed: Mapping[str, str],
    details: Mapping[str, object],
) -> Reply:
    """Closing phase: one unfinished matter if time allows; then the check-back, after which nothing
    is followed up; then uncovered questions.

    `before` is the line on the last answer and what it replies to.
    """
    if not now.state.read_back and (found := follow_ups.choose_return(now)) is not None:
        return ask_follow_up(found, *before, passed=passed, returns=True)
    asked = build_summary_check(now, before[0], details)
    return asked or _closing_question(now, before[0], passed, details)


def close_interview(now: TurnContext, line: str, to: str, *, reads_back: bool = True) -> Reply:
    """Check-back, uncovered questions, or the end; nothing is followed up any more."""
    if now.state.closing_asked:
        return build_ending(now, "All questions have been asked.", line=line)
    passed = agenda.next_question(now.guide, now.state, now.pace).passed
    details = {"reply": to, "passed": passed}
    asked = build_summary_check(now, line, details) if reads_back else None
    return asked or _closing_question(now, line, passed, details)


def _put_off_before(now: TurnContext, just_left: str) -> Question | None:
    """Mandatory question that was postponed and has not come again."""
    due = (q for q in now.state.left if q not in now.state.returned and q != just_left)
    return next((q for q in map(now.guide.question, due) if q is not None), None)


def _again(question: Question, line: str, passed: Mapping[str, str]) -> Reply:
    text = question.text.strip()
    decision = Decision(
        act=acts.RETURN,
        question_id=question.id,
        reason="The question was postponed and must be asked.",
        details={"line": line, "question": text, "passed": passed},
    )
    return Reply(join_parts(line, text), decision)


def _closing_question(
    now: TurnContext, line: str, passed: Mapping[str, str], details: Mapping[str, object]
) -> Reply:
    if not now.guide.closing.anything_to_add:
        return build_ending(now, "All questions have been asked.", passed)
    text = now.voice.fixed("anything_to_add")
    decision = Decision(
        act=acts.ANYTHING_TO_ADD,
        reason="All questions in the script were asked. The participant can add anything else.",
        source="template",
        details={"line": line, "question": text, **details},
    )
    return Reply(join_parts(line, text), decision)


def is_all_said(now: TurnContext) -> bool:
    """True if the closing question is answered, even if something else was asked or requested."""
    state, reading = now.state, now.state.reading
    pending = state.pending
    if pending is None or pending.act != acts.ANYTHING_TO_ADD or reading is None:
        return False
    return state.answered or reading.has(acts.NOTHING_MORE) or reading.has(acts.NO)


def build_ending(
    now: TurnContext, reason: str, passed: Mapping[str, str] | None = None, *, line: str = ""
) -> Reply:
    """End with the closing words; before them the `line` on what was asked or wished in the last
    answer.
    """
    closing = build_closing_words(now)
    # An author's thanks may say who reads it, and so may an answer to that question.
    known = split_sentences(closing)
    told = " ".join(one for one in split_sentences(line) if one not in known)
    told = told if now.state.response in _NOT_LEFT_OPEN else ""
    decision = decide_on_pending(now, acts.END, reason, passed=dict(passed or {}))
    return Reply(None, decision, join_parts(told, closing))
