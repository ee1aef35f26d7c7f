"""Gibberish: text without meaning, such as a stray letter, a run of keys, bla bla."""

from functools import partial
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.text.tokenization import split_words

_pattern = partial(languages.load_pattern, "gibberish")
_NO_MEANING, _NO_WORD, _MIDDLE_ROW = map(_pattern, ("no_meaning", "no_word", "middle_row"))
ENOUGH: Final = 300
"""Characters that are examined."""
_AGAIN: Final = LazyPattern(r"(?P<run>\w{3,})(?P=run)+")
"""Repeated run of keys: "qweqwe"."""


def is_gibberish(line: str) -> bool:
    """True for a stray letter, or words in form only."""
    bare = line.strip(" .,;:-")
    if _NO_MEANING.fullmatch(bare):
        return True
    parts = split_words(bare[:ENOUGH])
    return all(_gibberish(word) or len(word) < 3 or word.isdigit() for word in parts) and any(
        map(_gibberish, parts)
    )


def _gibberish(word: str) -> bool:
    """True if a word is a run of keys, or of one letter, or lacks a necessary vowel."""
    again = _AGAIN.fullmatch(word)
    keys = again["run"] if again else word
    rows = languages.load_words("gibberish", "rows")
    run = len(keys) > 2 and any(keys in row for row in rows)
    return run or any(form.fullmatch(word) for form in (_NO_WORD, _MIDDLE_ROW))
