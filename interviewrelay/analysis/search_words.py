"""The words of a text as the search knows them: the same for what was said and for what is asked.

Both databases are given these words and nothing else, so that they cannot disagree about letters.
"""

import re
import unicodedata
from typing import Final

LONGEST_WORD: Final = 100
MOST_WORDS: Final = 32
"""How many words a query may have; what follows is left out."""

# Letters that carry no mark that could be taken off, but are written without it by many.
_PLAIN: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ŧ": "t"})
_QUOTED: Final = re.compile(r'"([^"]*)"?|([^\s"]+)')
# Telephones write these in place of plain ones.
_MARKS: Final = str.maketrans(dict.fromkeys("“”„«»", '"'))
# Scripts without spaces between words: each character stands for itself.
_ALONE: Final = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
)


def words(text: str) -> list[str]:
    """Its words in order: without case and accents; signs part words."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(c for c in plain if not _accent(c))
    whole = unicodedata.normalize("NFC", bare).casefold().translate(_PLAIN)
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


def labels(org_id: str, campaign_id: str | None = None) -> list[str]:
    """The words that stand before all others: whose it is. A search for few reads only theirs."""
    campaign = [] if campaign_id is None else ["c" + campaign_id.replace("-", "")]
    return ["o" + org_id.replace("-", ""), *campaign]


def _accent(character: str) -> bool:
    """A mark that many leave out; the vowel signs and voicing marks of other scripts are letters."""
    kind = unicodedata.combining(character)
    return kind >= 200 or 10 <= kind <= 35
