"""Words an interviewer may use that are neither the guide's nor the participant's: those of asking."""

# ruff: noqa: E501 - patterns and lists of words are read best in one piece

import re
from collections.abc import Iterable
from typing import Final

_WORD: Final = re.compile(r"[a-z]+")
_ENDINGS: Final = (
    "ingly",
    "ation",
    "ings",
    "ing",
    "edly",
    "ies",
    "ed",
    "es",
    "ly",
    "er",
    "s",
    "e",
    "y",
)

_OF_ASKING: Final = """
a about above after behind again all alone along already also although always am among an and another answer any anything are
around as ask aside at back be because become been before began begin being between both bring but by call came can case
clear close come concrete consider could course day describe detail did differ different do does doing done down each
earlier else end enough even event ever every everything example experience explain far felt few find first follow for
form from gave general get give go going gone had happen has have he heard hear help her here him his how i idea if
important in instance into is it its itself just keep kind know later lead learn least leave led left less let like
little long look made main make many matter may me mean meant mention mind moment more most much must my name near need
never next no not nothing notice now occasion of off often on once one only onto open or order other our out over own
part particular people person picture place please point possible practice put question quite rather really reason
recall remember rest right round said same saw say see seem set share she should show since small so some someone
something soon sort speak specific spoke start step still such take talk tell than thank that the their them then there
these they thing think this those though thought through time to today together told took toward try turn two under
understand until up us use used usual very view walk want was way we week well went were what when where which while
who whole whom why will wish with within without word work would yes yet you your yourself further add anything bit
choose feel follow aspect quoted correct situation describe sound stand stay touch bear hold part shape play however associate
"""


def stem(word: str) -> str:
    """Without its endings, two at most: matters, matter and matt are one."""
    for _ in range(2):
        ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 3), "")
        word = word.removesuffix(ending)
    return word


def stems(text: str) -> frozenset[str]:
    return frozenset(stem(w) for w in _WORD.findall(text.lower()))


OF_ASKING: Final = stems(_OF_ASKING)


def introduced(question: str, known: Iterable[str]) -> frozenset[str]:
    """Stems that the interviewer brings in: not in any of the texts `known`."""
    allowed = OF_ASKING.union(*(stems(text) for text in known))
    return stems(question) - allowed
