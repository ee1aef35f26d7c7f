"""How people are named: by a title, an introduction, a relation, a capital letter."""

# ruff: noqa: E501 - a pattern is read best in one piece

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.mask_people import FIRST_NAMES, KINDS_OF_PLACE, NOBODY, SURNAMES
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
    r"|(?:mr|mrs|ms|herrn?|frau|mme|mlle|monsieur|madame|meneer|mevrouw|dhr|señora?)\b\.?)\s+(?!(?:after|nach|naar|spelled|spelt|written|wrong|on|in|not|two|must|verkeerd|falsch|mal)\b)([^\W\d_]{2,})",
    re.IGNORECASE,
)
_AT_HEAD: Final = Late(
    rf"(?:^|[.!?…]\s+)({NAME}(?: {NAME})?)(?= (?:said|says|told|asked|called|came|went|gave|helped|and I)\b)"
)
_RUN: Final = Late(rf"(?<![\w'’-]){NAME}(?: {NAME})*")
LONGEST: Final = 30
"""Characters before a name that are looked at."""
_WORD_AFTER: Final = re.compile(r" ([^\W\d_]+)")
_OF_NO_PERSON: Final = Late(
    r"in|at|to|from|near|of|into|through|via|across|outside|inside|towards?|around|on|over|past|between|during|since|until|the|a|an|this|that|every|each|last|next|no|some|any|all|one"
    r"|my|our|your|his|her|their|its|te|naar|uit|van|bij|door|op|over|rond|langs|tijdens|sinds|tot|de|het|een|deze|dit|elke|vorige|volgende|geen|mijn|onze|uw|zijn|haar|hun"
    r"|à|a|au|aux|en|dans|de|du|des|d|vers|chez|depuis|pendant|sur|sous|le|la|les|l|un|une|ce|cet|cette|chaque|mon|ma|mes|notre|nos|son|sa|ses|leur|leurs"
    r"|al|desde|hacia|hasta|por|durante|sobre|el|los|las|una|este|esta|ese|esa|cada|mi|mis|nuestro|nuestra|su|sus|del",
    re.IGNORECASE,
)
"""Before the name of a place, a thing or a time; before a person's only by chance."""
_HEAD: Final = Late(
    r"(?:Poor|Dear|Old|Young|Little|Last|Next|Every|Each|Good|Only|Even|Then|When|While|If|Because|Since|After|Before|Ask|Tell|Then|And|But|So|Or|Yes|No|Well|Sorry|Thanks|Thank|Hello|Hi|Both|Most|Many|Some|All|Other|Another|Our|My|His|Her|Their|The|This|That|These|Those|It|In|On|At|From|To|With|For|By|Of|New|First|Second|Early|Late|Not|Once|Also|Maybe|Perhaps|We|I|You|He|She|They|There|Here|What|Where|Who|Why|How|Under|Over|Near|Around|Until|Between|Across|Outside|Inside|Like|Unlike|Despite|Without|During|Toen|Als|In|Op|Met|De|Het|Een|Mijn|Onze|Vorige|Elke|Le|La|Les|Un|Une|Mon|Ma|Notre|Chaque|Quand|Avec|Pour|Dans|El|Los|Las|Una|Mi|Nuestra|Cada|Cuando|Con|Para|Por|Desde)"
)
"""Heads of sentences that are no first name."""
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
            r"\w+ly|she|he|they|it|we|you|i|this|always|often|just|also|even|still|never|who|that|which|then|once|had|was|has|did|does|got|and|but|there|here|later|first|twice|from|with|only|ever|both|all",
            r"is|was|has|had|will|would|could|can|did|does|said|says|told|tells|asked|came|went|gave|helped|showed|taught|kept|made|got|left|knew|thought|took|brought|let|sat|stood|lives?|works?|always|never|who|\w{2,}ed|and (?:i|me)",
        ),
        (
            "nl", "mijn|m'n|onze|zijn|haar|hun|een",
            r"baas|chef|cheffin|leidinggevende|collega|maat|vriend|vriendin|man|vrouw|zus|broer|zoon|dochter|moeder|vader|tante|oom|neef|nicht|buurman|buurvrouw|dokter|manager",
            r"zij|hij|het|wij|jij|altijd|vaak|ook|nog|nooit|die|dat|toen|eens|was|had|is|heeft|deed|zei|maar|er|hier|daar|wel|niet|van|met|uit|en",
            r"is|was|heeft|had|zei|zegt|ging|kwam|gaf|hielp|deed|vond|liet|wist|vertelde|kan|kon|werkt|werkte|wilde|woont|belde|vroeg|riep|en ik",
        ),
        (
            "de", r"mein(?:e[nmr]?)?|unser(?:e[nmr]?)?|sein(?:e[nmr]?)?|ihr(?:e[nmr]?)?|ein(?:e[nmr]?)?",
            r"chef(?:in)?|kolleg(?:e|en|in)|freund(?:in)?|kumpel|mann|frau|schwester|bruder|sohn|tochter|mutter|vater|tante|onkel|cousine?|nachbar(?:in)?|arzt|ärztin|vorgesetzte[nr]?|partner(?:in)?",
            r"sie|er|es|wir|ich|immer|oft|auch|noch|nie|die|der|das|dann|war|hat|hatte|ist|aber|hier|dort|nicht|von|mit|aus|und|mir|mich|uns|selbst",
            r"ist|war|hat|hatte|sagte|sagt|ging|kam|gab|half|zeigte|wusste|kann|konnte|arbeitet|arbeitete|wollte|meinte|erklärte|wohnt|rief|fragte|und ich|schrie|brüllte",
        ),
        (
            "fr", "mon|ma|notre|son|sa|leur|une?",
            r"chef(?:fe)?|patronn?e?|collègue|amie?|copine?|pote|mari|femme|sœur|soeur|frère|fils|fille|mère|père|tante|oncle|cousine?|voisine?|manager|responsable",
            r"elle|il|elles|ils|nous|vous|toujours|souvent|aussi|jamais|qui|que|ne|me|m|nous|était|avait|est|lui|elle|avec|de|du|des|a|et|mais|n",
            r"est|était|a|avait|m'a|l'a|nous|m'avait|disait|dit|savait|et moi|me|travaille|travaillait|voulait|pouvait|crie|criait",
        ),
        (
            "es", "mi|nuestr[oa]|su|una?",
            r"jef[ea]|encargad[oa]|compañer[oa]|colega|amig[oa]|marido|mujer|esposa|novi[oa]|herman[oa]|hij[oa]|madre|padre|tí[oa]|prim[oa]|vecin[oa]|responsable",
            r"ella|ellos|ellas|él|usted|siempre|también|nunca|que|quien|no|me|nos|era|fue|es|ya|le|se|con|de|del|muy|y|pero",
            r"es|era|fue|me|nos|dijo|dice|tiene|tenía|estaba|está|ha|había|sabía|sabe|y yo|trabaja|trabajaba|quería|podía|explicaba|grita|gritó|vive|ayudó",
        ),
    )
}  # fmt: skip
"""A name in small letters between what somebody is to them and what that person did."""


