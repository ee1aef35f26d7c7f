"""Agenda: which question of the script comes next, and which are skipped and why."""

from dataclasses import dataclass, field

from interviewrelay.interviewer.guide import Guide, Need, Question
from interviewrelay.interviewer.policy.time_budget import TimeBudget
from interviewrelay.interviewer.state import conditions
from interviewrelay.interviewer.state.state import State, Thread
from interviewrelay.interviewer.text.tokenization import normalize
from interviewrelay.interviewer.understanding import avoided_topics, facts, goal_table
from interviewrelay.interviewer.understanding.coverage import build_need_key


@dataclass(frozen=True, slots=True)
class AgendaChoice:
    """Next question, or None when the script is complete; only its `residual` need if the rest is
    known already; `known` if it is fully known but mandatory; and the skipped questions with
    reasons.
    """

    question: Question | None
    residual: Need | None = None
    passed: dict[str, str] = field(default_factory=dict)
    known: bool = False


def next_question(guide: Guide, state: State, pace: TimeBudget) -> AgendaChoice:
    passed: dict[str, str] = {}
    for question in guide.questions:
        if state.dealt_with(question.id) or question.id in passed:
            continue
        reason = _left_out(guide, state, pace, question)
        if reason:
            passed[question.id] = reason
            continue
        if not question.needs and _told_in_full(guide, state, question):
            if question.importance == "must":
                return AgendaChoice(question, passed=passed, known=True)
            passed[question.id] = "covered"
            continue
        known = goal_table.get_known_share(state.needs, question) >= goal_table.KNOWN_SHARE
        if not known or question.id in _looked_at(guide):
            return AgendaChoice(question, passed=passed)
        residual = _residual(state, question)
        spare = question.importance == "must" or (
            question.importance == "should" and pace.probe_fits
        )
        if residual is not None and spare:
            return AgendaChoice(question, residual, passed)
        if question.importance == "must" and _open_needs(state, question):
            return AgendaChoice(question, passed=passed)
        passed[question.id] = "covered"
    return AgendaChoice(None, passed=passed)


def list_askable(guide: Guide, state: State, pace: TimeBudget) -> list[Question]:
    """Questions that may come next in free order: their conditions are decided and they fit the
    time; of the mandatory ones only the first, because these keep their order. Partly known ones
    are left to `next_question`.
    """
    found, after_a_must = [], False
    for question in guide.questions:
        must = question.importance == "must"
        if state.dealt_with(question.id) or (must and after_a_must):
            continue
        decided = all(
            state.dealt_with(condition.question)
            for condition in (question.ask_if, question.skip_if)
            if condition is not None
        )
        if must and (not decided or conditions.applies(guide, state, question)):
            after_a_must = True
        known = goal_table.get_known_share(state.needs, question) >= goal_table.KNOWN_SHARE
        if decided and not known and not _left_out(guide, state, pace, question):
            found.append(question)
    return found


def _left_out(guide: Guide, state: State, pace: TimeBudget, question: Question) -> str | None:
    """Reason for skipping: `condition`, `duplicate`, `declined`, `shorter` or `time`; None if it
    may be asked.
    """
    if not conditions.applies(guide, state, question):
        return "condition"
    text = normalize(question.text)
    if not text or text in map(normalize, state.asked):
        return "duplicate"
    if question.importance == "must" or question.id in _looked_at(guide, must_only=True):
        return None
    closed = (state.need(question, n.id) == "declined" for n in question.needs)
    if (question.needs and all(closed)) or avoided_topics.is_avoided(
        question, state.avoided, guide.language
    ):
        return "declined"
    if state.shortened and (question.importance == "could" or _has_must(guide)):
        return "shorter"
    fits = pace.could_fits if question.importance == "could" else pace.should_fits()
    return None if fits else "time"


def _told_in_full(guide: Guide, state: State, question: Question) -> bool:
    """True if one answer gave all the facts that a question without needs asks for."""
    if question.id in _looked_at(guide) or not facts.asks_only_for_facts(question.text):
        return False
    return any(
        facts.answers_all_facts(question.text, answer, _context(guide, thread), guide.language)
        for thread in state.threads.values()
        for answer in thread.answers
    )


def _context(guide: Guide, thread: Thread) -> str:
    asked = guide.question(thread.question_id)
    return asked.text if asked else ""


def _has_must(guide: Guide) -> bool:
    return any(q.importance == "must" for q in guide.questions)


def _looked_at(guide: Guide, *, must_only: bool = False) -> set[str]:
    """Questions on whose answers conditions depend; these never count as known."""
    return {
        c.question
        for q in guide.questions
        if q.importance == "must" or not must_only
        for c in (q.ask_if, q.skip_if)
        if c is not None
    }


def _open_needs(state: State, question: Question) -> list[Need]:
    return [n for n in question.needs if state.need(question, n.id) in ("open", "touched")]


def _residual(state: State, question: Question) -> Need | None:
    """Weightiest need that is open and has a wording of its own."""
    asked = set(map(normalize, state.asked))
    due = [
        n
        for n in _open_needs(state, question)
        if n.ask.strip()
        and build_need_key(question.id, n.id) not in state.needs_asked
        and normalize(n.ask) not in asked
    ]
    return max(due, key=lambda n: n.weight, default=None)
