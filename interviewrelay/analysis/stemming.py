"""Stemming: words of a text with their stems and positions in Unicode code points.

Languages without a list of function words, and scripts without spaces, have simple fall-backs:
short words count as function words, and each Chinese character is a word.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.text.lexicon import NUMBER_WORDS, STOP_WORDS
from interviewrelay.interviewer.text.tokenization import get_base_language, get_stem, normalize

BREAK: Final = "\n"
"""Break that no phrase crosses: a comma, a bracket, unsegmented script."""
END: Final = "."
"""End of a sentence."""
FUNCTION: Final = ""
"""Function word."""
NUMBER: Final = "#"

STRONG, SLIGHT, EMPTY = 2, 1, 0
"""Weight of a word in a theme; a theme needs two."""

_WORDS: Final = Path(__file__).parent / "words" / "themes.toml"
_HAN_BREAKS: Final = frozenset(
    "的了是在我你他她它们們不这那有和就都也很说說要会會没沒到人一个個上下与與或被把从從对對为為而但之其所"
    "以于於及吗嗎呢吧啊呀哦着过過得地给給让讓能可還还因什么麼怎哪多少来來去里裡后後时時些样樣点點再又"
)
"""Chinese characters that act as function words."""
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNPARTED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff"
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u0900-\u0dff\u200c\u200d"
)
_LETTER = f"[^\\W_{_HAN}{_UNPARTED}]"
_TOKEN: Final = LazyPattern(
    f"(?P<held>(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['\u2019](?={_LETTER}))"
    f"|(?P<word>{_LETTER}(?:{_LETTER}|[{_MARKS}]|['\u2019-](?={_LETTER}))*)"
    f"|(?P<han>[{_HAN}])"
    "|(?P<end>[.!?\u2026\u061f\u06d4\u3002\uff01\uff1f\n\r]+)"
    f"|(?P<gap>[^\\s'\u2019*_-])",
    re.IGNORECASE,
)
_DIGITS: Final = re.compile(r"(?=[.:,]*\d)[\d.:,]+(?:st|nd|rd|th|e|er|%)?")
_SHORTEST: Final = 4  # minimum letters of a content word, in languages without a list


class StemmedWord(NamedTuple):
    """Word; `key` is a stem, or one of the signs above."""

    start: int
    end: int
    key: str


def stem_words(text: str, language: str) -> Iterator[StemmedWord]:
    """Words and breaks of a text, in order. Never raises."""
    code = get_base_language(language)
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup
        if kind == "word":
            key = _key(found.group(), code)
        elif kind == "han":
            key = BREAK if found.group() in _HAN_BREAKS else found.group()
        else:
            key = {"held": FUNCTION, "end": END}.get(kind or "", BREAK)
        yield StemmedWord(found.start(), found.end(), key)


def get_weight(key: str, language: str) -> int:
    """Weight of a word in a theme, by its key."""
    if key == NUMBER:
        return EMPTY
    if is_han(key):
        return SLIGHT
    slight, empty = _lists(get_base_language(language))
    return EMPTY if key in empty else SLIGHT if key in slight else STRONG


def is_curse(key: str, language: str) -> bool:
    """True for a curse, which labels nothing."""
    return key in _listed(get_base_language(language), "curses")


def is_han(key: str) -> bool:
    """True for a character of a script without spaces."""
    return len(key) == 1 and key > "\u2e7f"


def get_stems(text: str, language: str) -> frozenset[str]:
    """Stems of a text without function words."""
    signs = (BREAK, END, FUNCTION)
    return frozenset(w.key for w in stem_words(text, language) if w.key not in signs)


@lru_cache(maxsize=16_384)
def _key(raw: str, code: str) -> str:
    word = normalize(raw)
    if _DIGITS.fullmatch(word) or word in NUMBER_WORDS:
        return NUMBER
    if code == "en" and word.endswith(("n't", "cannot")):
        return "not"
    slight, _ = _lists(code)
    stop = STOP_WORDS.get(code) or _function_words(code)
    made = get_stem(word.removesuffix("'s"), code)
    if not stop:
        return made if len(word) >= _SHORTEST else FUNCTION
    if made in slight:  # "no" and "not" carry meaning here, unlike in the interviewer
        return made
    return FUNCTION if word in stop or len(word) < 2 else made


@cache
def _lists(code: str) -> tuple[frozenset[str], frozenset[str]]:
    """Stems of the slight and of the empty words of a language."""
    slight, empty = (_listed(code, name) for name in ("slight", "empty"))
    return slight, (empty | _listed(code, "curses")) - slight


@cache
def _function_words(code: str) -> frozenset[str]:
    words = tomllib.loads(_WORDS.read_text("utf-8")).get(code, {}).get("function", "")
    return frozenset(map(normalize, words.split()))


@cache
def _listed(code: str, name: str) -> frozenset[str]:
    words = tomllib.loads(_WORDS.read_text("utf-8")).get(code, {}).get(name, "")
    return frozenset(get_stem(word, code) for word in words.split())
