"""Patterns that are ruled out at a glance are patterns that do not fit."""

import re

import pytest
from hypothesis import given, settings, strategies as some

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.acts import act_patterns
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.patterns.pattern_prefilter import (
    PatternIndex,
    split_alternatives,
    trigrams,
)
from interviewrelay.interviewer.patterns.required_texts import find_required_texts
from interviewrelay.interviewer.safety.danger import list_languages

PATTERNS = {
    f"{code} {kind} {name}": pattern
    for code, own in act_patterns.PATTERNS.items()
    for (kind, name), pattern in own.known.patterns.items()
}


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (r"\bwant(?:ed)? to (?:stop|go on)\b", {"want"}),
        (r"(?:harm|cut) (?:my|him)self", {"self"}),
        (r"(?:stop|end)\b|^pause", {"stop", "end", "pause"}),
        (r"(?:please )?skip", {"skip"}),
        (r"(?:so )+wayward", {"wayward"}),
        (r"[ab]?.*\d", set()),
        (r"stop|\d+", set()),
        (r"(?!not)here", {"here"}),
        (r"(?<!\bnot )(?<=never )here(?= again)", {"here"}),
        (r"(?>go|stop) (?P<when>soon|later)", {"soon", "later"}),
        (r"(?:stop(?:ped|s)?|(?:the )?end)\.", {"stop", "end"}),
        (r"stops?|pau{2}se*", {"stop", "pa"}),
        (r"quit{0,2} (?:it){2} (?:stop){,3}", {"qui"}),
        (r"(?:stop|)d[]|)x]|[^]a]{3}yes", {"d", "yes"}),
        (r"a\|b\(c\u2019d\x41{ef}", {"a|b(c"}),
        ("o(?:ing\n|ned\\n)", {"ing\n", "ned"}),
        (r"(?i:stop)", set()),
        (r"(stop)(?(1) it)", set()),
        (r"(?:stop|go)++ and", {" and"}),
    ],
)
def test_a_needle_is_what_a_pattern_cannot_do_without(pattern, found):
    assert find_required_texts(pattern) == found


@pytest.mark.gate  # takes 24 s of a processor
@pytest.mark.parametrize("name", PATTERNS)
@settings(max_examples=15)
@given(data=some.data())
def test_whatever_fits_a_pattern_holds_a_needle_of_it(name, data):
    pattern = PATTERNS[name]
    text = data.draw(some.from_regex(pattern))
    stack = PatternIndex({name: pattern})
    assert [found for found, _ in stack.candidates(text, trigrams(text))] == [name]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("stop", ["stop"]),
        (r"stop|(?:a|b) pause|go", ["stop", "(?:a|b) pause", "go"]),
        (r"a\||[|(]b", [r"a\|", "[|(]b"]),
    ],
)
def test_the_ways_of_a_pattern_are_its_outermost_ones(pattern, found):
    assert split_alternatives(pattern) == found


@pytest.mark.parametrize("code", list_languages())
def test_all_danger_patterns_have_needles(code):
    forms = split_alternatives(languages.read_pattern_source(code, "danger", "danger"))
    assert not [form for form in forms if not find_required_texts(form)]


@pytest.mark.gate
@pytest.mark.parametrize("code", list_languages())
@settings(max_examples=40)
@given(data=some.data())
def test_whatever_fits_a_danger_pattern_holds_a_needle_of_it(code, data):
    pattern = data.draw(
        some.sampled_from(languages.list_pattern_sources(code, "danger", "danger"))
    )
    text = data.draw(some.from_regex(pattern))
    stack = PatternIndex({code: pattern})
    assert [found for found, _ in stack.candidates(text, trigrams(text))] == [code]


def test_a_pattern_is_compiled_when_it_is_looked_for_and_once():
    stack = PatternIndex({"pause": "pause", "stop": "stop"})
    assert not stack._made
    found = [stack.candidates("a pause", trigrams("a pause")) for _ in range(2)]
    assert len(stack._made) == 1
    assert found[0][0][1] is found[1][0][1]
    broken = LazyPattern("(")
    with pytest.raises(re.error):
        broken.match("(")
