"""What one person said, in a few sentences of their own."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import log, sqrt
from typing import Final

from interviewrelay.analysis import quotes, sentiment, terms

MOST_SENTENCES: Final = 3
LONGEST: Final = 400  # characters
LONGEST_SENTENCE: Final = 220
FEWEST: Final = 3
"""Words that carry meaning, below which a sentence tells little on its own."""
READ: Final = 20_000
"""Words of an interview that are weighed."""
GAP: Final = " … "

Said = tuple[str, str | None]
"""A text, and the question that it answers."""


def of(answers: Sequence[Said], language: str) -> str | None:
    """The sentences that say most, word for word and in their order, of different questions where
    there is a choice; between two that did not stand side by side there is an ellipsis. None where
    nothing was said that could stand alone.
    """
    told = _sentences(answers, language)
    fit = _telling(told, language)
    common = Counter(key for _, _, _, keys in told for key in keys)
    weighed = sorted(
        (-_weight(text, keys, common, language), number)
        for number, (_, _, text, keys) in enumerate(told)
        if number in fit
    )
    kept: list[int] = []
    questions: set[object] = set()
    room = LONGEST
    for fresh in (True, False):
        for _, number in weighed:
            _, question, text, _ = told[number]
            again = question in questions
            if len(kept) == MOST_SENTENCES or number in kept or again == fresh:
                continue
            if len(text) + len(GAP) <= room:
                kept.append(number)
                questions.add(question)
                room -= len(text) + len(GAP)
    return _joined(sorted(kept), told)


_Told = list[tuple[int, str | None, str, frozenset[str]]]


def _sentences(answers: Sequence[Said], language: str) -> _Told:
    """Each sentence with its answer's place, its question and its meaningful words."""
    told: _Told = []
    left = READ
    for place, (text, question) in enumerate(answers):
        for span in quotes.sentences(text):
            sentence = text[span.start : span.end]
            keys = terms.keys(sentence, language)
            left -= len(keys)
            if left < 0:
                return told
            worth = {key for key in keys if terms.worth(key, language)}
            told.append((place, question, sentence, frozenset(worth)))
    return told


def _telling(told: _Told, language: str) -> set[int]:
    """The sentences that can stand alone; where there is none, those that say anything at all."""
    short = {n for n, (_, _, text, _) in enumerate(told) if len(text) <= LONGEST_SENTENCE}
    full = {n for n in short if len(told[n][3]) >= FEWEST}
    return full or {
        n for n in short if any(terms.worth(k, language) == terms.STRONG for k in told[n][3])
    }


def _weight(text: str, keys: frozenset[str], common: Counter[str], language: str) -> float:
    """What comes up again weighs more, and so does what has a mood; length alone weighs little."""
    spoken = sum(1 + log(common[key]) for key in keys) / sqrt(len(keys) + 4)
    return round(spoken + abs(sentiment.of_text(text, language).score), 6)


def _joined(kept: Sequence[int], told: _Told) -> str | None:
    if not kept:
        return None
    text = told[kept[0]][2]
    for before, number in pairwise(kept):
        beside = number == before + 1 and told[number][0] == told[before][0]
        text += (" " if beside else GAP) + told[number][2]
    return text
