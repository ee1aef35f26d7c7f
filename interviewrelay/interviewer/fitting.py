"""What an answer has to be to fit what a question asks for, whatever its words are about.

Who: persons who are named. What got in the way: any cause. What one does: anything that they tell of
themselves, or a mere part of a sentence, which leans on the question and chats about nothing.
"""

# ruff: noqa: E501 - a pattern is read best in one piece

import re
from collections.abc import Mapping

from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.words import base_language, plain, words

_WHO: Mapping[str, Late] = {
    code: Late(rf"\b(?:{some})\b")
    for code, some in {
        "en": "who|whom|whose|which (?:people|persons?)",
        "nl": "wie|welke (?:mensen|personen)",
        "de": "wer|wen|wem|welche (?:menschen|personen|leute)",
        "fr": "qui vous|qui (?:est|a|ont|était|d'autre)|(?:avec|à|chez|de|par|pour) qui|quelles personnes",
        "es": "quién|quiénes|qué personas",
    }.items()
}
_PERSONS: Mapping[str, Late] = {
    code: Late(rf"\b(?:{some})\b")
    for code, some in {
        "en": r"(?:grand|step)?(?:mother|father|mum|mom|dad|parents?|son|daughter|children)|brothers?|sisters?|aunt|uncle|cousins?|husband|wife|partner|girlfriend|boyfriend|(?:boy|girl)?friends?|mates?|pals?|guys?|people|colleagues?|coworkers?|team(?:mates?)|nurse|doctor|boss|manager|teacher|family|kids?|man|woman|somebody|someone|nobody|everyone",
        "nl": r"(?:schoon|groot|stief)?(?:moeder|vader|ouders|zus|broer|zoon|dochter|familie)|oma|opa|zussen|broers|tante|oom|neef|nicht|man|vrouw|partner|vrienden|vriend|vriendin|vriendinnen|maten|collega'?s?|mensen|kinderen|iemand|niemand|zwager",
        "de": r"(?:schwieger|groß|gross|stief)?(?:mutter|vater|eltern|sohn|tochter)|oma|opa|bruder|brüder|schwester|schwestern|schwager|schwägerin|tante|onkel|cousine?|mann|frau|partner(?:in)?|freunde?|freundin|freundinnen|freunden|kumpels?|kolleg\w+|leute|kinder|familie|jemand|niemand",
        "fr": r"(?:beau|belle|grand)-?(?:père|mère|frère|sœur|soeur)|père|mère|parents|frères?|sœurs?|soeurs?|tante|oncle|cousine?s?|mari|femme|fils|fille|amie?s?|copains?|copines?|potes?|collègues?|gens|enfants|famille|quelqu'un|personne",
        "es": r"suegr[oa]s?|padres?|madre|herman[oa]s?|tí[oa]s?|prim[oa]s?|marido|esposa?|mujer|hij[oa]s?|novi[oa]|amig[oa]s?|compañer[oa]s?|cuñad[oa]s?|gente|niños|familia|alguien|nadie|abuel[oa]s?",
    }.items()
}
"""Persons as people name them; neighbours and their dogs are chatted about too."""

