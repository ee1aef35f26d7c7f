"""Person names, recognised by a title, an introduction, a relation, or a capital letter."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.text.lexicon import STOP_WORDS
from interviewrelay.interviewer.text.tokenization import get_base_language

LONGEST: Final = 30
"""Characters examined before a name."""

_named = partial(languages.load_pattern, "masks")
_SURE: Final = (_named("titled"), _named("introduced"), _named("at_head"))
_IN_SMALL: Final = (
    _named("introduced_in_small", flags=re.IGNORECASE),
    _named("told_of_in_small", flags=re.IGNORECASE),
)
_BEING: Final = languages.load_word_patterns("masks", "being")
_RELATED: Final = languages.load_word_patterns("masks", "related", "who", flags=re.IGNORECASE)
_RUN: Final = _named("run")
_HEAD: Final = _named("head")
_OF_NO_PERSON: Final = _named("of_no_person", flags=re.IGNORECASE)
_people = partial(languages.load_words, "people")
_WORD_AFTER: Final = re.compile(r" ([^\W\d_]+)")


def load_non_names() -> frozenset[str]:
    """Capitalized words that name nobody."""
    return _people("nobody")


def find_names(text: str, language: str) -> list[str]:
    """Possible person names in a text, as they are written there."""
    base = get_base_language(language)
    sure = [*_SURE, *filter(None, [_BEING.get(base)])]
    loose = [*_IN_SMALL, *filter(None, [_RELATED.get(base)])]
    # In German every noun has a capital letter.
    found = [*_found(loose, text), *_capitals(text, known_only=base == "de")]
    return [*_found(sure, text), *(name for name in found if not _is_plain(name, base))]


def _found(shapes: Sequence[LazyPattern], text: str) -> Iterator[str]:
    for shape in shapes:
        yield from (f[f.lastindex] for f in shape.finditer(text) if f.lastindex)


def _is_plain(name: str, base: str) -> bool:
    """True if it consists of everyday words: "a woman next to me", "Nothing" in quotes."""
    known = {*STOP_WORDS.get(base, ()), *_plain(base)} - _people("first_names")
    return all(_bare(word) in known for word in name.split())


@cache
def _plain(base: str) -> frozenset[str]:
    if base not in STOP_WORDS:
        return frozenset()
    return frozenset(languages.load_table(base, "questions")["plain"].split())


def _capitals(text: str, *, known_only: bool) -> Iterator[str]:
    """Runs of capitalized words that name a person, by a first name or by position."""
    first_names, places = _people("first_names"), _people("kinds_of_place")
    for found in _RUN.finditer(text):
        run = found[0].split()
        first = next((at for at, word in enumerate(run) if _bare(word) in first_names), None)
        after = _WORD_AFTER.match(text, found.end())
        beside = {*map(_bare, run), after[1].casefold() if after else ""}
        if first is not None and not beside.isdisjoint(places - _people("surnames")):
            continue  # "St Mary Hospital"
        if first is not None:
            yield " ".join(run[first : first + 3])
        elif not known_only and beside.isdisjoint(places) and _is_person(run, found, text):
            yield found[0]


def _is_person(run: Sequence[str], found: re.Match[str], text: str) -> bool:
    """True if unknown capitalized words stand where a person's name does."""
    if any(map(_is_no_name, run)):
        return False
    before = _word_before(text, found.start())
    if not before:  # the first word of a sentence is capitalized anyway
        return len(run) > 1 and not _HEAD.fullmatch(run[0])
    return not _OF_NO_PERSON.fullmatch(before)


def _word_before(text: str, at: int) -> str:
    """The word before this position in the same sentence, if any."""
    *_, last = ["", *text[max(0, at - LONGEST) : at].rstrip(", '").split()]
    return last.rpartition("'")[2] if last[-1:].isalpha() else ""


def _is_no_name(word: str) -> bool:
    """True if it is an acronym, shouted, or a word that names nobody."""
    return word.isupper() or _bare(word) in load_non_names()


def _bare(word: str) -> str:
    return word.casefold().partition("'")[0].partition("’")[0]
