"""Which passages answer a question, and when nobody speaks of it."""

import pytest
from hypothesis import given, strategies as st

from interviewrelay.analysis import ranking, stemming
from interviewrelay.analysis.ranking import IndexedAnswer

SAID = {
    "a1": "I came by bus. The queue at the desk was endless, and nobody explained anything.",
    "a2": "Parking cost me eighteen euros. That is too much.",
    "b1": "There was a long delay. The doctor spoke very fast.",
    "b2": "The signs still point to the old building.",
    "c1": "We enjoyed the coffee. The nurse was wonderful with my son.",
    "c2": "My appointment was on a Tuesday, and the sun was shining.",
}


def ask(question, said=None, language="en", **more):
    """Passages that answer a question, as text."""
    texts = SAID if said is None else said
    index = ranking.build_index(
        IndexedAnswer(one, text, language) for one, text in texts.items()
    )

    def read(ids):
        return {one: texts[one] for one in ids}

    found = ranking.rank_passages(index, question, language, read, **more)
    return [texts[one.turn_id][one.start : one.end] for one in found]


def test_the_sentence_that_answers_comes_first():
    assert ask("What did parking cost?")[0] == "Parking cost me eighteen euros."
    assert ask("Was it easy to read the signs?")[0].startswith("The signs still point")


def test_other_words_for_the_same_thing_answer_too():
    told = ask("How long was the wait?")
    assert set(told) == {
        "There was a long delay.",
        "The queue at the desk was endless, and nobody explained anything.",
    }


def test_a_typing_error_is_understood():
    assert ask("What about the bulding?")[0].startswith("The signs still point")


@pytest.mark.parametrize(
    "question",
    [
        "Did anybody complain about the toilets?",
        "What did people think of the swimming pool?",
        "Did the doctor have a password?",
        "What did people say?",
        "",
        "???",
    ],
)
def test_what_nobody_speaks_of_has_no_answer(question):
    assert ask(question) == []


def test_words_of_the_script_weigh_less():
    said = {
        "a": "The clinic is the clinic of our town, a clinic like any other.",
        "b": "The clinic was loud.",
    }
    asked = stemming.get_stems("How was the clinic?", "en")
    assert ask("Was the clinic loud?", said, asked=asked)[0] == "The clinic was loud."


def test_a_text_that_may_not_be_shown_is_left_out():
    index = ranking.build_index(IndexedAnswer(one, text, "en") for one, text in SAID.items())

    def read(ids):
        return {one: SAID[one] for one in ids if one != "a2"}

    found = ranking.rank_passages(index, "What did parking cost?", "en", read)
    assert "a2" not in {one.turn_id for one in found}


def test_a_question_reaches_answers_in_another_language():
    index = ranking.build_index(
        [
            IndexedAnswer("de", "Die Wartezeit war lang.", "de"),
            IndexedAnswer("x", "Schön.", "de"),
        ]
    )
    found = ranking.rank_passages(
        index,
        "Was there a queue?",
        "en",
        lambda ids: dict.fromkeys(ids, "Die Wartezeit war lang."),
    )
    assert [one.turn_id for one in found] == ["de"]


def test_similarity_in_meaning_is_added_where_it_is_measured():
    def closeness(question, passage):
        return 0.9 if "sun" in passage else 0.0

    told = ask("Was there a long delay?", closeness=closeness)
    assert told[0].startswith("There was a long delay")
    assert any("sun was shining" in passage for passage in told[:3])
    assert ask("Was there a long delay?", closeness=lambda *_: None)[0] == told[0]


@given(
    st.lists(st.text(max_size=60), max_size=6),
    st.text(max_size=40),
    st.sampled_from(["en", "zh"]),
)
def test_any_question_has_passages_in_their_texts_or_none(texts, question, language):
    said = {str(number): text for number, text in enumerate(texts)}
    index = ranking.build_index(
        IndexedAnswer(one, text, language) for one, text in said.items()
    )
    found = ranking.rank_passages(
        index, question, language, lambda ids: {one: said[one] for one in ids}
    )
    assert all(0 <= one.start <= one.end <= len(said[one.turn_id]) for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
