"""Corrections of what was said before: which answer they are about, and what of it holds no longer.

The answer itself is never changed. What is overtaken is asked about no more and not read back, and
conditions look at what holds now.
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
    match,
)
from interviewrelay.interviewer.patterns.lazy_pattern import Late
from interviewrelay.interviewer.state.state import Account, State, Thread
from interviewrelay.interviewer.text.lexicon import MONTHS, WEEKDAYS
from interviewrelay.interviewer.text.tokenization import (
    content_words,
    number_of,
    plain,
    sentences,
    stem,
    words,
)

BRIEF = 8
"""Content words of what holds now, up to which a correction is no account of its own."""

AGAINST = 4
"""What speaks for a sentence when the correction has another figure for the same, or names its words;
each word in common counts one."""

DENIED = 2
"""What must speak for it where what was read back was denied."""

REMEMBERED = 16
"""Answers, the newest, that what does not say of itself that it corrects may correct."""

MOST_SENTENCES = 20
"""Sentences of a text that are looked at: nobody is kept waiting for the rest."""

Figure = tuple[float, str]
"""A number, and the stem of what it counts, if that is named."""

_NAMED = ("weekday", "month")
"""What figures without a number count. One is no number to be put right: it mostly is an article."""

_WORD = Late(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Correction:
    """What a text puts right: what is so `now`, what was `old`; how much must speak for a sentence that
    it is meant (`least`), and whether the text tells nothing else (`alone`), and says itself that it
    puts something right (`outright`).
    """

    now: str
    old: str
    least: int
    alone: bool
    outright: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be compared of two texts: their figures, and the stems of all other words that tell."""

    figures: tuple[Figure, ...]
    words: frozenset[str]

    def within(self, other: "Facts") -> bool:
        """Whether all of it stands in the other, be it in other words for a number."""
        values = {value for value, _ in self.figures}
        held = values <= {value for value, _ in other.figures} and self.words <= other.words
        return held and bool(values or self.words)


@dataclass(frozen=True, slots=True)
class Amendment:
    """A correction and what it is about: the account and its thread, and the sentences `overtaken`."""

    correction: Correction
    account: Account
    thread: Thread
    overtaken: tuple[str, ...]


Ranked = tuple[tuple[int, bool, int], Amendment]
"""An amendment, with what speaks for it: how much, whether it lies near, and how new it is."""


def amendments(state: State, text: str, language: str) -> list[Amendment]:
    """The answers that `text` corrects, that against which it stands most first. One correction is
    about the answer of the same question, or read back, before others; where it says outright that it
    corrects, and stands against none, about the newest. A text that puts several things right has one
    for each, if it stands against what was said.
    """
    for meant in _corrections(text, language, asked=_asked(state)):
        found = [best for made in meant if (best := _about(state, made, language))]
        found.sort(key=lambda one: one[0], reverse=True)
        if found:
            first, *more = found
            return [made for _, made in (first, *(m for m in more if _apart(m, first)))]
    return []


def overtaken(made: Sequence[Amendment]) -> Mapping[int, tuple[str, ...]]:
    """What holds no longer, by the turn that said it."""
    found: dict[int, tuple[str, ...]] = {}
    for one in made:
        number = one.account.number
        found[number] = (*found.get(number, ()), *one.overtaken)
    return found


def _apart(one: Ranked, first: Ranked) -> bool:
    """Whether a further correction is one of its own, of something else that was said."""
    (most, _, _), made = one
    return most >= DENIED and made.overtaken != first[1].overtaken


def _about(state: State, made: Correction, language: str) -> Ranked | None:
    """What one correction is about, with how much speaks for it."""
    now, old = _facts(made.now, language), _facts(made.old, language)
    best: Ranked | None = None
    accounts = sorted(_accounts(state), key=lambda one: one[1].number)
    for thread, account in accounts if made.outright else accounts[-REMEMBERED:]:
        said = sentences(account.text)[:MOST_SENTENCES]
        held = [_stands(made, (now, old), _facts(sentence, language)) for sentence in said]
        most, near = max(held, default=0), _near(state, thread, account)
        if most < made.least or not (near or made.old or made.outright):
            continue
        rank = (most, near and most > 0, account.number)
        if best is None or rank > best[0]:
            overtaken = tuple(s for s, h in zip(said, held, strict=True) if h == most > 0)
            best = rank, Amendment(made, account, thread, overtaken)
    return best


def _accounts(state: State) -> Iterator[tuple[Thread, Account]]:
    return ((thread, said) for thread in state.threads.values() for said in thread.accounts)


def _asked(state: State) -> bool:
    return state.pending is not None and state.pending.act == acts.CHECK_BACK


