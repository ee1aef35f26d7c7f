"""Where the words stand that a search has found."""

import pytest
from hypothesis import given, strategies as st

from interviewrelay.analysis import highlighting, search_terms
from interviewrelay.analysis.highlighting import TextPiece

TEXT = "We met in the Café Étoile; it was LOUD. 我等了四十分钟。 I don't say ½ or ㎏."


def marked(text, q):
    return [text[a:b] for a, b in highlighting.find_spans(text, search_terms.parse_phrases(q))]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("cafe etoile", ["Café", "Étoile"]), ("loud", ["LOUD"]), ('"etoile it was"', ["Étoile; it was"]),
        ("四十", ["四十"]), ("don’t", ["don't"]), ("2", ["½"]), ("kg", ["㎏"]), ("we", ["We"]), ("caf", []),
        ("it it", ["it"]), ('"it was" was', ["it was"]), ("", []), ("?!", []),
    ],
)  # fmt: skip
def test_hits_are_marked_as_they_were_said(q, found):
    assert marked(TEXT, q) == found


@given(st.text(max_size=60), st.integers(0, 20), st.integers(1, 3))
def test_what_the_search_finds_is_marked(text, at, length):
    words = search_terms.split_words(text)[at : at + length]
    if words:
        assert highlighting.contains_all(text, [words])
        assert highlighting.find_spans(text, [words])


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90))))
def test_pieces_are_the_text_and_nothing_else(text, places):
    spans = [(min(two), max(two)) for two in places]
    made = highlighting.split_pieces(text, spans[::2], spans[1::2])
    assert "".join(piece.text for piece in made) == text
    assert all(piece.text for piece in made)
    for place in range(len(text)):
        before = 0
        for piece in made:
            if before <= place < before + len(piece.text):
                assert piece.hit == any(a <= place < b for a, b in spans[::2])
                assert piece.noted == any(a <= place < b for a, b in spans[1::2])
            before += len(piece.text)


def test_an_excerpt_is_cut_between_words_around_the_first_hit():
    text = "lorem " * 40 + "the needle is here " + "ipsum " * 60
    made = highlighting.build_excerpt(text, [["needle"]])
    whole = "".join(piece.text for piece in made)
    assert [piece.text for piece in made if piece.hit] == ["needle"]
    assert (made[0].text, made[-1].text) == ("… ", " …")
    assert set(whole.strip("… ").split()) <= set(text.split())
    assert len(whole) < 220


def test_a_short_answer_is_its_own_excerpt():
    assert highlighting.build_excerpt("It was fine.", [["fine"]]) == [
        TextPiece("It was "), TextPiece("fine", hit=True), TextPiece("."),
    ]  # fmt: skip


def test_a_word_without_end_is_cut_all_the_same():
    made = highlighting.build_excerpt("a" * 90 + " needle " + "b" * 500, [["needle"]])
    assert [piece.text for piece in made if piece.hit] == ["needle"]
    assert sum(len(piece.text) for piece in made) < 260
