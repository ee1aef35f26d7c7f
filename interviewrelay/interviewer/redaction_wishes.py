"""Redaction wishes: which answers are not to be quoted when a participant asks to leave something out.

It is always the answer that says so; the one before it where this one tells nothing else or points
back; and every earlier one with a name that the wish repeats.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from interviewrelay.conversation import Turn
from interviewrelay.interviewer import acts, care_lexicon
from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.signals import Reading
from interviewrelay.interviewer.words import base_language, plain, sentences

_POINTS_BACK: Final = Late(
    r"\b(?:said|told you|mentioned|wrote|before|earlier|last|previous|just now"
    r"|zei|schreef|net|vorige?|laatste|eerder"
    r"|gesagt|geschrieben|erwähnt|eben|vorhin|vorher|letzten?|vorige"
    r"|dit|écrit|parlé|avant|dernière|tout à l'heure"
    r"|dije|dicho|escribí|antes|última|anterior)\b|قلت|كتبت|الأخير|الاخير|قبل قليل"
)
_CAPITAL: Final = Late(r"(?<!\S)(\S+|^)\s+([^\W\d_a-zß-öø-ÿ][^\W\d_]{2,})")
_ARTICLE: Final = Late(
    r"(?:der|die|das|den|dem|des|[mdks]?eine?[mnrs]?|ihre?[mnrs]?|unsere?[mnrs]?|zum|zur|im)"
)
"""Before a German noun, which has a capital as well, and seldom before a name."""


def find_turns(turns: Sequence[Turn], turn: Turn, reading: Reading, language: str) -> list[int]:
    """The numbers of the answers that a wish in `turn` means, oldest first; `turns` came before it."""
    if not reading.has(acts.LEAVE_OUT):
        return []
    wishes = [
        sentence
        for sentence in sentences(turn.text)
        if care_lexicon.LEAVE_OUT in care_lexicon.find_kinds(plain(sentence), language)
    ]
    told = [one for one in turns if one.speaker == "participant" and one.text]
    names = {name for wish in wishes for name in _names(wish, language)}
    found = {one.number for one in told if not names.isdisjoint(_words(one.text))}
    back = any(_POINTS_BACK.search(plain(wish)) for wish in wishes)
    if told and not found and (back or not reading.has(acts.ANSWER)):
        found.add(told[-1].number)
    return sorted({*found, turn.number})


def _names(wish: str, language: str) -> Iterator[str]:
    """Words of a wish that have a capital and do not begin it."""
    for found in _CAPITAL.finditer(wish):
        before, word = found.groups()
        noun = base_language(language) == "de" and not before.lower().endswith("name")
        if not (noun and (_ARTICLE.fullmatch(before.lower()) or before.lower() == "bitte")):
            yield plain(word)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", plain(text)))
