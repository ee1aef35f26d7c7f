"""How far people came, and how they spoke of each question."""

import pytest

from interviewrelay.analysis.per_question import CountedTurn, QuestionTally, merge_sentiments
from interviewrelay.analysis.sentiment import UNSURE, SentimentScore

GOOD, BAD = SentimentScore("positive", 0.5), SentimentScore("negative", -0.25)


def asked(question):
    return CountedTurn("ai", question)


def told(question, mood=GOOD, **more):
    return CountedTurn("participant", question, mood, **more)


def untold(question, **more):
    return CountedTurn("participant", question, **more)


def counts(status, *lines):
    """What becomes of a, b and c in one interview, as words."""
    tally = QuestionTally("abc")
    tally.add(status, lines)
    names = ("reached", "answered", "skipped", "stopped_here", "ended_here", "not_asked")
    return {
        question: {name for name in names if getattr(count, name)}
        for question, count in tally.questions.items()
    }


@pytest.mark.parametrize(
    ("status", "lines", "wanted"),
    [
        ("in_progress", [asked("a")], {"a": {"reached"}}),
        ("in_progress", [asked("a"), told("a")], {"a": {"reached", "answered"}}),
        ("abandoned", [asked("a"), told("a"), asked("b")],
         {"a": {"reached", "answered"}, "b": {"reached", "stopped_here"}}),
        ("abandoned", [asked("a"), untold("a"), asked("a")],
         {"a": {"reached", "skipped", "stopped_here"}}),
        ("completed", [asked("a"), untold("a"), asked("a"), told("a"), asked("b"), untold("b")],
         {"a": {"reached", "answered"}, "b": {"reached", "skipped"}, "c": {"not_asked"}}),
        ("completed", [asked("a"), told("a"), asked("b")],
         {"a": {"reached", "answered"}, "b": {"reached", "ended_here"}, "c": {"not_asked"}}),
        ("completed", [asked("a"), untold("a", stops=True), asked("a"), untold("a")],
         {"a": {"reached", "skipped", "ended_here"}, "b": {"not_asked"}, "c": {"not_asked"}}),
        ("completed", [asked("c"), told("c"), asked(None), told(None)],
         {"c": {"reached", "answered"}, "a": {"not_asked"}, "b": {"not_asked"}}),
        ("completed", [asked("c"), told("c"), asked(None)],
         {"c": {"reached", "answered"}, "a": {"not_asked"}, "b": {"not_asked"}}),
        ("failed", [], {}),
    ],
)  # fmt: skip
def test_an_interview_counts_for_each_question_once(status, lines, wanted):
    assert counts(status, *lines) == {"a": set(), "b": set(), "c": set(), **wanted}


def test_moods_are_of_every_answer_follow_ups_included():
    tally = QuestionTally("a")
    tally.add("completed", [asked("a"), told("a"), asked("a"), told("a", BAD), asked(None), told(None, BAD)])  # fmt: skip
    moods = tally.questions["a"].moods
    assert (moods.answers, moods.score) == (2, 0.125)
    assert moods.count() == {
        "positive": 1,
        "neutral": 0,
        "negative": 1,
        "mixed": 0,
        "unsure": 0,
    }
    assert (tally.moods.answers, tally.moods.score) == (3, 0.0)


def test_of_nothing_there_is_no_mean():
    assert merge_sentiments([]).score is None


def test_unsure_answers_are_counted_apart_and_leave_the_mean_alone():
    made = merge_sentiments([GOOD, UNSURE, UNSURE])
    assert (made.answers, made.score, made.count()["unsure"]) == (3, 0.5, 2)
    assert merge_sentiments([UNSURE]).score is None
