"""Where an interview stands: a fold over its turns, with nothing kept anywhere else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from interviewrelay.core.conversation import Decision
from interviewrelay.interviewer import acts
from interviewrelay.interviewer.guide import Question
from interviewrelay.interviewer.understanding.coverage import need_key
from interviewrelay.interviewer.understanding.reading import Reading
from interviewrelay.interviewer.understanding.response import Sense

TAKEN_UP = "taken_up"
"""Kind of a follow-up that takes up a clause of the participant's."""


@dataclass(frozen=True, slots=True)
class Pending:
    """The question that waits for an answer: its words alone, and what it is after; `returns` when the
    script was through and this came back to something, `takes_up` when it says back what was said.
    """

    act: str
    question_id: str | None
    target: str | None
    text: str
    returns: bool = False
    takes_up: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """An answer that is nothing else, not beside a complaint or the like: the `number` of its turn and
    its `text`.
    """

    number: int
    text: str


@dataclass(slots=True)
class Thread:
    """One question of the script and what was said on it. Times in UTC.

    `returns` counts the follow-ups asked once the script was through, `taken_up` those that
    took up what was said, and `kinds` are what they were after. `eased` when it is hard for
    them to speak of, so that nothing more is asked on it.
    """

    question_id: str
    started: datetime
    probes: int = 0
    returns: int = 0
    taken_up: int = 0
    kinds: set[str] = field(default_factory=set)
    angle: bool = False
    declined: bool = False
    eased: bool = False
    answers: list[str] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    cues: dict[str, set[int]] = field(default_factory=dict)


@dataclass(slots=True)
class State:
    """Everything that the turns say. `needs` holds what is not open, by `need_key`; `passed` the
    questions that were left out and why; `lines` what stood before the question in each turn of
    the interviewer, newest last; `avoided` what they would rather not talk about; `left` the
    questions that were put off, `returned` those that came again; `barren` the follow-ups in a row that
    brought nothing, `misses` all of them; `read_back` the turns whose words were read back at the end;
    `amended` the turns that were corrected, as often as they were, and `overtaken` the sentences that
    hold no longer or hold a name of those that are to be left out (`unnamed`); `reading`, `text`, `at`
    and `sense` are the last answer's, and so is `put_right`: what holds now, where it corrects an
    earlier one; it is `steered` when it, or the one before it, has
    the form of an order to a machine; `comforted` counts the turns in a row, after tears, that asked
    nothing, and `idle` those of theirs that only greeted or said "ok", whatever the question.
    """

    threads: dict[str, Thread] = field(default_factory=dict)
    passed: dict[str, str] = field(default_factory=dict)
    needs: dict[str, str] = field(default_factory=dict)
    needs_asked: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    said_back: list[str] = field(default_factory=list)
    """Clauses of theirs that were taken up."""
    pending: Pending | None = None
    reposed: int = 0
    unclear: int = 0
    skip_offered: bool = False
    empties: int = 0
    idle: int = 0
    injections: int = 0
    awaiting_stop: bool = False
    paused: bool = False
    """Whether the last thing said to them was that they may take a break."""
    resumes: bool = False
    """Whether the last answer follows on a break before which the question had its answer."""
    comforted: int = 0
    alarmed: bool = False
    """Whether an answer spoke of danger, and nobody has said since that there is none."""
    told: bool = False
    """Whether the question that hurt was answered after all."""
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
    read_back: tuple[int, ...] = ()
    amended: list[int] = field(default_factory=list)
    overtaken: set[str] = field(default_factory=set)
    unnamed: set[str] = field(default_factory=set)
    closing_asked: bool = False
    went_on: bool = False
    """Whether they were asked to go on with what broke off."""
    noted: list[tuple[str, bool]] = field(default_factory=list)
    """Words that a model noted, and whether the researchers must hear of them."""
    closing_followed: int = 0
    """Follow-ups on what they added at the close."""
    reading: Reading | None = None
    text: str = ""
    at: datetime | None = None
    sense: Sense | None = None
    steered: bool = False
    put_right: str | None = None

    @property
    def disclosed(self) -> str:
        """What the last answer tells and is not gone into, as `disclosures.disclosed` has it."""
        return self.reading.discloses if self.reading else ""

    @property
    def response(self) -> str:
        return self.sense.response if self.sense else ""

    @property
    def answered(self) -> bool:
        return self.sense is not None and self.sense.answered

    @property
    def known(self) -> bool:
        return self.sense is not None and self.sense.known

    def dealt_with(self, question_id: str) -> bool:
        return question_id in self.threads or question_id in self.passed

    def need(self, question: Question, need_id: str) -> str:
        """`open`, `touched`, `covered` or `declined`."""
        return self.needs.get(need_key(question.id, need_id), "open")


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
    state.noted.extend(_noted(decision.model or {}))
    learned = details.get("learned")
    if isinstance(learned, Mapping):  # by a model, with words that show it
        learn(state.needs, learned)
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
        state.paused = decision.act == acts.PAUSED
        went_on = decision.act == acts.CARRY_ON
        state.went_on = state.went_on or decision.act == acts.GO_ON
        state.alarmed = decision.act == acts.CARE or (state.alarmed and not went_on)
        asked_nothing = decision.act in (acts.COMFORT, acts.CARE)
        state.comforted = 0 if went_on else state.comforted + asked_nothing
        if decision.act == acts.REPHRASE and details.get("question"):
            state.asked.append(str(details["question"]))
        state.skip_offered = state.skip_offered or decision.act == acts.OFFER_SKIP
        state.unclear += decision.act in (acts.SAY_AGAIN, acts.REPHRASE, acts.OFFER_SKIP)


