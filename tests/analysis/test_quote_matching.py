"""A quote counts only if the text holds its words, in order; small errors of copying are forgiven."""

import time

import pytest
from hypothesis import given, strategies as st

from interviewrelay.analysis.quote_matching import find_quote, is_misspelling

SAID = (
    "We waited for two hours, maybe more. Nobody told us anything — not a word! "
    "The receptionist’s desk was empty, and I don't think that's right."
)


def quoted(quote, text=SAID):
    span = find_quote(text, quote)
    return None if span is None else text[span.start : span.end]


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("Nobody told us anything", "Nobody told us anything"),
        ("nobody TOLD us  anything", "Nobody told us anything"),
        ("two hours maybe more.", "two hours, maybe more."),
        ("“Nobody told us anything - not a word!”", "Nobody told us anything — not a word!"),
        ("the receptionist's desk", "The receptionist’s desk"),
        ("I dont think thats right", "I don't think that's right"),
        ("the receptionsit’s desk was empty", "The receptionist’s desk was empty"),
        ("Nobdy told us anythng", None),  # two errors in four words
        ("told us anythng, not a word", "told us anything — not a word"),
    ],
)
def test_the_stored_words_are_found_by_what_was_copied(quote, found):
    assert quoted(quote) == found


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "…",
        "We waited for three hours",
        "We wanted for two hours",
        "We waited two hours",
        "Somebody told us anything",
        "us told nobody anything",
        "We waited for 2 hours",
        "We waited … maybe more",
        "aited for two hours",
        "I do think that's right",
        "We waited for two hours. The receptionist’s desk was empty",
        SAID + " And so on.",
        "word " * 500,
    ],
)
def test_other_words_numbers_and_orders_are_no_quote(quote):
    assert quoted(quote) is None


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("等了很久没有人来。", "没有人来", "没有人来"),
        ("J’ai attendu l’infirmière.", "l'infirmière", "l’infirmière"),
        ("STRASSE war gesperrt", "Straße war gesperrt", "STRASSE war gesperrt"),
        ("انتظرت ساعتين دون سبب", "ساعتين دون", "ساعتين دون"),
        ("😀😀 gut so", "gut so", "gut so"),
    ],
)
def test_quotes_in_other_scripts(text, quote, found):
    assert quoted(quote, text) == found


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("recieve", "receive", True),
        ("apointment", "appointment", True),
        ("waited", "wanted", False),
        ("moral", "immoral", False),
        ("ever", "never", False),
        ("section1", "section12", False),
        ("letter", "better", False),
    ],
)
def test_a_misspelling_is_no_other_word(one, other, same):
    assert is_misspelling(one, other) is is_misspelling(other, one) is same


@given(st.text(max_size=300), st.data())
def test_every_run_of_words_is_found(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = text[start:end]
    span = find_quote(text, quote)
    before, after = text[start - 1 : start], text[end : end + 1]
    if not (before.isalnum() or after.isalnum()) and any(c.isalpha() for c in quote):
        inner = quote.strip("'’ʼ‘`´")
        whole = inner == quote and not (before + after).strip(" \n\t.,")
        assert span is not None or not whole


@pytest.mark.parametrize("word", ["a ", "abcdef ", "ab’", "字"])
def test_long_texts_take_a_bounded_time(word):
    text = word * (10_000 // len(word))
    quote = word * (1_000 // len(word)) + "b"
    began = time.process_time()
    find_quote(text, quote)
    find_quote(text, word * 70 + "abcdfe " * 3)
    assert time.process_time() - began < 0.6  # a machine under load takes three times as long
