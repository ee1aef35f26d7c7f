"""What a follow-up is worth, and what it must be worth: the price of the time that it takes.

Both are plain arithmetic on what was said, so that every choice can be told and repeated.
"""

from dataclasses import dataclass

from interviewrelay.interviewer import candidates as offers, closeness
from interviewrelay.interviewer.candidates import Candidate
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.pacing import Pace, remaining
from interviewrelay.interviewer.state import State

W_NEED = 1.5
W_DEFICIT = 0.8
W_NOVEL = 0.5
W_SENSITIVE = 0.6
W_FATIGUE = 0.5
W_CLOSE = 0.5
"""Weights of what speaks for a follow-up and of what speaks against it."""

FULL = 30
"""Content words of an account that leaves little to ask, unless the author expects more."""

W_DEPTH = 0.5
"""What is left of the worth of going deeper with each step into one matter: the next is worth more."""

EXHAUSTED = 3
"""Sentences after the first that leave little of one matter to tell."""

LITTLE = 0.25
"""What is left then."""

W_OLDER = 0.6
"""What is left of it for something that was said before the last answer: people expect to be asked on
about what they have just said, and what is learned is no less."""

LEAST = 0.1
"""What a follow-up must be worth where there is all the time in the world."""

DEAREST = 0.9
"""What it must be worth where there is no time but for what is left of the script."""

AT_EASE = 10
"""Answers after which a participant is used to being asked."""

TIRED = 4
"""Follow-ups in a row that brought nothing, after which a participant has had enough of them."""

WORN = 10
"""Follow-ups in all that brought nothing, after which no more are worth it."""


@dataclass(frozen=True, slots=True)
class Value:
    """The parts of what a follow-up is worth, each with its weight, kept with the decision."""

    need: float
    deficit: float
    novel: float
    sensitive: float
    fatigue: float
    close: float = 0.0

    @property
    def total(self) -> float:
        for_it = self.need + self.deficit + self.novel + self.close
        return for_it - self.sensitive - self.fatigue


def value(state: State, question: Question, candidate: Candidate) -> Value:
    """What asking `candidate` now is worth; most for a need of which nothing was said. Of what the
    author wants to know, what the last answer came close to comes first.
    """
    sensitive = question.sensitivity / 2 * (1 - min(1.0, state.answers / AT_EASE))
    if candidate.kind in (offers.NEED, offers.AUTHOR):
        need, lack, novel, weary = W_NEED * candidate.weight, 0.0, 0.0, W_FATIGUE
        close = W_CLOSE * closeness.to(state, candidate.kind, candidate.target)
    else:
        again = (
            left_of(candidate.said) * W_DEPTH ** (candidate.depth - 1)
            if candidate.depth
            else 1.0
        )
        again *= 1.0 if candidate.fresh else W_OLDER
        lack = W_DEFICIT * again * deficit(question, candidate.told)
        novel = W_NOVEL * again * 0.8**candidate.rank
        # To go on and on is what people tire of; what the author wants to know they bear longer.
        need, close, weary = 0.0, 0.0, lack + novel
    tired = weary * fatigue(state)
    return Value(need, lack, novel, W_SENSITIVE * sensitive, tired, close)


def deficit(question: Question, told: int) -> float:
    """How much is left to tell where `told` content words were said: 0 to 1."""
    return max(0.0, 1 - told / max(FULL, question.expected.min_words))


def left_of(said: int) -> float:
    """How much of a matter is left to tell after so many sentences on it: 1 after the first, and never
    nothing, since a long account may hold what is worth most.
    """
    return max(LITTLE, 1 - ((said - 1) / EXHAUSTED) ** 2)


def fatigue(state: State) -> float:
    """How tired of follow-ups they seem: 0 to 1."""
    return min(1.0, max(state.barren / TIRED, state.misses / WORN))


def price(guide: Guide, state: State, question: Question, pace: Pace) -> float:
    """What a follow-up must be worth now: the scarcer the time for what the script still wants to ask,
    the more.
    """
    due = [q for q in remaining(guide, state) if q.id != question.id]
    wanted = sum(min(q.follow_ups, max(len(offers.open_needs(state, q)), 1)) for q in due)
    wanted += len(offers.open_needs(state, question))
    spare = pace.spare / pace.exchange if pace.exchange else 0.0
    if spare >= 2 * wanted + 1:
        return LEAST
    scarce = 1 - spare / (2 * wanted + 1)
    return LEAST + (DEAREST - LEAST) * max(0.0, min(1.0, scarce))
