"""Redaction wishes: answers that must not be quoted when a participant asks to leave something out.

Always the answer with the wish; the one before it, if this one tells nothing else or points back;
and every earlier one with a name in the wish. If only a known name is to be left out, the answers
may be quoted without it.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from typing import Final

from interviewrelay.core.conversation import Turn
from interviewrelay.interviewer import acts, languages
from interviewrelay.interviewer.safety import care_lexicon
from interviewrelay.interviewer.safety.person_names import (
    find_names as names_in,
    load_non_names,
)
from interviewrelay.interviewer.text.lexicon import STOP_WORDS
from interviewrelay.interviewer.text.tokenization import (
    get_base_language,
    normalize,
    split_sentences,
)
from interviewrelay.interviewer.understanding.reading import Analysis

_pattern = partial(languages.load_pattern, "redactions")
_POINTS_BACK: Final = _pattern("points_back")
_CAPITAL: Final = _pattern("capital")
_ARTICLE: Final = _pattern("article")
UNQUOTED: Final = _pattern("unquoted")
"""Our own phrase for not quoting."""
_A_NAME: Final = _pattern("a_name")
_ANY_NAME: Final = _pattern("any_name")
_NO_NAME: Final = _pattern("no_name")

NAMES_ONLY: Final = 8
"""Maximum words of a wish that is only about the name at its end."""
GAP: Final = "…"
_WORD: Final = re.compile(r"[^\W_]+")


def find_names(
    turns: Sequence[Turn], turn: Turn, reading: Analysis, language: str
) -> list[str]:
    """Names (plain words) that must not be quoted, if that is the whole wish and they are known;
    `turns` came before `turn`.
    """
    wishes = _wishes(turn, reading, language)
    if not wishes:
        return []
    said = [wish for wish in wishes if _A_NAME.search(normalize(wish))]
    given = {name for wish in wishes for name in _names(wish, language)}
    told = [one.text for one in turns if one.speaker == "participant" and one.text]
    rest = " ".join(s for s in split_sentences(turn.text) if s not in wishes)
    if given:
        known = [text for text in (rest, *told) if not given.isdisjoint(_words(text))]
        return (
            sorted(given)
            if known and (len(said) == len(wishes) or _only(given, wishes))
            else []
        )
    if len(said) < len(wishes):
        return []
    every = any(_ANY_NAME.search(normalize(wish)) for wish in said)
    found = [people for text in (rest, *reversed(told)) if (people := _people(text, language))]
    return sorted({word for people in (found if every else found[:1]) for word in people})


def _only(given: set[str], wishes: Sequence[str]) -> bool:
    """True if the wishes contain only a name: "please leave out Sandra"."""
    ends = tuple(given)
    return all(
        len(wish.split()) <= NAMES_ONLY and normalize(wish).rstrip(" .!").endswith(ends)
        for wish in wishes
    )


def _people(text: str, language: str) -> set[str]:
    common = load_non_names() | STOP_WORDS.get(get_base_language(language), frozenset())
    found = {word for name in names_in(text, language) for word in _words(name)}
    return {word for word in found - common if len(word) > 1}


def _wishes(turn: Turn, reading: Analysis, language: str) -> list[str]:
    if not reading.has(acts.LEAVE_OUT):
        return []
    return [
        sentence
        for sentence in split_sentences(turn.text)
        if care_lexicon.LEAVE_OUT in care_lexicon.find_kinds(normalize(sentence), language)
    ]


def find_turns(
    turns: Sequence[Turn], turn: Turn, reading: Analysis, language: str
) -> list[int]:
    """Numbers of the answers that a wish in `turn` refers to, oldest first; `turns` came before it."""
    if not reading.has(acts.LEAVE_OUT):
        return []
    wishes = _wishes(turn, reading, language)
    told = [one for one in turns if one.speaker == "participant" and one.text]
    names = {name for wish in wishes for name in _names(wish, language)}
    found = {one.number for one in told if not names.isdisjoint(_words(one.text))}
    back = any(_POINTS_BACK.search(normalize(wish)) for wish in wishes)
    if told and not found and (back or not reading.has(acts.ANSWER)):
        found.add(told[-1].number)
    return sorted({*found, turn.number})


def _names(wish: str, language: str) -> Iterator[str]:
    """Capitalized words of a wish, without its first word."""
    for found in _CAPITAL.finditer(wish):
        before, word = found.groups()
        if not word[0].isupper() or _NO_NAME.fullmatch(word):
            continue
        noun = get_base_language(language) == "de" and not before.lower().endswith("name")
        if not (noun and (_ARTICLE.fullmatch(before.lower()) or before.lower() == "bitte")):
            yield normalize(word)


def names_any(names: Collection[str], text: str) -> bool:
    """True if a text contains one of these names."""
    return not _words(text).isdisjoint(names)


def redact_names(text: str, names: Collection[str]) -> str:
    """Text with "…" in place of these words."""
    if not names:
        return text
    return _WORD.sub(lambda found: GAP if normalize(found[0]) in names else found[0], text)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(normalize(text)))
