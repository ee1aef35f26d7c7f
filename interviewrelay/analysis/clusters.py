"""Clusters: statements of several people that say the same thing.

Clauses are compared by terms: words with their kin, everyday concepts, and pairs of them in one
clause. A term that many people use and few clauses have makes a cluster; the script's own words
count little. Clusters that hold nearly the same clauses are one. Its label is the clause of a
participant that is nearest to all others, short, and readable alone. The result is deterministic.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log, sqrt
from typing import Final

from interviewrelay.analysis import clauses, concepts, stemming
from interviewrelay.analysis.clause_table import (
    SLIGHT,
    Answer,
    ClauseTable,
    Member,
    list_positions,
    read_clauses,
)
from interviewrelay.analysis.sentiment import SentimentScore
from interviewrelay.interviewer.safety import personal_data
from interviewrelay.interviewer.text.tokenization import normalize
from interviewrelay.interviewer.understanding import redaction_wishes

MOST: Final = 20
"""Maximum clusters, unless the caller asks for more."""
OWN: Final = 0.25
"""Weight of a word of the script, alone."""
NAMED: Final = "="
"""First letter of the name of a concept."""
PLAIN: Final = 0.8
"""Weight of a word that is in no concept."""
PAIRED: Final = 200
"""Number of terms, those of most people, of which pairs are counted."""
LIFT: Final = 2.0
"""Minimum ratio of the clauses with both words of a pair to those expected by chance."""
LOSSES: Final = tuple(1 / sqrt(n) - 1 / sqrt(n + 1) for n in (1, 2, 3))
"""Weight that a clause loses with each cluster that has it."""
SAME: Final = 0.5
"""Share of common clauses from which two clusters are one."""
BESIDE: Final = 0.3
"""Weight, in choosing a label, of words that are no terms of the cluster."""
WORDS: Final = 4
"""Words that are as long as one that tells something."""
READABLE: Final = range(4, 15)
"""Words of a label."""
TRIED: Final = 50
"""Clauses that are tried as a label."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Statements that say the same thing: `groups` people in `mentions` clauses. `stated` is where
    the label stands, if it is a clause. `quotes` has the best member of each person, best first;
    `moods` are those of the answers.
    """

    label: str
    stated: Member | None
    groups: int
    mentions: int
    moods: tuple[SentimentScore, ...]
    members: tuple[Member, ...]
    quotes: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Possible cluster: its clauses as bits, its people, how telling it is, and the stems of its
    terms.
    """

    bits: int
    people: int
    worth: float
    stems: frozenset[int]


