"""Prompt injection: texts that try to steer a machine.

A clear order gets a reply (`acts.INJECTION`). More is excluded here: such a text is stored like any
other, but its words are not repeated, and no model reads them.
"""

from functools import cache

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.pattern_prefilter import Haystacks, trigrams, ways
from interviewrelay.interviewer.text.tokenization import plain, sentences


def orders(text: str) -> bool:
    """True if any part of a text has the form of an order to a machine."""
    return any(_is_order(plain(part)) for part in sentences(text))


def _is_order(line: str) -> bool:
    likely = _orders().likely(line, trigrams(line))
    return any(form.search(line) is not None for _, form in likely)


@cache
def _orders() -> Haystacks[str]:
    return Haystacks({way: way for way in ways(languages.written("all", "steering", "orders"))})
