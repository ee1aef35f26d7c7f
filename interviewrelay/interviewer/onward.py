"""Going on: a follow-up, the next question of the script, the closing question or the end."""

from collections.abc import Mapping
from dataclasses import replace

from interviewrelay.conversation import Decision
from interviewrelay.interviewer import (
    acts,
    agenda,
    avoiding,
    candidates,
    disclosing,
    manner,
    probes,
)
from interviewrelay.interviewer.check_back import check_back
from interviewrelay.interviewer.coverage import need_key
from interviewrelay.interviewer.guide import Need, Question
from interviewrelay.interviewer.situation import Reply, Situation, decision_on_pending
from interviewrelay.interviewer.wording import joined, points


def onward(now: Situation, line: str, to: str, *, deeper: bool = True) -> Reply:
    """A follow-up if one is worth it, else the next question of the script. `deeper`: the last answer
    holds something to go into; without it only what the author wants to know may be asked.
    """
    question, pending = now.pending_question, now.state.pending
    if now.state.disclosed:
        return _with_care(now, line, to)
    if question is None or pending is None or (deeper and not now.state.answered):
        return main_question(now, line, to)
    if pending.returns:
        return main_question(now, line, to)
    choice = probes.best(now.guide, now.state, question, now.pace, now.voice, deeper=deeper)
    if choice is None:
        return main_question(now, line, to)
    found = choice.asked
    if manner.upset(now.state.text, now.guide.language):
        line = now.voice.fixed("gently")
    elif found.kind == candidates.MORE:
        # Thanks for an answer and a wish for more of it do not go together.
        line = "" if to == "answer" else line
    elif not found.fresh:
        line = now.voice.line("from_before") if to == "answer" else line
    return _probe(now, choice, line, to)


def _probe(now: Situation, choice: probes.Choice, line: str, to: str) -> Reply:
    found, text = choice.asked, choice.text
    decision = decision_on_pending(
        now,
        acts.PROBE,
        _probe_reason(choice),
        target=choice.target,
        source=found.source,
        line=line,
        question=text,
        reply=to,
        kind=found.kind,
        anchor=found.anchor,
        worth=choice.as_json(),
        depth=found.depth,
        **({"matter": found.matter} if found.matter else {}),
        **({"need": found.need} if found.need else {}),
    )
    return Reply(joined(line, text), decision)


def _with_care(now: Situation, line: str, to: str) -> Reply:
    """A sentence of sympathy or thanks for what is no matter to go into, and the next question. Where
    the script itself asks for the illness that was told, the author's own follow-ups come first.
    """
    kind, question = now.state.disclosed, now.pending_question
    said = now.voice.line(_SYMPATHY[kind])
    line = said if to == "answer" else joined(said, line)
    if (
        kind == disclosing.ILL
        and question
        and disclosing.is_asked_for(now.guide, now.state.text)
    ):
        choice = probes.best(now.guide, now.state, question, now.pace, now.voice, deeper=False)
        if choice is not None:
            return _probe(now, choice, line, to)
    made = main_question(now, line, to)
    return replace(made, closing=made.closing and joined(line, made.closing))


_SYMPATHY = {
    disclosing.LOSS: "grief",
    disclosing.HARM: "sorry",
    disclosing.ILL: "sorry",
    disclosing.SECRET: "entrusted",
}


def _probe_reason(choice: probes.Choice) -> str:
    found, target, question = choice.asked, choice.target, choice.question
    if found.kind == candidates.NEED:
        label = next((n.label for n in question.needs if n.id == target), target)
        return f"Nothing definite was said yet on: {label or target}."
    if found.kind == candidates.AUTHOR:
        return "The author's follow-up to this question."
    if found.kind == candidates.DEEPER:
        return f"The answer names more than it tells: {found.anchor}."
    return "The answer leaves room for a more concrete account."


def main_question(now: Situation, line: str, to: str, **details: object) -> Reply:
    """The next question of the script, or the closing question, or the end."""
    if now.state.closing_asked:
        return end(now, "All questions have been asked.")
    found = agenda.next_question(now.guide, now.state, now.pace)
    question = found.question
    if question is None and (back := _put_off_before(now, str(details.get("left", "")))):
        return _again(back, joined(line, now.voice.fixed("put_off.again")), found.passed)
    details = {"reply": to, "passed": found.passed, **details}
    if question is None:
        return _close(now, (line, to), found.passed, details)
    text, reason = question.text.strip(), "The next question of the script."
    if avoiding.concerns(question, now.state.avoided, now.guide.language):
        line = joined(line, now.voice.fixed("may_skip"))
    if found.known:
        line = joined(line, now.voice.line("residual"))
    if found.residual is not None:
        line = joined(line, now.voice.line("residual"))
        text = found.residual.ask.strip()
        reason = "Most of this question was answered before; only the rest is asked."
        details["need"] = need_key(question.id, found.residual.id)
    decision = Decision(
        act=acts.ASK,
        question_id=question.id,
        target=found.residual.id if found.residual else None,
        reason=reason,
        details={"line": line, "question": text, **details},
    )
    return Reply(joined(line, text), decision)


