"""Sentiment of a text: VADER for English, small word lists for Dutch, German, French and Spanish."""

import re
import string
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from math import sqrt
from pathlib import Path
from typing import Any

from interviewrelay.core.conversation import Sentiment
from interviewrelay.interviewer.acts.act_detection import detect_acts
from interviewrelay.interviewer.text.tokenization import get_base_language

THRESHOLD = 0.05  # a sentence below this is neutral
SIDE = 0.1  # an answer below this is neutral: one weak word does not count
STRONG = 0.4  # a part above this counts as a pole of its own
# VADER's time grows with the square of the length, so texts are split into small pieces.
LONGEST = 20_000  # characters
PIECE = 40  # words
WORD = 40  # characters
PICTURES = 8  # emoji in a piece, each of which VADER expands into several words

_WORDS = Path(__file__).parent / "words" / "sentiment.toml"
_SENTENCE = re.compile(r"(?<![.!?…;\n])[.!?…;\n]+(?:\s|$)|\n")
_CLAUSE = re.compile(
    r",\s|\s[–—]\s|\b(?:but|however|although|though|yet"
    r"|maar|hoewel|aber|obwohl|doch|mais|cependant|pourtant|pero|aunque|sino)\b",
    re.IGNORECASE,
)
_PARTICLE = re.compile(r"^\W*(?:no+|nope|nah|nee|nein|non)\s*(?:[,;:–—-]\s*|$)", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class SentimentScore:
    """Sentiment reading: a label, and a score from -1 (negative) to 1 (positive) with four decimals."""

    label: Sentiment
    score: float


NEUTRAL = SentimentScore("neutral", 0.0)


def score_text(
    text: str, language: str = "en", *, telling: bool | None = None
) -> SentimentScore:
    """Sentiment of one answer. `language` is a tag such as `en` or `nl-BE`; `telling` is the value
    in `acts.act_detection.DetectedActs` if the text was analysed already.

    Languages without a word list are neutral with 0.0, and so is text in other than Latin letters
    where English is expected. Never raises.
    """
    measure = _measure(language)
    text = text[:LONGEST]
    if measure is None or (get_base_language(language) == "en" and not _latin(text)):
        return NEUTRAL
    if not (detect_acts(text, language).tells_something if telling is None else telling):
        return NEUTRAL
    # A "no" at the start of an answer states a fact and expresses no sentiment.
    sentences = [_PARTICLE.sub("", sentence) for sentence in _SENTENCE.split(text)]
    clauses = [clause for sentence in sentences for clause in _CLAUSE.split(sentence)]
    whole, parts = _pieces(sentences), _pieces(clauses)
    scores = {piece: measure(piece) for piece in {*whole, *parts}}
    felt = [s for s in map(scores.__getitem__, whole) if abs(s) >= THRESHOLD]
    score = round(sum(felt) / len(felt), 4) if felt else 0.0
    return _reading(score, mixed=_both_poles([scores[piece] for piece in parts]))


def score_turns(texts: Sequence[str], language: str) -> SentimentScore:
    """Sentiment of an interview from its answers, in any order."""
    return average_scores([score_text(text, language) for text in texts])


def average_scores(readings: Sequence[SentimentScore]) -> SentimentScore:
    """Sentiment of an interview: the mean of its answers, in any order.

    `mixed` when an answer is mixed, or when positive and negative answers are both strong.
    """
    if not readings:
        return NEUTRAL
    score = round(sum(reading.score for reading in readings) / len(readings), 4)
    torn = any(reading.label == "mixed" for reading in readings)
    return _reading(score, mixed=torn or _both_poles([reading.score for reading in readings]))


def _reading(score: float, *, mixed: bool) -> SentimentScore:
    score = score or 0.0  # avoids -0.0
    if mixed:
        return SentimentScore("mixed", score)
    if score >= SIDE:
        return SentimentScore("positive", score)
    if score <= -SIDE:
        return SentimentScore("negative", score)
    return SentimentScore("neutral", score)


def _both_poles(scores: Sequence[float]) -> bool:
    return any(s >= STRONG for s in scores) and any(s <= -STRONG for s in scores)


def _measure(language: str) -> Callable[[str], float] | None:
    base = get_base_language(language)
    if base == "en":
        return _english
    return _lexicon(base)


def _latin(text: str) -> bool:
    """True if the text may be English: half its letters are ASCII, or it has none."""
    if text.isascii():
        return True
    letters = sum(char.isalpha() for char in text)
    plain = sum(char.isascii() and char.isalpha() for char in text)
    return plain * 2 >= letters


def _pieces(parts: Sequence[str]) -> list[str]:
    """Pieces that VADER reads quickly, without overlong words."""
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
        return 0.0  # the same result as VADER's, sooner
    return float(analyzer.polarity_scores(piece)["compound"])


def _vader_words(piece: str) -> Iterator[str]:
    """Words of a piece without emoji, split as VADER does."""
    for token in piece.lower().split():
        bare = token.strip(string.punctuation)
        yield bare if len(bare) > 2 else token


@cache
def _analyzer() -> Any:
    # A local import: the lexicon loads slowly, and most processes never need it.
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    # "No wait", "no stairs" are facts. Before a word with sentiment, "no" still negates.
    del analyzer.lexicon["no"]
    return analyzer


@cache
def _lexicon(language: str) -> Callable[[str], float] | None:
    """VADER-like score: a word counts 2, less after a negation, and many approach 1. None without
    words of the language.
    """
    words = tomllib.loads(_WORDS.read_text("utf-8")).get(language)
    if words is None:
        return None
    good, bad = _pattern(words["positive"]), _pattern(words["negative"])
    negation = frozenset(words["negation"].split())

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
