"""Which follow-up is asked: the author's first, then into what was said, as far as it is worth the time."""

from collections.abc import Callable
from typing import Any

from interviewrelay.interviewer import acts, candidates, worth
from interviewrelay.interviewer.guide import Need, Question

Hold = Callable[..., Any]

LINE = "There was a long queue down the stairs and a clerk with a red folder."


def deep(*needs: Need, **more: Any) -> list[Question]:
    first = Question("a", "Where do you work?", depth="none")
    return [first, Question("b", "What happened there?", depth="deep", needs=needs, **more)]


def test_their_own_words_are_taken_up(script: Any, hold: Hold) -> None:
    interview = hold(script(deep()), "<skip>", LINE)
    assert interview.kind == candidates.DEEPER
    assert "the clerk with a red folder" in interview.text
    details = interview.move.decision.details
    assert details["anchor"] == "the clerk with a red folder"
    assert details["worth"]["price"] <= details["worth"]["novel"] + details["worth"]["deficit"]
    assert interview.move.decision.source == "template"


def test_the_author_comes_first(script: Any, hold: Hold) -> None:
    need = Need("n", "the weather", "What was the weather like?", ("rain", "sun"))
    interview = hold(script(deep(need)), "<skip>", LINE)
    assert interview.text.endswith("What was the weather like?")
    interview.answer("It hailed on the new roof of the old shed for an hour.")
    assert interview.kind == candidates.DEEPER


def test_no_words_are_taken_up_twice(script: Any, hold: Hold) -> None:
    interview = hold(script(deep()), "<skip>", LINE)
    anchors = []
    colours = iter(("grey", "yellow", "brown", "purple", "black", "orange"))
    while interview.kind == candidates.DEEPER:
        anchors.append(interview.move.decision.details["anchor"])
        colour = next(colours)
        interview.answer(
            f"Then somebody brought the {colour} {colour}ish lamp and the {colour} chair."
        )
    assert len(anchors) >= 4
    assert len(set(anchors)) == len(anchors)


SUNDAYS = Question("c", "What do you do on Sundays?", depth="none", importance="must")


def test_with_time_left_it_comes_back_to_what_was_said(script: Any, hold: Hold) -> None:
    interview = hold(script([*deep(), SUNDAYS]), "<skip>", f"We had a broken clock. {LINE}")
    first = interview.move.decision.details["anchor"]
    interview.answer("<skip>")
    assert interview.move.decision.question_id == "c"
    interview.answer("I bake bread with my neighbours.")
    assert interview.act == acts.PROBE
    assert interview.move.decision.question_id == "b"
    assert interview.move.decision.details["returns"] is True
    assert {first, interview.move.decision.details["anchor"]} == {
        "the broken clock",
        "the clerk with a red folder",
    }


def test_without_time_it_does_not(script: Any, hold: Hold) -> None:
    guide = script([*deep(), SUNDAYS], target_minutes=4)
    interview = hold(guide, "<skip>", f"We had a broken clock. {LINE}", pace=62)
    assert interview.move.decision.question_id == "c"
    assert interview.answer("I bake bread.").decision.act == acts.ANYTHING_TO_ADD


def test_an_open_need_is_asked_for_before_the_close(script: Any, hold: Hold) -> None:
    asks = ("Who was it?", "Which letter came?", "How much money was it?")
    needs = tuple(Need(f"n{n}", "", ask) for n, ask in enumerate(asks))
    second = Question("b", "What happened there?", depth="standard", needs=needs)
    rest = [Question(f"c{n}", f"How was part {n}?", depth="none") for n in range(3)]
    guide = script([Question("a", "Where?", depth="none"), second, *rest])
    interview = hold(guide, "<skip>", "We sang a song.")
    for _ in range(2):
        assert not interview.move.decision.details.get("returns")
        interview.answer("It was as it always is in that town.")
    interview.answer("<skip>", "<skip>", "<skip>")
    assert interview.move.decision.target == "n2"
    assert interview.move.decision.details["returns"] is True
    # Its words point to the question that it belongs to, which is said again.
    assert "What happened there" in interview.text


def test_who_finds_nothing_more_is_asked_less(script: Any, hold: Hold) -> None:
    interview = hold(script(deep()), "<skip>", LINE)
    asked = 0
    while interview.act == acts.PROBE:
        asked += 1
        interview.answer("There is not much to say about that.")
    assert asked <= 3


def test_worth_falls_with_every_step_into_one_matter() -> None:
    question = Question("b", "What happened there?")
    some = [worth.deficit(question, told) for told in (0, 5, 15, 30, 60)]
    assert some == sorted(some, reverse=True)
    assert (some[0], some[-1]) == (1.0, 0.0)
