"""What a language model may put into words: the follow-up or the question that is decided already.

It never words what is said of danger, of stopping, of the interview itself or of consent, nor the
close; and it is not asked in a language whose rules the validator does not know.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from interviewrelay.conversation import Decision, Turn
from interviewrelay.interviewer import acts, manner, steering, wording
from interviewrelay.interviewer.controller import Move
from interviewrelay.interviewer.folding import fold
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.words import base_language

WORDED: Final = frozenset({acts.ASK, acts.PROBE, acts.ANOTHER_ANGLE})

SHOWN_TURNS: Final = 6
SHOWN_QUESTIONS: Final = 8
"""The newest of each are shown to a model, so that a long interview costs no more than a short one."""

PLAIN_ANSWER: Final = frozenset(
    {acts.ANSWER, acts.YES, acts.NO, acts.ACK, acts.GREETING, acts.DONT_KNOW, acts.NOTHING_MORE}
)
"""What the last turn may do; anything else is replied to in our own words."""


@dataclass(frozen=True, slots=True)
class Task:
    """One turn to be worded. `act` and `target` are all that is legal; `question` is the prepared
    text, ready to be sent; `line` what stands before it, and `own_line` whether the model may say
    that as well. `answers`, `asked`, `lines` and `avoided` are the whole interview's so far, without
    what only tried to steer it.
    """

    act: str
    target: str
    goal: str
    question: str
    line: str
    own_line: bool
    guide: Guide
    topic: Question
    turns: Sequence[Turn]
    answers: Sequence[str]
    asked: Sequence[str]
    lines: Sequence[str]
    avoided: Sequence[str]
    minutes_left: int

    @property
    def language(self) -> str:
        return self.guide.language


def task_of(guide: Guide, turns: Sequence[Turn], move: Move) -> Task | None:
    """The task that a move leaves to a model; None where the words are ours to say."""
    decision = move.decision
    if decision is None or not _may_word(guide, move, decision):
        return None
    topic = guide.question(decision.question_id)
    heard = [turn for turn in steering.read(turns) if not (turn.reading or {}).get("discloses")]
    if topic is None or heard[-1:] != list(turns[-1:]):
        return None
    if not _plainly_answered(move, turns[-1].text, guide.language):
        return None
    state = fold(guide, turns)
    line = str(decision.details.get("line", ""))
    return Task(
        act=decision.act,
        target=decision.target or topic.id,
        goal=_goal(decision, topic),
        question=str(decision.details["question"]),
        line=line,
        own_line=not line or line in wording.PHRASES[base_language(guide.language)]["ack"],
        guide=guide,
        topic=topic,
        turns=heard,
        answers=[turn.text for turn in heard if turn.speaker == "participant"],
        asked=state.asked,
        lines=state.lines,
        avoided=state.avoided,
        minutes_left=move.progress.minutes_left,
    )


def _may_word(guide: Guide, move: Move, decision: Decision) -> bool:
    """Whether this kind of turn is left to a model at all. A closed question, a scale or a question
    for a fact is asked as its author wrote it.
    """
    if decision.act not in WORDED or not decision.details.get("question") or move.ends:
        return False
    if base_language(guide.language) not in wording.PHRASES:
        return False
    topic = guide.question(decision.question_id)
    return decision.act == acts.PROBE or (topic is not None and topic.kind == "open")


def _plainly_answered(move: Move, text: str, language: str) -> bool:
    heard = move.reading or {}
    done = heard.get("acts")
    plain = isinstance(done, Sequence) and set(done) <= PLAIN_ANSWER
    return plain and not heard.get("discloses") and not manner.upset(text, language)


def _goal(decision: Decision, topic: Question) -> str:
    """What the turn is to find out, in the author's words."""
    need = next((n for n in topic.needs if n.id == decision.target), None)
    if need is not None:
        return need.label or need.ask
    if decision.act == acts.PROBE and decision.source == "author":
        return str(decision.details["question"])
    return topic.text


def as_data(task: Task, hide: Callable[[str], str]) -> dict[str, object]:
    """What of the interview a model is shown, every text of it as `hide` leaves it."""
    texts = {
        "goal": task.goal,
        "author_question": task.topic.text,
        "prepared_question": task.question,
    }
    turns = [{"speaker": t.speaker, "text": hide(t.text)} for t in task.turns[-SHOWN_TURNS:]]
    return {
        "language": task.language,
        "act": task.act,
        "target": hide(task.target),
        **{name: hide(text) for name, text in texts.items()},
        "may_acknowledge": task.own_line,
        "turns": turns,
        "asked_before": [hide(text) for text in task.asked[-SHOWN_QUESTIONS:]],
        "avoid": [hide(text) for text in (*task.topic.avoid, *task.avoided)],
        "minutes_left": task.minutes_left,
    }
