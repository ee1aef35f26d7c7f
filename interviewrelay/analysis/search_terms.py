"""The words of a text as the search knows them: the same for what was said and for what is asked.

Both databases are given these words and nothing else, so that they cannot disagree about letters.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final
from zlib import crc32

from interviewrelay.core.text import folded
from interviewrelay.interviewer.patterns.lazy_pattern import Late

LONGEST_WORD: Final = 100
MOST_WORDS: Final = 32
"""How many words a query may have; what follows is left out."""

JOINT: Final = "\u00b7"
"""A sign, which no word holds: it marks what the index holds besides words."""

_QUOTED: Final = re.compile(r'"([^"]*)"?|([^\s"]+)')
# Telephones write these in place of plain ones.
_MARKS: Final = str.maketrans(dict.fromkeys("“”„«»", '"'))
# Scripts without spaces between words: each character stands for itself.
_ALONE: Final = Late(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
)


def words(text: str) -> list[str]:
    """Its words in order: without case and accents; signs part words."""
    whole = folded(text)
    parted = "".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in whole)
    return [word[:LONGEST_WORD] for word in _ALONE.sub(r" \1 ", parted).split()]


def phrases(query: str) -> list[list[str]]:
    """What a query asks for: every phrase must be there. A word alone is a phrase of one.

    Quotation marks hold words together; so does writing them in one ("e-mail", or a script without
    spaces). There are no operators, and nothing in a query is an error.
    """
    found: list[list[str]] = []
    left = MOST_WORDS
    for quoted, plain in _QUOTED.findall(query.translate(_MARKS)):
        phrase = words(quoted or plain)[:left]
        left -= len(phrase)
        if phrase and phrase not in found:
            found.append(phrase)
    return found


def kept(org_id: str, campaign_id: str, text: str) -> list[str]:
    """What the index holds of an answer: whose it is, its words in order, and its pairs of words."""
    spoken = words(text)
    return labels(org_id, campaign_id) + spoken + list(dict.fromkeys(_pairs(spoken)))


def asked(found: Iterable[Sequence[str]]) -> list[str]:
    """What an answer must hold for these phrases, and others may hold too: single words, or pairs."""
    held = [part for phrase in found for part in (_pairs(phrase) or phrase)]
    return list(dict.fromkeys(held))


def labels(org_id: str, campaign_id: str | None = None) -> list[str]:
    """Whose an answer is, in words that nobody can say. A search for few reads only theirs."""
    campaign = [] if campaign_id is None else [f"{JOINT}c{campaign_id.replace('-', '')}"]
    return [f"{JOINT}o{org_id.replace('-', '')}", *campaign]


def _pairs(spoken: Sequence[str]) -> list[str]:
    """A mark for each two neighbours: a pair of common words is far rarer than each of them.

    There are 65,536 marks, so that an index does not grow by every pair that was ever said.
    """
    return [f"{JOINT}{crc32(' '.join(two).encode()) & 0xFFFF:04x}" for two in pairwise(spoken)]
