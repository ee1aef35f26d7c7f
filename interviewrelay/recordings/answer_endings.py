"""Answer endings: how much silence an answer needs before it may be taken as ended.

Never cutting anybody off is worth more than speed. Wording and sound are judged apart; either can
only lengthen the wait. The words of each language are in the TOML file of the same name.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Final

from interviewrelay.core.ports.speech import Pause, Transcription

COMPLETE: Final = 1.2
"""Seconds of silence after an answer that is complete."""
OPEN: Final = 4.0
"""The same if its wording or its sound leaves it open whether more will follow."""
UNSURE: Final = 9.0
"""The same if both do, if the last words are in the middle of a clause, if its sound is clearly that of
somebody who will go on, or if little is known.
"""

SURE: Final = 0.8
"""Probability of the end from which the sound is enough where the words are in an unknown language."""
UNLIKELY: Final = 0.2
"""Probability of the end below which the sound is clearly that of somebody who will go on: it is after
fillers, which a recogniser may turn into words.
"""
LIKELY: Final = 0.5
"""Probability of the end below which the sound suggests that more will follow."""
DOUBTFUL: Final = 0.5
"""Confidence of an answer below which nothing is concluded from its words."""
DOUBTFUL_LAST: Final = 0.75
"""The same of its last words. What is broken off is heard as other words, and more surely than noise
is; of 86 complete answers, 3 were below.
"""
LAST_WORDS: Final = 2
LONGEST_SHORT: Final = 6
"""Words of the longest short answer, or of the longest number."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,:]\d+)*\s?%?")
_TRAILS_OFF: Final = re.compile(r"(?:\.\.|…|[,;:–—-])[\"'”’»\s]*$")
_SENTENCE_ENDS: Final = re.compile(r"[.!?][\"'”’»)\s]*$")


class Wording(IntEnum):
    """Judgement of the wording, from the most to the least finished."""

    SHORT = 0
    """A closed answer such as yes, no or a number."""
    FINISHED = 1
    LOOSE = 2
    """It ends with words that are usually continued."""
    UNFINISHED = 3
    """It ends in the middle of a clause, or with a filler."""
    UNKNOWN = 4
    """Nothing was recognised, or the language is unknown here."""


def get_required_silence(
    pause: Pause | None, transcription: Transcription, language: str
) -> float:
    """Seconds of silence after which an answer may be ended; `pause` is None without a detector."""
    wording = judge_wording(transcription.text, language)
    if wording is Wording.UNFINISHED or _is_doubtful(transcription):
        return UNSURE
    if pause is None:
        text = transcription.text
        ends = _SENTENCE_ENDS.search(text) and not _TRAILS_OFF.search(text)
        return OPEN if wording is Wording.SHORT or (wording <= 1 and ends) else UNSURE
    if wording is Wording.UNKNOWN:
        said = _list_words(transcription.text)
        return OPEN if said and pause.complete >= SURE else UNSURE
    if wording is not Wording.SHORT and pause.complete < UNLIKELY:
        return UNSURE
    if pause.complete < LIKELY:
        return OPEN if wording < Wording.LOOSE else UNSURE
    # A full stop says nothing here: recognisers end whatever they hear with one.
    return OPEN if wording is Wording.LOOSE else COMPLETE


def judge_wording(text: str, language: str) -> Wording:
    """Judgement of what was said so far by its words alone."""
    known, said = _read_endings(language.partition("-")[0].lower()), _list_words(text)
    if known is None or not said:
        return Wording.UNKNOWN
    if _TRAILS_OFF.search(text):
        ends = _ends_with(said, known.strong) or _ends_with(said, known.phrases)
        return Wording.UNFINISHED if ends else Wording.LOOSE
    if _is_short(said, known):
        return Wording.SHORT
    if _ends_with(said, known.closed):
        return Wording.FINISHED
    if _ends_with(said, known.strong) or _ends_with(said, known.phrases):
        return Wording.UNFINISHED
    return Wording.LOOSE if _ends_with(said, known.weak) else Wording.FINISHED


@dataclass(frozen=True, slots=True)
class _Endings:
    """Endings of a language, each as a tuple of words."""

    strong: frozenset[tuple[str, ...]]
    weak: frozenset[tuple[str, ...]]
    phrases: frozenset[tuple[str, ...]]
    closed: frozenset[tuple[str, ...]]
    short: frozenset[tuple[str, ...]]
    numbers: frozenset[str]


def _list_words(text: str) -> list[str]:
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]


def _ends_with(said: Sequence[str], endings: frozenset[tuple[str, ...]]) -> bool:
    return any(tuple(said[-n:]) in endings for n in range(1, min(len(said), 7) + 1))


def _is_short(said: Sequence[str], known: _Endings) -> bool:
    if len(said) > LONGEST_SHORT:
        return False
    numbers = all(word[0].isdigit() or word in known.numbers for word in said)
    return numbers or tuple(said) in known.short


def _is_doubtful(transcription: Transcription) -> bool:
    last = transcription.words[-LAST_WORDS:]
    if last:
        return any(word.confidence < DOUBTFUL_LAST for word in last)
    return transcription.confidence is not None and transcription.confidence < DOUBTFUL


@cache
def _read_endings(code: str) -> _Endings | None:
    """Endings of a language; None if there are none."""
    table = _read_table().get(code)
    if table is None:
        return None
    return _Endings(
        strong=_tuples(table["strong"].split()),
        weak=_tuples(table["weak"].split()),
        phrases=_tuples(table["phrases"]),
        closed=_tuples(table["closed"]),
        short=_tuples(table["short"]),
        numbers=frozenset(table["numbers"].split()),
    )


def _tuples(texts: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(_list_words(text)) for text in texts)


@cache
def _read_table() -> dict[str, dict[str, str]]:
    file = Path(__file__).with_name("answer_endings.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
