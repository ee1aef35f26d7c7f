"""A summary is made of what was said."""

from hypothesis import given, strategies as st

from interviewrelay.analysis import summary

LETTER = "The letter with the results came three weeks late, which made me angry."
NURSE = "The nurse explained every step and drew a picture."
SCREEN = "Nobody told us anything, there was a screen but it was switched off."


def test_it_holds_whole_sentences_in_their_order():
    said = [(f"Well. {NURSE}", "a"), (LETTER, "b"), (SCREEN, "c")]
    assert summary.of(said, "en") == f"{NURSE} … {LETTER} … {SCREEN}"


def test_sentences_side_by_side_stay_together():
    assert summary.of([(f"{LETTER} {NURSE}", "a")], "en") == f"{LETTER} {NURSE}"


def test_different_questions_come_before_more_of_the_same():
    said = [(f"{LETTER} {SCREEN} {NURSE} The corridor was cold and dark.", "a"),
            ("My neighbour drove me to the clinic.", "b"), ("Parking cost eighteen euro there.", "c")]  # fmt: skip
    told = summary.of(said, "en")
    assert "My neighbour drove me to the clinic." in told
    assert "Parking cost eighteen euro there." in told


def test_a_short_sentence_is_better_than_none():
    assert summary.of([("Yes. I loved it!", "a")], "en") == "I loved it!"
    assert summary.of([(f"I loved it! {LETTER}", "a")], "en") == LETTER


def test_where_nothing_is_told_there_is_none():
    assert summary.of([], "en") is None
    assert summary.of([("Yes.", "a"), ("No, none.", "b")], "en") is None


@given(st.lists(st.tuples(st.text(max_size=300), st.sampled_from("abc")), max_size=6))
def test_every_part_of_it_stands_in_an_answer(said):
    told = summary.of(said, "en")
    if told is None:
        return
    assert len(told) <= summary.LONGEST
    whole = " ".join(text for text, _ in said)
    for part in told.split(summary.GAP):
        words = part.split()
        assert all(word in whole for word in words)
