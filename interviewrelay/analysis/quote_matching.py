"""Quote matching: finds the words that a quote claims in the text they are said to come from.

A quote matches if the text holds the same words in the same order. Case, spaces, punctuation and
apostrophes may differ, and a few words may be misspelt; another word, number or order is no match.
The caller shows the stored text between the positions, never the quote it was given.
"""

import re
import unicodedata
from bisect import bisect_right
from itertools import accumulate
from typing import Final, NamedTuple

from interviewrelay.analysis.quotes import Span

LONGEST: Final = 2_000
"""Maximum characters of a quote; nobody quotes more than that as evidence."""
LONGEST_MISSPELT: Final = 80
"""Maximum words of a quote in which typing errors are looked for, to bound the time."""
WORDS_FOR_ERROR: Final = 6
"""One typing error is accepted for each of so many words, and one in any quote of three or more."""
FEWEST_FOR_ERROR: Final = 3
SHORTEST_MISSPELT: Final = 6
"""Letters of a word that may be misspelt; shorter words are too often other words ("ever")."""

_WORD: Final = re.compile(
    # Scripts without spaces: each character is a word.
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    r"|[^\W_]+(?:['’ʼ‘`´][^\W_]+)*"
)
_APOSTROPHES: Final = str.maketrans("", "", "'’ʼ‘`´")
_SEPARATOR: Final = "\0"


class _Word(NamedTuple):
    text: str
    """Comparable form."""
    start: int
    end: int


def find_quote(text: str, quote: str) -> Span | None:
    """Position of the quoted words in `text`, in Unicode code points; None if it lacks them."""
    if len(quote) > LONGEST:
        return None
    said, claimed = _split(text), [word.text for word in _split(quote)]
    if not claimed or len(claimed) > len(said):
        return None
    first = _find_exact(said, claimed)
    if first is None:
        first = _find_misspelt(said, claimed)
    if first is None:
        return None
    return Span(said[first].start, _end(text, quote, said[first + len(claimed) - 1].end))


def _split(text: str) -> list[_Word]:
    return [_Word(_fold(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]


def _fold(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().translate(_APOSTROPHES)


def _find_exact(said: list[_Word], claimed: list[str]) -> int | None:
    """Index of the first claimed word; searched in one string, whatever repeats in it."""
    joined = _SEPARATOR + _SEPARATOR.join(word.text for word in said) + _SEPARATOR
    place = joined.find(_SEPARATOR + _SEPARATOR.join(claimed) + _SEPARATOR)
    if place < 0:
        return None
    starts = list(accumulate((len(word.text) + 1 for word in said), initial=0))
    return bisect_right(starts, place) - 1


def _find_misspelt(said: list[_Word], claimed: list[str]) -> int | None:
    if not FEWEST_FOR_ERROR <= len(claimed) <= LONGEST_MISSPELT:
        return None
    most = max(1, len(claimed) // WORDS_FOR_ERROR)
    for first in range(len(said) - len(claimed) + 1):
        errors = 0
        for place, word in enumerate(claimed, first):
            if word != said[place].text:
                errors += 1
                if errors > most or not is_misspelling(word, said[place].text):
                    break
        else:
            return first
    return None


def is_misspelling(word: str, other: str) -> bool:
    """True if the words differ by one letter too many or too few, or by two swapped letters.

    An exchanged letter mostly makes another word ("waited", "wanted"), and so does another first
    letter ("moral", "immoral") or digit.
    """
    if min(len(word), len(other)) < SHORTEST_MISSPELT or word[0] != other[0]:
        return False
    if not (word.isalpha() and other.isalpha()):
        return False
    if len(word) == len(other):
        differ = [n for n, (a, b) in enumerate(zip(word, other, strict=True)) if a != b]
        return (
            len(differ) == 2
            and differ[1] == differ[0] + 1
            and word[differ[0]] == other[differ[1]]
            and word[differ[1]] == other[differ[0]]
        )
    short, long = sorted((word, other), key=len)
    if len(long) != len(short) + 1:
        return False
    at = next((n for n, letter in enumerate(short) if letter != long[n]), len(short))
    return short[at:] == long[at + 1 :]


def _end(text: str, quote: str, end: int) -> int:
    """End of the passage, with the sentence's mark if the quote has one there too."""
    mark = quote.rstrip(" \t\n\r\"'”’»)")[-1:]
    return end + 1 if mark and not mark.isalnum() and text[end : end + 1] == mark else end
