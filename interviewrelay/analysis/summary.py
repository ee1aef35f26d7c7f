"""Extractive summary: what one person said, in a few of their own sentences."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import fsum, log, sqrt
from typing import Final, NamedTuple

from interviewrelay.analysis import quotes, stemming

MOST_SENTENCES: Final = 3
LONGEST: Final = 400  # characters
LONGEST_SENTENCE: Final = 220
FEWEST: Final = 3
"""Minimum content words of a sentence that can stand alone."""
READ: Final = 20_000
"""Maximum words of an interview that are weighed."""
GAP: Final = " … "


class SummaryAnswer(NamedTuple):
    """Answer with its question, and the strength of its sentiment, 0 to 1."""

    text: str
    question_id: str | None
    strength: float


class _Sentence(NamedTuple):
    """Sentence, with its answer's position and the stems of its content words."""

    place: int
    said: SummaryAnswer
    text: str
    keys: frozenset[str]


def build_summary(answers: Sequence[SummaryAnswer], language: str) -> str | None:
    """The most telling sentences, verbatim and in order, from different questions if possible, with
    an ellipsis between sentences that were apart. None if no sentence can stand alone.
    """
    return _joined(*_choose(answers, language))


def choose_sentences(answers: Sequence[SummaryAnswer], language: str) -> list[tuple[int, str]]:
    """The most telling sentences in order, each with the index of its answer."""
    kept, told = _choose(answers, language)
    return [(told[number].place, told[number].text) for number in kept]


def _choose(
    answers: Sequence[SummaryAnswer], language: str
) -> tuple[list[int], list[_Sentence]]:
    """Numbers of the chosen sentences, and all sentences."""
    told = _sentences(answers, language)
    common = Counter(key for sentence in told for key in sentence.keys)
    fit = _telling(told, language)
    weighed = sorted(fit, key=lambda number: (-_weight(told[number], common), number))
    kept: list[int] = []
    questions: set[str | None] = set()
    room = LONGEST
    for fresh in (True, False):
        for number in weighed:
            sentence = told[number]
            again = sentence.said.question_id in questions
            if len(kept) == MOST_SENTENCES or number in kept or again == fresh:
                continue
            if len(sentence.text) + len(GAP) <= room:
                kept.append(number)
                questions.add(sentence.said.question_id)
                room -= len(sentence.text) + len(GAP)
    return sorted(kept), told


def _sentences(answers: Sequence[SummaryAnswer], language: str) -> list[_Sentence]:
    told: list[_Sentence] = []
    left = READ
    for place, said in enumerate(answers):
        for start, end in quotes.split_sentences(said.text):
            text = said.text[start:end]
            keys = stemming.get_stems(text, language)
            left -= len(keys)
            if left < 0:
                return told
            worth = frozenset(key for key in keys if stemming.get_weight(key, language))
            told.append(_Sentence(place, said, text, worth))
    return told


def _telling(told: Sequence[_Sentence], language: str) -> set[int]:
    """Sentences that can stand alone; otherwise those with any content."""
    short = {n for n, sentence in enumerate(told) if len(sentence.text) <= LONGEST_SENTENCE}
    full = {n for n in short if len(told[n].keys) >= FEWEST}
    strong = stemming.STRONG
    return full or {
        n
        for n in short
        if any(stemming.get_weight(k, language) == strong for k in told[n].keys)
    }


def _weight(sentence: _Sentence, common: Counter[str]) -> float:
    """Weight: recurring words and sentiment count more, length alone counts little."""
    spoken = fsum(1 + log(common[key]) for key in sentence.keys)
    return spoken / sqrt(len(sentence.keys) + 4) + sentence.said.strength


def _joined(kept: Sequence[int], told: Sequence[_Sentence]) -> str | None:
    if not kept:
        return None
    text = told[kept[0]].text
    for before, number in pairwise(kept):
        beside = number == before + 1 and told[number].place == told[before].place
        text += (" " if beside else GAP) + told[number].text
    return text
