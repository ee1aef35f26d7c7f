"""Interviewers to compare with: forms and simple rules, played against the simulators directly."""

import random
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from bench.interviews import mind
from bench.interviews.participant import Exchange, Participant
from bench.interviews.record import Record, settled
from bench.interviews.sheets import Sheet

MORE: Final = "Could you tell me more about that?"
CLOSE: Final = "Is there anything you would like to add?"
SHORT: Final = 20
"""Words below which the naive interviewer asks for more."""

LAST: Final = 5
"""Words that the ladder takes up."""

_INTO = (
    "Could you take me through one occasion when {} came up?",
    "What did {} look like in practice?",
    "Could you tell me more about {}?",
)
_WORD = re.compile(r"[a-z]{4,}")
_ANY = (
    MORE,
    "What did that look like in practice?",
    "Could you take me through one occasion when that came up?",
    "How did that come about?",
    "What happened next?",
)

Form = Callable[[Sheet, random.Random], Iterator[str]]


def play(name: str, sheet: Sheet, simulator: str, minutes: int) -> Record:
    """One interview, until the form is through, the time is up or the person has gone."""
    person = Participant(sheet, simulator)
    record = Record(sheet, simulator, name, minutes * 60.0)
    draw = random.Random(f"{name}/{sheet.seed}")
    if name in RULES:
        record.completed = RULES[name](person, record.budget)
    else:
        record.completed = _recite(person, FORMS[name](sheet, draw), record.budget)
    return settled(record, person)


def _recite(person: Participant, form: Iterator[str], budget: float) -> bool:
    for question in form:
        if person.clock >= budget or person.gone:
            return False
        person.answer(question)
    return True


def _fixed(sheet: Sheet, _draw: random.Random) -> Iterator[str]:
    yield from sheet.study.topics
    yield CLOSE


def _generic(sheet: Sheet, _draw: random.Random) -> Iterator[str]:
    for topic in sheet.study.topics:
        yield from (topic, MORE)
    yield CLOSE


def _long(sheet: Sheet, _draw: random.Random) -> Iterator[str]:
    for number, topic in enumerate(sheet.study.topics):
        yield topic
        yield from (need.ask for need in sheet.study.needs if need.topic == number)
    yield CLOSE


def _random_probe(sheet: Sheet, draw: random.Random) -> Iterator[str]:
    """After each question two follow-ups that have nothing to do with what was said."""
    offers = [*_ANY, *(need.ask for need in sheet.study.needs)]
    for topic in sheet.study.topics:
        yield from (topic, draw.choice(offers), draw.choice(offers))
    yield CLOSE


def _shuffled(sheet: Sheet, draw: random.Random) -> Iterator[str]:
    """The form in an order drawn by lot."""
    yield from draw.sample(sheet.study.topics, k=len(sheet.study.topics))
    yield CLOSE


FORMS: Final[Mapping[str, Form]] = {
    "fixed": _fixed,
    "generic": _generic,
    "long": _long,
    "random probe": _random_probe,
    "shuffled": _shuffled,
}


def _naive(person: Participant, budget: float) -> bool:
    """Asks for more after a short answer, then for each need of which no word has fallen."""
    study, heard_words = person.sheet.study, set[str]()
    for number, topic in enumerate(study.topics):
        asks = [n for n in study.needs if n.topic == number]
        if not _put(person, topic, heard_words, budget):
            return False
        if len(person.exchanges[-1].answer.split()) < SHORT and not _put(
            person, MORE, heard_words, budget
        ):
            return False
        for need in asks:
            named = {w for cue in need.cues for w in _WORD.findall(cue.lower())}
            if not named & heard_words and not _put(person, need.ask, heard_words, budget):
                return False
    return _put(person, CLOSE, heard_words, budget)


def _ladder(person: Participant, budget: float) -> bool:
    """Asks for each need, and goes once into the last words of what it got."""
    study, words = person.sheet.study, set[str]()
    for number, topic in enumerate(study.topics):
        if not _put(person, topic, words, budget):
            return False
        for need in (n for n in study.needs if n.topic == number):
            if not _put(person, need.ask, words, budget):
                return False
            said = person.exchanges[-1]
            phrase = " ".join(said.answer.rstrip(".").split(",")[-1].split()[-LAST:])
            into = _INTO[len(person.exchanges) % len(_INTO)].format(phrase)
            if said.outcome.kind == mind.TOLD and not _put(person, into, words, budget):
                return False
    return _put(person, CLOSE, words, budget)


def _put(person: Participant, question: str, words: set[str], budget: float) -> bool:
    if person.clock >= budget or person.gone:
        return False
    said: Exchange = person.answer(question)
    if said.outcome.kind == mind.TOLD:
        words.update(_WORD.findall(said.answer.lower()))
    return True


RULES: Final[Mapping[str, Callable[[Participant, float], bool]]] = {
    "naive": _naive,
    "ladder": _ladder,
}
NAMES: Final = (*FORMS, *RULES)
