"""What closeness in meaning changes where something can tell it, and that nothing else changes."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.dialogue.controller import next_move
from interviewrelay.interviewer.guide import Guide, Need, Question
from interviewrelay.interviewer.state import answer_similarity
from interviewrelay.interviewer.understanding import reading as readings
from tests.fakes import FakeSimilarity

Hold = Callable[..., Any]

ELSEWHERE = "Bananas cost less at the corner shop than in that big supermarket."
CHAT = "The football yesterday was something else, they lost again."
TOLD = "The receptionist was on leave, and her letter lay around until somebody opened it."
SAID = ("<skip>", TOLD, "no", "I had to tell the whole story again to somebody new.", ELSEWHERE)

PROBED = Question(
    "q1",
    "How did the course go?",
    probes=(
        "What did you think of the material?",
        "How did you get there?",
        "Who else took part?",
    ),
)


def far(_said: str, _text: str) -> float:
    return 0.03


def near(_said: str, _text: str) -> float:
    return 0.6


def close_to(word: str) -> FakeSimilarity:
    """Takes an answer for close to whatever has this word."""
    return FakeSimilarity(lambda _said, text: 0.7 if word in text else 0.2)


def written(interview: Any) -> str:
    """All that an interview stores, letter by letter."""
    turns = [
        [t.text, t.reading, t.decision.as_json() if t.decision else None]
        for t in interview.turns
    ]
    return json.dumps(turns)


def test_what_cannot_be_told_changes_nothing(clinic: Guide, hold: Hold) -> None:
    silent = FakeSimilarity()
    told = written(hold(clinic, *SAID, meaning=silent))
    assert told == written(hold(clinic, *SAID))
    assert silent.said
    assert "close" not in told


def test_other_languages_are_not_measured(clinic: Guide, hold: Hold) -> None:
    meaning, dutch = FakeSimilarity(far), replace(clinic, language="nl")
    assert written(hold(dutch, *SAID, meaning=meaning)) == written(hold(dutch, *SAID))
    assert meaning.said == []


def test_talk_of_something_else_needs_no_word_of_small_talk(clinic: Guide, hold: Hold) -> None:
    assert hold(clinic, "<skip>", ELSEWHERE).act != acts.REDIRECT
    interview = hold(clinic, "<skip>", ELSEWHERE, meaning=FakeSimilarity(far))
    assert interview.act == acts.REDIRECT
    assert interview.text.endswith("How did you get your first appointment?")


def test_small_talk_that_is_close_to_the_question_is_an_answer(
    clinic: Guide, hold: Hold
) -> None:
    assert hold(clinic, "<skip>", CHAT).act == acts.REDIRECT
    assert hold(clinic, "<skip>", CHAT, meaning=FakeSimilarity(near)).act == acts.PROBE


@pytest.mark.parametrize(
    "said",
    [
        "I'd rather not say.",
        "I don't know.",
        "Fine.",
        "By my uncle.",
        "What do you mean by that?",
        "My mother died that week and I remember little else of it.",
        "The receptionist had nothing free before the autumn, she told us twice.",
    ],
)
def test_what_is_short_or_something_else_first_is_no_drift(
    clinic: Guide, hold: Hold, said: str
) -> None:
    measured = hold(clinic, "<skip>", said, meaning=FakeSimilarity(far))
    assert measured.act == hold(clinic, "<skip>", said).act != acts.REDIRECT


def test_the_answer_to_a_follow_up_may_be_any_detail(clinic: Guide, hold: Hold) -> None:
    detail = "Somebody with a red umbrella and two heavy suitcases came along."
    assert hold(clinic, "<skip>", detail, meaning=FakeSimilarity(far)).act == acts.REDIRECT
    measured = hold(clinic, "<skip>", TOLD, detail, meaning=FakeSimilarity(None)).act
    interview = hold(clinic, "<skip>", TOLD)
    assert interview.act == acts.PROBE
    interview.facts["meaning"] = FakeSimilarity(far)
    interview.answer(detail)
    assert interview.act == measured != acts.REDIRECT


def test_an_answer_in_another_language_is_not_measured(clinic: Guide, hold: Hold) -> None:
    meaning = FakeSimilarity(far)
    said = "Können wir das bitte auf Deutsch machen, das wäre für mich viel einfacher?"
    hold(clinic, "<skip>", said, meaning=meaning)
    assert meaning.said == []


def test_what_shares_a_word_with_the_script_or_the_talk_is_no_drift(
    clinic: Guide, hold: Hold
) -> None:
    said = ("<skip>", TOLD, "no", "Everybody there kept talking of that letter, over and over.")
    assert hold(clinic, *said, meaning=FakeSimilarity(far)).act != acts.REDIRECT


@pytest.mark.parametrize(("word", "number"), [("material", 0), ("get there", 1), ("else", 2)])
def test_of_the_authors_follow_ups_the_closest_comes_first(
    script: Callable[..., Guide], hold: Hold, word: str, number: int
) -> None:
    guide = script([PROBED, Question("q2", "What happened then?")])
    interview = hold(guide, TOLD, meaning=close_to(word))
    assert interview.move.decision.target == f"probe {number + 1}"
    assert hold(guide, TOLD).move.decision.target == "probe 1"


def test_what_the_author_weighs_more_comes_before_what_is_closest(
    script: Callable[..., Guide], hold: Hold
) -> None:
    needs = (
        Need("price", "the price", "What did it cost?", weight=1.5),
        Need("road", "the road", "How did you get there?"),
    )
    guide = script([replace(PROBED, needs=needs), Question("q2", "What happened then?")])
    assert hold(guide, TOLD, meaning=close_to("get there")).move.decision.target == "price"
    even = (replace(needs[0], weight=1.0), needs[1])
    guide = script([replace(PROBED, needs=even), Question("q2", "What happened then?")])
    assert hold(guide, TOLD, meaning=close_to("get there")).move.decision.target == "road"


def test_an_interview_goes_on_alike_where_nothing_can_tell(clinic: Guide, hold: Hold) -> None:
    """Each answer but the last was read on a machine that could."""
    interview = hold(clinic, "<skip>", ELSEWHERE, TOLD, meaning=FakeSimilarity(far))
    assert interview.turns[3].reading["close"][answer_similarity.ASKED] == 0.03
    turns = [replace(t, reading=_stored(t.reading)) for t in interview.turns[:-1]]
    elsewhere = replace(interview.context(), meaning=None)
    assert next_move(clinic, turns, elsewhere) == interview.move


def test_an_answer_that_was_read_without_is_not_measured_later(
    clinic: Guide, hold: Hold
) -> None:
    interview = hold(clinic, "<skip>", ELSEWHERE)
    meaning = interview.facts["meaning"] = FakeSimilarity(far)
    interview.answer(TOLD)
    assert meaning.said == [TOLD]
    assert "close" not in interview.turns[3].reading


def _stored(reading: Any) -> Any:
    return json.loads(json.dumps(reading))


def _of_the_author(guide: Guide) -> Iterator[str]:
    for question in guide.questions:
        yield from (question.text, *question.probes)
        for need in question.needs:
            yield from (need.ask, need.label, f"{need.label}: {', '.join(need.cues)}")


def test_answers_are_compared_with_the_authors_texts_alone(clinic: Guide, hold: Hold) -> None:
    meaning = FakeSimilarity(near)
    hold(clinic, *SAID, CHAT, meaning=meaning)
    assert len(meaning.said) == len(set(meaning.said)) >= 4  # and each of them once
    assert meaning.texts <= set(_of_the_author(clinic))


def test_a_measured_reading_survives_storage(clinic: Guide) -> None:
    reading = replace(
        readings.analyze_answer(clinic, TOLD), close={answer_similarity.ASKED: 0.25}
    )
    assert readings.parse_analysis(_stored(reading.as_json("en"))) == reading
