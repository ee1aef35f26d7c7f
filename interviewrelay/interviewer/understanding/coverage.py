"""Coverage: needs that a text touches or covers, by the author's cues."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from rapidfuzz import fuzz, process

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.guide import Guide, Need, Question
from interviewrelay.interviewer.text.tokenization import (
    count_unspaced_letters,
    filter_content_words,
    find_number,
    get_stem,
    normalize,
    split_sentences,
    split_words,
)

SPAN = 40
"""Maximum distance in words of two cues in one statement."""

MIN_CONTENT = 4
"""Minimum content words of an answer that covers something that was not asked for."""

MAX_CONTENT = 12
"""Maximum of expected content words: even if a question expects long answers, this many cover a
need.
"""

FUZZY = 88
"""Similarity from which a word of five letters or more is a misspelt cue."""

QUANTITY = languages.load_pattern("coverage", "quantity")


@dataclass(frozen=True, slots=True)
class FoundNeed:
    """Need found in a text: `status` touched or covered, the sentence that shows it, and the
    numbers of its cues.
    """

    status: str
    quote: str
    cues: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Cue:
    """Cue prepared for matching."""

    plain: str
    parts: list[str]
    stems: list[str]
    unspaced: bool


@lru_cache(maxsize=8192)
def _cue(cue: str, language: str) -> _Cue:
    parts = split_words(cue)
    return _Cue(
        normalize(cue),
        parts,
        [get_stem(w, language) for w in parts],
        count_unspaced_letters(cue) > 0,
    )


@lru_cache(maxsize=4096)
def asks_for_figure(ask: str) -> bool:
    """True if an author's question asks for a quantity or a time."""
    return QUANTITY.search(normalize(ask)) is not None


def build_need_key(question_id: str, need_id: str) -> str:
    """Key of a need with its question, since authors may use `n1` in every question."""
    return f"{question_id}/{need_id}"


def list_needs(guide: Guide) -> Iterator[tuple[str, Question, Need]]:
    for question in guide.questions:
        for need in question.needs:
            yield build_need_key(question.id, need.id), question, need


def find_needs(guide: Guide, text: str) -> dict[str, FoundNeed]:
    """Needs of all questions that `text` mentions, by `build_need_key`."""
    said = split_words(text)
    if not said:
        return {}
    passage = _Passage(text, said, guide.language)
    found = {key: passage.look(question, need) for key, question, need in list_needs(guide)}
    return {key: seen for key, seen in found.items() if seen is not None}


class _Passage:
    """Text prepared for many cues."""

    def __init__(self, text: str, said: Sequence[str], language: str) -> None:
        self.text = text
        self.plain = normalize(text)
        self.language = language
        self.said = said
        self.content = (
            len(filter_content_words(said, language)) + count_unspaced_letters(text) // 2
        )
        self.stems = [get_stem(word, language) for word in said]
        self.places: dict[str, list[int]] = {}
        for place, root in enumerate(self.stems):
            self.places.setdefault(root, []).append(place)
        self.long_words = sorted({word for word in said if len(word) >= 5})

    def look(self, question: Question, need: Need) -> FoundNeed | None:
        hits = {n: places for n, cue in enumerate(need.cues) if (places := self._where(cue))}
        if not hits:
            return None
        first = min(places[0] for places in hits.values())
        together = _together(list(hits.values())) or len(need.cues) == 1
        # A cue of several words is a statement, whatever the expected length.
        phrase = any(len(_cue(need.cues[n], self.language).parts) > 1 for n in hits)
        covered = (together and self._enough(question)) or (
            phrase and self.content >= MIN_CONTENT
        )
        covered = covered or self._figure_given(need, first)
        return FoundNeed("covered" if covered else "touched", self._quote(first), tuple(hits))

    def _where(self, cue: str) -> list[int]:
        """Positions of a cue: all its words in a row by stem, or one word that nearly matches."""
        known = _cue(cue, self.language)
        parts, stems = known.parts, known.stems
        if not parts:
            return []
        if known.unspaced:
            return [0] if known.plain in self.plain else []
        starts = self.places.get(stems[0], [])
        rows = [p for p in starts if self.stems[p : p + len(stems)] == stems]
        if rows or len(parts) > 1 or len(parts[0]) < 5:
            return rows
        near = process.extractOne(
            parts[0], self.long_words, scorer=fuzz.ratio, score_cutoff=FUZZY
        )
        return self.places[get_stem(near[0], self.language)] if near else []

    def _enough(self, question: Question) -> bool:
        wanted = min(max(MIN_CONTENT, question.expected.min_words), MAX_CONTENT)
        return self.content >= wanted

    def _figure_given(self, need: Need, place: int) -> bool:
        """True if a figure stands beside a cue, which answers a question for a figure."""
        if not asks_for_figure(need.ask):
            return False
        return find_number(" ".join(self.said[max(0, place - 6) : place + 7])) is not None

    def _quote(self, place: int) -> str:
        """Sentence of the word at `place`, at most 300 characters."""
        parts = split_sentences(self.text)
        ends = accumulate(len(split_words(part)) for part in parts)
        shown = (part for part, end in zip(parts, ends, strict=True) if end > place)
        return next(shown, self.text)[:300]


def _together(groups: Sequence[Sequence[int]]) -> bool:
    """True if two different cues stand within one span."""
    marks = sorted((place, n) for n, places in enumerate(groups) for place in places)
    return any(a[1] != b[1] and 0 < b[0] - a[0] <= SPAN for a, b in pairwise(marks))
