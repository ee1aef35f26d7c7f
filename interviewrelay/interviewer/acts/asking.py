"""Questions to the interviewer that no list foresees: seen by how they are built, not by their subject.

A turn that is nothing but a question asks something. A question after an answer only does when it is
put to the interviewer, and in a long account none does: people ask themselves things as they tell.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.acts import patterns
from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.words import base_language, number_in, words

CLARIFIES = "clarifies"
TO_US = "to_us"
OPEN = "open"
"""Kinds of question: what is meant; put to the interviewer; any other, which may be an answer."""

LONGEST = 20
"""Words of a question to the interviewer, at most."""

LONGEST_TURN = 40
"""Words of a turn in which a question beside an answer is still one to the interviewer."""

UNKNOWN = "unknown"
FEWEST, LONGEST_FINAL = 4, 36
"""Words of a question that closes an account, at least and at most."""
CLOSING = 2
"""Sentences at the end of an account that may close it with a question."""

ECHO = 6
"""Words of an echo at most: "My last visit? Which clinic?"."""

CLAUSE: Final = languages.pattern("asking_back", "clause")
REPORTED: Final = languages.pattern("asking_back", "reported")
_SAID_SO: Final = languages.pattern("asking_back", "said_so")
_SECOND_PERSON: Final = languages.pattern("asking_back", "second_person")
_MAY_ASK: Final = languages.pattern("asking_back", "without_mark", code="en")
_BEGINS: Final = languages.patterns("asking_back", "begins")
_TO_US: Final = languages.patterns("asking_back", "to_us")
_CLARIFIES: Final = languages.patterns("asking_back", "clarifies")
_RHETORICAL: Final = languages.patterns("asking_back", "rhetorical")
_QUOTES = Late('["\u201c\u201d\u201e\u00ab\u00bb]')
_MARK = Late("[?\u061f\uff1f][\\s\"')\u201d\u2026.!?]*$")


def reported(clauses: Sequence[str], place: int) -> bool:
    """Whether the clause at `place` tells what somebody said or asked: "he asked me, are you human"."""
    before, after = clauses[:place][-1:], clauses[place + 1 :][:1]
    told = any(map(REPORTED.search, before))
    return told or any(map(_SAID_SO.match, after))


def marked(line: str) -> bool:
    """Whether a sentence ends as questions do."""
    return _MARK.search(line) is not None


def kind(line: str, forms: Sequence[str], languages: Sequence[str]) -> str | None:
    """What kind of question a plain sentence is, or None; `forms` is it without its polite ends."""
    if len(words(line)) > LONGEST:
        return None
    asks = marked(line)
    for code in languages:
        if code not in _BEGINS:
            continue
        for form in reversed(forms):
            begins = _BEGINS[code].search(form) and (asks or _unmarked(form, code))
            if begins and _CLARIFIES[code].search(form):
                return CLARIFIES
            if _RHETORICAL[code].search(form):
                return None
            if not begins:
                continue
            return TO_US if _TO_US[code].search(form) else OPEN
    return None


def _unmarked(form: str, code: str) -> bool:
    return code == "en" and _MAY_ASK.match(form) is not None


def echoes(line: str) -> bool:
    """Whether a sentence may do no more than say a part of the question again."""
    return marked(line) and len(words(line)) <= ECHO and number_in(line) is None


def asked_back(rest: list[str], language: str, length: int) -> tuple[list[str], list[str]]:
    """The kinds of question that sentences put to the interviewer, and what is left without them;
    `length` is that of the whole turn, in words.
    """
    pieces = [p for p in rest if not patterns.polite(p, language)]
    if not pieces:
        return [], rest
    *before, last = pieces
    clauses = CLAUSE.split(last) if marked(last) else []
    if len(clauses) > 1 and _question(last, language) is None:
        reported = REPORTED.search(clauses[-2]) or _QUOTES.search(last)
        ask = None if reported else _question(clauses[-1], language)
        if ask and _to_us(clauses[-1], ask):
            pieces = [*before, " ".join(clauses[:-1]), clauses[-1]]
    kinds = [_question(piece, language) for piece in pieces]
    told = [
        piece
        for n, piece in enumerate(pieces)
        if kinds[n] is None
        and not (echoes(piece) and (any(kinds[n + 1 :]) or CLARIFIES in kinds[:n]))
    ]
    if told and not (length <= LONGEST_TURN and kinds[-1] and _to_us(pieces[-1], kinds[-1])):
        return [], rest
    asked = [what for what in (kinds[-1:] if told else kinds) if what]
    return asked, pieces[:-1] if told else told


@lru_cache(maxsize=16)
def _final(code: str) -> Mapping[str, Late]:
    topics = languages.load(code, "asking").get("final", {})
    return {topic: languages.any_of(words) for topic, words in topics.items()}


def final_topic(lines: Sequence[str], language: str) -> str:
    """What the question is about that closes an account (plain sentences) and is put to the
    interviewer: who reads this, what comes of it, where it can be reported, or `UNKNOWN`. Empty where
    nothing is asked, or nobody.
    """
    code = base_language(language)
    topics, nobody = _final(code), languages.load(code, "asking").get("rhetorical")
    for place in reversed(range(max(0, len(lines) - CLOSING), len(lines))):
        line, count = lines[place], len(words(lines[place]))
        if not marked(line) or _QUOTES.search(line) or not FEWEST <= count <= LONGEST_FINAL:
            continue
        clauses = CLAUSE.split(line)
        if reported([*lines[:place], line], place) or reported(clauses, len(clauses) - 1):
            continue
        topic = next((topic for topic, about in topics.items() if about.search(line)), "")
        asks_nobody = nobody and languages.any_of(nobody["words"]).search(line)
        to_us = count <= LONGEST and _SECOND_PERSON.search(line) and not asks_nobody
        if topic or to_us:
            return topic or UNKNOWN
    return ""


def is_before_telling(lines: Sequence[str], language: str) -> bool:
    """Whether the question that closes an account is asked before something is told: "Before I go on,
    who reads this?".
    """
    known = languages.load(base_language(language), "asking").get("unfinished")
    if not known or not final_topic(lines, language):
        return False
    before = languages.any_of(known["words"])
    return any(before.search(line) for line in lines[-CLOSING:])


def _question(piece: str, language: str) -> str | None:
    if not (marked(piece) or _MAY_ASK.search(piece)):
        return None
    first, *rest = CLAUSE.split(piece)
    if rest and reported([first, *rest], 0):
        return None
    return kind(piece, patterns.forms(piece, language), patterns.spoken(language, piece))


def _to_us(piece: str, what: str) -> bool:
    """Whether a question beside an answer is put to the interviewer, and does not tell of one."""
    if _QUOTES.search(piece):
        return False
    return what == TO_US or (what == CLARIFIES and _SECOND_PERSON.search(piece) is not None)
