"""Where an interview stands: a fold over its turns, with nothing kept anywhere else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from interviewrelay.conversation import Decision, Turn
from interviewrelay.interviewer import (
    acts,
    avoiding,
    drifting,
    facts,
    needs,
    placing,
    stopping,
    understanding,
)
from interviewrelay.interviewer.coverage import need_key
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.lexicon import NO_WORDS, YES_WORDS
from interviewrelay.interviewer.signals import Reading, from_json, read
from interviewrelay.interviewer.words import content_words, stem, words

IMPATIENT = 2
"""Follow-ups without result, as many as a question for the end weighs."""


@dataclass(frozen=True, slots=True)
class Pending:
    """The question that waits for an answer: its words alone, and what it is after; `returns` when the
    script was through and this came back to something.
    """

    act: str
    question_id: str | None
    target: str | None
    text: str
    returns: bool = False


@dataclass(slots=True)
class Thread:
    """One question of the script and what was said on it. Times in UTC.

    `returns` counts the follow-ups asked once the script was through; `depth` is how many follow-ups
    deep in what was said the last question was. `accounts` are the answers that are nothing else, not
    beside a complaint or the like, each with the depth of its question. `eased` when it is hard for
    them to speak of, so that nothing more is asked on it.
    """

    question_id: str
    started: datetime
    probes: int = 0
    returns: int = 0
    depth: int = 0
    anchors: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    angle: bool = False
    declined: bool = False
    eased: bool = False
    answers: list[str] = field(default_factory=list)
    accounts: list[tuple[str, int]] = field(default_factory=list)
    cues: dict[str, set[int]] = field(default_factory=dict)


@dataclass(slots=True)
class State:
    """Everything that the turns say. `needs` holds what is not open, by `need_key`; `passed` the
    questions that were left out and why; `lines` what stood before the question in each turn of
    the interviewer, newest last; `avoided` what they would rather not talk about; `left` the
    questions that were put off, `returned` those that came again; `barren` the follow-ups in a row that
    brought nothing, `misses` all of them; `response`, `answered` and `known`
    (it says that it was told before, and that may be so) speak of the last answer.
    """

    threads: dict[str, Thread] = field(default_factory=dict)
    passed: dict[str, str] = field(default_factory=dict)
    needs: dict[str, str] = field(default_factory=dict)
    needs_asked: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    pending: Pending | None = None
    reposed: int = 0
    unclear: int = 0
    skip_offered: bool = False
    empties: int = 0
    greets: int = 0
    injections: int = 0
    awaiting_stop: bool = False
    stop_asked: bool = False
    withdraws: bool = False
    complaints: int = 0
    avoided: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    returned: set[str] = field(default_factory=set)
    declines: int = 0
    misfits: int = 0
    drifts: int = 0
    offered_shorter: bool = False
    shortened: bool = False
    single_words: int = 0
    probes: int = 0
    barren: int = 0
    misses: int = 0
    answers: int = 0
    closing_asked: bool = False
    reading: Reading | None = None
    text: str = ""
    at: datetime | None = None
    response: str = ""
    answered: bool = False
    known: bool = False

    def dealt_with(self, question_id: str) -> bool:
        return question_id in self.threads or question_id in self.passed

    def need(self, question: Question, need_id: str) -> str:
        """`open`, `touched`, `covered` or `declined`."""
        return self.needs.get(need_key(question.id, need_id), "open")


def fold(guide: Guide, turns: Sequence[Turn]) -> State:
    """The state after `turns`. Readings that are not stored with the answers are made here."""
    state = State()
    for turn in turns:
        if turn.speaker == "ai":
            say(state, turn.decision, turn.text, turn.at)
        else:
            _heard(guide, state, turn)
    return state


# --- the interviewer's turns ------------------------------------------------------------------


def say(state: State, decision: Decision | None, text: str, at: datetime) -> None:
    """Enter a turn of the interviewer."""
    if decision is None:
        # A turn that this engine did not make leaves the pending question as it is.
        state.lines.append("")
        return
    details = decision.details
    state.lines.append(str(details.get("line", "")))
    passed = details.get("passed")
    if isinstance(passed, Mapping):
        state.passed.update({str(key): str(why) for key, why in passed.items()})
    state.offered_shorter = state.offered_shorter or bool(details.get("offer_shorter"))
    if details.get("left"):
        state.left.append(str(details["left"]))
    if decision.act in acts.POSING:
        _posed(state, decision, str(details.get("question") or text), at)
    elif decision.act == acts.CONFIRM_STOP:
        state.awaiting_stop = state.stop_asked = True
    elif decision.act == acts.RETURN:
        _returned(state, decision)
    else:
        state.reposed += 1
        if decision.act == acts.REPHRASE and details.get("question"):
            state.asked.append(str(details["question"]))
        state.skip_offered = state.skip_offered or decision.act == acts.OFFER_SKIP
        state.unclear += decision.act in (acts.SAY_AGAIN, acts.REPHRASE, acts.OFFER_SKIP)


def _posed(state: State, decision: Decision, text: str, at: datetime) -> None:
    returns = bool(decision.details.get("returns"))
    state.pending = Pending(decision.act, decision.question_id, decision.target, text, returns)
    state.asked.append(text)
    _afresh(state)
    if decision.act == acts.ANYTHING_TO_ADD:
        state.closing_asked = True
        return
    question_id = decision.question_id or ""
    thread = state.threads.setdefault(question_id, Thread(question_id, at))
    need = decision.details.get("need")
    if need:
        state.needs_asked.add(str(need))
    thread.depth = 0
    if decision.act == acts.PROBE:
        if returns:
            thread.returns += 1
        else:
            thread.probes += 1
        thread.depth = int(str(decision.details.get("depth", 0)))
        thread.anchors.append(str(decision.details.get("anchor", "")))
        thread.kinds.add(str(decision.target or ""))
        state.probes += 1
    elif decision.act == acts.ANOTHER_ANGLE:
        thread.angle = True


def _returned(state: State, decision: Decision) -> None:
    """A question that was put off is pending once more."""
    question_id = decision.question_id or ""
    text = str(decision.details.get("question", ""))
    state.pending = Pending(acts.RETURN, question_id, None, text)
    state.returned.add(question_id)
    _afresh(state)


def _afresh(state: State) -> None:
    state.reposed = state.unclear = state.empties = state.injections = state.greets = 0
    state.skip_offered = False


# --- the participant's turns ------------------------------------------------------------------


def _heard(guide: Guide, state: State, turn: Turn) -> None:
    reading = from_json(turn.reading) or read(guide, turn.text, skipped=turn.skipped)
    settled = _on_stop_question(guide, state, turn, reading)
    response = settled or understanding.response_to(reading, stop_asked=state.stop_asked)
    if state.pending is not None and settled is None:
        question = guide.question(state.pending.question_id)
        pending = (state.pending.act, state.pending.text)
        response = placing.placed(
            response, reading, turn.text, pending, question, guide.language
        )
        if response == understanding.ANSWER and _drifts(guide, state, turn.text):
            response = understanding.DRIFT
    state.awaiting_stop = False
    state.reading, state.text, state.at, state.response = reading, turn.text, turn.at, response
    state.answers += 1
    state.answered = response in understanding.ANSWERS_TOO and (
        reading.has(acts.ANSWER)
        or _yes_or_no(guide, state)
        or _a_fact(state, turn)
        or (response == understanding.ANSWER and acts.WONDERED in reading.topics)
    )
    state.known = response == understanding.ALREADY_TOLD and _known(guide, state)
    if state.pending is not None and state.pending.act == acts.PROBE:
        brought_nothing = not state.answered and response in _BARREN
        state.barren = state.barren + brought_nothing if not state.answered else 0
        state.misses += brought_nothing * (1 + (response == understanding.ALREADY_TOLD))
    needs.learn(state.needs, guide, (turn.text, reading))
    state.shortened = state.shortened or response == understanding.SHORTEN
    state.empties += response == understanding.EMPTY
    state.injections += response == understanding.INJECTION
    state.greets += response == understanding.GREETED
    state.misfits += response == understanding.MISFIT
    state.drifts = state.drifts + 1 if response == understanding.DRIFT else 0
    state.misses += _impatience(reading, response)
    state.complaints += response == understanding.COMPLAINT
    state.withdraws = state.withdraws or reading.has(acts.WITHDRAW)
    if response == understanding.REFUSAL and turn.text:
        named = avoiding.subject(turn.text, guide.language)
        state.avoided += [named] if named else []
    state.declines = state.declines + 1 if response == understanding.REFUSAL else 0
    if state.pending is not None and state.pending.question_id is not None:
        _on_thread(guide, state, state.pending, reading)


def _drifts(guide: Guide, state: State, text: str) -> bool:
    """Whether an answer to an open question is talk of something else."""
    pending = state.pending
    question = guide.question(pending.question_id) if pending else None
    if pending is None or question is None or question.kind != "open":
        return False
    if state.threads[question.id].depth:
        # What was said just now leads anywhere.
        return False
    # The same small talk twice does not make it the matter.
    told = (said for thread in state.threads.values() for said in thread.answers)
    accounts = (said for said in told if said != text)
    return drifting.drifts(guide, text, pending.text, accounts)


def _on_stop_question(guide: Guide, state: State, turn: Turn, reading: Reading) -> str | None:
    """What the answer to "Would you like to end here?" settles, if that was asked."""
    if not state.awaiting_stop or turn.skipped or _a_fact(state, turn):
        return None
    return stopping.settled(reading, turn.text, guide.language)


def _a_fact(state: State, turn: Turn) -> bool:
    """Whether the pending question asks for a fact and gets it: "nothing" is what a visit may cost."""
    return state.pending is not None and facts.told(state.pending.text, [turn.text])


def _yes_or_no(guide: Guide, state: State) -> bool:
    """Whether a closed question is answered in the same breath as something else is said."""
    question = guide.question(state.pending.question_id) if state.pending else None
    if question is None or question.kind != "closed":
        return False
    return bool(YES_WORDS.union(NO_WORDS).intersection(words(state.text)[:1]))


def _known(guide: Guide, state: State) -> bool:
    """Whether anything said before may be an answer to the pending question: on its own topic, on
    its needs, or with a word of it.
    """
    pending = state.pending
    if pending is None:
        return False
    if state.misfits:
        return True
    question = guide.question(pending.question_id)
    if question and any(state.need(question, n.id) != "open" for n in question.needs):
        return True
    own = state.threads.get(pending.question_id or "")
    if own is not None and own.answers:
        return True
    language = guide.language
    asked = {stem(w, language) for w in content_words(words(pending.text), language)}
    said = (answer for thread in state.threads.values() for answer in thread.answers)
    return any(not asked.isdisjoint(stem(w, language) for w in words(text)) for text in said)


def _impatience(reading: Reading, response: str) -> int:
    """How much a wish to be done with it counts, in follow-ups that brought nothing."""
    wishes = {"how_long", "how_many", "can_stop"}.intersection(reading.topics)
    return IMPATIENT * bool(wishes) + (response == understanding.COMPLAINT)


_BARREN = (
    understanding.NOTHING_MORE,
    understanding.DONT_KNOW,
    understanding.REFUSAL,
    understanding.ALREADY_TOLD,
    understanding.MISFIT,
)

_HOLDS_NOTHING = (understanding.GREETED, understanding.UNCLEAR, understanding.DRIFT)


def _on_thread(guide: Guide, state: State, pending: Pending, reading: Reading) -> None:
    """What the answer means for the question that was pending."""
    thread = state.threads[pending.question_id or ""]
    question = guide.question(pending.question_id)
    asks = reading.has(acts.CLARIFY) or reading.has(acts.REPEAT)
    held = reading.has(acts.ANSWER) and (asks or state.response not in _HOLDS_NOTHING)
    if held or state.answered:
        thread.answers.append(state.text)
    if state.answered and state.response == understanding.ANSWER:
        thread.accounts.append((state.text, thread.depth))
    if question is None:
        return
    if state.answered:
        short = question.kind == "open" and reading.words <= 1
        state.single_words = state.single_words + 1 if short else 0
        said = (pending.text, state.text, reading)
        needs.learn_on_thread(state.needs, thread.cues, question, said, guide.language)
    asked_for = need_key(question.id, pending.target or "")
    if asked_for in state.needs_asked:
        _settle(state, asked_for)
    thread.eased = thread.eased or state.response == understanding.UNEASY
    thread.angle = thread.angle or (
        state.response == understanding.DONT_KNOW and pending.act == acts.ASK
    )
    if state.response == understanding.REFUSAL:
        thread.declined = thread.declined or not thread.answers
        needs.decline(guide, state.needs, question, None if thread.answers else question.needs)
    elif state.response in (understanding.UPSET, understanding.MISFIT):
        thread.declined = True
        needs.decline(guide, state.needs, question, question.needs)
    elif state.response == understanding.ALREADY_TOLD and state.known:
        needs.told(state.needs, question, pending.target)


def _settle(state: State, key: str) -> None:
    """A need that was asked for is never asked again, whatever came back."""
    if state.answered or (state.response == understanding.ALREADY_TOLD and state.known):
        state.needs[key] = "covered"
    elif state.response in (
        understanding.REFUSAL,
        understanding.DONT_KNOW,
        understanding.NOTHING_MORE,
        understanding.MISFIT,
    ):
        state.needs[key] = "declined"
