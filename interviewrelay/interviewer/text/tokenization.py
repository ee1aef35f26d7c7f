"""Tokenization: plain text, sentences, words and stems, for any language and any input."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import TypeVar, TypeVarTuple

import Stemmer

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
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
"""Maximum characters read of a text. Normalization may expand one character to eighteen, so the
result is limited to about twice its length, which bounds the time.
"""

_SPACE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_INVISIBLE = re.compile(
    "[\u00ad\u0640\u064b-\u0652\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_ACCENT = re.compile("[\u0300-\u036f\u0653-\u0655]")
_APOSTROPHE = re.compile("[\u2018\u2019\u02bc\u0060\u00b4]")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_TITLES = "".join(
    rf"(?<!\b{title}\.)" for title in languages.load_table("all", "lexicon")["titles"]
)
"""After these abbreviations a sentence continues."""

LONGEST_SENTENCE = 300
"""Maximum characters of a sentence; longer ones are split, so that no pattern sees more at once."""
MOST_SENTENCES = 200
"""Maximum sentences read one by one; in a longer text, short ones in the middle are joined."""
LONGEST_WORD = 80
_TOO_LONG = re.compile(rf"([!-\u024f]{{{LONGEST_WORD}}})[!-\u024f]+")
"""Runs of Latin letters and signs without a blank, longer than any word. Other scripts have no
blanks.
"""

_SENTENCE_END = re.compile(
    "(?<=[.!?\u2026\u061f\u3002\uff01\uff1f])" + _TITLES + "\\s+|[\r\n]+"
)
_UNSPACED = LazyPattern("[\u0e00-\u0e7f\u2e80-\u9fff\uac00-\ud7af]")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_NUMBER_OR_WORD = re.compile(r"-?\d+(?:[.,]\d+)?|[^\W\d_]+")


@lru_cache(maxsize=256)
def get_base_language(language: str) -> str:
    """Base language: `en` for `en-GB`, `EN_us` and the like."""
    return re.split(r"[-_]", language.strip().lower())[0]


Given = TypeVarTuple("Given")
Made = TypeVar("Made")

_TURN: ContextVar[dict[tuple[object, ...], object] | None] = ContextVar("turn", default=None)


@contextmanager
def analyzed_once() -> Iterator[None]:
    """Cache for one turn: each text is analysed once in the block, and nothing is kept after it."""
    token = _TURN.set({})
    try:
        yield
    finally:
        _TURN.reset(token)


def once_a_turn(analyze: Callable[[*Given], Made]) -> Callable[[*Given], Made]:
    """Decorator for a text analysis that `analyzed_once` caches."""

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
def normalize(text: str) -> str:
    """Plain text: one case, one kind of apostrophe and space, without invisible characters and long
    runs of signs or letters.
    """
    text = text[:LONGEST]
    if text.isascii() and text.isprintable():  # the usual case, which needs no further steps
        text = " ".join(text.lower().replace("`", "'").split())
    else:
        most = min(LONGEST, 2 * len(text) + 20)
        text = unicodedata.normalize("NFKC", text)[:most]
        text = _APOSTROPHE.sub("'", _INVISIBLE.sub("", text))
        text = _SPACE.sub(" ", text.casefold()).strip()
    longest = max(text.split(), key=len, default="")
    return text if len(longest) <= LONGEST_WORD else _TOO_LONG.sub(r"\1", text)


@once_a_turn
def strip_accents(text: str) -> str:
    """Plain text without accents, which many people omit: `a` for `ä`, one alif for all."""
    if text.isascii():
        return text
    return _ACCENT.sub("", unicodedata.normalize("NFD", text))


@once_a_turn
def split_sentences(text: str) -> list[str]:
    """Sentences with their closing marks; a line break also ends one, and one of more than
    `LONGEST_SENTENCE` characters is split.
    """
    whole = [s for part in _SENTENCE_END.split(text) if (s := part.strip())]
    if len(whole) > MOST_SENTENCES:
        ends = MOST_SENTENCES // 8
        whole[ends:-ends] = _together(whole[ends:-ends], LONGEST // MOST_SENTENCES)
    return [part for s in whole for part in _parts(s)]


def _parts(sentence: str) -> list[str]:
    """Parts of at most `LONGEST_SENTENCE` characters, split at a comma or between words."""
    parts = []
    while len(sentence) > LONGEST_SENTENCE:
        head = sentence[:LONGEST_SENTENCE]
        cut = head.rfind(", ", LONGEST_SENTENCE // 2) + 1 or head.rfind(" ") + 1
        parts.append(sentence[: cut or LONGEST_SENTENCE].rstrip())
        sentence = sentence[cut or LONGEST_SENTENCE :].lstrip()
    return [*parts, sentence] if sentence else parts


def split_passages(text: str) -> list[str]:
    """Whole sentences joined up to `LONGEST_SENTENCE` characters, for patterns that may span two
    sentences.
    """
    return _together(split_sentences(text), LONGEST_SENTENCE)


def _together(parts: Sequence[str], most: int) -> list[str]:
    """Join neighbours while they have fewer than `most` characters."""
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
def split_words(text: str) -> list[str]:
    """Plain words in order."""
    return _WORD.findall(normalize(text))


def count_unspaced_letters(text: str) -> int:
    """Number of letters of scripts that have no (or nearly no) spaces."""
    return len(_UNSPACED.findall(text))


def filter_content_words(parts: Sequence[str], language: str) -> list[str]:
    """Members of `parts` (plain words) that are no function words of `language`."""
    stop = STOP_WORDS.get(get_base_language(language), frozenset())
    return [word for word in parts if word not in stop]


@lru_cache(maxsize=16_384)
def get_stem(word: str, language: str) -> str:
    """Snowball stem of a plain word.

    A stemmer keeps its word as state, so each call has its own, for thread safety.
    """
    algorithm = STEMMERS.get(get_base_language(language))
    if algorithm is None:
        return word
    return str(Stemmer.Stemmer(algorithm).stemWord(word.removesuffix("'s")))


def get_stems(text: str, language: str) -> frozenset[str]:
    """Stems of all words of a text."""
    return frozenset(get_stem(word, language) for word in split_words(text))


@lru_cache(maxsize=4096)
def get_cached_stems(text: str, language: str) -> frozenset[str]:
    """Stems of an author's question or cue. Cached, so not for what participants say."""
    return get_stems(text, language)


def find_number(text: str) -> float | None:
    """First number in `text`, in digits or as a small number word; None if there is none."""
    found = (parse_number(word) for word in _NUMBER_OR_WORD.findall(normalize(text)))
    return next((number for number in found if number is not None), None)


def parse_number(word: str) -> float | None:
    """Value of one plain word, in digits or as a small number word."""
    if _NUMBER.fullmatch(word):
        return float(word.replace(",", "."))
    if not word.isalpha():
        return find_number(word) if len(_NUMBER_OR_WORD.findall(word)) > 1 else None
    known = NUMBER_WORDS.get(word)
    return None if known is None else float(known)
