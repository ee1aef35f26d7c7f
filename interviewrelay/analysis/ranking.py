"""Ranking: the passages of a study that answer a question, without a model.

BM25 over stems, with kin and everyday concepts of each word as its weaker forms, and a fallback for
typing errors. If the study does not speak of enough of the question, nobody said it, and the result
is empty.
"""

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Final, NamedTuple

from rapidfuzz import fuzz, process

from interviewrelay.analysis import clauses, concepts, quotes, stemming
from interviewrelay.analysis.stemming import BREAK, END, FUNCTION, NUMBER

K1: Final = 1.5
B: Final = 0.7
"""Parameters of BM25: saturation of repeated words, and influence of the length."""
SHORTEST_TYPO: Final = 4
"""Minimum letters of a stem that may be misspelt."""
KIN: Final = 0.8
CONCEPT: Final = 0.35
TYPO: Final = 0.7
"""Weight of a word's kin, of words of its concept, and of a word that is spelled alike."""
SPELLED_ALIKE: Final = 84
"""Minimum similarity, in percent, of a word that no answer has to one that is meant by it."""
ASKED: Final = 0.5
"""Weight of a word of the script: every answer is about it."""
SPOKEN: Final = 0.64
"""Minimum share of the question, by weight of its words, that the study speaks of."""
HELD: Final = 0.45
"""Minimum share that a single passage speaks of, unless the study speaks of all of it (`ENTIRE`)."""
ENTIRE: Final = 0.95
COMMON: Final = 1.5
"""Maximum weight of a word in these shares."""
ABSENT_CONCEPT: Final = 1.5
ABSENT_WORD: Final = 1.0
"""Weight in these shares of an everyday concept, and of another word, that no answer has."""
AKIN: Final = 0.3
"""Bonus in these shares of a form that is not the word itself: it may well be what is meant."""
READ: Final = 60
"""Best answers whose sentences are compared."""
MEANING: Final = 0.5
"""Weight of the semantic similarity, where it is measured."""
COMPARED: Final = 500
"""Maximum answers of a study of which all are compared in meaning, also those without a word of the
question.
"""


class IndexedAnswer(NamedTuple):
    """Answer for the index."""

    turn_id: str
    text: str
    language: str


class Passage(NamedTuple):
    """Passage `text[start:end]` of a turn, with its score."""

    turn_id: str
    start: int
    end: int
    score: float