def find_clusters(
    answers: Iterable[Answer], asked: Mapping[str, Collection[str]], *, most: int = MOST
) -> tuple[Cluster, ...]:
    """Clusters of answers that are sorted by group, those of most people first.

    `asked` are the stems of the script's own words, by language. A cluster has two people or more,
    in a large study two in a hundred.
    """
    table = read_clauses(answers, asked)
    if not table.places:
        return ()
    least = max(2, -(-table.people // 50))
    units = _name_units(table)
    found = [*_single(table, units, least), *_paired(table, units, least)]
    chosen = _choose(found, most)
    chosen.sort(key=lambda one: (-one.people, -one.bits.bit_count(), -one.worth))
    return tuple(_build_clusters(table, chosen))


def _name_units(table: ClauseTable) -> dict[str, frozenset[int]]:
    """Stems of each unit, by its name: a word with its kin, or a concept. The script's own words
    are units of themselves.
    """
    by_language: dict[str, list[str]] = defaultdict(list)
    numbers = {word: number for number, word in enumerate(table.words)}
    units: dict[str, set[int]] = defaultdict(set)
    for number, (stem, language) in enumerate(table.words):
        if table.weights[number] and table.asked[number]:
            units[f"{stem} {language}"] = {number}
        elif table.weights[number]:
            by_language[language].append(stem)
    for language, stems in by_language.items():
        kin = concepts.find_kin(stems)
        known = concepts.load_concepts(language)
        for stem in stems:
            family = {numbers[one, language] for one in (stem, *kin.get(stem, ()))}
            units[f"{stem} {language}"] |= family
            for name in known.get(stem, ()):
                units[f"{NAMED}{name}"] |= family
    return {name: frozenset(stems) for name, stems in units.items()}


def _single(
    table: ClauseTable, units: Mapping[str, frozenset[int]], least: int
) -> Iterator[_Candidate]:
    """Candidates of one unit."""
    named = {stems for name, stems in units.items() if name.startswith(NAMED)}
    for stems in set(units.values()):
        if sum(len(table.clauses_of[stem]) for stem in stems) >= least:
            own = OWN if table.asked[min(stems)] else 1.0
            own *= 1.0 if stems in named else PLAIN
            weight = own * max(table.weights[stem] for stem in stems)
            yield from _candidate(table, table.collect(stems), stems, weight, least)


def _candidate(
    table: ClauseTable, bits: int, stems: frozenset[int], weight: float, least: int
) -> Iterator[_Candidate]:
    count, total = bits.bit_count(), len(table.places)
    if count < least:
        return
    people = table.count_people(bits)
    if people >= least:
        yield _Candidate(bits, people, weight * people * log((total + 1) / count), stems)


def _paired(
    table: ClauseTable, units: Mapping[str, frozenset[int]], least: int
) -> Iterator[_Candidate]:
    """Candidates of two units that are in one clause more often than by chance, not both of them
    the script's.
    """
    sizes = {
        stems: table.collect(stems)
        for stems in set(units.values())
        if sum(len(table.clauses_of[stem]) for stem in stems) >= least
    }
    frequent = sorted(sizes, key=lambda stems: (-sizes[stems].bit_count(), sorted(stems)))
    frequent = frequent[:PAIRED]
    worth = [
        min(SLIGHT, max(table.weights[stem] for stem in stems))
        if table.asked[min(stems)]
        else max(table.weights[stem] for stem in stems)
        for stems in frequent
    ]
    for (a, b), count in _count_pairs(table, frequent).items():
        one, other = frequent[a], frequent[b]
        asked = table.asked[min(one)] and table.asked[min(other)]
        if count < least or asked or worth[a] + worth[b] < 1 or one & other:
            continue
        chance = sizes[one].bit_count() * sizes[other].bit_count() / len(table.places)
        if count >= LIFT * chance:
            yield from _candidate(table, sizes[one] & sizes[other], one | other, 1.0, least)


def _count_pairs(
    table: ClauseTable, units: Sequence[frozenset[int]]
) -> Counter[tuple[int, int]]:
    """Number of clauses with each pair of units, by their places."""
    units_of: dict[int, list[int]] = defaultdict(list)
    for place, stems in enumerate(units):
        for stem in stems:
            units_of[stem].append(place)
    counts: Counter[tuple[int, int]] = Counter()
    for found in table.stems:
        inside = sorted({unit for stem in found for unit in units_of.get(stem, ())})
        counts.update(combinations(inside, 2))
    return counts


def _choose(found: Iterable[_Candidate], most: int) -> list[_Candidate]:
    """The most telling candidates, one after the other. What the ones before have already counts
    less.
    """
    left = sorted(found, key=lambda one: (-one.worth, one.bits))
    chosen: list[_Candidate] = []
    covered = [0] * len(LOSSES)
    while len(chosen) < most:
        best: _Candidate | None = None
        highest = 0.0
        for one in left:
            if one.worth <= highest:  # and so are all that follow
                break
            if (gain := _gain(one, covered)) > highest:
                best, highest = one, gain
        if best is None:
            break
        chosen.append(best)
        bits = best.bits
        for level, before in enumerate(covered):
            covered[level] = before | bits
            bits &= before
        left = [one for one in left if not _alike(one.bits, best.bits)]
    return chosen


def _gain(one: _Candidate, covered: Sequence[int]) -> float:
    """Worth of a candidate, with less weight for clauses that others have (1/√n for the n-th)."""
    lost = sum(
        loss * (one.bits & level).bit_count()
        for loss, level in zip(LOSSES, covered, strict=True)
    )
    return one.worth * (1 - lost / one.bits.bit_count())


def _alike(one: int, other: int) -> bool:
    return (one & other).bit_count() > SAME * (one | other).bit_count()


def _build_clusters(table: ClauseTable, chosen: Sequence[_Candidate]) -> Iterator[Cluster]:
    quoted: set[str] = set()
    labels: set[str] = set()
    for one in chosen:
        inside = list(list_positions(one.bits))
        ranks = _rank(table, inside, one.stems)
        answers = list(dict.fromkeys(table.places[clause][0] for clause in inside))
        quotes = _order_quotes(table, ranks, quoted)
        quoted.update(table.get_answer(clause).turn_id for clause in quotes[:3])
        stated = _find_label(table, ranks, labels)
        label = (
            _spell_terms(table, inside[0], one.stems)
            if stated is None
            else table.get_text(stated)
        )
        labels.add(label)
        yield Cluster(
            label=label,
            stated=None if stated is None else table.get_member(stated),
            groups=one.people,
            mentions=len(inside),
            moods=tuple(table.answers[answer].mood for answer in answers),
            members=tuple(table.get_member(clause) for clause in inside),
            quotes=tuple(table.get_member(clause) for clause in quotes),
        )


def _rank(
    table: ClauseTable, inside: Sequence[int], terms: Collection[int]
) -> dict[int, float]:
    """Rank of each clause, best first: what it has in common with those of other people. The terms
    of the cluster count most.
    """
    people: dict[int, set[int]] = defaultdict(set)
    for clause in inside:
        for stem in table.stems[clause]:
            people[stem].add(table.speakers[clause])
    shared = {
        stem: table.weights[stem]
        * (len(found) - 1)
        * (1.0 if stem in terms else BESIDE)
        * (OWN if table.asked[stem] else 1.0)
        for stem, found in people.items()
    }
    ranked = {}
    for clause in inside:
        telling = sum(table.weights[stem] > 0 for stem in table.stems[clause])
        length = telling + len(table.get_text(clause).split()) / WORDS
        ranked[clause] = sum(shared[stem] for stem in table.stems[clause]) / sqrt(2 + length)
    return dict(sorted(ranked.items(), key=lambda item: (-item[1], item[0])))


def _find_label(
    table: ClauseTable, ranks: Mapping[int, float], taken: Collection[str]
) -> int | None:
    """The best clause that reads well alone and may be shown."""
    fits = {clause: rank * _readability(table, clause) for clause, rank in ranks.items()}
    best = sorted(fits, key=lambda clause: (-fits[clause], clause))
    return next(
        (
            clause
            for clause in best[:TRIED]
            if table.get_text(clause) not in taken and _may_label(table, clause)
        ),
        None,
    )


def _readability(table: ClauseTable, clause: int) -> float:
    text = table.get_text(clause)
    alone = clauses.stands_alone(text, table.get_answer(clause).language)
    return (1.0 if len(text.split()) in READABLE else 0.5) * (1.0 if alone else 0.6)


def _may_label(table: ClauseTable, clause: int) -> bool:
    answer, text = table.get_answer(clause), table.get_text(clause)
    rude = any(stemming.is_curse(*table.words[stem]) for stem in table.stems[clause])
    hidden = redaction_wishes.redact_names(text, answer.hidden) != text
    return answer.quotable and not (
        rude or hidden or personal_data.holds_data(text, normalize(text))
    )


def _spell_terms(table: ClauseTable, clause: int, terms: Collection[int]) -> str:
    """Terms of a cluster as a clause has them: no quotation."""
    answer, (_, start, end) = table.get_answer(clause), table.places[clause]
    said = answer.text[start:end]
    wanted = {table.words[stem][0] for stem in terms}
    words = stemming.stem_words(said, answer.language)
    spelled = [
        said[word.start : word.end].lower()
        for word in words
        if concepts.get_base_stem(word.key, answer.language) in wanted
    ]
    return redaction_wishes.redact_names(" ".join(spelled), answer.hidden)


def _order_quotes(
    table: ClauseTable, ranks: Mapping[int, float], quoted: Collection[str]
) -> list[int]:
    """The best clause of each person: not quoted before if possible, the nearest first, alternating
    in sentiment.
    """

    def order(clause: int) -> tuple[bool, float, int]:
        return table.get_answer(clause).turn_id in quoted, -ranks[clause], clause

    best: dict[int, int] = {}
    for clause in sorted(ranks, key=order):
        if table.get_answer(clause).quotable:
            best.setdefault(table.speakers[clause], clause)
    piles: dict[str, list[int]] = defaultdict(list)
    for clause in best.values():
        piles[table.get_answer(clause).mood.label].append(clause)
    left = [pile[::-1] for pile in sorted(piles.values(), key=len, reverse=True)]
    ordered = []
    while left:
        ordered += [pile.pop() for pile in left]
        left = [pile for pile in left if pile]
    return ordered
