"""Dialogue controller: the interviewer's next move as a pure function of the script, the turns so
far and the clock.

Every answer takes the same steps: analyse it, fold it into the state, decide on the response,
choose the question, word it. A model may word the decision later, but decides nothing here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from interviewrelay.core.conversation import Decision, Turn
from interviewrelay.core.ports.semantic_similarity import SemanticSimilarity
from interviewrelay.interviewer.dialogue.replies import build_reply
from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.policy import time_budget
from interviewrelay.interviewer.policy.turn_context import Reply, TurnContext
from interviewrelay.interviewer.state import completeness
from interviewrelay.interviewer.state.completeness import EndedBy
from interviewrelay.interviewer.state.fold import fold_turns
from interviewrelay.interviewer.state.state import State, enter_question
from interviewrelay.interviewer.text.tokenization import analyzed_once, get_base_language
from interviewrelay.interviewer.understanding.reading import Analysis


@dataclass(frozen=True, slots=True)
class EngineContext:
    """Context of the interview beside script and turns.

    `seed` is the interview's id; `now` the time of the last answer (or of the start), aware UTC;
    `elapsed_seconds` counts from the start without pauses; `audience` names the readers in one
    phrase; `meaning` measures semantic similarity, if available.
    """

    seed: str
    now: datetime
    elapsed_seconds: float
    organization: str
    recorded: bool = False
    audience: str = ""
    returning_by_link: bool = True
    meaning: SemanticSimilarity | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress: `asked` main questions were asked (or already answered), out of `total` at most,
    both including the closing question; `minutes_left` is rounded up, at least 0, and never
    increases.
    """

    asked: int
    total: int
    minutes_left: int


@dataclass(frozen=True, slots=True)
class Move:
    """Next move of the interviewer.

    `text` is acknowledgement and question in one, None at the end; `decision` gives the reason and
    is stored with the turn (at an end its act is `end` or `care`); `closing` holds the closing text
    when the interview `ends`; `reading` is the analysis of the last answer as JSON, stored with it,
    and `telling` is true if it was more than "that is all" and the like; `progress` is the state
    after this move; `unquoted` lists the answers (numbers) that the last one asks not to quote; at
    an end, `ended_by` says who ended it and `complete` is as in `completeness.is_complete`.
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


def opening_move(guide: Guide, context: EngineContext) -> Move:
    """First turn: one sentence of introduction, and the first question."""
    return next_move(guide, (), context)


def next_move(guide: Guide, turns: Sequence[Turn], context: EngineContext) -> Move:
    """Next move after `turns`, which end with a participant's turn.

    Deterministic: the same arguments give the same move, whether or not readings of earlier answers
    were stored. Similarity of these was measured once and is only in their readings.
    """
    with analyzed_once():
        state = fold_turns(guide, turns, context.meaning)
        return _move(TurnContext(guide, state, context, context.seed, len(turns)), context.now)


def build_turn_context(
    guide: Guide, turns: Sequence[Turn], context: EngineContext
) -> TurnContext:
    """State after `turns`, whose last answer has its reading."""
    with analyzed_once():
        state = fold_turns(guide, turns, context.meaning)
        return TurnContext(guide, state, context, context.seed, len(turns))


def build_move(now: TurnContext, made: Reply, at: datetime) -> Move:
    """A reply as a move; `now` is the state after it."""
    state, reading = now.state, now.state.reading
    # An end is entered too: it may leave out the last questions, which are then done.
    enter_question(state, made.decision, made.text or "", at)
    by = completeness.get_ended_by(made.decision, state) if made.text is None else None
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


def compute_progress(guide: Guide, turns: Sequence[Turn], context: EngineContext) -> Progress:
    """Progress after `turns`, whoever spoke last."""
    return _progress(guide, fold_turns(guide, turns), context.elapsed_seconds)


def _move(now: TurnContext, at: datetime) -> Move:
    made, reading = build_reply(now), _reading(now.guide, now.state)
    return replace(build_move(now, made, at), reading=reading)


def _progress(guide: Guide, state: State, elapsed_seconds: float) -> Progress:
    asked = time_budget.count_topics_done(state)
    return Progress(
        asked=asked,
        total=asked + time_budget.count_topics_left(guide, state),
        minutes_left=time_budget.get_minutes_left(guide, state, elapsed_seconds),
    )


def _reading(guide: Guide, state: State) -> Mapping[str, object] | None:
    """Reading of the last answer, with the need that was asked for and given, and the response."""
    reading, sense = state.reading, state.sense
    if reading is None or sense is None:
        return None
    read = _in_context(state, reading).as_json(get_base_language(guide.language))
    return {**read, "sense": sense.as_json()}


def _in_context(state: State, reading: Analysis) -> Analysis:
    pending = state.pending
    if pending is None or not state.answered:
        return reading
    key = f"{pending.question_id}/{pending.target}"
    return reading.with_covered_need(key, state.text) if key in state.needs_asked else reading
