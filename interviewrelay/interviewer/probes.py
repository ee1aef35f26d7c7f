"""Follow-ups: whether one is allowed, which of them are legal, and which is worth most."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from rapidfuzz import fuzz

from interviewrelay.interviewer import candidates as offers, leads, pacing, wording, worth
from interviewrelay.interviewer.candidates import Candidate
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.pacing import Pace
from interviewrelay.interviewer.state import State
from interviewrelay.interviewer.words import plain, stems_of

SAME_TEXT = 85
"""Token-set ratio from which on two questions are one."""

SAME_STEMS = 0.6
"""Share of common stems from which on two questions are one."""

ENOUGH = 2
"""Follow-ups in a row that brought nothing, after which nothing is returned to at the end."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The follow-up to ask on a question, in its words and with what they are after, what it is worth
    and what it had to be worth.
    """

    question: Question
    asked: Candidate
    target: str
    text: str
    value: worth.Value
    price: float

    def as_json(self) -> dict[str, float]:
        parts = {name: round(part, 2) for name, part in asdict(self.value).items() if part}
        return {**parts, "price": round(self.price, 2)}


class Asked:
    """The questions of an interview so far, made ready for comparison. They may hold words of the
    participant, so nothing of them is kept for longer.
    """

    def __init__(self, texts: Sequence[str], language: str) -> None:
        self._language = language
        self._known = [(plain(text), stems_of(text, language)) for text in texts]

    def has(self, text: str) -> bool:
        """Whether one of them is, or nearly is, `text`."""
        own, mine = plain(text), stems_of(text, self._language)
        if not mine:
            return True
        return any(
            len(mine & theirs) >= SAME_STEMS * len(mine | theirs)
            or fuzz.token_set_ratio(own, other) >= SAME_TEXT
            for other, theirs in self._known
        )


def best(
    guide: Guide,
    state: State,
    question: Question,
    pace: Pace,
    voice: wording.Voice,
    *,
    deeper: bool = True,
) -> Choice | None:
    """The follow-up to ask on `question` now, or None when none is legal or worth its time."""
    if not may_probe(guide, state, question, pace):
        return None
    price = worth.price(guide, state, question, pace)
    found = offers.candidates(guide, state, question, voice, deeper=deeper)
    return _most(guide, state, ((question, candidate) for candidate in found), price)


def earlier(guide: Guide, state: State, pace: Pace, voice: wording.Voice) -> Choice | None:
    """Once the script is through and there is time left: what was said before and not gone into."""
    tired = state.shortened or state.single_words >= 2 or state.barren >= ENOUGH
    if tired or not pace.probe_fits:
        return None
    so_far = leads.Said(state, guide.language)
    found = (
        (question, candidate)
        for question in guide.questions
        if _may_return(guide, state, question)
        for candidate in offers.deeper_into(guide, state, question, voice, so_far)
    )
    return _most(guide, state, found, worth.LEAST)


def _may_return(guide: Guide, state: State, question: Question) -> bool:
    """Whether something that was said on a question may be come back to at the end."""
    thread = state.threads.get(question.id)
    if thread is None or thread.declined or thread.eased or question.sensitivity:
        return False
    return thread.returns < pacing.returns_to(question) and pacing.room_for_one_more(
        guide, state, question
    )


def _most(
    guide: Guide, state: State, found: Iterable[tuple[Question, Candidate]], price: float
) -> Choice | None:
    """What is worth most and may be asked. What the author wants to know has not to be worth its
    price; words are made for those alone that it comes to.
    """
    asked = Asked(state.asked, guide.language)
    worthy = [
        (value, question, candidate)
        for question, candidate in found
        if (value := worth.value(state, question, candidate)).total
        >= (worth.LEAST if candidate.kind == offers.NEED else price)
    ]
    for value, question, candidate in sorted(worthy, key=lambda w: -w[0].total):
        if state.threads[question.id].anchors[-2:] == [candidate.anchor] * 2:
            continue
        for target, text in candidate.wordings():
            if not offers.avoided(guide, state, question, text) and not asked.has(text):
                return Choice(question, candidate, target, text, value, price)
    return None


def may_probe(guide: Guide, state: State, question: Question, pace: Pace) -> bool:
    """Whether the budgets of the question, of the interview, of time and of patience allow one."""
    thread = state.threads[question.id]
    first = next(iter(state.threads)) == question.id
    budget = min(question.follow_ups, 1) if first else question.follow_ups
    if (
        thread.eased
        or thread.declined
        or thread.probes >= budget
        or state.single_words >= 2
        or state.shortened
    ):
        return False
    if not pacing.room_for_one_more(guide, state, question):
        return False
    return pace.probe_fits and not _out_of_time(state, question)


def _out_of_time(state: State, question: Question) -> bool:
    """Whether the question has had the seconds that its author gave it."""
    if question.seconds is None or state.at is None:
        return False
    spent = state.at - state.threads[question.id].started
    return spent.total_seconds() > question.seconds


def is_repeat(text: str, asked: Sequence[str], language: str) -> bool:
    """Whether `text` is, or nearly is, a question that was asked before."""
    return Asked(asked, language).has(text)
