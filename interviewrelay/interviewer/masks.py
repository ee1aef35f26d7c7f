"""Personal data out of what a model reads, and back into what it writes.

Found by how it looks, so some is missed: a name that nothing gives away, at the head of a sentence.
What is taken for a name and is none does no harm, since it comes back as it was.
"""

# ruff: noqa: E501 - a pattern is read best in one piece

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Final

from interviewrelay.interviewer.lexicon import STOP_WORDS
from interviewrelay.interviewer.words import base_language, words

_UPPER: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁĻŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽ"
_NAME: Final = rf"[{_UPPER}][^\W\d_]+(?:['’-][^\W\d_]+)*"
_STREET_EN: Final = r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Square|Court|Boulevard|Blvd|Terrace|Close|Crescent|Place|Way)"

_MONTH: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Januari|Februari|Maart|Mei|Juni|Juli|Augustus|Oktober"
    "|Januar|Jänner|Februar|März|Mai|Dezember"
    "|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
    "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
"""The months in five languages, and in English as they are cut short."""

_SHAPES: Final = (
    (
        "TEXT",
        re.compile(r"\[[A-Z]+ \d+\]"),
    ),  # whoever writes a stand-in must not be taken for one
    ("MAIL", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("LINK", re.compile(r"\b(?:https?://|www\.)[^\s<>\"]+")),
    ("ACCOUNT", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b")),
    (
        "ADDRESS",
        re.compile(
            rf"\b\d{{1,5}}[a-z]? (?:{_NAME} ){{1,3}}{_STREET_EN}\b"
            rf"|\b{_NAME}(?:straat|laan|weg|plein|gracht|kade|stra(?:ß|ss)e|str\.|platz|allee|gasse)\b(?: \d{{1,5}}[a-z]?)?"
            rf"|\b(?:\d{{1,5}},? )?(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Pp]lace|[Cc]alle|[Pp]laza|[Aa]venida|[Pp]aseo) (?:(?:de|du|des|del|la|las|los|le|les) )*{_NAME}(?: {_NAME})*(?:,? \d{{1,5}})?"
            r"|\b\d{4} ?[A-Z]{2}\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"
        ),
    ),
    ("DATE", re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b")),
    (
        "DATE",
        re.compile(
            rf"\b\d{{1,2}}(?:\.|st|nd|rd|th|er|º|°)?,? (?:(?:of|de|del) )?(?:the )?(?:{_MONTH})\b\.?(?:,? (?:(?:de|del) )?(?:1[89]|20)\d{{2}}\b)?"
            rf"|\b(?:{_MONTH})\b\.? (?:the )?\d{{1,2}}(?:st|nd|rd|th)?\b(?!:\d| ?(?:%|o'clock|am\b|pm\b))(?:,? (?:1[89]|20)\d{{2}}\b)?"
            rf"|\b(?:{_MONTH})\b\.?,? (?:(?:of|de|del) )?(?:1[89]|20)\d{{2}}\b",
            re.IGNORECASE,
        ),
    ),
    ("NAME", re.compile(r"(?<![\w@.])@[^\W\d][\w.]{1,29}(?<!\.)")),
    ("NUMBER", re.compile(r"\+?\(?\d(?:[ ()./-]{0,2}\d){4,}")),
)
"""In this order, since one may look like a part of another."""

_DATA: Final = re.compile(r"[\d@]")
"""What all of these hold; a street alone is not where somebody lives."""

_NO_DATA: Final = frozenset({"TEXT", "LINK"})
"""What is hidden for other reasons than that it is about a person."""

_TITLED: Final = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Doctor|Prof|Professor|Nurse|Herrn?|Frau|Monsieur|Madame|Mme|Mlle|Señora?|Sra?|Don|Doña|Meneer|Mevrouw|Dhr|Mw)\.? ((?:{_NAME}|van|de|der|den|von|du|la)(?: {_NAME})*)"
)
_INTRODUCED: Final = re.compile(
    rf"\b(?:[Mm]y name is|[Nn]ame's|[Ii] am called|[Cc]alled|[Nn]amed|[Ii]ch heiße|[Mm]ein Name ist|[Jj]e m['’]appelle|[Mm]e llamo|[Mm]i nombre es|[Ii]k heet|[Mm]ijn naam is)\s+({_NAME}(?: {_NAME})*)"
)
_LOWER_CASE_NAME: Final = re.compile(
    r"\b(?:my name is|ich heiße|mein name ist|je m['’]appelle|me llamo|mi nombre es|ik heet|mijn naam is)\s+([^\W\d_]+)",
    re.IGNORECASE,
)
_LOWER_CASE_OTHER: Final = re.compile(
    r"\b(?:(?:named|name(?: is|'s| was)|naam (?:is|was)|namens|genaamd|(?:die|hij|zij|ze) heet(?:te)?|mit namen|name (?:ist|war)|(?:der|die|er|sie) (?:heißt|hieß)|(?:pré)?nommée?|s['’]appell(?:e|ait)|llamad[oa]|se llama(?:ba)?)"
    r"|(?:mr|mrs|ms|herrn?|frau|mme|mlle|monsieur|madame|meneer|mevrouw|dhr|señora?)\b\.?)\s+(?!after\b|nach\b|naar\b)([^\W\d_]{2,})",
    re.IGNORECASE,
)
_WITHIN: Final = re.compile(rf"(?<=[^\s.!?…:\"“»(])\s+({_NAME}(?: {_NAME})*)")
_AT_HEAD: Final = re.compile(
    rf"(?:^|[.!?…]\s+)({_NAME})(?= (?:said|says|told|asked|called|came|went|gave|helped|and I)\b)"
)
_NO_NAMES: Final = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "english",
        "dutch",
        "german",
        "french",
        "spanish",
        "european",
        "internet",
        "christmas",
        "easter",
        "ok",
        "okay",
        "nobody",
        "somebody",
        "someone",
        "everybody",
        "everyone",
    ]
)
_STAND_IN: Final = re.compile(r"\[([A-Z]+ \d+)\]")


