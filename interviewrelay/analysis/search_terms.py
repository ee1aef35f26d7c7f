"""Search terms: the words of a text, the same for answers and queries.

Both databases get only these words, so that they cannot treat letters differently.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final
from zlib import crc32

from interviewrelay.core.text import fold_text
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern

LONGEST_WORD: Final = 100
MOST_WORDS: Final = 32
"""Maximum words of a query; further ones are ignored."""

JOINT: Final = "\u00b7"
"""Character that no word contains; it marks other index terms."""

_QUOTED: Final = re.compile(r'"([^"]*)"?|([^\s"]+)')
# Phones type these instead of plain ones.
_MARKS: Final = str.maketrans(dict.fromkeys("“”„«»", '"'))
# Scripts without spaces: each character is a word.
_ALONE: Final = LazyPattern(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
)


def split_words(text: str) -> list[str]:
    """Words in order, without case and accents; signs separate words."""
    whole = fold_text(text)
    parted = "".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in whole)
    return [word[:LONGEST_WORD] for word in _ALONE.sub(r" \1 ", parted).split()]


def parse_phrases(query: str) -> list[list[str]]:
    """Phrases of a query, all of which must match. A single word is a phrase of one.

    Quotation marks join words, and so does writing them together ("e-mail", or a script without
    spaces). There are no operators, and any query is valid.
    """
    found: list[list[str]] = []
    left = MOST_WORDS
    for quoted, plain in _QUOTED.findall(query.translate(_MARKS)):
        phrase = split_words(quoted or plain)[:left]
        left -= len(phrase)
        if phrase and phrase not in found:
            found.append(phrase)
    return found


def build_index_terms(org_id: str, campaign_id: str, text: str) -> list[str]:
    """Index terms of an answer: its owner, its words in order, and its pairs of words."""
    spoken = split_words(text)
    return build_labels(org_id, campaign_id) + spoken + list(dict.fromkeys(_pairs(spoken)))


def build_query_terms(found: Iterable[Sequence[str]]) -> list[str]:
    """Index terms for these phrases, single words or pairs; other answers may have them too."""
    held = [part for phrase in found for part in (_pairs(phrase) or phrase)]
    return list(dict.fromkeys(held))


def build_labels(org_id: str, campaign_id: str | None = None) -> list[str]:
    """Owner terms, which no text can contain. A search in one campaign reads only its own entries."""
    campaign = [] if campaign_id is None else [f"{JOINT}c{campaign_id.replace('-', '')}"]
    return [f"{JOINT}o{org_id.replace('-', '')}", *campaign]


def _pairs(spoken: Sequence[str]) -> list[str]:
    """A term for each pair of neighbours: a pair of common words is far rarer than each word.

    There are only 65,536 such terms, which bounds the size of the index.
    """
    return [f"{JOINT}{crc32(' '.join(two).encode()) & 0xFFFF:04x}" for two in pairwise(spoken)]
