"""Prompt injection: texts that try to steer a machine.

A clear order gets a reply (`acts.INJECTION`). More is excluded here: such a text is stored like any
other, but its words are not repeated, and no model reads them.
"""

from functools import cache

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.pattern_prefilter import (
    PatternIndex,
    split_alternatives,
    trigrams,
)
from interviewrelay.interviewer.text.tokenization import normalize, split_sentences


def is_injection(text: str) -> bool:
    """True if any part of a text has the form of an order to a machine."""
    return any(_is_order(normalize(part)) for part in split_sentences(text))


def _is_order(line: str) -> bool:
    likely = _orders().candidates(line, trigrams(line))
    return any(form.search(line) is not None for _, form in likely)


@cache
def _orders() -> PatternIndex[str]:
    return PatternIndex(
        {
            way: way
            for way in split_alternatives(
                languages.read_pattern_source("all", "steering", "orders")
            )
        }
    )
