"""Interview state: folded from its turns, stored nowhere else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from interviewrelay.core.conversation import Decision
from interviewrelay.interviewer import acts
from interviewrelay.interviewer.guide import Question
from interviewrelay.interviewer.understanding.coverage import build_need_key
from interviewrelay.interviewer.understanding.reading import Analysis
from interviewrelay.interviewer.understanding.response import Interpretation

TAKEN_UP = "taken_up"
"""Follow-up kind that takes up a clause of the participant."""


@dataclass(frozen=True, slots=True)
class Pending:
    """Pending question: its words, and its target; `returns` if it came back to a matter after the
    script was complete, `takes_up` if it repeats what was said.
    """

    act: str
    question_id: str | None
    target: str | None
    text: str
    returns: bool = False
    takes_up: bool = False


@dataclass(frozen=True, slots=True)
class AccountAnswer:
    """Account: an answer that is nothing else, such as a complaint; the `number` of its turn and
    its `text`.
    """

    number: int
    text: str


@dataclass(slots=True)
class Thread:
    """Thread: one question of the script and what was said on it. Times in UTC.

    `returns` counts follow-ups after the script was complete, `taken_up` those that took up what
    was said, and `kinds` lists their kinds. `eased` if it is painful for them, so that nothing more
    is asked on it.
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
    accounts: list[AccountAnswer] = field(default_factory=list)
    cues: dict[str, set[int]] = field(default_factory=dict)


@dataclass(slots=True)
class State:
    """State of an interview.

    `needs` holds all that are not open, by `coverage.build_need_key`; `passed` the skipped
    questions with reasons; `lines` the text before the question in each turn of the interviewer,
    newest last; `avoided` the subjects that the participant prefers not to discuss; `left`
    postponed questions, and `returned` those that were asked again; `barren` counts fruitless
    follow-ups in a row, and `misses` all of them; `read_back` the turns quoted in the check-back;
    `amended` the corrected turns, once for each correction; `overtaken` the sentences that are
    superseded or contain a name to be left out (`unnamed`).

    `reading`, `text`, `at` and `sense` belong to the last answer, and so does `put_right`, its
    corrected value. `steered` is true if it, or the one before it, looks like an order to a
    machine. `comforted` counts turns without a question in a row after tears; `idle` counts answers
    in a row that only greet or say "ok".
    """

    threads: dict[str, Thread] = field(default_factory=dict)
    passed: dict[str, str] = field(default_factory=dict)
    needs: dict[str, str] = field(default_factory=dict)
    needs_asked: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    said_back: list[str] = field(default_factory=list)
    """Clauses of the participant that were repeated."""
    pending: Pending | None = None
    reposed: int = 0
    unclear: int = 0
    skip_offered: bool = False
    empties: int = 0
    idle: int = 0
    injections: int = 0
    awaiting_stop: bool = False
    paused: bool = False
    """True if the last thing they were told was that they may take a break."""
    resumes: bool = False
    """True if the last answer follows a break whose question was answered."""
    comforted: int = 0
    alarmed: bool = False
    """True if an answer mentioned danger, and no later answer has denied it."""
    cried: bool = False
    """True if tears, and not a mere "not now", are why nothing is asked."""
    told: bool = False
    """True if the painful question was answered after all."""
    stop_asked: bool = False
    """True if they were asked, after a request of theirs, whether to end."""
    stop_offered: bool = False
    """True if they were asked so on our own account."""
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
    """True if they were asked to continue an unfinished sentence."""
    noted: list[tuple[str, bool]] = field(default_factory=list)
    """Words that a model noted, and whether researchers must see them."""
    closing_followed: int = 0
    """Follow-ups on their addition at the close."""
    reading: Analysis | None = None
    text: str = ""
    at: datetime | None = None
    sense: Interpretation | None = None
    steered: bool = False
    put_right: str | None = None

    @property
    def disclosed(self) -> str:
        """Disclosure in the last answer, as in `disclosures.classify_disclosure`."""
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
        return self.needs.get(build_need_key(question.id, need_id), "open")


def enter_question(state: State, decision: Decision | None, text: str, at: datetime) -> None:
    """Apply a turn of the interviewer."""
    if decision is None:
        # A turn of another source leaves the pending question as it is.
        state.lines.append("")
        return
    details = decision.details
    state.lines.append(str(details.get("line", "")))
    passed = details.get("passed")
    if isinstance(passed, Mapping):
        state.passed.update({str(key): str(why) for key, why in passed.items()})
    state.noted.extend(_noted(decision.model or {}))
    learned = details.get("learned")
    if isinstance(learned, Mapping):  # by a model, with the words that show it
        enter_goals(state.needs, learned)
    state.offered_shorter = state.offered_shorter or bool(details.get("offer_shorter"))
    if details.get("left"):
        state.left.append(str(details["left"]))
    if decision.act in acts.POSING:
        _posed(state, decision, str(details.get("question") or text), at)
    elif decision.act == acts.CONFIRM_STOP:
        state.awaiting_stop = True
        offered = bool(details.get("offered"))
        state.stop_offered = state.stop_offered or offered
        state.stop_asked = state.stop_asked or not offered
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
    """Words that a model noted, each with whether researchers must see it."""
    incident, threads = told.get("incident"), told.get("threads")
    if isinstance(incident, Mapping):
        yield str(incident.get("quote", "")), True
    for thread in threads if isinstance(threads, Sequence) else ():
        if isinstance(thread, Mapping):
            yield str(thread.get("quote", "")), False


def enter_goals(needs: dict[str, str], learned: Mapping[str, str]) -> None:
    """Apply learning goals that a model found `touched` or `covered`."""
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
    """Turns that the statements of a check-back come from."""
    found = statements if isinstance(statements, Sequence) else ()
    return tuple(int(one["turn"]) for one in found if isinstance(one, Mapping))


def _returned(state: State, decision: Decision) -> None:
    """Make a postponed question pending again."""
    question_id = decision.question_id or ""
    text = str(decision.details.get("question", ""))
    state.pending = Pending(acts.RETURN, question_id, None, text)
    state.returned.add(question_id)
    _afresh(state)


def _afresh(state: State) -> None:
    state.comforted, state.alarmed = 0, False
    state.reposed = state.unclear = state.empties = state.injections = 0
    state.skip_offered = False
