"""Moments as the pages write them."""

from datetime import timedelta

import pytest

from interviewrelay.web.words import relative
from tests.web.participant import NOON


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (timedelta(days=7), "in 7 days"),
        (timedelta(days=7, seconds=-1), "in 7 days"),
        (timedelta(days=6, hours=11), "in 6 days"),
        (timedelta(days=1), "in 1 day"),
        (timedelta(days=-1, hours=-23), "1 day ago"),
        (timedelta(hours=-3), "3 h ago"),
    ],
)
def test_what_is_to_come_is_rounded_to_the_nearest_day(gap: timedelta, words: str) -> None:
    assert relative(NOON + gap, NOON) == words
