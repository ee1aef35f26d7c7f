"""The words of languages as data: how patterns are written in TOML, and that each of them can be read."""

import importlib
import pkgutil
import re
from collections.abc import Mapping
from typing import Any

import pytest

from interviewrelay import interviewer
from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern


@pytest.mark.parametrize(
    ("table", "pattern"),
    [
        ("a|b", "a|b"),
        (["a", "b"], "a|b"),
        ({"any": ["a", "b"]}, "(?:a|b)"),
        ({"before": "x", "any": ["a", "b"], "after": "y"}, "x(?:a|b)y"),
        ({"in_order": ["x", ["a", "b"], "y", ["c", "d"]]}, "x(?:a|b)y(?:c|d)"),
        (["a", {"before": "x", "any": ["b", {"any": ["c"], "after": "?"}]}], "a|x(?:b|(?:c)?)"),
    ],
)
def test_a_pattern_is_written_as_text_list_or_table(table: Any, pattern: str) -> None:
    assert languages.build_source(table) == pattern


def test_a_name_in_a_pattern_stands_for_another() -> None:
    parts = {"END": r"\.{0,2}$", "BOTH": ["{A}", "b"], "A": "a"}
    assert languages.fill_pattern("^(?:{BOTH}){END}", parts) == r"^(?:a|b)\.{0,2}$"
    with pytest.raises(KeyError):
        languages.fill_pattern("{NOBODY}", parts)


def test_a_language_that_has_no_such_words_has_none() -> None:
    assert list(languages.load_word_sets("lexicon", "stop")) == ["en", "nl", "de", "fr", "es"]
    assert languages.load_patterns("manner", "past").get("it") is None
    assert languages.load_patterns("question_rules", "wh").get(languages.ALL) is None
    assert languages.load_table("../languages/en", "manner") == {}


def test_every_pattern_can_be_read() -> None:
    read = 0
    for found in pkgutil.walk_packages(interviewer.__path__, f"{interviewer.__name__}."):
        for one in vars(importlib.import_module(found.name)).values():
            for made in _made(one):
                re.compile(made.pattern, made.flags)
                read += 1
    assert read > 200


def _made(one: object) -> list[LazyPattern]:
    if isinstance(one, LazyPattern):
        return [one]
    if isinstance(one, Mapping):
        return [made for value in one.values() for made in _made(value)]
    return [made for part in one for made in _made(part)] if isinstance(one, tuple) else []
