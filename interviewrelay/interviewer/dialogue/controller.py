"""The interviewer's next move: a pure function of the script, the turns so far and the clock.

The pipeline is the same for every answer: read it, fold it into the state, decide what it calls for,
choose what to ask, put it into words. A model may later word what was decided here; it decides nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from interviewrelay.core.conversation import Decision, Turn
from interviewrelay.core.ports.semantic_similarity import Meaning
from interviewrelay.interviewer.dialogue.replies import reply
from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.policy import time_budget
from interviewrelay.interviewer.policy.turn_context import Reply, Situation
from interviewrelay.interviewer.state import completeness
from interviewrelay.interviewer.state.completeness import EndedBy
from interviewrelay.interviewer.state.fold import fold
from interviewrelay.interviewer.state.state import State, say
from interviewrelay.interviewer.text.tokenization import analyzed_once, base_language
from interviewrelay.interviewer.understanding.reading import Reading


@dataclass(frozen=True, slots=True)
class Context:
    """What the engine may know about the interview beside script and turns.

    `seed` is the interview's id; `now` the moment of the last answer (or of the start), aware UTC;
    `elapsed_seconds` since the start without pauses; `audience` who reads the answers, one phrase;
    `meaning` what can tell how close an answer is to what was asked, if anything can.
    """

    seed: str
    now: datetime
    elapsed_seconds: float
    organization: str
    recorded: bool = False
    audience: str = ""
    returning_by_link: bool = True
    meaning: Meaning | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """`asked` main questions were put (or were answered before they were), out of `total` at most,
    both with the closing question; `minutes_left` is rounded up, at least 0, and never grows.
    """

    asked: int
    total: int
    minutes_left: int


@dataclass(frozen=True, slots=True)
class Move:
    """What the interviewer says next.

    `text` is acknowledgement and question in one, None when the interview ends here; `decision` says
    why and is stored with the turn (at an end it has the act `end` or `care`); `closing` holds the
    closing words when the interview `ends`; `reading` is what was made of the last answer, as JSON,
    stored with that answer, and `telling` whether that was more than "that is all" and the like;
    `progress` is how far the interview is after this; `unquoted` are the answers (numbers) that are not
    to be quoted because the last one asks for it; at an end, `ended_by` is who ended it and `complete`
    as in `completeness.is_complete`.
    """

    text: str | None
    decision: Decision | None
    ends: bool
    closing: str | None
    reading: Mapping[str, object] | None
    telling: bool
    progress: Progress
    unquoted: tuple[int, ...] = ()
    requoted: tuple[int, ...] = ()
    ended_by: EndedBy | None = None
    complete: bool = False


def opening(guide: Guide, context: Context) -> Move:
    """The first turn: one sentence that says who speaks, and the first question."""
    return next_move(guide, (), context)


def next_move(guide: Guide, turns: Sequence[Turn], context: Context) -> Move:
    """What follows on `turns`, which end with a participant's turn.

    Deterministic: the same arguments give the same move, whether or not the readings of earlier
    answers were stored. What was measured for these is in their readings, and only there.
    """
    with analyzed_once():
        state = fold(guide, turns, context.meaning)
        return _move(Situation(guide, state, context, context.seed, len(turns)), context.now)


def situation(guide: Guide, turns: Sequence[Turn], context: Context) -> Situation:
    """Where the interview stands after `turns`, whose last answer has its reading."""
    with analyzed_once():
        state = fold(guide, turns, context.meaning)
        return Situation(guide, state, context, context.seed, len(turns))


def entered(now: Situation, made: Reply, at: datetime) -> Move:
    """A reply as the move that it is; `now` is where the interview stands after it."""
    state, reading = now.state, now.state.reading
    # An end is entered as well: it may leave out the last questions, which are then done.
    say(state, made.decision, made.text or "", at)
    by = completeness.ended_by(made.decision, state) if made.text is None else None
    return Move(
        text=made.text,
        decision=made.decision,
        ends=made.text is None,
        closing=made.closing,
        reading=None,
        telling=reading is None or reading.telling,
        progress=_progress(now.guide, state, now.facts.elapsed_seconds),
        unquoted=state.sense.unquoted if state.sense else (),
        requoted=state.sense.requoted if state.sense else (),
        ended_by=by,
        complete=by is not None and completeness.is_complete(now.guide, state, by),
    )


def progress(guide: Guide, turns: Sequence[Turn], context: Context) -> Progress:
    """How far the interview is after `turns`, whoever spoke last."""
    return _progress(guide, fold(guide, turns), context.elapsed_seconds)


def _move(now: Situation, at: datetime) -> Move:
    made, reading = reply(now), _reading(now.guide, now.state)
    return replace(entered(now, made, at), reading=reading)


def _progress(guide: Guide, state: State, elapsed_seconds: float) -> Progress:
    asked = time_budget.topics_done(state)
    return Progress(
        asked=asked,
        total=asked + time_budget.topics_left(guide, state),
        minutes_left=time_budget.minutes_left(guide, state, elapsed_seconds),
    )


def _reading(guide: Guide, state: State) -> Mapping[str, object] | None:
    """The reading of the last answer, with the need that it was asked for and gave, and what the answer
    came to.
    """
    reading, sense = state.reading, state.sense
    if reading is None or sense is None:
        return None
    read = _in_context(state, reading).as_json(base_language(guide.language))
    return {**read, "sense": sense.as_json()}


def _in_context(state: State, reading: Reading) -> Reading:
    pending = state.pending
    if pending is None or not state.answered:
        return reading
    key = f"{pending.question_id}/{pending.target}"
    return reading.covering(key, state.text) if key in state.needs_asked else reading
