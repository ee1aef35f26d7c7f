"""What corrections come to: what they overtake and cover, and whether they are all that is said."""

from collections.abc import Iterator, Mapping, Sequence

from interviewrelay.core.conversation import Turn
from interviewrelay.interviewer import acts
from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.state import conditions, contextual_answers, corrections
from interviewrelay.interviewer.state.state import State
from interviewrelay.interviewer.understanding import goal_table
from interviewrelay.interviewer.understanding.reading import Reading


def enter(guide: Guide, state: State, number: int, now: str, overtaken: Sequence[str]) -> None:
    """Enter a correction of the answer `number`: what it overtakes leads nowhere, and
    conditions look at what is so `now`.
    """
    found = ((t, a) for t in state.threads.values() for a in t.accounts if a.number == number)
    thread, account = next(found, (None, None))
    if thread is None or account is None:
        return  # left out since
    state.put_right = now
    state.overtaken.update(overtaken)
    # The newest stands before older ones, and all of them before the answer.
    if now:
        place = thread.answers.index(account.text) - state.amended.count(number)
        thread.answers.insert(place, now)
        state.amended.append(number)
    looking = {q.id for q in guide.questions if conditions.looks_at(q, thread.question_id)}
    state.passed = {
        key: why
        for key, why in state.passed.items()
        if why != "condition" or key not in looking
    }


def overtaken(
    turn: Turn, made: Sequence[corrections.Amendment], language: str
) -> Mapping[int, tuple[str, ...]]:
    """What holds no longer, by the turn that said it: an earlier one, or this one itself."""
    found = dict(corrections.overtaken(made))
    own = corrections.within(turn.text, language)
    return {**found, turn.number: own} if own else found


def covered_by(
    guide: Guide, made: Sequence[corrections.Amendment], reading: Reading
) -> Iterator[str]:
    """The needs that corrections cover."""
    for one in made:
        now, where = one.correction.now, one.thread
        yield from goal_table.put_right(guide, where.question_id, where.cues, now, reading)


def does_no_more(state: State, turn: Turn, made: corrections.Amendment) -> bool:
    """Whether a correction leaves the pending question without an answer. One that says outright that
    it is one, of what was said on another question, does, be it of the kind of fact that is asked for.
    """
    pending, put_right = state.pending, made.correction
    if pending is None or pending.act in acts.CLOSING or not put_right.alone:
        return False
    elsewhere = put_right.outright and made.thread.question_id != pending.question_id
    return elsewhere or not contextual_answers.gives_a_fact(state, turn)