def titles(text: str) -> bool:
    """Whether the text names somebody with a title."""
    return _TITLED.search(text) is not None


def names(text: str, language: str) -> list[str]:
    """What may be the name of a person in a text, as it is written there."""
    base = base_language(language)
    shapes = [_TITLED, _INTRODUCED, _LOWER_CASE_NAME, _LOWER_CASE_OTHER, _AT_HEAD]
    shapes += [known[base] for known in (_BEING, _RELATED) if base in known]
    found = [
        found[found.lastindex]
        for shape in shapes
        for found in shape.finditer(text)
        if found.lastindex
    ]
    # In German every noun has a capital letter.
    return [*found, *_capitals(text, known_only=base == "de")]


def _capitals(text: str, *, known_only: bool) -> Iterator[str]:
    """Runs of words with a capital letter that name a person: by a first name, or by where they stand."""
    for found in _RUN.finditer(text):
        run = found[0].split()
        first = next((at for at, word in enumerate(run) if _bare(word) in FIRST_NAMES), None)
        after = _WORD_AFTER.match(text, found.end())
        beside = {*map(_bare, run), after[1].casefold() if after else ""}
        if first is not None and not beside.isdisjoint(KINDS_OF_PLACE - SURNAMES):
            continue  # "St Mary Hospital"
        if first is not None:
            yield " ".join(run[first : first + 3])
        elif (
            not known_only
            and beside.isdisjoint(KINDS_OF_PLACE)
            and _is_person(run, found, text)
        ):
            yield found[0]


def _is_person(run: Sequence[str], found: re.Match[str], text: str) -> bool:
    """Whether unknown words with a capital letter stand as a person's name does."""
    if any(map(_is_no_name, run)):
        return False
    before = _word_before(text, found.start())
    if not before:  # the head of a sentence has a capital letter anyway
        return len(run) > 1 and not _HEAD.fullmatch(run[0])
    return not _OF_NO_PERSON.fullmatch(before)


def _word_before(text: str, at: int) -> str:
    """The word of the same sentence before this place, if there is one."""
    *_, last = ["", *text[max(0, at - LONGEST) : at].rstrip(", '").split()]
    return last.rpartition("'")[2] if last[-1:].isalpha() else ""


def _is_no_name(word: str) -> bool:
    """Whether it is an acronym or shouted, or a word that names nobody."""
    return word.isupper() or _bare(word) in NOBODY


def _bare(word: str) -> str:
    return word.casefold().partition("'")[0].partition("’")[0]
