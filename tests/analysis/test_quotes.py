"""Quotes are in the text, word for word."""

import itertools

import pytest
from hypothesis import given, strategies as st

from interviewrelay.analysis import quotes, stemming


def quoted(text, words, language="en"):
    start = text.index(words)
    span = quotes.widen_span(text, language, quotes.Span(start, start + len(words)))
    return text[span.start : span.end]


LONG = "I sat there for quite a while and looked at the people who came in one after the other."


def test_a_quote_is_the_sentence_around_the_statement():
    assert quoted(f"{LONG} {LONG[:-1]} in the parking lot. {LONG}", "parking lot") == (
        f"{LONG[:-1]} in the parking lot."
    )


def test_a_short_sentence_brings_its_neighbour():
    assert quoted(f"The parking! {LONG} {LONG}", "parking") == f"The parking! {LONG}"
    assert quoted(f"{LONG} The parking!", "parking") == f"{LONG} The parking!"
    assert quoted("The parking!", "parking") == "The parking!"


def test_a_long_sentence_is_cut_between_words_around_the_statement():
    text = " ".join(["word"] * 100) + " parking lot " + " ".join(["other"] * 100)
    quote = quoted(text, "parking lot")
    assert len(quote) <= quotes.LONGEST
    assert "parking lot" in quote
    assert set(quote.split()) == {"word", "parking", "lot", "other"}


def test_places_are_code_points():
    text = (
        "😀😀 Das Parken 👍🏽 war teuer. Später kam ich wieder, mit dem Bus und ganz ohne Auto."
    )
    start = text.index("Parken")
    span = quotes.widen_span(text, "de", quotes.Span(start, start + len("Parken")))
    assert text[span.start : span.end].startswith("😀😀 Das Parken")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("It was 3.5 km. Far.", ["It was 3.5 km.", "Far."]),
        ('He said "No." Then he went.', ['He said "No."', "Then he went."]),
        ("等了很久。很冷！", ["等了很久。", "很冷！"]),
        ("a line\nanother  \n\n", ["a line", "another"]),
        (" … ", ["…"]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, wanted):
    assert [text[s.start : s.end] for s in quotes.split_sentences(text)] == wanted


@given(st.text(max_size=600))
def test_sentences_hold_everything_but_blanks_in_order(text):
    spans = quotes.split_sentences(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    kept = "".join(text[s.start : s.end] for s in spans)
    assert "".join(kept.split()) == "".join(text.split())


@given(st.text(max_size=400), st.sampled_from(["en", "fr", "zh", "xx"]), st.data())
def test_a_quote_of_any_word_stands_in_the_text_and_holds_it(text, language, data):
    words = [
        w
        for w in stemming.stem_words(text, language)
        if w.key not in (stemming.BREAK, stemming.END, "")
    ]
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    span = quotes.widen_span(text, language, quotes.Span(word.start, word.end))
    assert 0 <= span.start <= word.start < word.end <= span.end <= len(text)
    assert text[span.start : span.end] == text[span.start : span.end].strip()


@given(st.text(max_size=200), st.sampled_from(["en", "ar", ""]))
def test_reading_any_text_gives_places_in_order(text, language):
    told = list(stemming.stem_words(text, language))
    assert all(a.end <= b.start for a, b in itertools.pairwise(told))
    assert all(word.start < word.end for word in told)
