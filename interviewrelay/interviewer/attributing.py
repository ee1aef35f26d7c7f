"""What a model's words make of somebody: a judgement, a feeling that was another's, a name called, or
an author's question turned round by one small word.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from interviewrelay.interviewer import validator_tables as tables
from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.lexicon import STOP_WORDS
from interviewrelay.interviewer.words import base_language, plain, words

_CALLED: Final = Late(r",\s*(?P<name>[^\W\d_a-z][^\W\d_]+(?: [^\W\d_a-z][^\W\d_]+)?)\s*[?.!]*$")
_HOW: Final = {
    "en": Late(r"\bhow ([^\W\d_]+) (?:was|were|is|are)\b"),
    "nl": Late(r"\bhoe ([^\W\d_]+) (?:was|waren|is|zijn)\b"),
    "de": Late(r"\bwie ([^\W\d_]+) (?:war|waren|ist|sind)\b"),
    "fr": Late(r"\bà quel point [^?]*?(?:était|étaient|est|sont)(?:-\w+)? ([^\W\d_]+)"),
    "es": Late(r"\b(?:cómo de|qué tan|cuán) ([^\W\d_]+) (?:fue|fueron|era|eran|es|son)\b"),
}  # fmt: skip
_MEASURES: Final = frozenset(
    words(
        "long often far soon old things life many much lang lange vaak ver oud veel leven oft weit alt"
        " viele viel leben largo lejos"
    )
)
"""What can be measured, and is no judgement."""
_END: Final = " .!?\u2026\u00a1"


@cache
def _pattern(part: str) -> Late:
    return Late(part)


def _word(part: str) -> Late:
    return _pattern(rf"\b(?:{part})(?!\w)")


def agrees(ack: str, language: str) -> bool:
    """Whether all that it says is yes or no to what was told, or a judgement on it."""
    judging = tables.AGREES.get(base_language(language))
    return (
        judging is not None and _pattern(judging).fullmatch(plain(ack).strip(_END)) is not None
    )


def attributes(ack: str, answers: Sequence[str], language: str) -> bool:
    """Whether it says that they were something, and they never said so of themselves."""
    known = tables.YOU_WERE.get(base_language(language))
    if known is None:
        return False
    you, said_so = known
    stop = STOP_WORDS[base_language(language)]
    named = {found[1] for found in _pattern(you).finditer(plain(ack))} - stop
    told = [plain(answer) for answer in answers]
    return any(
        not any(re.search(rf"(?:{said_so}){re.escape(word)}\b", one) for one in told)
        for word in named
    )


def addresses(question: str) -> bool:
    """Whether it calls somebody by name at its end: nobody has given a name to be called by."""
    return _CALLED.search(question) is not None


def grades(question: str, own: str, language: str) -> bool:
    """Whether it asks how much of a judgement something was ("how chaotic was it") where its author
    does not: that takes the judgement for granted.
    """
    how = _HOW.get(base_language(language))
    if how is None:
        return False
    said = {found[1] for found in how.finditer(plain(question))}
    plainly = STOP_WORDS[base_language(language)] | _MEASURES
    return not said <= plainly | set(words(own))


def turns(question: str, own: str, language: str) -> bool:
    """Whether it has a denial or a degree that the author's question has not, or lacks its denial."""
    code = base_language(language)
    said, meant = plain(question), plain(own)
    denied = (bool(_word(tables.NEGATIONS[code]).search(text)) for text in (said, meant))
    degrees = {found[0] for found in _word(tables.DEGREES[code]).finditer(said)}
    return len(set(denied)) > 1 or not all(re.search(rf"\b{d}\b", meant) for d in degrees)
