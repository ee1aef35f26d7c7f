"""Plain facts that a question may ask for, and whether an answer gives them: no cues are needed."""

# ruff: noqa: E501 - a pattern is read best in one piece

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from interviewrelay.interviewer.lexicon import NUMBER_WORDS
from interviewrelay.interviewer.words import base_language, plain, sentences


@dataclass(frozen=True, slots=True)
class Fact:
    """`asked` is looked for in a plain question, `told` in a plain answer."""

    asked: re.Pattern[str]
    told: re.Pattern[str]


_FIGURE = rf"(?:\d+(?:[.,]\d+)?|{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))}|an?|half an|eene?|einen?|une?|una?|paar|couple of|few)"

FACTS = (
    # how long it took
    Fact(
        re.compile(
            r"\bhow long\b|\bhow much time\b|\bhoe ?lang\b|\bhoeveel tijd\b|\bwie lange?\b|\bwie viel zeit\b|\bcombien de temps\b|\bcuánto (?:tiempo|tardó|duró)\b"
        ),
        re.compile(
            rf"\b{_FIGURE}[ -](?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?"
            r"|seconden?|minuten?|minuut|uur|uren|dagen|dag|weken|week|maanden?|jaar|jaren"
            r"|sekunden?|stunden?|tage?n?|wochen?|monate?n?|jahre?n?"
            r"|secondes?|heures?|jours?|semaines?|mois|ans?|années?"
            r"|segundos?|minutos?|horas?|días?|semanas?|mes|meses|años?)\b"
        ),
    ),
    # what it cost
    Fact(
        re.compile(
            r"\b(?:how much|what)\b.*\b(?:cost|pay|paid|charged?|spen[dt]|price)\b"
            r"|\b(?:wat|hoeveel)\b.*\b(?:\w*kost\w*|\w*betaal\w*|prijs)\b"
            r"|\b(?:was|wie ?viel)\b.*\b(?:kost\w*|gekostet|bezahl\w*|gezahlt|preis)\b"
            r"|\b(?:combien|quel)\b.*\b(?:coût\w*|payé|payez|prix)\b"
            r"|\b(?:cuánto|qué)\b.*\b(?:costó|cuesta|costado|pagó|pagado|precio)\b"
        ),
        re.compile(
            rf"[€$£]\s?\d|\b{_FIGURE} ?(?:[€$£]|(?:euros?|dollars?|pounds?|pence|cents?|bucks|pesos?|libras?|dólares|pfund|franken|kronor)\b)"
            r"|\b(?:it was free|for free|free of charge|cost (?:me )?nothing|didn'?t cost|gratis|kostenlos|umsonst|gratuite?|niets gekost|nichts gekostet)\b|^(?:free|nothing|niets|nichts|rien|nada)\W*$"
        ),
    ),
    # how somebody got there
    Fact(
        re.compile(
            r"\bhow (?:did|do|have) you (?:get|got|come|go|gone|travel|travelled|reach)\b.*\b(?:there|here|to|from|in|travel|travelled)\b|\bhow did you travel\b"
            r"|\bhoe (?:bent|ben|kwam|kwamt|ging|reisde|reist) (?:u|je|jij)\b.*\b(?:daar|hier|naar|heen|gekomen|gereisd)\b"
            r"|\bwie (?:sind|kamen|fuhren|reisten) sie\b.*\b(?:\w*gekommen|\w*gefahren|\w*gereist|dorthin|hin|her|nach|zu[rm]?)\b"
            r"|\bcomment (?:êtes-vous|vous êtes-vous|y êtes-vous|vous) .*\b(?:allée?|venue?|arrivée?|rendue?|déplacée?)\b"
            r"|\bcómo (?:llegó|vino|viajó|fue (?:usted )?(?:a|hasta|allí))\b"
        ),
        re.compile(
            r"\b(?:bus|tram|train|metro|subway|underground|taxi|uber|cab|car|bike|bicycle|scooter|ferry|boat|plane|on foot|walk(?:ed|ing)?|drove|driven|cycled|a lift|a ride|ambulance"
            r"|trein|fiets|gefietst|auto|lopend|te voet|gelopen|gewandeld|boot|vliegtuig|lift"
            r"|zug|bahn|u-bahn|s-bahn|strassenbahn|fahrrad|rad|gefahren|zu fuss|gelaufen|gegangen|schiff|flugzeug"
            r"|autobus|tramway|métro|vélo|voiture|à pied|marché|avion|bateau"
            r"|autobús|tren|tranvía|coche|carro|bicicleta|bici|a pie|andando|caminando|avión|barco)\b"
        ),
    ),
)

_CLOSED: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"^(?:who|whom|whose|where|when|which|how (?:long|many|much|often|old|far|soon)|what (?:year|time|day|date|age|is your)|(?:in|at|on|since|for|with|to|from) (?:what|which|whom|when)"
        r"|do|does|did|is|are|was|were|have|has|had|will|would you say)\b"
    ),
    "nl": re.compile(
        r"^(?:wie|wiens|waar|wanneer|welke|welk|hoe (?:lang|vaak|oud|ver|laat)|hoeveel|hoelang|(?:in|op|om|sinds|met|naar|van) (?:welke?|wie|wanneer|hoe laat)"
        r"|heeft|hebt|had|bent|is|was|waren|ging|gaat|doet|deed|werd)\b(?! (?:heeft|hebt) u (?:dat|het) ervaren)"
    ),
    "de": re.compile(
        r"^(?:wer|wen|wem|wessen|wo|wann|wohin|woher|welche[rsnm]?|wie (?:lange?|oft|alt|weit|spät)|wie ?viele?|(?:in|an|um|seit|mit|zu|von) (?:welche[rsnm]?|wem|wann)"
        r"|haben|hatten|hat|sind|waren|ist|war|gibt|gab|wurden|wurde)\b"
    ),
    "fr": re.compile(
        r"^(?:qui|où|quand|quels?|quelles?|combien|à quel\w*|en quel\w*|avec qui|depuis (?:quand|combien)|est-ce que|avez-vous|aviez-vous|êtes-vous|étiez-vous)\b"
    ),
    "es": re.compile(
        r"^(?:quién|quiénes|dónde|cuándo|cuál|cuáles|cuánt[oa]s?|con quién|desde cuándo|en qué|a qué|ha|había|es|era|estuvo|tiene|tuvo|fue usted)\b"
    ),
}
_BEGINNING = re.compile(
    r"^(?:[\u00bf\"']*)(?:(?:and|so|then|now|first|to begin(?: with)?|en|dan|nu|eerst|und|dann|zuerst|et|alors|d'abord|y|entonces|primero)[, ]+)*[\u00bf]?"
)


def told(question: str, answers: Sequence[str]) -> bool:
    """Whether one of the answers holds the very fact that the question asks for."""
    asked = _asked(question)
    return any(fact.told.search(plain(answer)) for fact in asked for answer in answers)


@lru_cache(maxsize=4096)
def _asked(question: str) -> tuple[Fact, ...]:
    """The facts that a question of the interviewer asks for."""
    asked = plain(question)
    return tuple(fact for fact in FACTS if fact.asked.search(asked))


@lru_cache(maxsize=4096)
def wanted(question: str, language: str) -> bool:
    """Whether the question asks for a plain fact, so that a few words answer it in full."""
    asked = plain(question)
    if any(fact.asked.search(asked) for fact in FACTS):
        return True
    closed = _CLOSED.get(base_language(language), _CLOSED["en"])
    asking = [s for s in sentences(asked) if s.endswith("?")]
    return bool(asking) and closed.match(_BEGINNING.sub("", asking[-1])) is not None
