"""What simulated people say, through the engine: whole interviews, and each answer by itself.

On each commit for some of the people; with REPLAY=all for the 300 of `python -m bench interviews`, with
both simulators.
"""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from statistics import quantiles

import pytest

from bench.interviews import detectors, material, mind, personas, sheets
from bench.interviews.participant import EARS, Participant
from bench.interviews.sheets import Sheet
from interviewrelay.interviewer import acts, candidates, disclosing, probes, validator
from interviewrelay.interviewer.controller import next_move
from interviewrelay.interviewer.folding import fold
from interviewrelay.interviewer.guide import Guide, Question, guide_of
from interviewrelay.interviewer.wording import Voice
from tests.interviewer.conftest import Interview

pytestmark = pytest.mark.gate  # takes 23 s of a processor
A_STUDY = 25
ALL = os.environ.get("REPLAY") == "all"
EVERY = 1 if ALL else 13
"""One of so many people; no divisor of 25, so that each kind of people and each study has its turn."""

LONG = 15
"""Words from which on an answer nearly always holds something to go into."""

WOVEN = 0.9
MILLISECONDS = 10.0
ALONE = Guide("Study", questions=(Question("q1", "What happened there?", depth="deep"),))


@dataclass(slots=True)
class Played:
    """An interview, what was said in it, which of it told something, and the CPU time of each move."""

    interview: Interview
    said: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    spent: list[float] = field(default_factory=list)


def people() -> Iterator[Sheet]:
    """Those of the bench, of whom each has a kind of their own in turn."""
    kinds = list(personas.KINDS)
    studies = (*material.TUNED, *material.REPORTED)
    for place, (study, number) in enumerate(product(studies, range(A_STUDY))):
        if place % EVERY == 0:
            kind = kinds[(place // EVERY) % len(kinds)]
            patience = personas.KINDS[kind].patience
            yield sheets.sheet(material.study(study), number, 1, kind, patience)


def play(sheet: Sheet, simulator: str) -> Played:
    person = Participant(sheet, simulator)
    guide = guide_of({**sheet.study.script, "target_minutes": 20})
    played = Played(Interview(guide, seed=f"{sheet.id}/{simulator}"))
    while not played.interview.move.ends and not person.gone:
        exchange = person.answer(played.interview.text)
        played.interview.pace = person.clock - played.interview.elapsed
        began = time.process_time()
        played.interview.answer(exchange.answer)
        played.spent.append(_least(played.interview, time.process_time() - began))
        played.said.append(exchange.answer)
        if exchange.outcome.kind == mind.TOLD:
            played.told.add(exchange.answer)
    return played


def _least(interview: Interview, spent: float) -> float:
    """Of a move that took long, the best of three times: others use the same machine."""
    if spent * 1000 <= MILLISECONDS:
        return spent
    turns = interview.turns if interview.move.ends else interview.turns[:-1]
    tries = [spent]
    for _ in range(2):
        began = time.process_time()
        next_move(interview.guide, turns, interview.context())
        tries.append(time.process_time() - began)
    return min(tries)


@pytest.fixture(scope="module")
def interviews() -> list[Played]:
    return [play(*pair) for pair in product(people(), EARS)]


@pytest.fixture(scope="module")
def answers(interviews: list[Played]) -> list[str]:
    """Each once."""
    return list(dict.fromkeys(text for played in interviews for text in played.said))


def follow_ups(answer: str) -> list[tuple[str, str]]:
    """All that could be asked on an answer to an open question, if it is one: the kind and the text."""
    heard = Interview(ALONE)
    heard.answer(answer)
    state = fold(ALONE, heard.turns[:2])
    voice = Voice("en", answer, 2, state.lines)
    found = candidates.candidates(
        ALONE, state, ALONE.questions[0], voice, deeper=state.answered
    )
    return [(offer.kind, text) for offer in found for _, text in offer.wordings()]


def test_there_is_enough_to_replay(interviews: list[Played], answers: list[str]) -> None:
    assert len(interviews) == (600 if ALL else 48)
    assert len(answers) > 12 * len(interviews)


def test_nothing_that_is_said_breaks_a_rule(interviews: list[Played]) -> None:
    broken = {}
    for played in interviews:
        for place, turn in enumerate(played.interview.turns):
            if turn.decision is not None and turn.decision.act in acts.POSING:
                asked = str(turn.decision.details["question"])
                ours = validator.violations(asked)
                theirs = detectors.judge(turn.text, played.said[: place // 2])
                if ours or theirs:
                    broken[turn.text] = (*ours, *theirs)
    assert broken == {}


def test_nothing_is_asked_twice_in_an_interview(interviews: list[Played]) -> None:
    for played in interviews:
        posed = [t.decision for t in played.interview.turns if t.decision is not None]
        texts = [str(d.details["question"]) for d in posed if d.act in acts.POSING]
        again = [t for n, t in enumerate(texts) if probes.is_repeat(t, texts[:n], "en")]
        probing = {str(d.details["question"]) for d in posed if d.act == acts.PROBE}
        assert not probing.intersection(again)
        assert len(texts) == len(set(texts))


def test_no_follow_up_on_any_answer_breaks_a_rule(answers: list[str]) -> None:
    broken = {}
    for answer in answers:
        for _, text in follow_ups(answer):
            ours = validator.violations(text)
            theirs = detectors.judge(text, [answer])
            if ours or theirs:
                broken[text] = (*ours, *theirs)
    assert broken == {}


def test_nine_of_ten_long_answers_are_taken_up_in_their_own_words(
    interviews: list[Played],
) -> None:
    told = {text for played in interviews for text in played.told}
    # A funeral, or what one never told the family, is not gone into.
    open_to_it = (text for text in told if not disclosing.disclosed(text, "en"))
    long = [text for text in open_to_it if len(text.split()) >= LONG]
    taken = [any(kind == candidates.DEEPER for kind, _ in follow_ups(text)) for text in long]
    assert len(long) > len(told) / 5
    assert sum(taken) / len(taken) >= WOVEN


def test_an_answer_takes_ten_milliseconds_at_most(interviews: list[Played]) -> None:
    spent = [1000 * seconds for played in interviews for seconds in played.spent]
    # Where all cores are taken, each does about half of what it could.
    crowded = os.getloadavg()[0] > (os.cpu_count() or 1)
    assert quantiles(spent, n=20)[-1] <= MILLISECONDS * (2 if crowded else 1)
