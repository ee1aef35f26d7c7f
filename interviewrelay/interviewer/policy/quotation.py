"""Quotation: a whole clause of the participant, repeated before a question.

In English it is put into the second person ("You said the tape was gone."), elsewhere it stays as
said, in quotation marks. Clauses with secrets, painful clauses, and clauses that cannot stand alone
are not repeated.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from interviewrelay.interviewer import acts, languages
from interviewrelay.interviewer.acts import participant_questions
from interviewrelay.interviewer.acts.act_detection import detect_acts
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.policy import salience
from interviewrelay.interviewer.policy.salience import SalientSentence
from interviewrelay.interviewer.safety import personal_data
from interviewrelay.interviewer.text.lexicon import BASE_FORMS
from interviewrelay.interviewer.text.tokenization import (
    get_base_language,
    normalize,
    split_words,
)

FEWEST: Final = 4
MOST: Final = 20
"""Minimum and maximum words of a quotation."""

WEIGHTY_CLAUSE: Final = 1.6
"""Minimum weight of a clause that represents a long sentence."""

LAST_CLAUSE: Final = 1.0
"""Rank bonus of the last clause if an answer ends with it."""

_CLAUSE_END: Final = LazyPattern(r"[,;:()\u2026\u2013\u2014]+|\s-+\s")
_UNQUOTABLE: Final = LazyPattern(
    '["\u201c\u201d\u201e\u00ab\u00bb?\u061f\u00bf{}<>@/\\\\`*#=_|\\[\\]]|https?'
)
_WORD: Final = LazyPattern(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_WITH_I: Final = LazyPattern(
    r"(\bI(?: \w+ly| just| also| still| only| always| never)? )(?:(was)|am)\b", re.IGNORECASE
)
_AND_I: Final = LazyPattern(r"(\b(?:and|but|or)(?: \w+ly| then| still| never)? )(?:(was)|am)\b")
_SPEAKS: Final = LazyPattern(
    r"\b(?:said|says|say|told (?:me|him|her|us|them)|asked|goes|went|thought|like)[,:]? "
    r"(?:no|yes|well|ok|right|oh),? (?:i|i'?ll|i'?m|we|we'?ll|you)\b"
)
"""Reported speech: "he said no I'll stand" has another "I"."""
_SAYING: Final = frozenset(["said", "says", "told", "tells", "asked", "asks"])
_LAUGH: Final = LazyPattern(
    r"[\s,]+(?:lol|lmao|rofl|(?:ha){2,}h?|(?:he){2,}|(?:hi){2,}|(?:ja){2,}|xd)$", re.IGNORECASE
)
_MARKS: Final = " .!,;:\u2026-"


@dataclass(frozen=True, slots=True)
class QuotedClause:
    """Quotable clause: `clause` verbatim, with its `signs` of relevance and its `weight`; `text` as
    it is repeated; `indirect` if that is in the second person and no quotation.
    """

    clause: str
    signs: frozenset[str]
    weight: float
    text: str
    indirect: bool

    @property
    def as_sentence(self) -> str:
        """Clause in the second person as a sentence of its own."""
        return f"{self.text[0].upper()}{self.text[1:]}."

    @property
    def is_own_deed(self) -> bool:
        """True if it tells what they did themselves; English only."""
        return self.indirect and self.text.startswith("you ")

    @property
    def reports(self) -> bool:
        """True if it reports speech: "you said she said" would be too much."""
        return self.indirect and any(word in _SAYING for word in split_words(self.text)[1:3])


def quote_clause(passage: SalientSentence, language: str) -> QuotedClause | None:
    """Quotable form of a weighty sentence, or None if it cannot or should not be repeated."""
    found = _clause(passage, language)
    if found is None or not _may_be_said(found.said, language):
        return None
    speaks = _SPEAKS.search(normalize(found.said))
    if (
        get_base_language(language) == "en"
        and not speaks
        and (text := _in_second_person(found.said))
    ):
        return QuotedClause(found.said, found.signs, found.weight, text, indirect=True)
    return QuotedClause(found.said, found.signs, found.weight, found.said, indirect=False)


@lru_cache(maxsize=16)
def _lists(code: str) -> dict[str, frozenset[str]]:
    found: dict[str, Any] = languages.load_table(code, "salience").get("clauses", {})
    return {name: frozenset(some) for name, some in found.items()}


@lru_cache(maxsize=16)
def _unsaid(code: str) -> LazyPattern | None:
    found = languages.load_table(code, "salience").get("unsaid", {})
    return languages.match_any_of(found["words"]) if found else None


def _clause(passage: SalientSentence, language: str) -> SalientSentence | None:
    """The sentence without its closing mark and leading conjunction; of a long one the weightiest
    clause that stands alone, or rather the last if an answer ends with it.
    """
    lists = _lists(get_base_language(language))
    whole = _without_joints(passage.said, language)
    said = split_words(whole)
    if len(said) <= MOST:
        # "When I said so, she laughed" stands whole, "because he is ill" does not.
        hangs = said[:1] and said[0] in lists.get("hanging", ()) and "," not in whole
        return None if hangs or len(said) < FEWEST else replace(passage, said=whole)
    parts = (_without_joints(part, language) for part in _CLAUSE_END.split(passage.said))
    found = [
        clause
        for part in parts
        if FEWEST <= len(split_words(part)) <= MOST and _stands(part, language)
        if (clause := salience.find_weightiest(part, language)) is not None
    ]
    if passage.last and found:
        found[-1] = replace(found[-1], rank=found[-1].weight + LAST_CLAUSE)
    best = max(found, key=lambda clause: clause.rank, default=None)
    return best if best is not None and best.rank >= WEIGHTY_CLAUSE else None


def _without_joints(clause: str, language: str) -> str:
    joining = _lists(get_base_language(language)).get("joining", frozenset())
    said = _LAUGH.sub("", clause.strip(_MARKS)).strip(_MARKS)
    while len(parts := said.split(maxsplit=FEWEST)) > FEWEST:
        if normalize(parts[0]).strip(_MARKS) not in joining:
            break
        said = said.split(maxsplit=1)[1]
    head, comma, tail = said.rpartition(",")
    return head if comma and normalize(tail).strip() in joining else said


def _stands(clause: str, language: str) -> bool:
    """True if a part of a sentence begins like a clause of its own."""
    lists, said = _lists(get_base_language(language)), split_words(clause)
    first = said[0] if said else ""
    elided = first.partition("'")[0] + "'"
    subjects = lists.get("subjects", frozenset())
    ends = lists.get("cut_off", frozenset()) | lists.get("open_ends", frozenset())
    # "He isn't standing there" and "I would have said so" need their context.
    supposed = lists.get("supposed", frozenset())
    if first in lists.get("they", frozenset()) or not supposed.isdisjoint(said):
        return False
    return (first in subjects or elided in subjects) and said[-1] not in ends


def _may_be_said(clause: str, language: str) -> bool:
    """True if somebody else can say a clause: it can be asked about, and no mark in it would look
    odd in our sentence.
    """
    return not _UNQUOTABLE.search(clause) and may_be_asked_about(clause, language)


def may_be_asked_about(clause: str, language: str) -> bool:
    """True if a clause is the participant's account: no question, no data, nothing painful or
    secret, and no wish or talk to the interviewer.
    """
    low = normalize(clause)
    unsaid = _unsaid(get_base_language(language))
    if "?" in clause or (unsaid is not None and unsaid.search(low)):
        return False
    if personal_data.holds_data(clause, low) or _speaks_to_us(clause, language):
        return False
    return only_tells(clause, language) and not participant_questions.asks_without_mark(
        low, language
    )


def _speaks_to_us(clause: str, language: str) -> bool:
    """True if a clause addresses the interviewer; German marks this by a capital letter."""
    code = get_base_language(language)
    to_us = _lists(code).get("to_us", frozenset())
    said = [word.strip(_MARKS) for word in clause.replace("\u2019", "'").split()]
    if code == "de":
        return not to_us.isdisjoint(said[1:])
    return not to_us.isdisjoint(word.lower() for word in said)


def breaks_off(text: str, language: str) -> bool:
    """True if an answer ends in the middle of a sentence: "and then he"."""
    said = text.rstrip()
    if not said or not (said[-1].isalpha() or said[-1] in ",-\u2013\u2014"):
        return False
    lists = _lists(get_base_language(language))
    *before, last = ["", *split_words(said)[-2:]]
    tagged = before[-1] in lists.get("tags", ())  # "I'd pay it, wouldn't I"
    return (
        len(split_words(said)) > FEWEST and not tagged and last in lists.get("unfinished", ())
    )


def only_tells(clause: str, language: str) -> bool:
    """True if a clause only tells: no stop request, no "I do not know" and the like."""
    return set(detect_acts(clause, language).acts) <= {acts.ANSWER, acts.NO, acts.YES}


def _in_second_person(clause: str) -> str:
    """English clause after "you said"; empty if it would not read well."""
    said = clause.split()
    low = [normalize(word).strip(_MARKS) for word in said]
    lists = _lists("en")
    stands = low[0] in lists["subjects"] and low[-1] not in lists["cut_off"]
    verb = next((place for place, word in enumerate(low[:5]) if _is_verb(word)), -1)
    # "A doctor who looks at me" is no clause: its verb is subordinate.
    hangs = verb < 0 or not lists["hanging"].isdisjoint(low[1:verb])
    if not stands or hangs:
        return ""
    return _turned(clause)


def _is_verb(word: str) -> bool:
    if word.endswith("nt") and f"{word[:-1]}'t" in _lists("en")["verbs"]:
        return True
    bare, _, ending = word.partition("'")
    known = word in _lists("en")["verbs"] or word in BASE_FORMS
    return known or bool(bare and ending) or (len(word) > 4 and word.endswith("ed"))


def _turned(clause: str) -> str:
    turned = languages.load_table("en", "salience")["turned"]
    text = _WITH_I.sub(lambda f: f[1] + ("were" if f[2] else "are"), clause)
    if clause.startswith(("I ", "I'", "i ")):
        text = _AND_I.sub(lambda f: f[1] + ("were" if f[2] else "are"), text)
    text = _WORD.sub(lambda f: turned.get(normalize(f[0]), f[0]), text)
    first = clause.split(maxsplit=1)[0]
    return text if first[1:] and first.isupper() else text[0].lower() + text[1:]


def is_said(clause: str, asked: Sequence[str]) -> bool:
    """True if a clause was repeated before, in one of the interviewer's turns."""
    own = normalize(clause)
    return any(own in normalize(text) for text in asked)