@dataclass(slots=True)
class Index:
    """Inverted index of a study: numbers only, besides the ids of the turns and the stems.

    To keep it, store these fields; texts are read again from the turns.
    """

    turn_ids: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    lengths: "array[int]" = field(default_factory=lambda: array("H"))
    postings: dict[tuple[str, str], "array[int]"] = field(default_factory=dict)
    """By language and stem: number of the answer and how often it has it, in turns."""
    vocabulary: dict[str, list[str]] = field(default_factory=dict)
    """Stems of each language, in alphabetical order."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """Word of a question: its forms in the index with their weights, and its own weight."""

    forms: Mapping[tuple[str, str], float]
    weight: float
    concept: bool


def build_index(answers: Iterable[IndexedAnswer]) -> Index:
    """Index of the answers of a study."""
    index = Index()
    for number, (turn_id, text, language) in enumerate(answers):
        counts = Counter(_stems(text, language))
        index.turn_ids.append(turn_id)
        index.languages.append(language)
        index.lengths.append(min(counts.total(), 65_535))
        for stem, count in counts.items():
            posting = index.postings.setdefault((language, stem), array("I"))
            posting.extend((number, count))
    for language, stem in sorted(index.postings):
        index.vocabulary.setdefault(language, []).append(stem)
    return index


def rank_passages(
    index: Index,
    question: str,
    language: str,
    read: Callable[[Sequence[str]], Mapping[str, str]],
    *,
    asked: Collection[str] = (),
    most: int = 20,
    closeness: Callable[[str, str], float | None] | None = None,
) -> tuple[Passage, ...]:
    """Passages that answer a question, best first; empty if nobody speaks of it.

    `read` gets the texts of turns by id, and leaves out those that may not be shown. `closeness`
    measures how similar a passage is to the question in meaning, if it can.
    """
    units = _read_question(index, question, language, asked)
    if not units:
        return ()
    scores, spoken = _score(index, units)
    if not spoken:
        return ()
    if closeness is not None and len(index.turn_ids) <= COMPARED:
        best = list(range(len(index.turn_ids)))
    else:
        best = sorted(scores, key=lambda n: (-scores[n], n))[: max(READ, most)]
    texts = read([index.turn_ids[number] for number in best])
    found = [
        _passage(index, number, texts[index.turn_ids[number]], units, scores.get(number, 0.0))
        for number in best
        if index.turn_ids[number] in texts
    ]
    if closeness is not None and found:
        found = _compare_meaning(found, texts, question, closeness)
    found.sort(key=lambda one: -one.score)
    return tuple(found[:most])


def _stems(text: str, language: str) -> list[str]:
    signs = (BREAK, END, FUNCTION, NUMBER)
    return [
        concepts.get_base_stem(word.key, language)
        for word in stemming.stem_words(text, language)
        if word.key not in signs
    ]


def _read_question(
    index: Index, question: str, language: str, asked: Collection[str]
) -> list[_Unit]:
    """Words of a question that tell what it is about."""
    own = {concepts.get_base_stem(stem, language) for stem in asked}
    units = []
    for stem in dict.fromkeys(_stems(question, language)):
        concept = stem in concepts.load_concepts(language)
        telling = stemming.get_weight(stem, language) / stemming.STRONG
        if (telling or concept) and not clauses.is_asking(stem, language):
            weight = max(telling, float(concept)) * (ASKED if stem in own else 1.0)
            units.append(_Unit(_find_forms(index, stem, language), weight, concept))
    return units


def _find_forms(index: Index, stem: str, language: str) -> dict[tuple[str, str], float]:
    """Forms of a word in the index, with their weights."""
    forms: dict[tuple[str, str], float] = {}
    names = set(concepts.load_concepts(language).get(stem, ()))
    for other in index.vocabulary if names else ():
        for mate, its in concepts.load_concepts(other).items():
            if names.intersection(its) and (other, mate) in index.postings:
                forms[other, mate] = CONCEPT
    words = index.vocabulary.get(language, [])
    root = stem[: concepts.SHORTEST_ROOT]
    near = words[bisect_left(words, root) : bisect_left(words, root + "\U0010ffff")]
    for kin in concepts.find_kin([stem, *near]).get(stem, ()):
        forms[language, kin] = KIN
    if (language, stem) in index.postings:
        forms[language, stem] = 1.0
    if not forms and len(stem) >= SHORTEST_TYPO:
        alike = words[bisect_left(words, stem[0]) : bisect_left(words, stem[0] + "\U0010ffff")]
        meant = process.extract(
            stem, alike, scorer=fuzz.ratio, score_cutoff=SPELLED_ALIKE, limit=3
        )
        forms = {(language, word): TYPO for word, _, _ in meant}
    return {form: weight for form, weight in forms.items() if form in index.postings}


def _score(index: Index, units: Sequence[_Unit]) -> tuple[dict[int, float], bool]:
    """BM25 scores by answer, and whether the study speaks of the question."""
    scores: dict[int, float] = defaultdict(float)
    held: dict[int, float] = defaultdict(float)
    whole = spoken = 0.0
    mean = sum(index.lengths) / max(1, len(index.lengths)) or 1.0
    for unit in units:
        counts: dict[int, float] = defaultdict(float)
        strongest: dict[int, float] = {}
        for form, weight in sorted(unit.forms.items(), key=lambda item: (item[1], item[0])):
            posting = index.postings[form]
            for number, count in zip(posting[::2], posting[1::2], strict=True):
                counts[number] += weight * count
                strongest[number] = min(1.0, weight + AKIN)
        if not counts:
            whole += unit.weight * (ABSENT_CONCEPT if unit.concept else ABSENT_WORD)
            continue
        worth = unit.weight * _rarity(len(counts), len(index.turn_ids))
        whole += min(worth, COMMON)
        spoken += min(worth, COMMON) * max(strongest.values())
        for number, found in counts.items():
            longer = K1 * (1 - B + B * index.lengths[number] / mean)
            scores[number] += worth * found * (K1 + 1) / (found + longer)
            held[number] += min(worth, COMMON) * strongest[number]
    together = max(held.values(), default=0.0) >= HELD * whole
    speaks = spoken >= SPOKEN * whole and (together or spoken >= ENTIRE * whole)
    return scores, bool(scores) and speaks


def _rarity(count: int, total: int) -> float:
    return log(1 + (total - count + 0.5) / (count + 0.5))


def _passage(
    index: Index, number: int, text: str, units: Sequence[_Unit], score: float
) -> Passage:
    """The sentence of an answer that holds most of the question."""
    language = index.languages[number]
    best, span = -1.0, None
    for sentence in quotes.split_sentences(text):
        stems = set(_stems(text[sentence.start : sentence.end], language))
        holds = sum(
            unit.weight * max((unit.forms.get((language, s), 0.0) for s in stems), default=0.0)
            for unit in units
        )
        if holds > best:
            best, span = holds, sentence
    start, end = span or (0, len(text))
    return Passage(index.turn_ids[number], start, end, score)


def _compare_meaning(
    found: Sequence[Passage],
    texts: Mapping[str, str],
    question: str,
    closeness: Callable[[str, str], float | None],
) -> list[Passage]:
    """Passages with the similarity in meaning added to their scores."""
    highest = max(one.score for one in found)
    made = []
    for one in found:
        near = closeness(question, texts[one.turn_id][one.start : one.end])
        score = one.score / highest
        if near is not None:
            score = (1 - MEANING) * score + MEANING * near
        made.append(one._replace(score=score))
    return made
