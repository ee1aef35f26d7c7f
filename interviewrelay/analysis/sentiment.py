"""How a text feels: VADER for English, small word lists for Dutch, German, French and Spanish."""

import re
import string
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from math import sqrt
from typing import Any

from interviewrelay.analysis.sentiment_words import WORDS
from interviewrelay.core.conversation import Sentiment
from interviewrelay.interviewer.acts.act_detection import hear
from interviewrelay.interviewer.text.tokenization import base_language

THRESHOLD = 0.05  # below this a sentence says nothing of a mood
SIDE = 0.1  # from here on an answer has a side: one faint word in a plain account is no mood
STRONG = 0.4  # from here on a part is a pole of its own
# VADER's time grows with the square of a text's length, so texts are read in small pieces.
LONGEST = 20_000  # characters
PIECE = 40  # words
WORD = 40  # characters
PICTURES = 8  # emoji in a piece, each of which VADER turns into several words

_SENTENCE = re.compile(r"(?<![.!?…;\n])[.!?…;\n]+(?:\s|$)|\n")
_CLAUSE = re.compile(
    r",\s|\s[–—]\s|\b(?:but|however|although|though|yet"
    r"|maar|hoewel|aber|obwohl|doch|mais|cependant|pourtant|pero|aunque|sino)\b",
    re.IGNORECASE,
)
_PARTICLE = re.compile(r"^\W*(?:no+|nope|nah|nee|nein|non)\s*(?:[,;:–—-]\s*|$)", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """A label, and a score from -1 (bad) to 1 (good) with four decimals."""

    label: Sentiment
    score: float


NEUTRAL = Reading("neutral", 0.0)


def of_text(text: str, language: str = "en", *, telling: bool | None = None) -> Reading:
    """How one answer feels. `language` is a tag such as `en` or `nl-BE`; `telling` is what
    `acts.hearing.Heard` says, where the text has been heard already.

    Languages without a word list, and text plainly not in the letters of English when English is
    expected, are neutral with 0.0. Never raises, whatever the text.
    """
    measure = _measure(language)
    text = text[:LONGEST]
    if measure is None or (base_language(language) == "en" and not _latin(text)):
        return NEUTRAL
    if not (hear(text, language).telling if telling is None else telling):
        return NEUTRAL
    # The "no" that begins an answer is a fact and no mood.
    sentences = [_PARTICLE.sub("", sentence) for sentence in _SENTENCE.split(text)]
    clauses = [clause for sentence in sentences for clause in _CLAUSE.split(sentence)]
    whole, parts = _pieces(sentences), _pieces(clauses)
    scores = {piece: measure(piece) for piece in {*whole, *parts}}
    felt = [s for s in map(scores.__getitem__, whole) if abs(s) >= THRESHOLD]
    score = round(sum(felt) / len(felt), 4) if felt else 0.0
    return _reading(score, mixed=_both_poles([scores[piece] for piece in parts]))


def of_turns(texts: Sequence[str], language: str) -> Reading:
    """How a whole interview feels, from the participant's answers in any order."""
    return of_readings([of_text(text, language) for text in texts])


def of_readings(readings: Sequence[Reading]) -> Reading:
    """How a whole interview feels: the mean of the participant's answers, in any order.

    `mixed` when an answer is mixed, or when good and bad answers are both strong.
    """
    if not readings:
        return NEUTRAL
    score = round(sum(reading.score for reading in readings) / len(readings), 4)
    torn = any(reading.label == "mixed" for reading in readings)
    return _reading(score, mixed=torn or _both_poles([reading.score for reading in readings]))


def _reading(score: float, *, mixed: bool) -> Reading:
    score = score or 0.0  # no minus zero
    if mixed:
        return Reading("mixed", score)
    if score >= SIDE:
        return Reading("positive", score)
    if score <= -SIDE:
        return Reading("negative", score)
    return Reading("neutral", score)


def _both_poles(scores: Sequence[float]) -> bool:
    return any(s >= STRONG for s in scores) and any(s <= -STRONG for s in scores)


def _measure(language: str) -> Callable[[str], float] | None:
    base = base_language(language)
    if base == "en":
        return _english
    return _lexicon(base) if base in WORDS else None


def _latin(text: str) -> bool:
    """Whether the text may be English: half its letters are ASCII, or it has none at all."""
    if text.isascii():
        return True
    letters = sum(char.isalpha() for char in text)
    plain = sum(char.isascii() and char.isalpha() for char in text)
    return plain * 2 >= letters


def _pieces(parts: Sequence[str]) -> list[str]:
    """The parts in pieces that VADER reads in no time; what is no word of any language is left out."""
    pieces = []
    for part in parts:
        words = [word for word in part.split() if len(word) <= WORD]
        for at in range(0, len(words), PIECE):
            piece = " ".join(words[at : at + PIECE])
            if piece.isascii():
                pieces.append(piece)
                continue
            pictures = (i for i, char in enumerate(piece) if unicodedata.category(char) == "So")
            cut = next(islice(pictures, PICTURES, None), len(piece))
            pieces.append(piece[:cut])
    return pieces


def _english(piece: str) -> float:
    analyzer = _analyzer()
    if piece.isascii() and not any(word in analyzer.lexicon for word in _vader_words(piece)):
        return 0.0  # as it would find itself, only sooner
    return float(analyzer.polarity_scores(piece)["compound"])


def _vader_words(piece: str) -> Iterator[str]:
    """A piece without pictures, taken apart as VADER does."""
    for token in piece.lower().split():
        bare = token.strip(string.punctuation)
        yield bare if len(bare) > 2 else token


@cache
def _analyzer() -> Any:
    # Here and not above: the lexicon takes a while to read, and most processes never need it.
    from vaderSentiment.vaderSentiment import (
        SentimentIntensityAnalyzer,
    )

    analyzer = SentimentIntensityAnalyzer()
    # "No wait", "no stairs": facts. Before a word that is felt it goes on to turn that word round.
    del analyzer.lexicon["no"]
    return analyzer


@cache
def _lexicon(language: str) -> Callable[[str], float]:
    """A measure like VADER's: a word counts 2, less after a negation, and many tend to 1."""
    words = WORDS[language]
    good, bad = _pattern(words.positive), _pattern(words.negative)
    negation = frozenset(words.negation.split())

    def measure(piece: str) -> float:
        tokens = _LETTERS.findall(unicodedata.normalize("NFC", piece).lower())
        total = 0.0
        for at, token in enumerate(tokens):
            value = 2.0 * bool(good.fullmatch(token)) - 2.0 * bool(bad.fullmatch(token))
            if value and not negation.isdisjoint(tokens[max(0, at - 3) : at]):
                value *= -0.74
            total += value
        return total / sqrt(total * total + 15)

    return measure


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile("|".join(word.replace("*", r"\w{0,4}") for word in words.split()))
