"""Moments as the pages write them."""

from datetime import timedelta

import pytest
from markupsafe import Markup

from interviewrelay.web.ui.formatting import (
    THIN_SPACE,
    address,
    hours_in_words,
    relative,
    thinned,
)
from tests.web.http_participant import NOON


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


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("ada@mail.example.com", "ada<wbr>@mail<wbr>.example<wbr>.com"),
        ("a.b@x.example", "a<wbr>.b<wbr>@x<wbr>.example"),
        ("<i>@x.example", "&lt;i&gt;<wbr>@x<wbr>.example"),
        ("Ada", "Ada"),
        ("https://a.example/b?c=&", "https://a<wbr>.example<wbr>/b<wbr>?c=&amp;"),
        ("smtps://user:word@a.example", "smtps://user:word<wbr>@a<wbr>.example"),
    ],
)
def test_an_address_is_broken_before_its_at_and_dots(text: str, written: str) -> None:
    assert address(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("From 1 to 1,000,000.", "From 1 to 1~000~000."),
        ("10,000 credits (€100.00), 2 of 3", "10~000 credits (€100.00), 2 of 3"),
        ("1,2 and 1,2345 and a,100", "1,2 and 1,2345 and a,100"),
        (Markup("<b>1,000</b>"), Markup("<b>1~000</b>")),
    ],
)
def test_numbers_in_a_sentence_are_written_as_everywhere(text: str, written: str) -> None:
    shown = thinned(text)
    assert shown == written.replace("~", THIN_SPACE)
    assert type(shown) is type(text)


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (1.0, "1 hour"),
        (1.5, "1.5 hours"),
        (2.25, "2.25 hours"),
        (24.0, "1 day"),
        (168, "7 days"),
        (25, "25 hours"),
    ],
)
def test_how_long_a_link_is_valid_is_told_in_whole_days_where_it_is(hours, words):
    assert hours_in_words(hours) == words
