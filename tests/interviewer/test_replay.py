"""What simulated people say, through the engine: whole interviews, and each answer by itself.

On each commit for some of the people; with REPLAY=all for the 300 of `python -m bench interviews`.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

import pytest

from bench.interviews import detectors, material, personas, sheets
from bench.interviews.participant import Participant
from bench.interviews.sheets import Sheet
from interviewrelay.interviewer import acts
from interviewrelay.interviewer.dialogue.controller import build_turn_context
from interviewrelay.interviewer.guide import Guide, Question, build_guide
from interviewrelay.interviewer.policy import follow_ups
from interviewrelay.interviewer.policy.follow_up_kinds import FollowUp
from interviewrelay.interviewer.policy.repeated_questions import is_repeat
from interviewrelay.interviewer.state.state import TAKEN_UP
from interviewrelay.interviewer.wording import style_rules
from tests.interviewer.conftest import Interview

pytestmark = pytest.mark.gate  # takes 23 s of a processor
A_STUDY = 25
ALL = os.environ.get("REPLAY") == "all"
EVERY = 1 if ALL else 13
"""One of so many people; no divisor of 25, so that each kind of people and each study has its turn."""

ALONE = Guide("Study", questions=(Question("q1", "What happened there?", depth="deep"),))


@dataclass(slots=True)
class Played:
    """An interview, and what was said in it."""

    interview: Interview
    said: list[str] = field(default_factory=list)


def people() -> Iterator[Sheet]:
    """Those of the bench, of whom each has a kind of their own in turn."""
    kinds = list(personas.KINDS)
    studies = material.STUDIES
    for place, (study, number) in enumerate(product(studies, range(A_STUDY))):
        if place % EVERY == 0:
            kind = kinds[(place // EVERY) % len(kinds)]
            patience = personas.KINDS[kind].patience
            yield sheets.sheet(material.study(study), number, 1, kind, patience)


def play(sheet: Sheet) -> Played:
    person = Participant(sheet)
    guide = build_guide({**sheet.study.script, "target_minutes": 20})
    played = Played(Interview(guide, seed=sheet.id))
    while not played.interview.move.ends and not person.gone:
        exchange = person.answer(played.interview.text)
        played.interview.pace = person.clock - played.interview.elapsed
        played.interview.answer(exchange.answer)
        played.said.append(exchange.answer)
    return played


@pytest.fixture(scope="module")
def interviews() -> list[Played]:
    return [play(sheet) for sheet in people()]


@pytest.fixture(scope="module")
def answers(interviews: list[Played]) -> list[str]:
    """Each once."""
    return list(dict.fromkeys(text for played in interviews for text in played.said))


def follow_up(answer: str) -> FollowUp | None:
    """What is asked on an answer to an open question, if anything."""
    heard = Interview(ALONE, seed=answer)
    heard.answer(answer)
    now = build_turn_context(ALONE, heard.turns[:2], heard.context())
    return follow_ups.choose_follow_up(now, ALONE.questions[0], deeper=now.state.answered)


def test_there_is_enough_to_replay(interviews: list[Played], answers: list[str]) -> None:
    assert len(interviews) == (300 if ALL else 24)
    assert len(answers) > 12 * len(interviews)


def test_nothing_that_is_said_breaks_a_rule(interviews: list[Played]) -> None:
    broken = {}
    for played in interviews:
        for place, turn in enumerate(played.interview.turns):
            if turn.decision is not None and turn.decision.act in acts.POSING:
                asked = str(turn.decision.details["question"])
                ours = style_rules.list_violations(asked)
                theirs = detectors.judge(turn.text, played.said[: place // 2])
                if ours or theirs:
                    broken[turn.text] = (*ours, *theirs)
    assert broken == {}


def test_nothing_is_asked_twice_in_an_interview(interviews: list[Played]) -> None:
    for played in interviews:
        turns = [(t.text, t.decision) for t in played.interview.turns if t.decision is not None]
        posed = [(text, d) for text, d in turns if d.act in acts.POSING]
        texts = [str(d.details["question"]) for _, d in posed]
        for place, (_, decision) in enumerate(posed):
            # What takes up another clause asks another thing with the same few words.
            if decision.act == acts.PROBE and decision.details["kind"] != TAKEN_UP:
                assert not is_repeat(texts[place], texts[:place], "en")
        assert len(posed) == len({text for text, _ in posed})


def test_no_follow_up_on_any_answer_breaks_a_rule(answers: list[str]) -> None:
    broken = {}
    for answer in answers:
        if (found := follow_up(answer)) is not None:
            ours = style_rules.list_violations(found.text)
            theirs = detectors.judge(f"{found.line} {found.text}".strip(), [answer])
            if ours or theirs:
                broken[found.text] = (*ours, *theirs)
    assert broken == {}


def test_what_is_said_back_was_said_letter_by_letter(interviews: list[Played]) -> None:
    taken = 0
    for played in interviews:
        for place, turn in enumerate(played.interview.turns):
            details = turn.decision.details if turn.decision else {}
            if details.get("kind") == TAKEN_UP:
                taken += 1
                said = [t.text for t in played.interview.turns[:place] if t.decision is None]
                assert any(str(details["anchor"]) in text for text in said)
    assert taken > len(interviews)