_CAUSE: Mapping[str, Late] = {
    code: Late(rf"\b(?:{some})\b")
    for code, some in {
        "en": r"in the way|why|prevent\w*|kept you from|stop(?:s|ped)? you|hinder\w*|cause[sd]?|reasons?|what (?:made|makes)|hold(?:s|ing)? you back|held you back|get(?:s)? harder|how come|what (?:went|goes|was|is|were|are) (?:wrong|difficult|hard|the (?:obstacles?|problems?|hardest))",
        "nl": r"waarom|waardoor|in de weg|verhinder\w*|belemmer\w*|weerhield\w*|hield u tegen|tegengehouden|oorzaken?|redenen?|hoe kwam het",
        "de": r"warum|wieso|weshalb|wodurch|woran|im weg|gehindert|hinder\w*|abgehalten|dazwischen|ursachen?|gründe?|grund|erschwert\w*",
        "fr": r"pourquoi|empêch\w*|gên\w*|entrav\w*|freiné\w*|causes?|raisons?|obstacles?|à cause de quoi",
        "es": r"por qué|impid\w*|imped\w*|estorb\w*|obstácul\w*|dificult\w*|causas?|razón|razones|motivos?|frenó",
    }.items()
}
_DOING: Mapping[str, Late] = {
    code: Late(rf"\b(?:{some})\b")
    for code, some in {
        "en": r"(?:what|how) do you\b|what (?:did|would|will) you (?:\w+ )?do|spend|unwind|relax|enjoy|what helps|switch off|spare time",
        "nl": r"wat (?:doet|doe|deed|deden) (?:u|je|jij|jullie)|hoe (?:ontspant|ontspan|besteedt|besteed)\w*|ontspann\w*|vrije tijd|tot rust|wat helpt",
        "de": r"(?:was|wie) (?:machen|tun|machten|taten|verbringen|entspannen|erholen|mögen) sie|was haben sie .{0,40}(?:gemacht|getan)|entspann\w*|erhol\w*|abschalten|was hilft|verbring\w*",
        "fr": r"que (?:faites|faisiez|feriez)|qu'(?:avez-vous fait|est-ce que vous (?:faites|faisiez|aimez))|détend\w*|décompress\w*|temps libre|passez|qu'est-ce qui vous aide",
        "es": r"qué (?:hace|hacen|hizo|hacía|haría|le gusta|le ayuda)|cómo (?:pasa|se relaja|descansa|desconecta)|relaj\w*|desconect\w*|tiempo libre|descans\w*",
    }.items()
}

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
_CHANGE: Mapping[str, Late] = {
    code: Late(rf"\b(?:{some})\b")
    for code, some in {
        "en": r"would you (?:change|improve|wish|like|want|do differently)|(?:was|is|were|are) missing|wish for|could be better|should (?:change|be different)",
        "nl": r"zou (?:u|je) (?:\w+ )?(?:veranderen|verbeteren|willen|wensen)|ontbrak|ontbreekt|miste|anders (?:moeten|kunnen)|beter (?:kunnen|moeten)",
        "de": r"würden sie (?:\w+ )?(?:ändern|verbessern|wünschen)|fehlt|fehlte|gefehlt|besser (?:sein|werden)",
        "fr": r"(?:changeriez|amélioreriez|souhaiteriez|aimeriez)|manquait|manque|mieux",
        "es": r"(?:cambiaría|mejoraría|desearía|querría)|faltaba|falta|mejor",
    }.items()
}

_LEANS: Mapping[str, Late] = {
    code: Late(rf"(?:{some})\b")
    for code, some in {
        "en": r"(?:mostly |mainly |well,? |usually |just )*(?:at|over|through|by|via|in|on|with|during|because|from|thanks to|while)",
        "nl": r"(?:vooral |meestal |nou,? )*(?:bij|op|via|door|in|met|tijdens|omdat|dankzij|over|van)",
        "de": r"(?:vor allem |meistens |na,? )*(?:bei|beim|im|in|auf|über|durch|mit|während|weil|dank|am|von)",
        "fr": r"(?:surtout |souvent |bon,? )*(?:à|au|aux|chez|par|pendant|avec|dans|en|parce que|grâce|sur|lors)",
        "es": r"(?:sobre todo |normalmente |pues,? )*(?:en|por|con|durante|porque|gracias|a través|mediante|al|a)",
    }.items()
}
"""How a sentence begins that goes on from the question."""

HEAD = 3
"""Words of a clause that names something and says nothing of it: "Cooking, mostly pasta"."""


def asks_for_cause(asked: str, language: str) -> bool:
    return _finds(_CAUSE, asked, language)


def names_who(asked: str, text: str, language: str) -> bool:
    """Whether it is asked who, and a person is named."""
    return _finds(_WHO, asked, language) and _finds(_PERSONS, text, language)


def asks_for_doing(asked: str, language: str) -> bool:
    return _finds(_DOING, asked, language)


def asks_for_words(asked: str, language: str) -> bool:
    """Whether it is asked what somebody said, advised or wrote."""
    return _finds(_WORDS, asked, language)


def asks_for_change(asked: str, language: str) -> bool:
    """Whether it is asked what was missing, or what one would have otherwise."""
    return _finds(_CHANGE, asked, language)


def leans(text: str, subjects: frozenset[str], language: str) -> bool:
    """Whether a text begins as a part of a sentence does that answers; `subjects` are the words by
    which it could be small talk.
    """
    line, known = plain(text), _LEANS.get(base_language(language))
    if known is not None and known.match(line):
        return True
    head = words(re.split("[,;]", line, maxsplit=1)[0]) if re.search("[,;]", line) else []
    return len(head) <= HEAD and not subjects.isdisjoint(head)


def _finds(table: Mapping[str, Late], text: str, language: str) -> bool:
    found = table.get(base_language(language))
    return found is not None and found.search(plain(text)) is not None
