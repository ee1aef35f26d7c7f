"""Short statements in the participant's own words: whole clauses of what was said.

In English the person is turned ("my" becomes "your"); in the other languages they stand between
quotation marks, as they were said. What cannot stand by itself is left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from interviewrelay.interviewer import acts, weaving, weaving_whole, weaving_words as lists
from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.lexicon import BASE_FORMS
from interviewrelay.interviewer.validator import evaluates, violations
from interviewrelay.interviewer.words import (
    base_language,
    content_words,
    number_in,
    plain,
    words,
)

FEWEST_WORDS = 4
MOST_WORDS = 14
FEWEST_TOLD = 2
"""Words of a statement, at least and at most, and words that carry meaning, at least."""

MOST_TOLD = 8
"""Words that carry meaning, from which on a statement is no weightier for more of them."""

_BEGINS = lists.words_of(
    "i i'm i've i'd i'll we we're we've we'd we'll my our the a an nobody everybody everyone somebody"
    " someone people there no some most many few several all both"
)
"""How a statement begins that needs nothing said before it."""

_AUXILIARY = lists.words_of(
    "am is are was were have has had do does did can could will would shall should may might must isn't"
    " aren't wasn't weren't haven't hasn't hadn't don't doesn't didn't can't cannot couldn't won't"
    " wouldn't i'm i've i'd i'll we're we've we'd we'll there's"
)

_ENDS_NOWHERE = (
    lists.JOINERS
    | (lists.DETERMINERS - lists.COUNTED)
    | lists.words_of(
        "to of for with from at than as if very really too though i we he she they"
    )
)

_HEDGES = lists.words_of(
    "maybe perhaps probably misschien waarschijnlijk vielleicht wahrscheinlich peut-être probablement"
    " quizás quizá probablemente"
)

_DEPENDS = _HEDGES | lists.words_of(
    "when whether that which als dat dass ob que qui cuando quand"
)
"""Joiners without which the clause would say something else."""

_RELATIVE = lists.words_of("who which that whose where")

_JOINTS = lists.JOINERS - _HEDGES

_TO_US = lists.words_of("you your yours yourself this these let let's")
"""Words that would mean something else in the interviewer's mouth."""

_TURNED = {
    "i": "you",
    "me": "you",
    "we": "you",
    "us": "you",
    "my": "your",
    "our": "your",
    "mine": "yours",
    "ours": "yours",
    "myself": "yourself",
    "ourselves": "yourselves",
    "i'm": "you're",
    "i've": "you've",
    "i'd": "you'd",
    "i'll": "you'll",
    "we're": "you're",
    "we've": "you've",
    "we'd": "you'd",
    "we'll": "you'll",
}
_WORD = Late(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_WITH_I = Late(
    r"((?:\bI|^I .* (?:and|but))(?: \w+ly| just| also| still| only| always| never)? )(?:(was)|am)\b",
    re.IGNORECASE,
)
_POINTS = lists.words_of("it they he she them him her his that there those then its their")


@dataclass(frozen=True, slots=True)
class Statement:
    """A clause as it was `said`, the `text` as it is read back, `weight` how much it tells."""

    said: str
    text: str
    weight: int


def statements(sentence: str, language: str) -> Iterator[Statement]:
    """What of a sentence can be read back, in its order."""
    base = base_language(language)
    for place, whole in enumerate(weaving.clauses(sentence)):
        said, joined = _kept(whole, base, leading=not place)
        clause = " ".join(said)
        if FEWEST_WORDS <= len(said) <= MOST_WORDS and _tells(clause, language):
            text = clause
            if base == "en":
                text = _in_english(said)
            elif not weaving_whole.stands(said, base, leading=not place, joined=joined):
                text = ""
            if text:
                yield Statement(clause, text, _weight(said, language))


def only_tells(clause: str, language: str) -> bool:
    """Whether a clause is nothing but told: no wish to stop, no "I do not know" and the like."""
    return set(acts.hear(clause, language).acts) == {acts.ANSWER}


def _kept(clause: str, base: str, *, leading: bool) -> tuple[list[str], list[str]]:
    """The words of a clause without those that join it to others, and these; of a long one, up to the
    next. What a sentence begins with may point to something instead.
    """
    said, joined = clause.split(), list[str]()
    while said and (first := said[0].lower()) in lists.JOINERS_OF.get(base, lists.JOINERS):
        if first in _DEPENDS:
            return [], joined
        if leading and not joined and first in lists.POINTERS:
            break
        joined.append(said.pop(0))
    if len(said) <= MOST_WORDS:
        return said, joined
    joints = [n for n, word in enumerate(said[: MOST_WORDS + 1]) if word.lower() in _JOINTS]
    return said[: max(joints, default=0)], joined


def _tells(clause: str, language: str) -> bool:
    """Whether it tells something, and can be said by somebody else."""
    told = content_words(words(clause), language)
    enough = len(told) >= FEWEST_TOLD and not lists.GENERIC.issuperset(told)
    return enough and weaving.may_be_said(clause, language)


def _in_english(said: Sequence[str]) -> str:
    """A clause in the second person, as a sentence that the interviewer may say; else nothing."""
    text = _turned(said) if _stands(said) else ""
    return "" if evaluates(text) or violations.__wrapped__(text) else text


def _stands(said: Sequence[str]) -> bool:
    """Whether an English clause has its subject and its verb, and needs nothing before or after it."""
    low = [plain(word) for word in said]
    # The first verb behind "a doctor who" is not that of the clause.
    verbs = sum(_verb(word, before) for before, word in pairwise(low))
    whole = low[0] in ("i", "we") or "'" in low[0] or verbs > (not _RELATIVE.isdisjoint(low))
    ends = low[-1] not in _ENDS_NOWHERE
    return low[0] in _BEGINS and whole and ends and _TO_US.isdisjoint(low)


def _verb(word: str, before: str) -> bool:
    known = word in lists.VERBS or word in _AUXILIARY or word in BASE_FORMS
    return known or (len(word) > 4 and word.endswith("ed") and before not in lists.DETERMINERS)


def _turned(said: Sequence[str]) -> str:
    """In the second person, as a sentence."""
    text = _WITH_I.sub(lambda f: f[1] + ("were" if f[2] else "are"), " ".join(said))
    text = _WORD.sub(lambda f: _TURNED.get(plain(f[0]), f[0]), text)
    return f"{text[0].upper()}{text[1:]}."


def _weight(said: Sequence[str], language: str) -> int:
    low = words(" ".join(said))
    told = min(MOST_TOLD, len(content_words(low, language)))
    figures = any(number_in(word) is not None for word in low)
    return told + 2 * figures - 2 * (not _POINTS.isdisjoint(low))