class Masks:
    """What stands for whom in one call."""

    def __init__(
        self, texts: Sequence[str], language: str, *, known: Iterable[str] = (), keep: str = ""
    ) -> None:
        """`texts`: what was said; `known` names of the participant; words in `keep` (the author's)
        are nobody's names.
        """
        self._stands: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        kept = {*words(keep), *_NO_NAMES, *STOP_WORDS.get(base_language(language), ())}
        found = dict.fromkeys(name for name in known if len(name) > 2)
        for text in texts:
            found |= dict.fromkeys(_names(text, language))
        names = [n for n in found if not set(words(n)) <= kept]
        longest_first = sorted({part for n in names for part in (n, *n.split())}, key=_longest)
        parts = [re.escape(p) for p in longest_first if not set(words(p)) <= kept]
        self._names = re.compile(rf"\b(?:{'|'.join(parts)})\b(?:'s\b)?") if parts else None

    def hide(self, text: str) -> str:
        """The text with stand-ins, such as `[NAME 1]`, one and the same for the same words."""
        for kind, shape in _SHAPES:
            text = shape.sub(partial(self._stand_in, kind), text)
        if self._names is None:
            return text
        pieces = _STAND_IN.split(text)  # every second piece is within a stand-in
        pieces[::2] = [
            self._names.sub(partial(self._stand_in, "NAME"), piece) for piece in pieces[::2]
        ]
        return "".join(f"[{p}]" if at % 2 else p for at, p in enumerate(pieces))

    def show(self, text: str) -> str:
        """The text with what the stand-ins stand for; one that nobody gave stays."""
        known: Mapping[str, str] = {mark: said for said, mark in self._stands.items()}
        return _STAND_IN.sub(lambda found: known.get(found[0], found[0]), text)

    def _stand_in(self, kind: str, found: re.Match[str]) -> str:
        said = found[0]
        if said not in self._stands:
            self._numbers[kind] = self._numbers.get(kind, 0) + 1
            self._stands[said] = f"[{kind} {self._numbers[kind]}]"
        return self._stands[said]


def stands_in(text: str) -> bool:
    """Whether a stand-in is left in the text."""
    return _STAND_IN.search(text) is not None


def holds_data(text: str) -> bool:
    """Whether something in the text has the form of a number, an address and the like."""
    return _DATA.search(text) is not None and any(
        shape.search(text) for kind, shape in _SHAPES if kind not in _NO_DATA
    )


def titles(text: str) -> bool:
    """Whether the text names somebody with a title."""
    return _TITLED.search(text) is not None


def _names(text: str, language: str) -> list[str]:
    shapes = [_TITLED, _INTRODUCED, _LOWER_CASE_NAME, _LOWER_CASE_OTHER, _AT_HEAD]
    if base_language(language) != "de":  # where every noun has a capital letter
        shapes.append(_WITHIN)
    return [found[1] for shape in shapes for found in shape.finditer(text)]


def _longest(name: str) -> tuple[int, str]:
    return -len(name), name
