"""Stop confirmation: the answer to "Would you like to end here?": stop, continue, or something
else.

The question is asked once, so its answer needs less to count as a stop than other texts: a yes with
anything after it; the wish again in any words; a complaint that it was said already; anger.
"""

from collections.abc import Mapping
from functools import cache, partial

from interviewrelay.interviewer import acts, languages
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.text import typo_repair
from interviewrelay.interviewer.text.lexicon import NO_WORDS
from interviewrelay.interviewer.text.tokenization import (
    filter_content_words,
    get_base_language,
    get_stem,
    get_stems,
    normalize,
    split_words,
)
from interviewrelay.interviewer.understanding.reading import Analysis
from interviewrelay.interviewer.understanding.response import CARRY_ON, STOP_NOW

MOST_WORDS = 12
"""Maximum words of a text that only says whether to continue."""

BRIEF = 3
"""Maximum content words of a text that does not answer the earlier question, which is repeated."""

_patterns = partial(languages.load_patterns, "confirming")
_YES, _GOES_ON, _NOT_END, _WISH = map(_patterns, ("yes", "goes_on", "not_end", "wish"))
_pattern = partial(languages.load_pattern, "confirming")
_TELLS, _NOT_ON, _FINISHES = map(_pattern, ("tells", "not_on", "finishes"))
_MORE_FIRST, _ONE_MORE, _LATER, _BUT = map(_pattern, ("more_first", "one_more", "later", "but"))


@cache
def _leads(codes: tuple[str, ...]) -> LazyPattern:
    """A yes at the start of a plain text, with small words before it; `rest` is what follows."""
    written = partial(languages.read_pattern_source, name="confirming", key="yes")
    return _pattern("leads", parts={"YES": [*map(written, codes)]})


@cache
def _agrees(codes: tuple[str, ...]) -> LazyPattern:
    """A plain text that only agrees."""
    written = partial(languages.read_pattern_source, name="confirming")
    ways = [written(code, key=key) for code in codes for key in ("agrees", "yes")]
    return _pattern("agrees", parts={"AGREES": ["{WILL_DO}", *ways]})


def read_confirmation(
    reading: Analysis, text: str, language: str, asked: str = ""
) -> str | None:
    """`STOP_NOW`, `CARRY_ON`, or None for any other text. `asked` is the waiting question if it can
    be answered by yes, otherwise empty.
    """
    if reading.has(acts.SAFETY) or reading.has(acts.UPSET):
        return None
    line, codes = typo_repair.repair(normalize(text), language), _codes(language)
    return _agreed(reading, line, language, asked) or _told(reading, line, codes)


def _codes(language: str) -> tuple[str, ...]:
    return tuple(c for c in ("en", get_base_language(language), "ar") if c in _YES)


def wants_to_go_on(reading: Analysis, text: str, language: str) -> bool:
    """True if a text says that they want to continue, without being asked."""
    line, codes = normalize(text), _codes(language)
    if reading.has(acts.SKIP) or reading.has(acts.YES) or reading.has(acts.ACK):
        return True
    negated = _NOT_ON.search(line) is not None
    return len(split_words(line)) <= MOST_WORDS and not negated and _any(_GOES_ON, line, codes)


def _agreed(reading: Analysis, line: str, language: str, asked: str) -> str | None:
    """Decision by a yes at the start, or by a text that only agrees."""
    codes = tuple(_YES) if get_base_language(language) in _YES else _codes(language)
    begins = _leads(codes).match(line)
    if begins is None:
        return STOP_NOW if _agrees(_codes(language)).fullmatch(line) else None
    rest = begins["rest"]
    told = len(split_words(rest)) > BRIEF and _TELLS.search(rest)
    if told or _answers(rest, asked, language):
        return None
    head = " ".join(rest.split()[:MOST_WORDS])
    if _any(_NOT_END, head, codes):
        return CARRY_ON
    if reading.has(acts.STOP) or _wishes(head, codes):
        return STOP_NOW
    if _any(_GOES_ON, head, codes) and not _LATER.search(head):
        return CARRY_ON
    # "Yes, but tell me how to delete it" is answered at the end.
    more = not reading.topics and _BUT.match(rest) and _MORE_FIRST
    return None if more and more.search(head) else STOP_NOW


def _answers(rest: str, asked: str, language: str) -> bool:
    """True if the text after a yes answers the waiting question."""
    if not asked:
        return False
    said = get_stems(rest, language)
    return any(
        get_stem(word, language) in said
        for word in filter_content_words(split_words(asked), language)
    )


def _told(reading: Analysis, line: str, codes: tuple[str, ...]) -> str | None:
    """Decision by any other text."""
    asks = reading.has(acts.META) and not reading.has(acts.STOP)
    short = len(split_words(line)) <= MOST_WORDS
    declines = any(map(reading.has, (acts.NO, acts.EMPTY, acts.DONT_KNOW)))
    brief = set(reading.acts) == {acts.ANSWER} and reading.content <= BRIEF
    if short and (_finishes(line) or _any(_NOT_END, line, codes)):
        return CARRY_ON  # "No, I want to finish it": answers the last question
    if reading.has(acts.STOP) or (short and _wishes(line, codes)):
        return STOP_NOW
    if asks or _tells_more(reading, line):
        return None
    if short and _any(_GOES_ON, line, codes):
        return CARRY_ON
    if reading.has(acts.YES) or _insists(reading):
        return STOP_NOW
    return CARRY_ON if declines or brief else None


def _tells_more(reading: Analysis, line: str) -> bool:
    """True if one more thing is told at once: "no wait, one more thing: the rota was bad"."""
    told = reading.has(acts.ANSWER) and reading.content > BRIEF
    return told and _ONE_MORE.search(line) is not None


def _insists(reading: Analysis) -> bool:
    """True if they say that they said it, or are angry, and tell nothing else."""
    again = reading.has(acts.ALREADY_TOLD) or reading.has(acts.COMPLAINT)
    return again and not reading.has(acts.ANSWER)


def _finishes(line: str) -> bool:
    found = _FINISHES.search(line)
    return found is not None and bool(NO_WORDS.intersection(split_words(line)[:1]))


def _any(forms: Mapping[str, LazyPattern], line: str, codes: tuple[str, ...]) -> bool:
    return any(forms[code].search(line) for code in codes)


def _wishes(line: str, codes: tuple[str, ...]) -> bool:
    return _NOT_ON.search(line) is not None or _any(_WISH, line, codes)
