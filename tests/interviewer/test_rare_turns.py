"""What hardly anybody says or stores, and what is made of it all the same."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.acts.act_detection import detect_acts
from interviewrelay.interviewer.dialogue.controller import next_move
from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.patterns.pattern_prefilter import PatternIndex, trigrams
from interviewrelay.interviewer.patterns.required_texts import find_required_texts
from interviewrelay.interviewer.understanding import facts

Hold = Callable[..., Any]


def test_a_command_is_heard_among_many_polite_words() -> None:
    assert detect_acts("Stop, please, thanks, please, thanks, please", "en").acts == (
        acts.STOP,
    )


def test_a_long_row_of_polite_words_is_no_answer_beside_a_question() -> None:
    heard = detect_acts("Ok, ok, ok, ok, well. Are you human?", "en")
    assert heard.acts == (acts.META,)


ASKED = [
    ("I went there by bus, will you go by bus?", "en", {acts.META, acts.ANSWER}),
    ('It was fine. Will you watch "Friends"?', "en", {acts.ANSWER}),
    ("Você gosta de futebol?", "pt", {acts.ANSWER}),
    (
        "Will you go to the old house by the river with the red door where all of us children played in the long summers?",
        "en",
        {acts.ANSWER},
    ),
]


@pytest.mark.parametrize(("said", "language", "heard"), ASKED)
def test_only_what_is_put_to_the_interviewer_asks_it(
    said: str, language: str, heard: set[str]
) -> None:
    assert set(detect_acts(said, language).acts) == heard


def test_a_question_of_two_sentences_asks_for_more_than_facts() -> None:
    assert facts.asks_only_for_facts("How much did you pay?")
    assert not facts.asks_only_for_facts("Think of the bill. How much did you pay?")


def test_a_pattern_without_a_needle_is_always_looked_for() -> None:
    stack = PatternIndex({"figure": r"\d+", "stop": "stop"})
    assert [name for name, _ in stack.candidates("12", trigrams("12"))] == ["figure"]
    assert find_required_texts(r"(stop|pause)\b") == {"stop", "pause"}


def test_a_reading_without_its_sense_is_read_again(clinic: Guide, hold: Hold) -> None:
    interview = hold(clinic, "My doctor sent me to the clinic.", "I waited a week for it.")
    older = [
        replace(t, reading={k: v for k, v in t.reading.items() if k != "sense"})
        if t.reading
        else t
        for t in interview.turns[:-1]
    ]
    assert next_move(clinic, older, interview.context()).text == interview.text


def test_a_correction_of_what_is_not_there_is_survived(clinic: Guide, hold: Hold) -> None:
    interview = hold(clinic, "My doctor sent me to the clinic.")
    sense = {**interview.turns[1].reading["sense"], "amends": 2}
    said = replace(interview.turns[1], reading={**interview.turns[1].reading, "sense": sense})
    move = next_move(clinic, [interview.turns[0], said], interview.context())
    assert move.text
    assert not move.ends


def test_told_already_before_anything_was_asked_is_not_believed(
    clinic: Guide, hold: Hold
) -> None:
    interview = hold(clinic)
    unasked = replace(interview.turns[0], decision=None)
    said = replace(hold(clinic, "I already told you that.").turns[1], reading=None)
    move = next_move(clinic, [unasked, said], interview.context())
    assert move.reading
    assert move.reading["sense"]["known"] is False
