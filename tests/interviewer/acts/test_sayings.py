"""What is said beside an answer, as people type it: declining, not knowing, asking, scolding.

In `said/LANGUAGE.txt` a line has what is to be heard, `+` or `-` (sounds like it and is not), and the words.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.acts.act_detection import detect_acts
from tests.interviewer.conftest import CLINIC
from tests.interviewer.understanding.test_stop_confirmation import TOLD, Hold

LISTS = sorted((Path(__file__).parent / "said").glob("*.txt"))
HEARD = {
    "refusal": {acts.REFUSAL},
    "skip": {acts.SKIP, acts.REFUSAL, "can_skip"},
    "pause": {acts.PAUSE},
    "dont_know": {acts.DONT_KNOW},
    "clarify": {acts.CLARIFY, acts.REPEAT},
    "withdraw": {acts.WITHDRAW, "can_delete"},
    "rude": {acts.COMPLAINT},
    "told": {acts.ALREADY_TOLD},
    "wrong": {acts.WRONG_PERSON, acts.MISFIT},
    "misfit": {acts.MISFIT},
    "language": {acts.LANGUAGE},
    "nothing_more": {acts.NOTHING_MORE},
    "how_long": {"how_long", "how_many"},
}


def said(mark: str) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    for path in LISTS:
        for line in path.read_text(encoding="utf-8").splitlines():
            kind, sign, words = line.split(" ", 2)
            found += [(path.stem, kind, words)] if sign == mark else []
    return found


def heard(language: str, kind: str, words: str) -> bool:
    found = detect_acts(words, language)
    return bool(HEARD.get(kind, {kind}) & {*found.acts, *found.topics})


def test_each_language_has_its_list() -> None:
    assert {path.stem for path in LISTS} == set(TOLD)


@pytest.mark.parametrize(("language", "kind", "words"), said("+"))
def test_it_is_heard(language: str, kind: str, words: str) -> None:
    assert heard(language, kind, words)


@pytest.mark.parametrize(("language", "kind", "words"), said("-"))
def test_what_sounds_like_it_is_not(language: str, kind: str, words: str) -> None:
    assert not heard(language, kind, words)


def test_who_tires_hears_how_long_and_is_asked_less(hold: Hold) -> None:
    interview: Any = hold(CLINIC, TOLD["en"], "I'm getting a bit tired now, is it much longer?")
    assert "more minute" in interview.text
    assert interview.answer("We booked by phone and it took weeks.").decision.act == acts.ASK


def test_one_thing_more_at_the_question_whether_to_end_is_taken(hold: Hold) -> None:
    interview: Any = hold(CLINIC, TOLD["en"], "stop")
    interview.answer("no wait, I have one more thing: the waiting room was freezing")
    assert interview.act not in (acts.RETURN, acts.CARRY_ON, acts.CONFIRM_STOP)


def test_a_sentence_of_another_language_is_not_mended(hold: Hold) -> None:
    """ "im" is a word in German."""
    german = replace(CLINIC, language="de")
    assert not hold(german, TOLD["de"], "Ich war im Haus fertig.").move.ends