def _near(state: State, thread: Thread, account: Account) -> bool:
    """Whether it was said on the question that is pending, or read back."""
    pending = state.pending.question_id if state.pending else None
    return thread.question_id == pending or account.number in state.read_back


def figure(now: str, text: str, language: str) -> str:
    """What is so now, if that is a bare figure with what it counts ("two weeks"), as `text` has it."""
    said = words(now)
    if len(said) != 2 or not any(unit for _, unit in _figures(now, language)):
        return ""
    written = _WORD.findall(text)
    pairs = pairwise(written)
    return next(
        (f"{n.lower()} {unit}" for n, unit in pairs if words(f"{n} {unit}") == said), ""
    )


# --- what is put right ------------------------------------------------------------------------------


def _corrections(text: str, language: str, *, asked: bool) -> Iterator[list[Correction]]:
    """What a text may put right: what it says outright, else what could be meant so."""
    said = sentences(text)[:MOST_SENTENCES]
    least = DENIED if asked and denies(plain(text), language) else AGAINST
    for needed, forms in ((0, SURE), (least, ASKED if asked else UNSURE)):
        found = [
            _read(how, said, number, language, least=needed, outright=not needed)
            for number, sentence in enumerate(said)
            for how in _matches(plain(sentence), forms, language)
        ]
        yield found
        if found and not needed:
            return
    yield _slips(said, language)


def _slips(said: Sequence[str], language: str) -> list[Correction]:
    """The figures that a text puts right in passing; something has to stand against each."""
    matched = (
        (n, how)
        for n, sentence in enumerate(said)
        if (how := correction_forms.in_passing(plain(sentence), language)) is not None
    )
    return [_read(how, said, n, language, least=AGAINST, outright=True) for n, how in matched]


def within(text: str, language: str) -> tuple[str, ...]:
    """The sentences of one answer that it puts right itself, further on, and those that do so:
    "We found it in May. Actually no, it was June."
    """
    said = sentences(text)[:MOST_SENTENCES]
    if len(said) < 2 or not correction_forms.holds_figure(plain(text)):
        return ()
    found: dict[str, None] = {}
    for number, sentence in enumerate(said[1:], 1):
        how = correction_forms.in_passing(plain(sentence), language)
        how = how or match(plain(sentence), UNSURE, language)
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
    """How a sentence puts something right: part by part, if each of its parts does."""
    parts = [match(part, forms, language) for part in correction_forms.AND.split(line)]
    found = [how for how in parts if how is not None]
    if len(found) == len(parts):
        return found
    whole = match(line, forms, language)
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
        # "Let me correct that." stands before what is so.
        now, rest = " ".join(said[number + 1 :]), list(said[:number])
    brief = len(content_words(words(now), language)) <= BRIEF
    rest = [part for part in rest if not correction_forms.TELLS_SO.match(plain(part))]
    told = content_words(words(" ".join(rest)), language)
    old = groups.get("old") or groups.get("said") or ""
    return Correction(now, old, least, alone=brief and len(told) < 2, outright=outright)


# --- what it stands against -------------------------------------------------------------------------


def _stands(made: Correction, facts: tuple[Facts, Facts], sentence: Facts) -> int:
    """The same; of a correction that says that it is one, a bare figure stands against the only one."""
    now, old = facts
    against = _against(now, old, sentence)
    counts = [value for value, unit in sentence.figures if unit not in _NAMED and value != 1]
    if against >= AGAINST or not made.outright or len(counts) != 1 or now.words:
        return against
    bare = [value for value, unit in now.figures if unit == ""]
    return against + AGAINST * (len(now.figures) == len(bare) == 1 and bare != counts)


def _against(now: Facts, old: Facts, sentence: Facts) -> int:
    """How much speaks for it that this sentence is what is put right."""
    other = any(
        unit == known and value != told
        for value, unit in now.figures
        for told, known in sentence.figures
        if unit
    )
    named = old.within(sentence)
    return AGAINST * other + AGAINST * named + len(sentence.words & (now.words | old.words))


def _facts(text: str, language: str) -> Facts:
    said = (word for word in words(text) if number_of(word) is None and word not in MONTHS)
    told = frozenset(stem(word, language) for word in content_words(list(said), language))
    return Facts(tuple(_figures(text, language)), told)


def _figures(text: str, language: str) -> list[Figure]:
    """The figures of a text, in their order."""
    said = words(text)
    found: list[Figure] = []
    for word, after in zip(said, [*said[1:], ""], strict=False):
        value = number_of(word)
        if word in WEEKDAYS:
            found.append((WEEKDAYS[word], "weekday"))
        elif word in MONTHS:
            found.append((MONTHS[word], "month"))
        elif value is not None:
            counted = content_words([after] if after else [], language)
            unit = "" if number_of(after) is not None else "".join(counted)
            found.append((value, stem(unit, language)))
    return found
