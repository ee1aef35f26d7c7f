"""What a text is made of: plain text, sentences, words and stems, for any language and any input."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import TypeVar, TypeVarTuple

import Stemmer

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import Late
from interviewrelay.interviewer.text.lexicon import NUMBER_WORDS, STOP_WORDS

STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
"""Snowball algorithm by language; words of other languages are their own stems."""

LONGEST = 10_000
"""Characters that are read of a text, and at most about twice as many as it has: one may stand for
eighteen, and written out an answer of the longest kind would be read for seconds.
"""

_SPACE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_INVISIBLE = re.compile(
    "[\u00ad\u0640\u064b-\u0652\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_ACCENT = re.compile("[\u0300-\u036f\u0653-\u0655]")
_APOSTROPHE = re.compile("[\u2018\u2019\u02bc\u0060\u00b4]")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_TITLES = "".join(rf"(?<!\b{title}\.)" for title in languages.load("all", "lexicon")["titles"])
"""After these a sentence goes on."""

LONGEST_SENTENCE = 300
"""Characters that are read as one sentence: who speaks without a full stop is read in parts, so that no
pattern sees more at once.
"""
MOST_SENTENCES = 200
"""Sentences that are read one by one; of a text with more, short ones in the middle come together."""
LONGEST_WORD = 80
_TOO_LONG = re.compile(rf"([!-\u024f]{{{LONGEST_WORD}}})[!-\u024f]+")
"""Latin letters and signs without a blank between them that go on as no word does. Other scripts are
written without blanks.
"""

_SENTENCE_END = re.compile(
    "(?<=[.!?\u2026\u061f\u3002\uff01\uff1f])" + _TITLES + "\\s+|[\r\n]+"
)
_UNSPACED = Late("[\u0e00-\u0e7f\u2e80-\u9fff\uac00-\ud7af]")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_NUMBER_OR_WORD = re.compile(r"-?\d+(?:[.,]\d+)?|[^\W\d_]+")


@lru_cache(maxsize=256)
def base_language(language: str) -> str:
    """`en` of `en-GB`, `EN_us` and the like."""
    return re.split(r"[-_]", language.strip().lower())[0]


Given = TypeVarTuple("Given")
Made = TypeVar("Made")

_TURN: ContextVar[dict[tuple[object, ...], object] | None] = ContextVar("turn", default=None)


@contextmanager
def analyzed_once() -> Iterator[None]:
    """Cache for one turn: each text is analyzed once in it, and nothing is kept after it."""
    token = _TURN.set({})
    try:
        yield
    finally:
        _TURN.reset(token)


def once_a_turn(analyze: Callable[[*Given], Made]) -> Callable[[*Given], Made]:
    """Decorator for an analysis of text that `analyzed_once` caches."""

    @wraps(analyze)
    def analyzed(*given: *Given) -> Made:
        known = _TURN.get()
        if known is None:
            return analyze(*given)
        key = analyze.__name__, *given
        if key not in known:
            known[key] = analyze(*given)
        return known[key]  # type: ignore[return-value]

    return analyzed


@once_a_turn
def plain(text: str) -> str:
    """`text` in one case, with one kind of apostrophe and space, no invisible characters and no long
    runs of signs or letters.
    """
    text = text[:LONGEST]
    if text.isascii() and text.isprintable():  # most is, and then all of it is simple
        text = " ".join(text.lower().replace("`", "'").split())
    else:
        most = min(LONGEST, 2 * len(text) + 20)
        text = unicodedata.normalize("NFKC", text)[:most]
        text = _APOSTROPHE.sub("'", _INVISIBLE.sub("", text))
        text = _SPACE.sub(" ", text.casefold()).strip()
    longest = max(text.split(), key=len, default="")
    return text if len(longest) <= LONGEST_WORD else _TOO_LONG.sub(r"\1", text)


@once_a_turn
def unaccented(text: str) -> str:
    """A plain text without its accents, as many write it: `a` for `ä`, one alif for them all."""
    if text.isascii():
        return text
    return _ACCENT.sub("", unicodedata.normalize("NFD", text))


@once_a_turn
def sentences(text: str) -> list[str]:
    """The sentences of `text` with their closing marks; a line break ends a sentence too, and one of
    more than `LONGEST_SENTENCE` characters comes in parts.
    """
    whole = [s for part in _SENTENCE_END.split(text) if (s := part.strip())]
    if len(whole) > MOST_SENTENCES:
        ends = MOST_SENTENCES // 8
        whole[ends:-ends] = _together(whole[ends:-ends], LONGEST // MOST_SENTENCES)
    return [part for s in whole for part in _parts(s)]


def _parts(sentence: str) -> list[str]:
    """Parts of at most `LONGEST_SENTENCE` characters, divided at a comma or else between words."""
    parts = []
    while len(sentence) > LONGEST_SENTENCE:
        head = sentence[:LONGEST_SENTENCE]
        cut = head.rfind(", ", LONGEST_SENTENCE // 2) + 1 or head.rfind(" ") + 1
        parts.append(sentence[: cut or LONGEST_SENTENCE].rstrip())
        sentence = sentence[cut or LONGEST_SENTENCE :].lstrip()
    return [*parts, sentence] if sentence else parts


def passages(text: str) -> list[str]:
    """Whole sentences together, as many as make up `LONGEST_SENTENCE` characters: for what is looked
    for in all of a text and may begin in one sentence and end in the next.
    """
    return _together(sentences(text), LONGEST_SENTENCE)


def _together(parts: Sequence[str], most: int) -> list[str]:
    """Neighbours joined, as long as they have fewer than `most` characters."""
    made: list[list[str]] = []
    size = most
    for part in parts:
        if size + len(part) < most:
            made[-1].append(part)
            size += len(part) + 1
        else:
            made.append([part])
            size = len(part)
    return [" ".join(some) for some in made]


@once_a_turn
def words(text: str) -> list[str]:
    """The words of `text` in plain form and in order."""
    return _WORD.findall(plain(text))


def unspaced(text: str) -> int:
    """The number of letters of scripts that are written without spaces (or nearly so)."""
    return len(_UNSPACED.findall(text))


def content_words(parts: Sequence[str], language: str) -> list[str]:
    """The members of `parts` (plain words) that are no function words of `language`."""
    stop = STOP_WORDS.get(base_language(language), frozenset())
    return [word for word in parts if word not in stop]


@lru_cache(maxsize=16_384)
def stem(word: str, language: str) -> str:
    """The Snowball stem of a plain word.

    A stemmer keeps its word in itself, so each call has its own: two threads never meet in one.
    """
    algorithm = STEMMERS.get(base_language(language))
    if algorithm is None:
        return word
    return str(Stemmer.Stemmer(algorithm).stemWord(word.removesuffix("'s")))


def stems_of(text: str, language: str) -> frozenset[str]:
    """The stems of all words of a text."""
    return frozenset(stem(word, language) for word in words(text))


@lru_cache(maxsize=4096)
def stems(text: str, language: str) -> frozenset[str]:
    """The same of an author's question or cue. Kept, so not for what participants say."""
    return stems_of(text, language)


def number_in(text: str) -> float | None:
    """The first number in `text`, in digits or as a small number word; None when there is none."""
    found = (number_of(word) for word in _NUMBER_OR_WORD.findall(plain(text)))
    return next((number for number in found if number is not None), None)


def number_of(word: str) -> float | None:
    """The number that one plain word is, in digits or as a small number word."""
    if _NUMBER.fullmatch(word):
        return float(word.replace(",", "."))
    if not word.isalpha():
        return number_in(word) if len(_NUMBER_OR_WORD.findall(word)) > 1 else None
    known = NUMBER_WORDS.get(word)
    return None if known is None else float(known)
