"""What personal data looks like: mail addresses, accounts, dates and the like, in five languages."""

# ruff: noqa: E501 - a pattern is read best in one piece

import re
from typing import Final

from interviewrelay.interviewer.late import Late

_UPPER: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁĻŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽ"
NAME: Final = rf"[{_UPPER}][^\W\d_]+(?:['’-][^\W\d_]+)*"
"""A word with a capital letter."""

_STREET_EN: Final = r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Square|Court|Boulevard|Blvd|Terrace|Close|Crescent|Place|Way)"
_BESIDE: Final = r"(?:[ -]?(?:bis|ter|[a-z])\b)?(?: ?- ?\d{1,5}[a-z]?\b)?"
"""What may stand behind the number of a house."""

_LONG_MONTH: Final = (
    "January|February|April|June|July|August|September|October|November|December"
    "|Januari|Februari|Maart|Mei|Juni|Juli|Augustus|Oktober"
    "|Januar|Jänner|Februar|März|Mai|Dezember"
    "|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
    "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
)
_MONTH: Final = (
    rf"{_LONG_MONTH}|March|May|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    "|janv|févr?|fevr?|avr|juil|déc|febr|mrt|okt|dez|ene|abr|dic"
)
"""The months in five languages, and as they are cut short."""

_YEAR: Final = r"(?:,? (?:(?:de|del) )?(?:1[89]|20)\d{2}\b)?"
_DAY: Final = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\\w+teenth|twent(?:y|ieth)|thirt(?:y|ieth)"
    "|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|\\w+tien|(?:\\w+en)?twintig|(?:\\w+en)?dertig|eerste"
    "|erste[nr]|zweite[nr]|dritte[nr]|(?:vier|fünf|sechs|sieb|sieben|ach|neun|zehn|elf|zwölf|\\w+zehn)te[nr]|(?:\\w+und)?(?:zwanzig|dreissig|dreißig)ste[nr]"
    "|premier|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente"
    "|uno|primero|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieci\\w+|veint\\w+|treinta"
)
"""The day of a month, in words."""

_AT: Final = r"(?: ?[\[({<] ?(?:at|ät|aet|@) ?[\])}>] ?| (?:at|ät|aet|arobase|arroba|apenstaartje|apestaartje|klammeraffe|@) )"
_DOT: Final = r"(?: ?[\[({<] ?(?:dot|punkt|\.) ?[\])}>] ?| (?:dot|punkt|punt|point|punto) )"
_TOP: Final = r"\.(?:com|org|net|edu|gov|info|io|eu|nl|fr|ch|co|uk)\b"
"""What ends an address beside a dot of its own; other letters may begin a sentence."""
_NETWORK: Final = r"(?:insta(?:gram)?|snap(?:chat)?|telegram|twitter|tik ?tok|facebook|fb|linkedin|discord|whats ?app|skype|twitch|reddit|mastodon|steam|threads|bluesky)"

ORGANIZATION: Final = "ORGANIZATION"
"""The stand-in's word for whoever asks."""

SHAPES: Final = (
    (
        "TEXT",
        Late(r"\[[A-Z]+ \d+\]"),
    ),  # whoever writes a stand-in must not be taken for one
    ("MAIL", Late(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        "MAIL",
        Late(
            rf"(?<![\w+-])[\w+-]{{1,64}}(?:(?:{_DOT}|\.)[\w+-]+){{0,4}}{_AT}[\w-]+(?:(?:{_DOT}(?!dot\b)[\w-]+){{1,4}}\b|{_TOP})(?!{_AT})",
            re.IGNORECASE,
        ),
    ),
    ("LINK", Late(r"\b(?:https?://|www\.)[^\s<>\"]+")),
    ("ACCOUNT", Late(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b")),
    (
        "ADDRESS",
        Late(
            rf"\b\d{{1,5}}[a-z]? (?:{NAME} ){{1,3}}{_STREET_EN}\b"
            rf"|\b{NAME}(?:straat|laan|weg|plein|gracht|kade|stra(?:ß|ss)e|str\.|platz|allee|gasse)(?!\w)(?: \d{{1,5}}{_BESIDE})?"
            rf"|\b(?:\d{{1,5}},? ?(?:(?:bis|ter|quater|[a-z]),? )?)?(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Pp]lace|[Cc]alle|[Pp]laza|[Aa]venida|[Pp]aseo) (?:(?:de|du|des|del|la|las|los|le|les) )*{NAME}(?: {NAME})*(?:,? \d{{1,5}}{_BESIDE})?"
            r"|\b\d{4} ?[A-Z]{2}\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"
        ),
    ),
    ("DATE", Late(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b")),
    (
        "DATE",
        Late(
            rf"\b\d{{1,2}}(?:\.|st|nd|rd|th|er|º|°)?,? (?:(?:of|de|del) )?(?:the )?(?:{_MONTH})\b\.?{_YEAR}"
            rf"|\b(?:{_MONTH})\b\.? (?:the )?\d{{1,2}}(?:st|nd|rd|th)?\b(?!:\d| ?(?:%|o'clock|am\b|pm\b)){_YEAR}"
            rf"|\b(?:{_DAY})(?:[ -](?:(?:y|et) )?(?:{_DAY}))? (?:(?:(?:of|de|del) )?(?:{_LONG_MONTH})|of (?:the )?(?:May|March))\b{_YEAR}"
            rf"|\b(?:{_MONTH})\b\.?,? (?:(?:of|de|del) )?(?:1[89]|20)\d{{2}}\b",
            re.IGNORECASE,
        ),
    ),
    ("NAME", Late(r"(?<![\w@.])@[^\W\d][\w.]{1,29}(?<!\.)")),
    (
        "NAME",
        Late(
            rf"\b{_NETWORK}\b(?: (?:handle|name|user(?:name)?|account|profile?|profil|perfil|nick))?"
            rf"(?: ?[:=] ?@?\w[\w.]{{1,28}}\w| (?:-|is|ist|est|es|as|als|heißt|heet) @?(?=[\w.]*[_\d.])\w[\w.]{{1,28}}\w)",
            re.IGNORECASE,
        ),
    ),
    (
        "NUMBER",
        Late(
            r"\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-Z]\b|\b[A-Z]{2}\d{2} ?[A-Z]{3}\b"
            r"|\b(?:[A-Za-z]{1,3}-?\d{5,}[A-Za-z]{0,2}|\d{5,}-?[A-Za-z]{1,2})\b"
        ),
    ),
    ("NUMBER", Late(r"\+?\(?\d(?:[ ()./-]{0,2}\d){4,}")),
)
"""In this order, since one may look like a part of another."""
