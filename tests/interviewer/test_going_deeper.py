"""Which follow-up is asked: the author's first, then into what was said, as far as it is worth the time."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from interviewrelay.interviewer import acts, candidates, worth
from interviewrelay.interviewer.folding import fold
from interviewrelay.interviewer.guide import Need, Question
from interviewrelay.interviewer.words import sentences

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
    assert len(anchors) >= 3
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


def test_the_more_was_said_on_a_matter_the_less_is_left_of_it() -> None:
    left = [worth.left_of(said) for said in range(1, 7)]
    assert left == sorted(left, reverse=True)
    assert left[0] == 1.0
    assert left[1] > left[2] > left[3] == left[-1] == worth.LITTLE


HAIL = "The farmer carried the grey hens inside."
MORE_HAIL = " A window of the baker broke. It hailed for an hour. The dam held until noon."


def test_what_was_told_at_length_comes_last(script: Any, hold: Hold) -> None:
    need = Need("n", "the weather", "What was the weather like?", ("rain", "sun"))

    def goes_into(weather: str) -> str:
        interview = hold(
            script(deep(need)), "<skip>", f"We had a broken clock. {LINE}", weather
        )
        assert interview.kind == candidates.DEEPER
        return str(interview.move.decision.details["matter"])

    assert goes_into(HAIL) == "b/n"
    assert goes_into(HAIL + MORE_HAIL).startswith("4.")


def test_what_follows_from_an_answer_belongs_to_its_matter(script: Any, hold: Hold) -> None:
    need = Need("n", "the weather", "What was the weather like?", ("rain", "sun"))
    interview = hold(script(deep(need)), "<skip>", "So-so.", HAIL)
    interview.answer("A window of the baker broke.")
    details = interview.move.decision.details
    assert (details["matter"], details["depth"]) == ("b/n", 2)


def test_each_sentence_on_a_main_question_may_be_a_matter(script: Any, hold: Hold) -> None:
    interview = hold(script(deep()), "<skip>", f"We had a broken clock. {LINE}")
    first = interview.move.decision.details["matter"]
    interview.answer("He lost the yellow forms of a whole street.")
    second = interview.move.decision.details["matter"]
    assert {first, second} == {"4.0", "4.1"}


def test_a_sentence_that_shows_a_need_belongs_to_it(script: Any, hold: Hold) -> None:
    need = Need("n", "the weather", "What was the weather like?", ("thunder", "sun"))
    said = "We had a broken clock. The thunder shook the grey barn of the baker."
    interview = hold(script(deep(need)), "<skip>", said)
    account = fold(interview.guide, interview.turns).threads["b"].accounts[0]
    assert account.matters(sentences(said)) == ["4.0", "b/n"]
    assert replace(account, matter="b/m").matters(sentences(said)) == ["b/m", "b/m"]
