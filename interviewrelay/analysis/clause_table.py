"""Clause table: the statements of all answers of a study, as numbered stems."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from interviewrelay.analysis import clauses, concepts, stemming
from interviewrelay.analysis.sentiment import SentimentScore

SLIGHT: Final = 0.5
"""Weight from which a word makes a theme together with another one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer of one turn. People are counted by `group`, usually an interview. If it may not be
    quoted it counts, but makes no label; nor does a clause with one of the `hidden` words.
    """

    group: str
    turn_id: str
    text: str
    language: str
    mood: SentimentScore
    quotable: bool = True
    hidden: frozenset[str] = frozenset()


class Member(NamedTuple):
    """Statement `text[start:end]` of a turn."""

    turn_id: str
    start: int
    end: int


@dataclass(slots=True)
class ClauseTable:
    """Clauses of a study in their order, with the numbers of their stems."""

    answers: list[Answer] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    """Number of the person, by answer."""
    places: list[tuple[int, int, int]] = field(default_factory=list)
    """Answer, start and end, by clause."""
    speakers: list[int] = field(default_factory=list)
    """Number of the person, by clause."""
    stems: list[tuple[int, ...]] = field(default_factory=list)
    """Numbers of the stems, by clause."""
    words: list[tuple[str, str]] = field(default_factory=list)
    """Stem and language, by number."""
    clauses_of: list[list[int]] = field(default_factory=list)
    """Clauses of each stem."""
    weights: list[float] = field(default_factory=list)
    """Weight of each stem: what it tells by itself, 0 to 1."""
    asked: list[bool] = field(default_factory=list)
    """True for stems that the script uses."""

    @property
    def people(self) -> int:
        return self.groups[-1] + 1 if self.groups else 0

    def count_people(self, bits: int) -> int:
        return len({self.speakers[clause] for clause in list_positions(bits)})

    def collect(self, stems: Iterable[int]) -> int:
        """Clauses with one of these stems, as bits."""
        return set_positions(
            (c for stem in stems for c in self.clauses_of[stem]), len(self.places)
        )

    def get_answer(self, clause: int) -> Answer:
        return self.answers[self.places[clause][0]]

    def get_member(self, clause: int) -> Member:
        return Member(self.get_answer(clause).turn_id, *self.places[clause][1:])

    def get_text(self, clause: int) -> str:
        _, start, end = self.places[clause]
        return " ".join(self.get_answer(clause).text[start:end].split())


def read_clauses(
    answers: Iterable[Answer], asked: Mapping[str, Collection[str]]
) -> ClauseTable:
    """Table of answers that are sorted by group; `asked` are the stems of the script's own words, by
    language.
    """
    table = ClauseTable()
    numbers: dict[tuple[str, str], int] = {}
    for answer in answers:
        again = table.answers and table.answers[-1].group == answer.group
        table.groups.append(table.groups[-1] if again else table.people)
        table.answers.append(answer)
        for start, end, keys in clauses.split_clauses(answer.text, answer.language):
            clause, own = len(table.places), []
            for key in keys:
                word = concepts.get_base_stem(key, answer.language), answer.language
                number = numbers.setdefault(word, len(numbers))
                if number == len(table.words):
                    table.words.append(word)
                    table.clauses_of.append([])
                if number not in own:
                    table.clauses_of[number].append(clause)
                    own.append(number)
            table.places.append((len(table.answers) - 1, start, end))
            table.speakers.append(table.groups[-1])
            table.stems.append(tuple(own))
    _weigh_stems(table, asked)
    return table


def _weigh_stems(table: ClauseTable, asked: Mapping[str, Collection[str]]) -> None:
    """Set the weight of each stem, and whether the script uses it."""
    own = {
        (concepts.get_base_stem(stem, language), language)
        for language, stems in asked.items()
        for stem in stems
    }
    for stem, language in table.words:
        weight = stemming.get_weight(stem, language) / stemming.STRONG
        if stem in concepts.load_concepts(language):
            weight = max(weight, SLIGHT)
        table.asked.append((stem, language) in own)
        table.weights.append(weight)


def list_positions(bits: int) -> Iterator[int]:
    """Numbers of the set bits, in order."""
    text = bin(bits)[:1:-1]
    place = text.find("1")
    while place >= 0:
        yield place
        place = text.find("1", place + 1)


def set_positions(places: Iterable[int], total: int) -> int:
    made = bytearray(total // 8 + 1)
    for place in places:
        made[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(made, "little")
