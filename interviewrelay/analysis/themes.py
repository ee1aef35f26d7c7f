"""Themes: words and short phrases that recur in many interviews.

A theme is a run of one to three words (or characters, in scripts without spaces), compared by stem
and counted by interviews. A phrase replaces its words if it accounts for most of their count; words
of the script itself are no theme alone. The result is deterministic.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from interviewrelay.analysis import stemming
from interviewrelay.analysis.sentiment import SentimentScore
from interviewrelay.analysis.vocabulary import (
    LONGEST,
    EncodedAnswer,
    Term,
    ThemeAnswer,
    Vocabulary,
)

CARRIED: Final = 0.8
"""Share of a word's interviews from which a phrase replaces it."""
FREQUENT: Final = 800
"""Number of most frequent words that may form phrases."""
GOOD_LENGTH: Final = range(8, 31)
"""Words of a sentence that is worth quoting."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Theme. `label` is its most common form, `groups` the interviews with it, `mentions` the
    total; further the sentiment of its answers, and in `places` the answers that show it best, best
    first.
    """

    label: str
    stems: tuple[str, ...]
    groups: int
    mentions: int
    moods: tuple[SentimentScore, ...]
    places: tuple[str, ...]


@dataclass(slots=True)
class _Count:
    groups: int = 0
    mentions: int = 0
    last: int = -1


def find_themes(
    answers: Iterable[ThemeAnswer], asked: Mapping[str, Collection[str]], *, most: int = 12
) -> tuple[Theme, ...]:
    """Themes of answers that are sorted by group, most common first.

    `asked` are the stems of the script's own words, by language. Answers are read once, as a
    stream.
    """
    known = Vocabulary()
    rows = list(known.encode_answers(answers))
    groups = rows[-1].group + 1 if rows else 0
    least = max(2, -(-groups // 50))
    counts = _counted(rows, known, least)
    points = known.points(asked)
    able = {t: c for t, c in counts.items() if c.groups >= least and _says(t, points)}
    chosen = sorted(_apart(able), key=lambda t: _rank(t, able[t], known))[:most]
    chosen.sort(key=lambda t: (-able[t].groups, -able[t].mentions))
    return tuple(_told(chosen, able, rows, known))


def _counted(
    rows: Sequence[EncodedAnswer], known: Vocabulary, least: int
) -> dict[Term, _Count]:
    """Count single words first, then only phrases of frequent words, which are few."""
    singles: dict[Term, _Count] = defaultdict(_Count)
    for row in rows:
        for word in row.words:
            stem = known.stem_of[word]
            if stem > 0:
                _count(singles[stem,], row.group)
    ranked = sorted(singles.items(), key=lambda item: (-item[1].groups, item[0]))
    frequent = {t[0] for t, count in ranked[:FREQUENT] if count.groups >= least}
    counts: dict[Term, _Count] = defaultdict(_Count)
    for row in rows:
        for term, _, _ in known.count_terms(row.words, frequent):
            _count(counts[term], row.group)
    return counts


def _count(count: _Count, group: int) -> None:
    count.mentions += 1
    if count.last != group:
        count.last = group
        count.groups += 1


def _says(term: Term, points: Sequence[tuple[int, bool]]) -> bool:
    """True if a term can be a theme: not only the script's words, and no empty word at either end."""
    worth = [points[stem][0] for stem in term]
    own = any(points[stem][1] for stem in term)
    return own and worth[0] > 0 < worth[-1] and sum(worth) >= stemming.STRONG


def _apart(able: Mapping[Term, _Count]) -> set[Term]:
    """Of nested terms keep the better one: the longer while it has most of the shorter one's count.
    A word that rarely occurs outside a phrase is dropped with the phrase that replaced it.
    """
    kept = set(able)
    for term in sorted(able, key=lambda t: (-len(t), t)):
        if term not in kept:
            continue
        parts = [part for part in _parts(term) if part in kept]
        carried = [p for p in parts if able[term].groups >= CARRIED * able[p].groups]
        if len(carried) == len(parts):
            kept.difference_update(parts)
        else:
            kept.discard(term)
            kept.difference_update(part for part in carried if len(part) == 1)
    return kept


def _parts(term: Term) -> Iterator[Term]:
    for length in range(len(term) - 1, 0, -1):
        for start in range(len(term) - length + 1):
            yield term[start : start + length]


def _rank(term: Term, count: _Count, known: Vocabulary) -> tuple[float, int, list[str]]:
    """Sort key: more people first; at similar counts a phrase before a word."""
    weight = 1 + 0.4 * (min(len(term), LONGEST) - 1)
    return -count.groups * weight, -count.mentions, [known.stems[stem] for stem in term]


def _told(
    chosen: Sequence[Term],
    counts: Mapping[Term, _Count],
    rows: Sequence[EncodedAnswer],
    known: Vocabulary,
) -> Iterator[Theme]:
    frequent = set(chain.from_iterable(chosen))
    forms: dict[Term, Counter[tuple[str, ...]]] = {term: Counter() for term in chosen}
    held: dict[Term, dict[int, int]] = {term: {} for term in chosen}
    for number, row in enumerate(rows):
        for term, first, last in known.count_terms(row.words, frequent):
            if term in forms:
                forms[term][tuple(known.written[w] for w in row.words[first : last + 1])] += 1
                held[term].setdefault(number, known.sentence(row.words, first))
    quoted: set[str] = set()
    for term in chosen:
        stems = tuple(known.stems[stem] for stem in term)
        places = _best(held[term], rows, quoted)
        quoted.update(places[:3])
        yield Theme(
            label=_label(forms[term], han=stemming.is_han(stems[0])),
            stems=stems,
            groups=counts[term].groups,
            mentions=counts[term].mentions,
            moods=tuple(rows[number].mood for number in held[term]),
            places=places,
        )


def _best(
    held: Mapping[int, int], rows: Sequence[EncodedAnswer], quoted: Collection[str]
) -> tuple[str, ...]:
    """Turns to quote: one of each group, not quoted before if possible, of good length, alternating
    in sentiment.
    """

    def worth(number: int) -> tuple[bool, int, int]:
        length = held[number]
        beside = max(GOOD_LENGTH.start - length, length - GOOD_LENGTH.stop + 1, 0)
        return rows[number].turn_id in quoted, beside, number

    by_mood: dict[str, list[str]] = defaultdict(list)
    seen: set[int] = set()
    for number in sorted(held, key=worth):
        if rows[number].group not in seen:
            seen.add(rows[number].group)
            by_mood[rows[number].mood.label].append(rows[number].turn_id)
    piles = [pile[::-1] for pile in sorted(by_mood.values(), key=len, reverse=True)]
    order = []
    while piles:
        order += [pile.pop() for pile in piles]
        piles = [pile for pile in piles if pile]
    return tuple(order)


def _label(forms: Counter[tuple[str, ...]], *, han: bool) -> str:
    """Most common form; lower case if anybody used it."""
    alike: Counter[tuple[str, ...]] = Counter()
    for form, count in forms.items():
        alike[tuple(word.casefold() for word in form)] += count
    best = min(alike, key=lambda form: (-alike[form], len(form), form))
    written = [f for f in forms if tuple(word.casefold() for word in f) == best]
    small = [f for f in written if f == tuple(word.lower() for word in f)]
    words = min(small or written, key=lambda form: (-forms[form], form))
    if han:
        return "".join(words)
    # Parts joined by an apostrophe, as in "d'attente", stay together.
    return "".join(w if w.endswith(("'", "’")) else f"{w} " for w in words).rstrip()
