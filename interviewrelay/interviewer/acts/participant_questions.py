"""Participant questions to the interviewer, recognised by their form and not by their subject.

A turn that is only a question counts as one. A question after an answer counts only if it is put to
the interviewer. In a long account none counts, because people ask rhetorical questions when they
tell a story.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.acts import act_patterns
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.text.tokenization import (
    find_number,
    get_base_language,
    split_words,
)

CLARIFIES = "clarifies"
TO_US = "to_us"
OPEN = "open"
"""Kinds of question: for the meaning of ours; put to the interviewer; any other, which may be an
answer.
"""

LONGEST = 20
"""Maximum words of a question to the interviewer."""

LONGEST_TURN = 40
"""Maximum words of a turn in which a question beside an answer still counts."""

UNKNOWN = "unknown"
FEWEST, LONGEST_FINAL = 4, 36
"""Minimum and maximum words of a question that closes an account."""
CLOSING = 2
"""Sentences at the end of an account in which any question counts."""
OPENING, LAST = 3, 4
"""Sentences at the start and at the end of an account in which common questions count."""

ECHO = 6
"""Maximum words of a question that repeats a part of ours: "My last visit? Which clinic?"."""

CLAUSE: Final = languages.load_pattern("asking_back", "clause")
REPORTED: Final = languages.load_pattern("asking_back", "reported")
_SAID_SO: Final = languages.load_pattern("asking_back", "said_so")
_SECOND_PERSON: Final = languages.load_pattern("asking_back", "second_person")
_MAY_ASK: Final = languages.load_pattern("asking_back", "without_mark", code="en")
_BEGINS: Final = languages.load_patterns("asking_back", "begins")
_TO_US: Final = languages.load_patterns("asking_back", "to_us")
_CLARIFIES: Final = languages.load_patterns("asking_back", "clarifies")
_RHETORICAL: Final = languages.load_patterns("asking_back", "rhetorical")
_QUOTES = LazyPattern('["\u201c\u201d\u201e\u00ab\u00bb]')
_MARK = LazyPattern("[?\u061f\uff1f][\\s\"')\u201d\u2026.!?]*$")


def is_reported(clauses: Sequence[str], place: int) -> bool:
    """True if the clause at `place` reports speech: "he asked me, are you human"."""
    before, after = clauses[:place][-1:], clauses[place + 1 :][:1]
    told = any(map(REPORTED.search, before))
    return told or any(map(_SAID_SO.match, after))


def has_question_mark(line: str) -> bool:
    """True if a sentence ends in a question mark."""
    return _MARK.search(line) is not None


def classify_question(line: str, forms: Sequence[str], languages: Sequence[str]) -> str | None:
    """Kind of question of a plain sentence, or None; `forms` are its versions without polite words."""
    if len(split_words(line)) > LONGEST:
        return None
    asks = has_question_mark(line)
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


def is_echo(line: str) -> bool:
    """True if a sentence may only repeat a part of our question."""
    return (
        has_question_mark(line) and len(split_words(line)) <= ECHO and find_number(line) is None
    )


def split_questions(rest: list[str], language: str, length: int) -> tuple[list[str], list[str]]:
    """Kinds of question put to the interviewer, and the sentences without them; `length` is that of
    the whole turn, in words.
    """
    pieces = [p for p in rest if not act_patterns.is_only_polite(p, language)]
    if not pieces:
        return [], rest
    *before, last = pieces
    clauses = CLAUSE.split(last) if has_question_mark(last) else []
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
        and not (is_echo(piece) and (any(kinds[n + 1 :]) or CLARIFIES in kinds[:n]))
    ]
    if told and not (length <= LONGEST_TURN and kinds[-1] and _to_us(pieces[-1], kinds[-1])):
        return [], rest
    asked = [what for what in (kinds[-1:] if told else kinds) if what]
    return asked, pieces[:-1] if told else told


@lru_cache(maxsize=16)
def _final(code: str) -> Mapping[str, LazyPattern]:
    topics = languages.load_table(code, "asking").get("final", {})
    return {topic: languages.match_any_of(words) for topic, words in topics.items()}


def find_final_topic(lines: Sequence[str], language: str) -> str:
    """Topic of a question to the interviewer at the start or end of an account (plain sentences):
    where to report something, what happens next, who reads it, whether it is human; or `UNKNOWN`,
    at the very end only. Empty without one.
    """
    count = len(lines)
    places = [at for at in range(count) if at < OPENING or at >= count - LAST]
    found = {_topic_of(lines, at, language) for at in places}
    known = next((topic for topic in _final(get_base_language(language)) if topic in found), "")
    if known:
        return known
    near = range(max(0, count - CLOSING), count)
    return UNKNOWN if any(_topic_of(lines, at, language) == UNKNOWN for at in near) else ""


def _topic_of(lines: Sequence[str], place: int, language: str) -> str:
    code, line = get_base_language(language), lines[place]
    count = len(split_words(line))
    asks = has_question_mark(line) or (place == len(lines) - 1 and _opens(code, line))
    asks = asks or _was_asked(code, line)
    if not asks or not FEWEST <= count <= LONGEST_FINAL:
        return ""
    clauses = CLAUSE.split(line)
    told = is_reported([*lines[:place], line], place) or is_reported(clauses, len(clauses) - 1)
    if told and not _opens(code, clauses[0]):
        return ""
    topic = next((name for name, about in _final(code).items() if about.search(line)), "")
    # A quotation is somebody else's; but "not quoted" is a term of ours that they ask about.
    if _QUOTES.search(line) and topic != "unquoted":
        return ""
    nobody = languages.load_table(code, "asking").get("rhetorical")
    asks_nobody = nobody and languages.match_any_of(nobody["words"]).search(line)
    to_us = count <= LONGEST and _SECOND_PERSON.search(line) and not asks_nobody
    return topic or (UNKNOWN if to_us and has_question_mark(line) else "")


def _was_asked(code: str, line: str) -> bool:
    """True if a sentence says that something was asked: "my question, whether anybody hears of it"."""
    asked = languages.load_table(code, "asking").get("asked", {}).get("words")
    return bool(asked) and languages.match_any_of(asked).search(line) is not None


def was_asked(lines: Sequence[str], language: str) -> bool:
    """True if plain sentences say that something was asked, or not answered."""
    return any(_was_asked(get_base_language(language), line) for line in lines)


def find_named_topic(lines: Sequence[str], language: str) -> str:
    """Answerable topic named in a protest about an unanswered question; empty if none."""
    code = get_base_language(language)
    if not was_asked(lines, language):
        return ""
    return next((t for t, about in _final(code).items() if any(map(about.search, lines))), "")


def _opens(code: str, line: str) -> bool:
    """True if a sentence begins like a question but lacks its mark."""
    found = languages.load_table(code, "asking").get("opens", {}).get("words", ())
    heads = tuple(f"{word} " for word in found)
    return any(f"{clause.strip()} ".startswith(heads) for clause in CLAUSE.split(line))


def asks_without_mark(line: str, language: str) -> bool:
    """True if a plain sentence is a question to the interviewer without a question mark."""
    return bool(find_final_topic([line], language))


def is_before_telling(lines: Sequence[str], language: str) -> bool:
    """True if the question that closes an account comes before something is told: "Before I go on,
    who reads this?".
    """
    known = languages.load_table(get_base_language(language), "asking").get("unfinished")
    if not known or not find_final_topic(lines, language):
        return False
    before = languages.match_any_of(known["words"])
    return any(before.search(line) for line in lines[-CLOSING:])


def _question(piece: str, language: str) -> str | None:
    if not (has_question_mark(piece) or _MAY_ASK.search(piece)):
        return None
    first, *rest = CLAUSE.split(piece)
    if rest and is_reported([first, *rest], 0):
        return None
    return classify_question(
        piece,
        act_patterns.list_forms(piece, language),
        act_patterns.list_spoken(language, piece),
    )


def _to_us(piece: str, what: str) -> bool:
    """True if a question beside an answer is put to the interviewer, and is not reported."""
    if _QUOTES.search(piece):
        return False
    return what == TO_US or (what == CLARIFIES and _SECOND_PERSON.search(piece) is not None)
