"""Plain facts that a question may ask for, and whether an answer gives them: no cues are needed."""

# ruff: noqa: E501 - a pattern is read best in one piece

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.lexicon import NUMBER_WORDS
from interviewrelay.interviewer.words import (
    base_language,
    content_words,
    plain,
    sentences,
    stem,
    words,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """`asked` is looked for in a plain question, `told` in a plain answer."""

    asked: Late
    told: Late


_CLOCK = (
    r"(?:\d{1,2}(?:[:.h]\d{2})?(?: ?(?:am|pm|uhr|uur|h|o'clock))?|(?:a )?(?:quarter|half|ten|five|twenty)(?: past| to) \w+|half \w+|kwart (?:over|voor) \w+|viertel (?:nach|vor) \w+"
    rf"|noon|midday|midnight|{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})"
)
"""A time of day, as a span has two of them."""

_NO_WAIT = (
    r"\b(?:zero|0) (?:minutes|mins?|seconds?|time)\b|\b(?:took|called|let|brought|sent|showed|waved) (?:me|us) (?:straight|right) (?:in|through)\b|\b(?:went|walked|got|go|came) (?:straight|right) (?:in|through)\b|^(?:straight|right) in\b"
    r"|\bno (?:wait|waiting|queue|delay|time at all)\b|\b(?:right|straight) ?away\b|\bimmediately\b|\bat once\b|\binstantly\b|\bin no time\b|\bwithout (?:any )?(?:wait|waiting|delay|queue)\b|\b(?:didn't|did not) (?:have to |need to )?wait\b|\bnever (?:had to )?wait(?:ed)?\b"
    r"|\b(?:geen|zonder) (?:wachttijd|te wachten|wachten|rij)\b|\b(?:meteen|direct|onmiddellijk) (?:aan de beurt|naar binnen|geholpen|binnen)\b|\bhoefde(?:n)? niet te wachten\b|\bniet (?:hoeven )?wachten\b"
    r"|\b(?:keine|ohne) (?:wartezeit|warten|zu warten|schlange)\b|\bsofort\b|\b(?:gleich|direkt) (?:dran|drangekommen|rein|aufgerufen)\b|\b(?:nicht|gar nicht) (?:zu )?warten\b|\bkein warten\b"
    r"|\b(?:pas|sans|aucune?) (?:d'|de )?(?:attente|attendre|attendu)\b|\btout de suite\b|\bimmédiatement\b|\bpas (?:eu à |dû )attendre\b|\b(?:sin|no hubo|ninguna) (?:espera|esperar|cola)\b|\benseguida\b|\binmediatamente\b|\bno (?:tuve que |esperé|hubo que )(?:esperar)?"
)
"""Ways to say that it took no time."""

_FIGURE = rf"(?:\d+(?:[.,]\d+)?|{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))}|an?|half an|eene?|einen?|une?|una?|paar|couple of|few)"

FACTS = (
    # how long it took
    Fact(
        Late(
            r"\bhow long\b|\bhow much time\b|\bhoe ?lang\b|\bhoeveel tijd\b|\bwie lange?\b|\bwie viel zeit\b|\bcombien de temps\b|\bcuánto (?:tiempo|tardó|duró)\b"
        ),
        Late(
            rf"\b\d+(?:[.,]\d+)? ?(?:h|hrs?|mins?|secs?|std|u)\b|\b{_FIGURE}[ -](?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?"
            r"|seconden?|minuten?|minuut|uur|uren|dagen|dag|weken|week|maanden?|jaar|jaren"
            r"|sekunden?|stunden?|tage?n?|wochen?|monate?n?|jahre?n?"
            r"|secondes?|heures?|jours?|semaines?|mois|ans?|années?"
            r"|segundos?|minutos?|horas?|días?|semanas?|mes|meses|años?)\b"
            rf"|\b{_CLOCK} ?(?:to|till|until|till about|until about|-|\u2013|bis|tot|à|jusqu'à|hasta|a) (?:about |circa |etwa |ongeveer )?{_CLOCK}\b"
            r"|\b(?:all|the whole|the entire|half the|half a) (?:day|morning|afternoon|evening|night|week)\b|\bde hele (?:dag|ochtend|middag|avond)\b|\bden ganzen (?:tag|vormittag|nachmittag)\b|\btoute la (?:journée|matinée|soirée)\b|\btod[oa] (?:el|la) (?:día|mañana|tarde)\b"
        ),
    ),
    # how long one waited or it took, and it took no time
    Fact(
        Late(
            r"\bhow (?:long|much time)\b.*\b(?:wait|waited|waiting|take|took|last|until|before)\b|\bhoe ?lang\b.*\b(?:\w*wacht\w*|duurde|geduurd)\b|\bwie lange?\b.*\b(?:\w*wart\w*|dauerte|gedauert)\b"
            r"|\bcombien de temps\b.*\b(?:attend\w*|duré|pris)\b|\bcuánto (?:tiempo )?(?:\w+ )?(?:esper\w*|tardó|duró)\b"
        ),
        Late(_NO_WAIT),
    ),
    # what it cost
    Fact(
        Late(
            r"\b(?:how much|what)\b.{0,80}\b(?:cost|pay|paid|charged?|spen[dt]|price)\b"
            r"|\b(?:wat|hoeveel)\b.{0,80}\b(?:\w*kost\w*|\w*betaal\w*|prijs)\b"
            r"|\b(?:was|wie ?viel)\b.{0,80}\b(?:kost\w*|gekostet|bezahl\w*|gezahlt|preis)\b"
            r"|\b(?:combien|quel)\b.{0,80}\b(?:coût\w*|payé|payez|prix)\b"
            r"|\b(?:cuánto|qué)\b.{0,80}\b(?:costó|cuesta|costado|pagó|pagado|precio)\b"
        ),
        Late(
            rf"[€$£]\s?\d|\b{_FIGURE} ?(?:[€$£]|(?:euros?|dollars?|pounds?|pence|cents?|bucks|pesos?|libras?|dólares|pfund|franken|kronor)\b)"
            r"|\b(?:it was free|for free|free of charge|cost (?:me )?nothing|didn'?t cost|gratis|kostenlos|umsonst|gratuite?|niets gekost|nichts gekostet)\b|^(?:free|nothing|niets|nichts|rien|nada)\W*$"
        ),
    ),
    # how somebody got there
    Fact(
        Late(
            r"\bhow (?:did|do|have) you (?:get|got|come|go|gone|travel|travelled|reach)\b.*\b(?:there|here|to|from|in|travel|travelled)\b|\bhow did you travel\b"
            r"|\bhoe (?:bent|ben|kwam|kwamt|ging|reisde|reist) (?:u|je|jij)\b.*\b(?:daar|hier|naar|heen|gekomen|gereisd)\b"
            r"|\bwie (?:sind|kamen|fuhren|reisten) sie\b.*\b(?:\w*gekommen|\w*gefahren|\w*gereist|dorthin|hin|her|nach|zu[rm]?)\b"
            r"|\bcomment (?:êtes-vous|vous êtes-vous|y êtes-vous|vous) .*\b(?:allée?|venue?|arrivée?|rendue?|déplacée?)\b"
            r"|\bcómo (?:llegó|vino|viajó|fue (?:usted )?(?:a|hasta|allí))\b"
        ),
        Late(
            r"\b(?:bus|tram|train|metro|subway|underground|taxi|uber|cab|car|bike|bicycle|scooter|ferry|boat|plane|on foot|walk(?:ed|ing)?|drove|driven|cycled|a lift|a ride|ambulance"
            r"|trein|fiets|gefietst|auto|lopend|te voet|gelopen|gewandeld|boot|vliegtuig|lift"
            r"|zug|bahn|u-bahn|s-bahn|strassenbahn|fahrrad|rad|gefahren|zu fuss|gelaufen|gegangen|schiff|flugzeug"
            r"|autobus|tramway|métro|vélo|voiture|à pied|marché|avion|bateau"
            r"|autobús|tren|tranvía|coche|carro|bicicleta|bici|a pie|andando|caminando|avión|barco)\b"
        ),
    ),
    # what it was like to find one's way
    Fact(
        Late(
            r"\bfind(?:ing)? (?:your|the|my) way\b|\b(?:de|uw|je) weg (?:te )?vinden\b|\bvond (?:u|je) (?:de|uw) weg\b|\bzurecht(?:zu)?finden\b|\bden weg (?:zu )?finden\b|\btrouver (?:votre|le) chemin\b|\bencontrar el camino\b"
        ),
        Late(
            r"\b(?:took|led|brought|walked|guided|showed|accompanied|directed|pointed) (?:me|us) (?:\w+ ){0,2}(?:to|into|through|there|where|the way|in|up|along|around|round)\b|\b(?:no (?:problem|trouble|difficulty)|easy|hard|difficult|simple|tricky) (?:to find|finding|getting (?:there|around))\b"
            r"|\b(?:i|we) (?:\w+ )?(?:know|knew) (?:the|my|our|that|this) (?:building|way|place|house|hospital|clinic|site|route)\b|\b(?:got|was|were|get) (?:\w+ )?lost\b|\bfound (?:it|the (?:room|desk|way|place|door)|my way)\b|\bby heart\b|\bwell signposted\b|\bfollow(?:ed|ing) the signs\b"
            r"|\b(?:bracht|brachten|wees|liep met) (?:me|mij|ons)\b|\b(?:geen probleem|makkelijk|moeilijk|lastig) (?:om )?te vinden\b|\bik ken (?:het gebouw|de weg)\b|\bverdwaald\b"
            r"|\b(?:brachte|führte|begleitete|zeigte) (?:mich|mir|uns)\b|\b(?:leicht|schwer|problemlos|gut) (?:zu finden|gefunden)\b|\bich kenne (?:das gebäude|den weg|das haus)\b|\bverlaufen\b"
            r"|\bm'a (?:accompagnée?|conduite?|emmenée?|montré|guidée?)\b|\b(?:facile|difficile) à trouver\b|\bje connais (?:le bâtiment|les lieux|le chemin|l'endroit)\b|\bperdue?\b"
            r"|\bme (?:acompañó|llevó|guió|indicó|mostró)\b|\b(?:fácil|difícil) de encontrar\b|\bconozco (?:el edificio|el camino|el lugar)\b|\bme perdí\b"
        ),
    ),
    # when it was
    Fact(
        Late(
            r"(?:^|[.,:;?!] |\band )(?:since )?when (?:exactly )?(?:did|do|does|was|were|is|are|have|has|had|will)\b|\b(?:what|which) (?:year|month|day|date)\b|(?:^|[.,:;?!] |\ben )(?:sinds )?wanneer\b|\bin welk(?:e)? (?:jaar|maand)\b|(?:^|[.,:;?!] |\bund )(?:seit )?wann\b|\bin welchem (?:jahr|monat)\b|(?:^|[.,:;?!] |\bet )(?:depuis )?quand\b|\ben quelle année\b|(?:^|[.,:;?!\u00bf] ?|\by )(?:desde )?cuándo\b|\ben qué (?:año|mes)\b"
        ),
        Late(
            rf"\b(?:19|20)\d\d\b|\b(?:last|this|next|the same) (?:year|month|week|spring|summer|autumn|fall|winter|night|january|february|march|april|may|june|july|august|september|october|november|december)\b|\b{_FIGURE} (?:days?|weeks?|months?|years?) ago\b|\byesterday\b"
            r"|\b(?:in|since|early|late|on|mid|of) (?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
            r"|\b(?:vorig|verleden|afgelopen) (?:jaar|maand|week|voorjaar|zomer|najaar|winter)\b|\b(?:in|sinds|begin|eind) (?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\b|\b\w+ (?:dagen|weken|maanden|jaar) geleden\b|\bgisteren\b"
            r"|\b(?:letzte[ns]?|vergangene[ns]?|vorige[ns]?) (?:jahr|monat|woche|frühjahr|sommer|herbst|winter)\b|\b(?:im|seit|anfang|ende) (?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|frühling|sommer|herbst|winter)\b|\bvor \w+ (?:tagen|wochen|monaten|jahren)\b|\bgestern\b"
            r"|\b(?:l'année|le mois|la semaine|l'été|l'hiver) (?:dernière?|passée?)\b|\b(?:en|depuis|début|fin) (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b|\bil y a \w+ (?:jours|semaines|mois|ans)\b|\bhier\b(?=[ ,.]|$)"
            r"|\b(?:el año|el mes|la semana|el verano|el invierno) pasad[oa]\b|\b(?:en|desde|a principios de|a finales de) (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b|\bhace \w+ (?:días|semanas|meses|años)\b|\bayer\b"
        ),
    ),
    # who paid
    Fact(
        Late(
            r"\bwho (?:\w+ )?(?:paid|pays|covered)\b|\bwie (?:heeft|betaalde|betaalt)\b.*betaal\w*|\bwie betaal\w*|\bwer (?:hat|bezahlte?|zahlte?)\b.*(?:zahl\w*)|\bwer (?:be)?zahl\w*|\bqui (?:a |l'a )?pa[iy]\w*|\bquién (?:lo )?(?:pagó|paga|ha pagado)"
        ),
        Late(
            r"\b(?:i|we|he|she|they|(?:the|my|our|his|her|their) (?:\w+ )?\w+|insurance|work) (?:\w+ )?(?:paid|pays|covered|reimbursed)\b|\b(?:paid|covered|reimbursed) by\b|\bpaid (?:for )?(?:it|that|this)\b|\bout of my own pocket\b"
            r"|\b\w+ (?:heeft|hebben|heb) (?:het |dat |alles )?(?:zelf )?betaald\b|\bbetaalde(?:n)?\b|\bbetaald door\b|\b\w+ (?:hat|haben|habe) (?:es |das |alles )?(?:selbst )?(?:be|ge)zahlt\b|\b(?:be)?zahlten?\b|\b(?:a|ai|ont) (?:tout )?payé\b|\bpayé par\b|\b(?:pagó|pagué|pagaron|pagamos)\b"
        ),
    ),
)

_PART = Late(r",? (?:and|en|und|et|y) |[,;] ")
_ASKING = Late(
    r"\b(?:how much|how long|how|what|when|who|did|do|does|was|were|is|it|all in all|exactly|altogether|in total|you|the|cost|pay|paid|pays|time|take|took|there|that)\b"
)
"""What is left of a question for facts once its asking words are gone is what it is about."""


def took_no_time(line: str) -> bool:
    """Whether a plain text says that nobody had to wait."""
    return re.search(_NO_WAIT, line) is not None


def only_facts(question: str) -> bool:
    """Whether every part of a question asks for a plain fact that is known here."""
    asked = plain(question).rstrip("?! .\u061f")
    if len(sentences(question)) != 1:
        return False
    return all(_asked(part) for part in _PART.split(asked))


def told_in_full(question: str, answer: str, context: str, language: str) -> bool:
    """Whether an answer holds all facts of a question that asks for nothing else, and on the same
    matter: what the question names stands in the answer, or in what that was an answer to.
    """
    asked = plain(question).rstrip("?! .\u061f")
    line = plain(answer)
    if not all(any(f.told.search(line) for f in _asked(p)) for p in _PART.split(asked)):
        return False
    about = content_words(words(_ASKING.sub(" ", asked)), language)
    known = {stem(word, language) for word in words(f"{line} {context}")}
    return all(stem(word, language) in known for word in about)


_CLOSED: Mapping[str, Late] = {
    "en": Late(
        r"^(?:who|whom|whose|where|when|which|how (?:long|many|much|often|old|far|soon)|what (?:year|time|day|date|age|is your)|(?:in|at|on|since|for|with|to|from) (?:what|which|whom|when)"
        r"|do|does|did|is|are|was|were|have|has|had|will|would you say)\b"
    ),
    "nl": Late(
        r"^(?:wie|wiens|waar|wanneer|welke|welk|hoe (?:lang|vaak|oud|ver|laat)|hoeveel|hoelang|(?:in|op|om|sinds|met|naar|van) (?:welke?|wie|wanneer|hoe laat)"
        r"|heeft|hebt|had|bent|is|was|waren|ging|gaat|doet|deed|werd)\b(?! (?:heeft|hebt) u (?:dat|het) ervaren)"
    ),
    "de": Late(
        r"^(?:wer|wen|wem|wessen|wo|wann|wohin|woher|welche[rsnm]?|wie (?:lange?|oft|alt|weit|spät)|wie ?viele?|(?:in|an|um|seit|mit|zu|von) (?:welche[rsnm]?|wem|wann)"
        r"|haben|hatten|hat|sind|waren|ist|war|gibt|gab|wurden|wurde)\b"
    ),
    "fr": Late(
        r"^(?:qui|où|quand|quels?|quelles?|combien|à quel\w*|en quel\w*|avec qui|depuis (?:quand|combien)|est-ce que|avez-vous|aviez-vous|êtes-vous|étiez-vous)\b"
    ),
    "es": Late(
        r"^(?:quién|quiénes|dónde|cuándo|cuál|cuáles|cuánt[oa]s?|con quién|desde cuándo|en qué|a qué|ha|había|es|era|estuvo|tiene|tuvo|fue usted)\b"
    ),
}
_BEGINNING = Late(
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
