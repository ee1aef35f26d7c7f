"""Attributions in a model's words: a judgement, another person's feeling, a form of address, or an
author's question changed by one small word.
"""

import re
from collections.abc import Sequence
from functools import partial
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.text.lexicon import NUMBER_WORDS, STOP_WORDS
from interviewrelay.interviewer.text.tokenization import (
    get_base_language,
    normalize,
    split_words,
)

_CALLED: Final = LazyPattern(
    r",\s*(?P<name>[^\W\d_a-z][^\W\d_]+(?: [^\W\d_a-z][^\W\d_]+)?)\s*[?.!]*$"
)
_told = partial(languages.load_patterns, "attributing")
_HOW, _AGREES, _GUESSES, _YOU_WERE = map(_told, ("how", "agrees", "guesses", "you_were"))
_NEGATIONS, _DEGREES = map(_told, ("negations", "degrees"))
_SAID_SO: Final = languages.build_by_language(
    "attributing",
    "said_so",
    lambda code: languages.read_pattern_source(code, "attributing", "said_so"),
)
_MEASURES: Final = languages.load_words("attributing", "measures")
"""Measurable properties, which are no judgement."""
_END: Final = " .!?\u2026\u00a1"


def is_agreement(ack: str, language: str) -> bool:
    """True if it only says yes or no to what was told, or judges it."""
    judging = _AGREES.get(get_base_language(language))
    return judging is not None and judging.fullmatch(normalize(ack).strip(_END)) is not None


def guesses_feeling(ack: str, language: str) -> bool:
    """True if it says what somebody must feel or must have felt."""
    guessing = _GUESSES.get(get_base_language(language))
    return guessing is not None and guessing.search(normalize(ack)) is not None


def is_attribution(ack: str, answers: Sequence[str], language: str) -> bool:
    """True if it attributes something to the participant that they never said of themselves."""
    code = get_base_language(language)
    you_were = _YOU_WERE.get(code)
    if you_were is None:
        return False
    named = {found[1] for found in you_were.finditer(normalize(ack))} - STOP_WORDS[code]
    named -= NUMBER_WORDS.keys()  # an age
    told = [normalize(answer) for answer in answers]
    return any(
        not any(re.search(rf"(?:{_SAID_SO[code]}){re.escape(word)}\b", one) for one in told)
        for word in named
    )


def addresses_by_name(question: str) -> bool:
    """True if it ends by addressing a person by name, although no name was given for that."""
    return _CALLED.search(question) is not None


def asks_for_degree(question: str, own: str, language: str) -> bool:
    """True if it asks for the degree of a judgement ("how chaotic was it") where its author does
    not, which presupposes it.
    """
    how = _HOW.get(get_base_language(language))
    if how is None:
        return False
    said = {found[1] for found in how.finditer(normalize(question))}
    plainly = STOP_WORDS[get_base_language(language)] | _MEASURES
    return not said <= plainly | set(split_words(own))


def alters_meaning(question: str, own: str, language: str) -> bool:
    """True if it adds a denial or a degree to the author's question, or drops its denial."""
    code = get_base_language(language)
    said, meant = normalize(question), normalize(own)
    denied = (bool(_NEGATIONS[code].search(text)) for text in (said, meant))
    degrees = {found[0] for found in _DEGREES[code].finditer(said)}
    return len(set(denied)) > 1 or not all(re.search(rf"\b{d}\b", meant) for d in degrees)