def _close(
    now: Situation,
    before: tuple[str, str],
    passed: Mapping[str, str],
    details: Mapping[str, object],
) -> Reply:
    """What is still wanted and what was not gone into, while there is time; then the check-back, after
    which nothing is gone into any more, and what was not spoken of.
    """
    if not now.state.read_back:
        if due := agenda.left_open(now.guide, now.state, now.pace):
            return _still_wanted(now, *due, before, passed)
        if back_to := probes.earlier(now.guide, now.state, now.pace, now.voice):
            return _back_to(now, back_to, before, passed)
    asked = check_back(now, before[0], details)
    return asked or _closing_question(now, before[0], passed, details)


def close(now: Situation, line: str, to: str) -> Reply:
    """The check-back, what was not spoken of, or the end: nothing is gone into any more."""
    if now.state.closing_asked:
        return end(now, "All questions have been asked.")
    passed = agenda.next_question(now.guide, now.state, now.pace).passed
    details = {"reply": to, "passed": passed}
    asked = check_back(now, line, details)
    return asked or _closing_question(now, line, passed, details)


def _still_wanted(
    now: Situation,
    question: Question,
    need: Need,
    before: tuple[str, str],
    passed: Mapping[str, str],
) -> Reply:
    """What the author wants to know and nothing was said on, before the close; where its words point to
    the question that it belongs to, that is said again.
    """
    text, key = need.ask.strip(), need_key(question.id, need.id)
    back = "from_before.on" if points(text) else "from_before"
    bridge = now.voice.line(back, question=question.text.strip(" .?!"))
    decision = Decision(
        act=acts.PROBE,
        question_id=question.id,
        target=need.id,
        reason=f"There is time, and nothing definite was said yet on: {need.label or need.id}.",
        details={"kind": candidates.NEED, "anchor": key, "need": key},
    )
    return _returning(decision, text, bridge, before, passed)


def _back_to(
    now: Situation,
    choice: probes.Choice,
    before: tuple[str, str],
    passed: Mapping[str, str],
) -> Reply:
    """Something that was named before and not gone into, while there is time."""
    found = choice.asked
    decision = Decision(
        act=acts.PROBE,
        question_id=choice.question.id,
        target=choice.target,
        reason=f"There is time to go into what was said before: {found.anchor}.",
        source=found.source,
        details={
            "kind": found.kind,
            "anchor": found.anchor,
            "worth": choice.as_json(),
            "depth": found.depth,
            "matter": found.matter,
        },
    )
    return _returning(decision, choice.text, now.voice.line("from_before"), before, passed)


def _returning(
    decision: Decision,
    text: str,
    bridge: str,
    before: tuple[str, str],
    passed: Mapping[str, str],
) -> Reply:
    """A follow-up after the last question of the script; `before` is the line on the last answer and
    what it replies to.
    """
    line = joined(before[0], bridge)
    details = {
        "line": line,
        "question": text,
        "reply": before[1],
        "passed": passed,
        **decision.details,
        "returns": True,
    }
    return Reply(joined(line, text), replace(decision, details=details))


def _put_off_before(now: Situation, just_left: str) -> Question | None:
    """A question that must be asked, was put off, and has not come again."""
    due = (q for q in now.state.left if q not in now.state.returned and q != just_left)
    return next((q for q in map(now.guide.question, due) if q is not None), None)


def _again(question: Question, line: str, passed: Mapping[str, str]) -> Reply:
    text = question.text.strip()
    decision = Decision(
        act=acts.RETURN,
        question_id=question.id,
        reason="The question was put off and has to be asked.",
        details={"line": line, "question": text, "passed": passed},
    )
    return Reply(joined(line, text), decision)


def _closing_question(
    now: Situation, line: str, passed: Mapping[str, str], details: Mapping[str, object]
) -> Reply:
    if not now.guide.closing.anything_to_add:
        return end(now, "All questions have been asked.", passed)
    text = now.voice.fixed("anything_to_add")
    decision = Decision(
        act=acts.ANYTHING_TO_ADD,
        reason="The questions of the script have been asked; this leaves room for the rest.",
        source="template",
        details={"line": line, "question": text, **details},
    )
    return Reply(joined(line, text), decision)


def end(now: Situation, reason: str, passed: Mapping[str, str] | None = None) -> Reply:
    """The author's thanks, or ours, and where to turn with questions."""
    thanks = now.guide.closing.thank_text.strip()
    if not thanks:
        warm = "thanks.warm" if now.guide.tone == "warm" else "thanks"
        thanks = now.voice.fixed(warm)
    contact = now.guide.contact.strip()
    if contact and contact not in thanks:
        thanks = joined(thanks, now.voice.fixed("contact", contact=contact))
    if now.state.withdraws:
        thanks = joined(thanks, now.voice.fixed("withdraw.how"))
    return Reply(
        None, decision_on_pending(now, acts.END, reason, passed=dict(passed or {})), thanks
    )
