"""Correction effects: what corrections supersede and cover, and whether the answer has nothing else."""

from collections.abc import Iterator, Mapping, Sequence

from interviewrelay.core.conversation import Turn
from interviewrelay.interviewer import acts
from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.state import conditions, contextual_answers, corrections
from interviewrelay.interviewer.state.state import State
from interviewrelay.interviewer.understanding import goal_table
from interviewrelay.interviewer.understanding.reading import Analysis


def apply(guide: Guide, state: State, number: int, now: str, overtaken: Sequence[str]) -> None:
    """Apply a correction of the answer `number`: superseded sentences get no follow-up, and
    conditions use the value `now`.
    """
    found = ((t, a) for t in state.threads.values() for a in t.accounts if a.number == number)
    thread, account = next(found, (None, None))
    if thread is None or account is None:
        return  # the answer is already left out
    state.put_right = now
    state.overtaken.update(overtaken)
    # Insert it before the older corrected values and before the answer.
    if now:
        place = thread.answers.index(account.text) - state.amended.count(number)
        thread.answers.insert(place, now)
        state.amended.append(number)
    looking = {q.id for q in guide.questions if conditions.depends_on(q, thread.question_id)}
    state.passed = {
        key: why
        for key, why in state.passed.items()
        if why != "condition" or key not in looking
    }


def find_overtaken(
    turn: Turn, made: Sequence[corrections.Amendment], language: str
) -> Mapping[int, tuple[str, ...]]:
    """Superseded sentences by turn number, of an earlier turn or this one."""
    found = dict(corrections.list_overtaken(made))
    own = corrections.find_corrected_sentences(turn.text, language)
    return {**found, turn.number: own} if own else found


def list_covered_needs(
    guide: Guide, made: Sequence[corrections.Amendment], reading: Analysis
) -> Iterator[str]:
    """Needs that corrections cover."""
    for one in made:
        now, where = one.correction.now, one.thread
        yield from goal_table.find_corrected_needs(
            guide, where.question_id, where.cues, now, reading
        )


def does_no_more(state: State, turn: Turn, made: corrections.Amendment) -> bool:
    """True if a correction leaves the pending question unanswered. An explicit correction of an
    answer to another question does, even if it is the kind of fact that is asked for.
    """
    pending, put_right = state.pending, made.correction
    if pending is None or pending.act in acts.CLOSING or not put_right.alone:
        return False
    elsewhere = put_right.outright and made.thread.question_id != pending.question_id
    return elsewhere or not contextual_answers.gives_a_fact(state, turn)
