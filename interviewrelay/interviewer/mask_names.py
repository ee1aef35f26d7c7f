"""How people are named: by a title, an introduction, a relation, a capital letter."""

# ruff: noqa: E501 - a pattern is read best in one piece

import re
from collections.abc import Mapping
from typing import Final

from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.mask_shapes import NAME
from interviewrelay.interviewer.words import base_language

_TITLED: Final = Late(
    rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Doctor|Prof|Professor|Nurse|Herrn?|Frau|Monsieur|Madame|Mme|Mlle|Señora?|Sra?|Don|Doña|Meneer|Mevrouw|Dhr|Mw)\.? (?:(?:Dr|Prof)\.? )*((?:{NAME}|van|de|der|den|von|du|la)(?: {NAME})*)"
)
_INTRODUCED: Final = Late(
    rf"\b(?:[Mm]y name is|[Nn]ame's|[Ii] am called|[Cc]alled|[Nn]amed|[Ii]ch heiße|[Mm]ein Name ist|[Jj]e m['’]appelle|[Mm]e llamo|[Mm]i nombre es|[Ii]k heet|[Mm]ijn naam is)\s+({NAME}(?: {NAME})*)"
)
_LOWER_CASE_NAME: Final = Late(
    r"\b(?:my name is|ich heiße|mein name ist|je m['’]appelle|me llamo|mi nombre es|ik heet|mijn naam is|my name['’]?s|(?:you (?:can|may)|just|people|they) call me|moi,? c['’]est)\s+([^\W\d_]{2,})"
    r"|\bi['’]?m called (?!(?:in|up|out|to|back|on|for|a|an|the|when|at|away|over|by)\b)([^\W\d_]{2,})"
    r"|\b(?:i['’]?m|i am) ([^\W\d_]{3,})(?= (?:btw|by the way)\b|,? (?:nice to meet|pleased to meet))",
    re.IGNORECASE,
)
_LOWER_CASE_OTHER: Final = Late(
    r"\b(?:(?:named|name(?: is|'s| was)|naam (?:is|was)|namens|genaamd|(?:die|hij|zij|ze) heet(?:te)?|mit namen|name (?:ist|war)|(?:der|die|er|sie) (?:heißt|hieß)|(?:pré)?nommée?|s['’]appell(?:e|ait)|llamad[oa]|se llama(?:ba)?)"
    r"|(?:mr|mrs|ms|herrn?|frau|mme|mlle|monsieur|madame|meneer|mevrouw|dhr|señora?)\b\.?)\s+(?!after\b|nach\b|naar\b)([^\W\d_]{2,})",
    re.IGNORECASE,
)
_WITHIN: Final = Late(rf"(?<=[^\s.!?…:\"“»(])\s+({NAME}(?: {NAME})*)")
_AT_HEAD: Final = Late(
    rf"(?:^|[.!?…]\s+)({NAME})(?= (?:said|says|told|asked|called|came|went|gave|helped|and I)\b)"
)
_HEAD_OF_TWO: Final = Late(rf"(?:^|[.!?…:]\s+)({NAME})(?= {NAME})")
"""The head of a sentence, before another word with a capital letter: "Marta Petrovic said"."""
_SHOUTED: Final = Late(r"\b([^\W\d_a-zß-öø-ÿ]{3,} [^\W\d_a-zß-öø-ÿ]{3,})\b")
"""Two words in capital letters, where every noun has one."""
_BEING: Final[Mapping[str, Late]] = {
    code: Late(rf"\b(?:{being})\s+({NAME}(?: {NAME})*)")
    for code, being in (
        ("de", rf"(?:[Ii]ch bin (?:übrigens )?(?:(?:der|die)\b(?! (?:Meinung|Ansicht|Letzte|Erste|Einzige|Neue|Älteste|Jüngste)[rn]?\b)|(?={NAME} {NAME}))|[Hh]ier (?:ist|spricht|schreibt)(?: (?:der|die)\b)?)"),
        ("nl", r"[Ii]k ben(?: (?:de|het))?|[Jj]e spreekt met"),
        ("fr", r"[Jj]e suis(?: (?:le|la))?|[Mm]oi,? c['’]est|[Ii]ci"),
        ("es", r"[Ss]oy(?: (?:el|la))?|[Aa]quí"),
    )
}  # fmt: skip
_RELATED: Final[Mapping[str, Late]] = {
    code: Late(
        rf"\b(?:{whose}) (?:[\w-]+ )?(?:{who}),? (?!(?:{none})\b)([^\W\d_]{{3,}}),?(?= (?:{does})\b)",
        re.IGNORECASE,
    )
    for code, whose, who, none, does in (
        (
            "en", "my|our|his|her|their",
            r"boss|manager|supervisor|team ?lead|colleague|co-?worker|workmate|mate|friend|bestie|buddy|partner|husband|wife|girlfriend|boyfriend|ex|sister|brother|son|daughter|mum|mom|dad|aunt(?:ie)?|uncle|cousin|nan|gran|neighbou?r|doctor|nurse|teacher|mentor|line manager|flatmate|roommate",
            r"\w+ly|always|often|just|also|even|still|never|who|that|which|then|once|had|was|has|did|does|got|and|but|there|here|later|first|twice|from|with|only|ever|both|all",
            r"is|was|has|had|will|would|could|can|did|does|said|says|told|tells|asked|came|went|gave|helped|showed|taught|kept|made|got|left|knew|thought|took|brought|let|sat|stood|lives?|works?|always|never|who|\w{2,}ed|and (?:i|me)",
        ),
        (
            "nl", "mijn|m'n|onze|zijn|haar|hun|een",
            r"baas|chef|cheffin|leidinggevende|collega|maat|vriend|vriendin|man|vrouw|zus|broer|zoon|dochter|moeder|vader|tante|oom|neef|nicht|buurman|buurvrouw|dokter|manager",
            r"altijd|vaak|ook|nog|nooit|die|dat|toen|eens|was|had|is|heeft|deed|zei|maar|er|hier|daar|wel|niet|van|met|uit|en",
            r"is|was|heeft|had|zei|zegt|ging|kwam|gaf|hielp|deed|vond|liet|wist|vertelde|kan|kon|werkt|werkte|wilde|woont|belde|vroeg|riep|en ik",
        ),
        (
            "de", r"mein(?:e[nmr]?)?|unser(?:e[nmr]?)?|sein(?:e[nmr]?)?|ihr(?:e[nmr]?)?|ein(?:e[nmr]?)?",
            r"chef(?:in)?|kolleg(?:e|en|in)|freund(?:in)?|kumpel|mann|frau|schwester|bruder|sohn|tochter|mutter|vater|tante|onkel|cousine?|nachbar(?:in)?|arzt|ärztin|vorgesetzte[nr]?|partner(?:in)?",
            r"immer|oft|auch|noch|nie|die|der|das|dann|war|hat|hatte|ist|aber|hier|dort|nicht|von|mit|aus|und|mir|mich|uns|selbst",
            r"ist|war|hat|hatte|sagte|sagt|ging|kam|gab|half|zeigte|wusste|kann|konnte|arbeitet|arbeitete|wollte|meinte|erklärte|wohnt|rief|fragte|und ich|schrie|brüllte",
        ),
        (
            "fr", "mon|ma|notre|son|sa|leur|une?",
            r"chef(?:fe)?|patronn?e?|collègue|amie?|copine?|pote|mari|femme|sœur|soeur|frère|fils|fille|mère|père|tante|oncle|cousine?|voisine?|manager|responsable",
            r"toujours|souvent|aussi|jamais|qui|que|ne|me|m|nous|était|avait|est|lui|elle|avec|de|du|des|a|et|mais|n",
            r"est|était|a|avait|m'a|l'a|nous|m'avait|disait|dit|savait|et moi|me|travaille|travaillait|voulait|pouvait|crie|criait",
        ),
        (
            "es", "mi|nuestr[oa]|su|una?",
            r"jef[ea]|encargad[oa]|compañer[oa]|colega|amig[oa]|marido|mujer|esposa|novi[oa]|herman[oa]|hij[oa]|madre|padre|tí[oa]|prim[oa]|vecin[oa]|responsable",
            r"siempre|también|nunca|que|quien|no|me|nos|era|fue|es|ya|le|se|con|de|del|muy|y|pero",
            r"es|era|fue|me|nos|dijo|dice|tiene|tenía|estaba|está|ha|había|sabía|sabe|y yo|trabaja|trabajaba|quería|podía|explicaba|grita|gritó|vive|ayudó",
        ),
    )
}  # fmt: skip
"""A name in small letters between what somebody is to them and what that person did."""
NO_NAMES: Final = frozenset(
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
        "mondays",
        "tuesdays",
        "wednesdays",
        "thursdays",
        "fridays",
        "saturdays",
        "sundays",
        "nobody",
        "somebody",
        "someone",
        "everybody",
        "everyone",
    ]
)


def titles(text: str) -> bool:
    """Whether the text names somebody with a title."""
    return _TITLED.search(text) is not None


def names(text: str, language: str) -> list[str]:
    """What may be a name in a text, as it is written there."""
    base = base_language(language)
    shapes = [_TITLED, _INTRODUCED, _LOWER_CASE_NAME, _LOWER_CASE_OTHER, _AT_HEAD]
    # In German every noun has a capital letter.
    shapes += [_SHOUTED] if base == "de" else [_WITHIN, _HEAD_OF_TWO]
    shapes += [known[base] for known in (_BEING, _RELATED) if base in known]
    return [
        found[found.lastindex]
        for shape in shapes
        for found in shape.finditer(text)
        if found.lastindex
    ]