def _noted(told: Mapping[str, object]) -> Iterator[tuple[str, bool]]:
    """The words that a model found worth noting, each with whether the researchers must hear of it."""
    incident, threads = told.get("incident"), told.get("threads")
    if isinstance(incident, Mapping):
        yield str(incident.get("quote", "")), True
    for thread in threads if isinstance(threads, Sequence) else ():
        if isinstance(thread, Mapping):
            yield str(thread.get("quote", "")), False


def learn(needs: dict[str, str], learned: Mapping[str, str]) -> None:
    """Enter the learning goals that a model found `touched` or `covered`."""
    for key, status in learned.items():
        if status == "covered":
            needs[key] = "covered"
        else:
            needs.setdefault(key, "touched")


def _posed(state: State, decision: Decision, text: str, at: datetime) -> None:
    returns = bool(decision.details.get("returns"))
    takes_up = decision.details.get("kind") == TAKEN_UP
    state.pending = Pending(
        decision.act, decision.question_id, decision.target, text, returns, takes_up
    )
    state.asked.append(text)
    _afresh(state)
    if decision.act == acts.ANYTHING_TO_ADD:
        state.closing_asked = True
        return
    if decision.act == acts.CHECK_BACK:
        state.read_back = _turns_of(decision.details.get("statements"))
        return
    question_id = decision.question_id or ""
    thread = state.threads.setdefault(question_id, Thread(question_id, at))
    need = decision.details.get("need")
    if need:
        state.needs_asked.add(str(need))
    if decision.act == acts.PROBE:
        if returns:
            thread.returns += 1
        else:
            thread.probes += 1
        if decision.details.get("at_close"):
            state.closing_followed += 1
        if takes_up:
            thread.taken_up += 1
            state.said_back.append(str(decision.details.get("anchor", "")))
        thread.kinds.add(str(decision.target or ""))
        state.probes += 1
    elif decision.act == acts.ANOTHER_ANGLE:
        thread.angle = True


def _turns_of(statements: object) -> tuple[int, ...]:
    """The turns that the statements of a check-back come from."""
    found = statements if isinstance(statements, Sequence) else ()
    return tuple(int(one["turn"]) for one in found if isinstance(one, Mapping))


def _returned(state: State, decision: Decision) -> None:
    """A question that was put off is pending once more."""
    question_id = decision.question_id or ""
    text = str(decision.details.get("question", ""))
    state.pending = Pending(acts.RETURN, question_id, None, text)
    state.returned.add(question_id)
    _afresh(state)


def _afresh(state: State) -> None:
    state.comforted, state.alarmed = 0, False
    state.reposed = state.unclear = state.empties = state.injections = 0
    state.skip_offered = False
