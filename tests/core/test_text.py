"""What counts as having said something."""

import pytest

from interviewrelay.core import text as texts


@pytest.mark.parametrize(
    "text",
    ["", " \t\r\n", "\u200b", "\ufeff\u2060", "\u00ad", "\u202e\u2066", "\x07", "\u3164", "\u2800", "\ufe0f"],
)  # fmt: skip
def test_what_nobody_can_see_is_blank(text):
    assert texts.is_blank(text)


@pytest.mark.parametrize(
    "text", ["x", "0", "...", "?", "\U0001f44d", "\u200bx", "\ud55c", "\U000daca2", "\ue000"]
)
def test_whatever_can_be_seen_is_not(text):
    assert not texts.is_blank(text)


def test_one_character_that_stands_for_eighteen_makes_a_text_twice_as_long_at_most():
    assert len(texts.fold_text("\ufdfa")) == 18
    assert len(texts.fold_text("\ufdfa" * 1_000)) <= 2_020
