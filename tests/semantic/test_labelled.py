"""What closeness in meaning is good for, on answers and follow-ups that were labelled beforehand."""

import tomllib
from bisect import bisect_left, bisect_right
from dataclasses import replace
from pathlib import Path
from typing import Any

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.guide import Guide, Need, Question
from interviewrelay.interviewer.state import answer_similarity, off_topic
from interviewrelay.interviewer.state.state import Pending
from interviewrelay.interviewer.text.tokenization import get_stems
from interviewrelay.interviewer.understanding import reading as readings

HERE = Path(__file__).parent


def read(name: str, part: str) -> list[dict[str, Any]]:
    return list(tomllib.loads((HERE / name).read_text("utf-8"))[part])


def question(written: dict[str, Any]) -> Question:
    needs = [
        Need(f"n{n}", need["label"], need["ask"], tuple(need["cues"]))
        for n, need in enumerate(written["needs"])
    ]
    return Question("q1", written["text"], needs=tuple(needs))


QUESTIONS = [(question(written), written) for written in read("relevance.toml", "question")]
ANSWERS = [
    (asked, said, kind == "on")
    for asked, written in QUESTIONS
    for kind in ("on", "off")
    for said in written[kind]
]
CHOICES = read("choices.toml", "choice")


def area(higher: list[float], lower: list[float]) -> float:
    """The share of pairs that are in the right order (area under the ROC curve)."""
    lower = sorted(lower)
    below = [(bisect_left(lower, x) + bisect_right(lower, x)) / 2 for x in higher]
    return sum(below) / len(lower) / len(higher)


def overlap(said: str, text: str) -> float:
    mine, theirs = get_stems(said, "en"), get_stems(text, "en")
    return len(mine & theirs) / len(theirs)


def asked_for(meaning: Any, asked: Question, said: str) -> float:
    return answer_similarity.measure(meaning, "en", asked, said)[answer_similarity.ASKED]


def drifts(meaning: Any, asked: Question, said: str) -> bool:
    guide = Guide("Study", (asked,))
    near = answer_similarity.measure(meaning, "en", asked, said)
    reading = replace(readings.analyze_answer(guide, said), close=near)
    pending = Pending(acts.ASK, asked.id, None, asked.text)
    return off_topic.is_off_topic(guide, pending, said, reading, [])


def test_there_is_enough_to_measure_with() -> None:
    assert len(QUESTIONS) >= 8
    assert len(ANSWERS) >= 40
    assert len(CHOICES) >= 24
    assert {c["best"] for c in CHOICES} == {0, 1, 2}


def test_answers_are_told_from_talk_of_something_else(meaning: Any) -> None:
    near = [(asked_for(meaning, asked, said), on) for asked, said, on in ANSWERS]
    found = area([x for x, on in near if on], [x for x, on in near if not on])
    assert found >= 0.95


def test_no_answer_is_taken_for_talk_of_something_else(meaning: Any) -> None:
    wrong = [said for asked, said, on in ANSWERS if on and drifts(meaning, asked, said)]
    assert wrong == []


def test_talk_of_something_else_is_seen_where_no_word_gives_it_away(meaning: Any) -> None:
    off = [(asked, said) for asked, said, on in ANSWERS if not on]
    by_words = sum(drifts(None, asked, said) for asked, said in off)
    by_meaning = sum(drifts(meaning, asked, said) for asked, said in off)
    assert by_meaning >= by_words + len(off) / 2


def chosen(measure: Any) -> float:
    """The share of follow-ups rightly chosen by a measure of answer and text; ties are no choice."""
    right = 0
    for choice in CHOICES:
        near = [measure(choice["answer"], text) for text in choice["follow_ups"]]
        right += near.index(max(near)) == choice["best"] and near.count(max(near)) == 1
    return right / len(CHOICES)


def test_the_follow_up_that_takes_up_what_was_said_is_chosen(meaning: Any) -> None:
    found = chosen(lambda said, text: meaning.similarities(said, [text])[0])
    assert found >= 0.75
    assert found > chosen(overlap)
