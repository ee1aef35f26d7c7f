"""A summary is made of what was said."""

from hypothesis import given, strategies as st

from interviewrelay.analysis import summary
from interviewrelay.analysis.summary import SummaryAnswer

LETTER = "The letter with the results came three weeks late, which made me angry."
NURSE = "The nurse explained every step and drew a picture."
SCREEN = "Nobody told us anything, there was a screen but it was switched off."


def summarized(answers):
    """Of (text, question) or (text, question, strength of its mood)."""
    return summary.build_summary(
        [SummaryAnswer(*answer, *[0.0][: 3 - len(answer)]) for answer in answers], "en"
    )


def test_it_holds_whole_sentences_in_their_order():
    said = [(f"Well. {NURSE}", "a"), (LETTER, "b"), (SCREEN, "c")]
    assert summarized(said) == f"{NURSE} … {LETTER} … {SCREEN}"


def test_sentences_side_by_side_stay_together():
    assert summarized([(f"{LETTER} {NURSE}", "a")]) == f"{LETTER} {NURSE}"


def test_different_questions_come_before_more_of_the_same():
    said = [(f"{LETTER} {SCREEN} {NURSE} The corridor was cold and dark.", "a"),
            ("My neighbour drove me to the clinic.", "b"), ("Parking cost eighteen euro there.", "c")]  # fmt: skip
    told = summarized(said)
    assert "My neighbour drove me to the clinic." in told
    assert "Parking cost eighteen euro there." in told


def test_of_sentences_alike_those_with_a_mood_are_taken():
    said = [(f"The {thing} stood beside the wall.", "a", 0.9 * (thing == "clock")) for thing in
            ("chair", "table", "lamp", "clock", "plant")]  # fmt: skip
    assert "The clock stood beside the wall." in summarized(said)
    assert "The plant" not in summarized(said)


def test_a_short_sentence_is_better_than_none():
    assert summarized([("Yes. I loved it!", "a")]) == "I loved it!"
    assert summarized([(f"I loved it! {LETTER}", "a")]) == LETTER


def test_where_nothing_is_told_there_is_none():
    assert summarized([]) is None
    assert summarized([("Yes.", "a"), ("No, none.", "b")]) is None


@given(st.lists(st.tuples(st.text(max_size=300), st.sampled_from("abc")), max_size=6))
def test_every_part_of_it_stands_in_an_answer(said):
    told = summarized(said)
    if told is None:
        return
    assert len(told) <= summary.LONGEST
    whole = " ".join(text for text, _ in said)
    for part in told.split(summary.GAP):
        words = part.split()
        assert all(word in whole for word in words)
