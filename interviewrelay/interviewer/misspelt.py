"""The few words on which most depends, put right where one letter of them is wrong or missing.

Who speaks of a danger to a life seldom looks over what was typed, and may do so in any language: these
are sought without accents, and not by the table of one language (`spelling`).
"""

# ruff: noqa: E501 - a pattern is read best in one piece

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from interviewrelay.interviewer.late import Late

DECISIVE: Final = (
    *("suicide", "suicides", "suicidal", "suicidaire", "suicidio", "suicida", "suicidarme"),
    *("suicider", "selbstmord", "suizid", "zelfmoord", "zelfdoding", "suicidaal", "myself"),
)
"""Long words that nothing else resembles: at one letter's distance from each of them there is none."""

_LONG: Final = Late(r"\b[smz]\w{4,12}\b")
_VERBS = r"(?:kill|stab|shoot|burn|hurt|strangle|knife|smash|poison|murder|do it|rather|sooner|be dead|be gone)"
_JOINED: Final = Late(
    r"\b(i(?=ve |m (?:going|gonna|not|so|done|afraid|scared|tired|sick|better|dead|dying|suicidal|having|bleeding|being|thinking|cutting|planning|ready)\b)"
    rf"|s?he(?=s )|there(?=s )|they(?=(?:re|ve) )|we(?=ve )|(?:i|s?he|they)(?=(?:ll|d) {_VERBS}\b))"
)


def put_right(text: str) -> str:
    """A plain text without accents, with these words as they are written, and with the apostrophe of
    "ive", "hes" and the like.
    """
    known = _known()
    for word in {*_LONG.findall(text)}.difference(DECISIVE):
        meant = next((known[way] for way in (word, *_shorter(word)) if way in known), "")
        text = text.replace(word, meant) if meant else text
    return _JOINED.sub(r"\1'", text)


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """The decisive words, by what is left of them when one letter is taken out."""
    return {way: word for word in DECISIVE for way in (word, *_shorter(word))}


def _shorter(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))
