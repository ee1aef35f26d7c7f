"""Corrections of earlier answers: which answer is meant, and what of it no longer holds.

The answer itself is never changed. Superseded sentences get no follow-up and are not read back, and
conditions use the corrected value.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.acts import correction_forms
from interviewrelay.interviewer.acts.correction_forms import (
    ASKED,
    SURE,
    UNSURE,
    Forms,
    denies,
    match_form,
)
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.state.state import AccountAnswer, State, Thread
from interviewrelay.interviewer.text.lexicon import MONTHS, WEEKDAYS
from interviewrelay.interviewer.text.tokenization import (
    filter_content_words,
    get_stem,
    normalize,
    parse_number,
    split_sentences,
    split_words,
)

BRIEF = 8
"""Maximum content words of a corrected value that is no account of its own."""

AGAINST = 4
"""Points for a sentence if the correction has another figure for the same thing, or names its
words; each common word counts one.
"""

DENIED = 2
"""Minimum points when a statement that was read back was rejected."""

REMEMBERED = 16
"""Newest answers that an implicit correction can refer to."""

MOST_SENTENCES = 20
"""Maximum sentences of a text that are examined, to bound the time."""

Figure = tuple[float, str]
"""Number, and the stem of what it counts, if named."""

_NAMED = ("weekday", "month")
"""Figures without a number. "One" is left out, since it mostly is an article."""

_WORD = LazyPattern(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Correction:
    """Correction: the value `now`, the `old` one; the minimum points of a matching sentence
    (`least`); whether the text tells nothing else (`alone`), and whether it is explicit
    (`outright`).
    """

    now: str
    old: str
    least: int
    alone: bool
    outright: bool


@dataclass(frozen=True, slots=True)
class ComparableFacts:
    """Comparable content of a text: its figures, and the stems of its other content words."""

    figures: tuple[Figure, ...]
    words: frozenset[str]

    def within(self, other: "ComparableFacts") -> bool:
        """True if all of it is in the other text, also with numbers written differently."""
        values = {value for value, _ in self.figures}
        held = values <= {value for value, _ in other.figures} and self.words <= other.words
        return held and bool(values or self.words)


@dataclass(frozen=True, slots=True)
class Amendment:
    """Correction with its target: the account, its thread, and the superseded sentences."""

    correction: Correction
    account: AccountAnswer
    thread: Thread
    overtaken: tuple[str, ...]


Ranked = tuple[tuple[int, bool, int], Amendment]
"""Correction with its rank: points, proximity, and recency."""


def find_amendments(state: State, text: str, language: str) -> list[Amendment]:
    """Answers that `text` corrects, best match first.

    A single correction prefers answers to the same question, or ones that were read back; an
    explicit one without a match refers to the newest answer. Of several corrections, each counts
    only if it contradicts an answer.
    """
    for meant in _corrections(text, language, asked=_asked(state)):
        found = [best for made in meant if (best := _about(state, made, language))]
        found.sort(key=lambda one: one[0], reverse=True)
        if found:
            first, *more = found
            return [made for _, made in (first, *(m for m in more if _apart(m, first)))]
    return []


def list_overtaken(made: Sequence[Amendment]) -> Mapping[int, tuple[str, ...]]:
    """Superseded sentences by turn number."""
    found: dict[int, tuple[str, ...]] = {}
    for one in made:
        number = one.account.number
        found[number] = (*found.get(number, ()), *one.overtaken)
    return found


def _apart(one: Ranked, first: Ranked) -> bool:
    """True if a further correction is about something else."""
    (most, _, _), made = one
    return most >= DENIED and made.overtaken != first[1].overtaken


def _about(state: State, made: Correction, language: str) -> Ranked | None:
    """Target of one correction, with its rank."""
    now, old = _facts(made.now, language), _facts(made.old, language)
    best: Ranked | None = None
    accounts = sorted(_accounts(state), key=lambda one: one[1].number)
    for thread, account in accounts if made.outright else accounts[-REMEMBERED:]:
        said = split_sentences(account.text)[:MOST_SENTENCES]
        held = [_stands(made, (now, old), _facts(sentence, language)) for sentence in said]
        most, near = max(held, default=0), _near(state, thread, account)
        if most < made.least or not (near or made.old or made.outright):
            continue
        rank = (most, near and most > 0, account.number)
        if best is None or rank > best[0]:
            overtaken = tuple(s for s, h in zip(said, held, strict=True) if h == most > 0)
            best = rank, Amendment(made, account, thread, overtaken)
    return best


def _accounts(state: State) -> Iterator[tuple[Thread, AccountAnswer]]:
    return ((thread, said) for thread in state.threads.values() for said in thread.accounts)


def _asked(state: State) -> bool:
    return state.pending is not None and state.pending.act == acts.CHECK_BACK


def _near(state: State, thread: Thread, account: AccountAnswer) -> bool:
    """True if it was said on the pending question, or was read back."""
    pending = state.pending.question_id if state.pending else None
    return thread.question_id == pending or account.number in state.read_back


def get_bare_figure(now: str, text: str, language: str) -> str:
    """Corrected value if it is a bare figure with its unit ("two weeks"), in the words of `text`."""
    said = split_words(now)
    if len(said) != 2 or not any(unit for _, unit in _figures(now, language)):
        return ""
    written = _WORD.findall(text)
    pairs = pairwise(written)
    return next(
        (f"{n.lower()} {unit}" for n, unit in pairs if split_words(f"{n} {unit}") == said), ""
    )


def _corrections(text: str, language: str, *, asked: bool) -> Iterator[list[Correction]]:
    """Possible corrections in a text: explicit ones, otherwise implicit ones."""
    said = split_sentences(text)[:MOST_SENTENCES]
    least = DENIED if asked and denies(normalize(text), language) else AGAINST
    for needed, forms in ((0, SURE), (least, ASKED if asked else UNSURE)):
        found = [
            _read(how, said, number, language, least=needed, outright=not needed)
            for number, sentence in enumerate(said)
            for how in _matches(normalize(sentence), forms, language)
        ]
        yield found
        if found and not needed:
            return
    yield _slips(said, language)


def _slips(said: Sequence[str], language: str) -> list[Correction]:
    """Figures corrected in passing; each must contradict something."""
    matched = (
        (n, how)
        for n, sentence in enumerate(said)
        if (how := correction_forms.match_in_passing(normalize(sentence), language)) is not None
    )
    return [_read(how, said, n, language, least=AGAINST, outright=True) for n, how in matched]


def find_corrected_sentences(text: str, language: str) -> tuple[str, ...]:
    """Sentences of an answer that it corrects itself, together with the correcting ones: "We found
    it in May. Actually no, it was June."
    """
    said = split_sentences(text)[:MOST_SENTENCES]
    if len(said) < 2 or not correction_forms.holds_figure(normalize(text)):
        return ()
    found: dict[str, None] = {}
    for number, sentence in enumerate(said[1:], 1):
        how = correction_forms.match_in_passing(normalize(sentence), language)
        how = how or match_form(normalize(sentence), UNSURE, language)
        if how is None:
            continue
        made = _read(how, said, number, language, least=AGAINST, outright=True)
        facts = _facts(made.now, language), _facts(made.old, language)
        held = [
            before
            for before in said[:number]
            if _stands(made, facts, _facts(before, language)) >= AGAINST
        ]
        found.update(dict.fromkeys([*held, sentence] if held else []))
    return tuple(found)


def _matches(line: str, forms: Mapping[str, Forms], language: str) -> list[re.Match[str]]:
    """Matches of a sentence with correction forms, part by part if each part matches."""
    parts = [match_form(part, forms, language) for part in correction_forms.AND.split(line)]
    found = [how for how in parts if how is not None]
    if len(found) == len(parts):
        return found
    whole = match_form(line, forms, language)
    return [whole] if whole else []


def _read(
    found: re.Match[str],
    said: Sequence[str],
    number: int,
    language: str,
    *,
    least: int,
    outright: bool,
) -> Correction:
    groups = found.groupdict("")
    now = correction_forms.POLITE_END.sub("", groups["now"] or "")
    rest = [*said[:number], *said[number + 1 :]]
    if not now:
        # "Let me correct that." stands before the correct value.
        now, rest = " ".join(said[number + 1 :]), list(said[:number])
    brief = len(filter_content_words(split_words(now), language)) <= BRIEF
    rest = [part for part in rest if not correction_forms.TELLS_SO.match(normalize(part))]
    told = filter_content_words(split_words(" ".join(rest)), language)
    old = groups.get("old") or groups.get("said") or ""
    return Correction(now, old, least, alone=brief and len(told) < 2, outright=outright)


def _stands(
    made: Correction, facts: tuple[ComparableFacts, ComparableFacts], sentence: ComparableFacts
) -> int:
    """Points for a sentence; for an explicit correction, a bare figure matches the only one."""
    now, old = facts
    against = _against(now, old, sentence)
    counts = [value for value, unit in sentence.figures if unit not in _NAMED and value != 1]
    if against >= AGAINST or not made.outright or len(counts) != 1 or now.words:
        return against
    bare = [value for value, unit in now.figures if unit == ""]
    return against + AGAINST * (len(now.figures) == len(bare) == 1 and bare != counts)


def _against(now: ComparableFacts, old: ComparableFacts, sentence: ComparableFacts) -> int:
    """Points for this sentence as the one that is corrected."""
    other = any(
        unit == known and value != told
        for value, unit in now.figures
        for told, known in sentence.figures
        if unit
    )
    named = old.within(sentence)
    return AGAINST * other + AGAINST * named + len(sentence.words & (now.words | old.words))


def _facts(text: str, language: str) -> ComparableFacts:
    said = (
        word for word in split_words(text) if parse_number(word) is None and word not in MONTHS
    )
    told = frozenset(
        get_stem(word, language) for word in filter_content_words(list(said), language)
    )
    return ComparableFacts(tuple(_figures(text, language)), told)


def _figures(text: str, language: str) -> list[Figure]:
    """Figures of a text, in order."""
    said = split_words(text)
    found: list[Figure] = []
    for word, after in zip(said, [*said[1:], ""], strict=False):
        value = parse_number(word)
        if word in WEEKDAYS:
            found.append((WEEKDAYS[word], "weekday"))
        elif word in MONTHS:
            found.append((MONTHS[word], "month"))
        elif value is not None:
            counted = filter_content_words([after] if after else [], language)
            unit = "" if parse_number(after) is not None else "".join(counted)
            found.append((value, get_stem(unit, language)))
    return found
