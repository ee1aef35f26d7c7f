"""Vocabulary: answers as word numbers, small enough for thousands of interviews."""

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from interviewrelay.analysis import stemming
from interviewrelay.analysis.sentiment import SentimentScore

LONGEST: Final = 3
"""Maximum words of a phrase."""
LONGEST_HAN: Final = 4
"""Maximum characters of a phrase in scripts without spaces."""
BETWEEN: Final = 2
"""Function words allowed between two words of a phrase."""
SENTENCE_END: Final = -2

Term = tuple[int, ...]
"""Word or phrase, by the numbers of its stems."""


@dataclass(frozen=True, slots=True)
class ThemeAnswer:
    """Answer of one turn. Themes are counted by `group`, usually an interview."""

    group: str
    turn_id: str
    text: str
    language: str
    mood: SentimentScore


@dataclass(frozen=True, slots=True)
class EncodedAnswer:
    """Answer as word numbers."""

    group: int
    turn_id: str
    mood: SentimentScore
    words: "array[int]"


class Vocabulary:
    """Numbers for word forms and for their stems; function words have stem 0, breaks -1, ends of
    sentences -2.
    """

    def __init__(self) -> None:
        self.written: list[str] = []
        self.stem_of: list[int] = []
        self.stems: list[str] = [""]
        self.languages: list[str] = [""]
        self._numbers: dict[tuple[str, str], int] = {}
        self._stems = {
            stemming.FUNCTION: 0,
            stemming.BREAK: -1,
            stemming.NUMBER: -1,
            stemming.END: SENTENCE_END,
        }

    def encode_answers(self, answers: Iterable[ThemeAnswer]) -> Iterator[EncodedAnswer]:
        group, last = -1, None
        for answer in answers:
            if answer.group != last:
                group, last = group + 1, answer.group
            yield EncodedAnswer(
                group, answer.turn_id, answer.mood, array("i", self._read(answer))
            )

    def _read(self, answer: ThemeAnswer) -> Iterator[int]:
        text, language = answer.text, answer.language
        for start, end, key in stemming.stem_words(text, language):
            word = (text[start:end] if key not in (stemming.BREAK, stemming.END) else key, key)
            number = self._numbers.get(word)
            if number is None:
                number = self._numbers[word] = len(self.written)
                self.written.append(word[0])
                self.stem_of.append(self._stem(key, language))
            yield number

    def _stem(self, key: str, language: str) -> int:
        if key not in self._stems:
            self._stems[key] = len(self.stems)
            self.stems.append(key)
            self.languages.append(language)
        return self._stems[key]

    def points(self, asked: Mapping[str, Collection[str]]) -> list[tuple[int, bool]]:
        """Weight of each stem, and whether it is the participants' own."""
        told = []
        for key, language in zip(self.stems, self.languages, strict=True):
            own = key not in asked.get(language, ())
            worth = stemming.get_weight(key, language)
            told.append((worth if own else min(worth, stemming.SLIGHT), own))
        return told

    def _longest(self, stem: int) -> int:
        """Maximum words of a phrase with this stem."""
        return LONGEST_HAN if stemming.is_han(self.stems[stem]) else LONGEST

    def count_terms(
        self, words: "array[int]", frequent: Collection[int]
    ) -> Iterator[tuple[Term, int, int]]:
        """Terms of an answer, with the positions of their first and last word."""
        before: list[tuple[int, int]] = []
        gap = 0
        for place, word in enumerate(words):
            stem = self.stem_of[word]
            if stem == 0 and gap < BETWEEN:
                gap += 1
                continue
            if stem <= 0 or stem not in frequent:
                before, gap = [], 0
                continue
            term: Term = (stem,)
            yield term, place, place
            for other, at in reversed(before):
                if other in term:
                    break
                term = (other, *term)
                yield term, at, place
            before = [*before, (stem, place)][1 - self._longest(stem) :]
            gap = 0

    def sentence(self, words: "array[int]", place: int) -> int:
        """Number of words in the sentence around a position."""
        first = last = place
        while first > 0 and self.stem_of[words[first - 1]] != SENTENCE_END:
            first -= 1
        while last + 1 < len(words) and self.stem_of[words[last + 1]] != SENTENCE_END:
            last += 1
        return last - first + 1
