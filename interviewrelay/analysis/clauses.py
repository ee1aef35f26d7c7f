"""Clauses: the statements of an answer, with their positions in Unicode code points.

A clause ends with its sentence, at a bracket or a semicolon, and where a conjunction or a comma is
followed by a new subject. Words that only open a clause ("well, to be honest") are no part of it.
Questions, greetings and talk to the interviewer are left out. The time is linear in the text.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from interviewrelay.analysis import stemming
from interviewrelay.analysis.stemming import BREAK, END, FUNCTION, NUMBER, StemmedWord
from interviewrelay.interviewer import languages
from interviewrelay.interviewer.text.tokenization import get_base_language, normalize

FEWEST: Final = 3
"""Minimum words of a clause; a shorter part belongs to the one before."""
MOST: Final = 40
"""Maximum words of a clause, for speech without punctuation."""
LONGEST_FILLER: Final = 5
"""Maximum words of a phrase that opens a clause."""

_WORDS: Final = Path(__file__).parent / "words" / "clauses.toml"
_QUESTION: Final = frozenset("?\u061f\uff1f")
_PARTING: Final = frozenset(";:()[]\u2013\u2014\u061b\uff1b\uff1a")
_COMMAS: Final = frozenset(",\u060c\uff0c\u3001")
_CLOSING: Final = frozenset(" \n\r\t\u00a0\"'\u2019\u201d\u00bb)")


class Clause(NamedTuple):
    """Clause `text[start:end]` with the stems of its words in order, without function words."""

    start: int
    end: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Lists:
    joints: frozenset[str]
    subjects: frozenset[str]
    beginnings: frozenset[str]
    hanging: frozenset[str]
    unfinished: frozenset[str]
    pronouns: frozenset[str]
    fillers: frozenset[tuple[str, ...]]
    talk: frozenset[str]
    asking: frozenset[str]


def split_clauses(text: str, language: str) -> list[Clause]:
    """Clauses of an answer that tell something, in order. Never raises."""
    lists = _lists(get_base_language(language))
    found = []
    for part in _parts(text, language, lists):
        words = _trimmed(text, part, lists)
        keys = tuple(w.key for w in words if w.key != FUNCTION)
        if _tells(keys, language, lists):
            found.append(Clause(words[0].start, words[-1].end, keys))
    return found


def stands_alone(clause: str, language: str) -> bool:
    """True if a clause reads well without the words around it: it begins with its subject, and is
    not cut off.
    """
    lists = _lists(get_base_language(language))
    said = normalize(clause).split()
    if not said or said[0] in lists.hanging or said[0] in lists.pronouns:
        return False
    first = f"{said[0].partition(chr(39))[0]}'" if "'" in said[0] else said[0]
    fits = not lists.subjects or said[0] in lists.subjects or first in lists.subjects
    return fits and said[-1] not in lists.unfinished


def is_asking(key: str, language: str) -> bool:
    """True for the stem of a word that only asks, such as "people" in "What did people say?"."""
    lists = _lists(get_base_language(language))
    return key in lists.asking or key in lists.talk


def _parts(text: str, language: str, lists: _Lists) -> Iterator[list[StemmedWord]]:
    """Words of each clause; short parts are joined to the one before in their sentence."""
    sentence: list[list[StemmedWord]] = []
    fresh = True
    tokens = list(stemming.stem_words(text, language))
    plain = [_plain(text[token.start : token.end]) for token in tokens]
    for place, token in enumerate(tokens):
        sign, after = plain[place], plain[place + 1] if place + 1 < len(tokens) else ""
        if token.key == END and _ends_sentence(text, token):
            if not _QUESTION.intersection(text[token.start : token.end]):
                yield from _joined(text, sentence, lists)
            sentence, fresh = [], True
        elif token.key in (BREAK, END):
            fresh = fresh or sign in _PARTING or (sign in _COMMAS and after in lists.beginnings)
        else:
            if not fresh and len(sentence[-1]) >= FEWEST:
                joined = after in lists.subjects and sign in lists.joints
                fresh = joined or len(sentence[-1]) >= MOST
            if fresh or not sentence:
                sentence.append([])
            sentence[-1].append(token)
            fresh = False
    yield from _joined(text, sentence, lists)


def _ends_sentence(text: str, token: StemmedWord) -> bool:
    """False for the point in "3.50" or "example.org"."""
    return text[token.start] in "\n\r" or text[token.end : token.end + 1] in ("", *_CLOSING)


@lru_cache(maxsize=16_384)
def _plain(word: str) -> str:
    return normalize(word) or word


def _joined(
    text: str, parts: Sequence[list[StemmedWord]], lists: _Lists
) -> Iterator[list[StemmedWord]]:
    made: list[list[StemmedWord]] = []
    for part in parts:
        opens = _plain(text[part[0].start : part[0].end]) in lists.joints
        if made and min(len(part) - opens, len(made[-1])) < FEWEST:
            made[-1] += part
        else:
            made.append(part)
    yield from made


def _trimmed(text: str, part: Sequence[StemmedWord], lists: _Lists) -> Sequence[StemmedWord]:
    """Words of a clause without fillers at its beginning and conjunctions at its end."""
    first, last = 0, len(part)
    said = [_plain(text[w.start : w.end]) for w in part]
    while last > 1 and said[last - 1] in lists.joints:
        last -= 1
    while first < last - 1:
        lengths = range(min(LONGEST_FILLER, last - 1 - first), 0, -1)
        filler = next(
            (n for n in lengths if tuple(said[first : first + n]) in lists.fillers), 0
        )
        if not filler:
            break
        first += filler
    return part[first:last]


def _tells(keys: Sequence[str], language: str, lists: _Lists) -> bool:
    """True if a clause has a word of content that is no talk to the interviewer."""
    return any(
        key not in lists.talk and key != NUMBER and stemming.get_weight(key, language)
        for key in keys
    )


@cache
def _lists(code: str) -> _Lists:
    own = tomllib.loads(_WORDS.read_text("utf-8")).get(code, {})
    shared = languages.load_table(code, "salience").get("clauses", {})
    joints = frozenset(own.get("joints", "").split())
    hanging = frozenset(shared.get("hanging", ()))
    subjects = frozenset(own.get("subjects", shared.get("subjects", ()))) - hanging
    return _Lists(
        joints=joints,
        subjects=subjects,
        beginnings=joints | subjects,
        hanging=hanging | joints,
        unfinished=frozenset(shared.get("unfinished", ()))
        | frozenset(shared.get("cut_off", ())),
        pronouns=frozenset(shared.get("they", ())),
        fillers=frozenset(tuple(phrase.split()) for phrase in own.get("fillers", ())),
        talk=stemming.get_stems(own.get("talk", ""), code),
        asking=stemming.get_stems(own.get("asking", ""), code),
    )
