"""Short answers that look like something else: "one minute" where it is asked how long it took, "take
a break" where it is asked what was advised, "make it shorter" where it is asked what one would change.

Wishes to stop, to have all deleted and whatever may be a danger are never taken for an answer.
"""

# ruff: noqa: E501 - a pattern is read best in one piece

import re
from collections.abc import Mapping
from dataclasses import replace

from interviewrelay.conversation import Turn
from interviewrelay.interviewer import acts, facts
from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.signals import Reading
from interviewrelay.interviewer.state import State
from interviewrelay.interviewer.words import base_language, plain, words

MOST_WORDS = 6
"""Words of an answer that can be taken for a command."""

_WORDS: Mapping[str, Late] = {
    code: Late(rf"\b(?:{some})\b")
    for code, some in {
        "en": r"(?:what|which) (?:\w+ ){0,6}?(?:say|said|tell|told|advi[sc]ed?|advice|suggest\w*|recommend\w*|read|write|wrote|shown?|message|sign|call(?:ed)?|answer(?:ed)?)|when (?:\w+ ){0,3}?(?:say|said)",
        "nl": r"wat (?:\w+ ){0,5}?(?:zei|zeiden|gezegd|stond|adviseerde\w*|geadviseerd|vertelde\w*|verteld|raadde\w*|aangeraden)",
        "de": r"was (?:\w+ ){0,5}?(?:sagte\w*|gesagt|stand|riet\w*|geraten|empfahl\w*|empfohlen|geschrieben)",
        "fr": r"(?:que|qu'est-ce que?) ?(?:\S+ ){0,5}?(?:dit|conseillé|recommandé|écrit|répondu)",
        "es": r"qué (?:\w+ ){0,5}?(?:dij\w+|dicho|decía|aconsej\w+|recomend\w+|ponía|contest\w+)",
    }.items()
}
_WISHES: Mapping[str, Late] = {
    code: Late(rf"\b(?:{some})\b")
    for code, some in {
        "en": r"would you (?:change|improve|wish|like|want|do differently)|(?:was|is|were|are) missing|wish for|could be better|should (?:change|be different)",
        "nl": r"zou (?:u|je) (?:\w+ )?(?:veranderen|verbeteren|willen|wensen)|ontbrak|ontbreekt|miste|anders (?:moeten|kunnen)|beter (?:kunnen|moeten)",
        "de": r"würden sie (?:\w+ )?(?:ändern|verbessern|wünschen)|fehlt|fehlte|gefehlt|besser (?:sein|werden)",
        "fr": r"(?:changeriez|amélioreriez|souhaiteriez|aimeriez)|manquait|manque|mieux",
        "es": r"(?:cambiaría|mejoraría|desearía|querría)|faltaba|falta|mejor",
    }.items()
}
_COMPARES = Late(
    r"\b(?:compar\w+|differ\w*|than (?:before|last)|changed?|vergeleken|anders|veranderd|verglichen|verändert|comparaison|changé|comparación|cambiado)\b"
)
_MEASURES = Late(r"\b(?:how (?:much|many)|hoeveel|wie ?viele?|combien|cuánt[oa]s?)\b")
_NONE = Late(
    r"(?:nothing|none|zero|niets|niks|geen|nichts|keine?|rien|aucune?|nada|ningun[oa])(?: at all| left)?\W*"
)
_TO_US = re.compile(
    r"\b(?:please|pls|brb|let me|(?:can|could|may) (?:we|i|you)|i (?:need|want|would|must)|i'd|moment|sec|graag|bitte|s'il vous plaît|por favor)\b"
)

_SAID = frozenset({acts.PAUSE, acts.SHORTEN, acts.WRONG_PERSON, acts.GREETING, acts.ACK})
_WISHED = frozenset({acts.SHORTEN})
_MEASURED = frozenset({acts.PAUSE, acts.NOTHING_MORE, acts.DONT_KNOW})
_COMPARED = frozenset({acts.ALREADY_TOLD})


def in_place(state: State, turn: Turn, reading: Reading, language: str) -> Reading:
    """The reading of a text where it was given: as an answer if it fits what is asked and is
    something else by its form alone.
    """
    pending, found = state.pending, frozenset(reading.acts)
    apart = turn.skipped or state.awaiting_stop or state.comforted
    if pending is None or apart or len(words(turn.text)) > MOST_WORDS:
        return reading
    asked, base, line = plain(pending.text), base_language(language), plain(turn.text)
    helps = found == {acts.META} and reading.topics == ("help",)
    fits = (
        (found <= _MEASURED and _measured(asked, turn.text))
        or (
            (found <= _SAID or helps) and _asks(_WORDS, base, asked) and not _TO_US.search(line)
        )
        or ((found <= _WISHED or helps) and _asks(_WISHES, base, asked))
        or (found <= _COMPARED and _COMPARES.search(asked) is not None)
    )
    return replace(reading, acts=(acts.ANSWER,), topics=()) if found and fits else reading


def _measured(asked: str, text: str) -> bool:
    none = _MEASURES.search(asked) is not None and _NONE.fullmatch(plain(text)) is not None
    return none or facts.told(asked, [text])


def _asks(table: Mapping[str, Late], base: str, asked: str) -> bool:
    return base in table and table[base].search(asked) is not None
