"""What is left alone of an answer, by language: talk to the interviewer or about the interview, and what was not."""

# ruff: noqa: E501 - a pattern is read best in one piece

from collections.abc import Mapping

from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.lexicon import NUMBER_WORDS
from interviewrelay.interviewer.words import base_language

_TALK: Mapping[str, Late] = {
    code: Late(rf"\b(?:{talk})|^(?:{begins})|{ends}")
    for code, (talk, begins, ends) in {
        "en": (
            # to put it, and to find one's words
            (
                r"(?:let me|let's see|let us see|to put it|in my own words|told (?:it|that|you)|how (?:shall|should|do) i (?:say|put)|where was i|as i (?:said|told)|if you ask me|you know how|good question|to be honest|as far as i"
                r"|can tell you|tell you about|kind of|sort of|or something|and so on|i would say|hard to say|come to think of it|that reminds me|speaking of|by the way|anyway)\b"
                # the interview, and who asks
                r"|(?:this|your|the (?:last|next|first|same)|that|these) (?:interview|questions?|survey|questionnaire|chat ?bot|bot)\b|the question\b|another question|you (?:keep|just|already|always|are|were) (?:repeat|ask|ignor|interrupt|say)\w*|(?:stop|quit|keep on?) (?:asking|repeating)|you(?:'re| are) (?:not listening|repeating|asking|a (?:bot|machine|robot|program))|what (?:you|do you) (?:mean|want|ask)\w*|what i (?:just )?(?:said|say|wrote)"
                r"|(?:ask|tell|remind|call) me (?:again|first|later|something|another|what|how|who|why|when|next)|how (?:long|many) (?:is|will|does|more|questions)\b"
                # haste
                r"|make (?:it|this) (?:quick|short|fast|brief)|(?:be|keep it|hurry|get to the) (?:quick|short|brief|up|point)\b|i(?:'m| am) (?:in a (?:hurry|rush)|short of time|(?:leaving|off) in (?:\w+ ){1,2}(?:minutes?|mins?|bit|moment))|(?:i(?:'ve| have)(?: got)?|with|got) (?:a |an |another |to )?(?:\w+ )?(?:to catch|to get to) in|i (?:have to|need to|must|gotta) (?:go|leave|run|be off|rush) (?:in|soon|now)\b|(?:little|not much|no|only .{1,12}) (?:time|minutes) (?:left|for this)"
                # not having understood
                r"|(?:not sure|don't know|do not know|don't think|not certain)(?: that| if| whether| what)? (?:i |you |we )?(?:get|got|understand|understood|follow|am following|mean|want|asked?|asking)\b|i (?:don't|do not|didn't|did not) (?:get|understand|follow)(?: (?:it|that|what you .*|you))?$"
                # taking back
                r"|(?:oh |no |so )*wait (?:no|it was|i)\b|(?:oh|no|hang on|hold on),? wait\b"
            ),
            r"(?:like|as) i (?:just |already )?(?:said|told|say|mentioned)\b|(?:yeah|yes|oh|aye),? right\b|(?:obviously|clearly|mainly|mostly|just) to\b|(?:actually |oh |no )*(?:scrap|scratch|strike|forget) that\b|(?:(?:please|just|now|well|so|ok|okay|but|and|oh)[, ]+)*(?:(?:ask|tell|show|give|remind|call) me\b|repeat\b|skip\b|go on\b|move on\b|explain\b|hurry\b|wait(?= a | i | no |,|$)|next (?:question|one)\b|hold on\b|hang on\b|(?:can|could|will|would) (?:you|we)\b|you (?:should|shouldn't|could|must|have to|need to) (?:ask|stop|listen|repeat|know)\b)",
            r"\bi (?:think|guess|suppose|mean|believe)$|\bi'?d say$",
        ),
        "nl": (
            (
                r"(?:(?:dit|het|dat|deze|die|je|uw|jouw) (?:interview|gesprek met u|vraag|vragen|vragenlijst|enquête)|de (?:vraag|vragen|vragenlijst|enquête|volgende vraag)|(?:u|je|jij) (?:herhaalt|vraagt|blijft|luistert|bedoelt|bedoel|vraag|herhaal|luister)|(?:herhaalt|vraagt|bedoelt|blijft|luistert) (?:u|je)|wat (?:u|je) (?:bedoelt|bedoel|vraagt|wilt|wil)|zoals (?:ik )?(?:al )?(?:zei|gezegd)|hoe zal ik het zeggen|goede vraag|eerlijk gezegd|laat me (?:even )?(?:denken|kijken)|even denken|trouwens|in mijn eigen woorden"
                r"|(?:maak|hou|houd) het (?:kort|snel)|schiet op|ik heb (?:haast|weinig tijd|geen tijd|niet veel tijd)|ik moet (?:zo|zometeen|over .{1,20}|nu|straks) (?:weg|gaan|ervandoor|de trein halen|een trein halen)|(?:begrijp|snap|volg) (?:ik )?(?:het|dat|u|je)? ?niet|ik (?:begrijp|snap|weet) (?:niet (?:zeker )?)?(?:of|wat) (?:ik|u|je))\b"
                r"|(?:o|oh|nee|ho),? (?:nee,? )?wacht\b|wacht even\b"
            ),
            r"(?:(?:nou|maar|en|o|oh|nee|dus|eerst|ok|oké)[, ]+)*(?:wacht\b|(?:vraag|vertel|zeg|geef|stel|herhaal|leg)(?:t u)? (?:me|mij|het|dat|eerst|eens|maar|nog)\b|sla\b|ga (?:maar |nu )?(?:door|verder)|(?:kunt|kan|kun|wilt|wil|zou) (?:u|je)\b)",
            r"\b(?:denk|geloof|vind) ik$",
        ),
        "de": (
            (
                r"(?:(?:dieses?|das|ihr|dein|diesem|dem) (?:interview|fragebogen)|(?:diese[rn]?|die|ihre[rn]?|deine|der|nächste|letzte) (?:fragen?|umfrage|befragung)|sie (?:wiederholen|fragen|meinen|hören mir|hören nicht)|(?:wiederholen|meinen|wollen|fragen) sie|du (?:wiederholst|fragst|meinst)|was sie (?:meinen|wollen|fragen)|wie (?:ich )?(?:schon |bereits )?(?:gesagt|sagte)|wie soll ich (?:das|es) sagen|gute frage|ehrlich gesagt|lassen sie mich|mal überlegen|übrigens|mit (?:meinen )?eigenen worten"
                r"|(?:machen sie|mach|machen wir) (?:es |das |bitte |mal )*(?:kurz|schnell)|beeilen sie|beeil dich|ich habe (?:es eilig|wenig zeit|keine zeit|nicht viel zeit)|ich muss (?:gleich|bald|jetzt|in .{1,20}) (?:los|weg|gehen|zum zug|zur bahn)|(?:verstehe|kapiere|begreife) (?:ich )?(?:es|das|sie|nicht|gar)? ?nicht|ich (?:weiss|verstehe|bin) nicht (?:sicher |genau |ganz )*,? ?(?:ob|was) (?:ich|sie)|überspring\w*)\b"
                r"|(?:ach|oh|nein|äh|halt)[, ]+(?:nein[, ]+)?(?:moment|warten sie|halt|stopp?)\b|(?:moment|warten sie)(?: mal)?\b"
            ),
            r"(?:(?:also|aber|und|ach|oh|nein|zuerst|erst|ok|okay|bitte)[, ]+)*(?:(?:fragen|sagen|erzählen|erklären|geben|wiederholen|stellen|lassen|machen|gehen) sie\b|(?:frag|sag|erzähl|erklär|gib|wiederhol)e? (?:mir|mich|das|es|bitte|erst|doch|mal)\b|weiter\b|(?:können|könnten|würden) sie\b)",
            r"\b(?:glaube|denke|finde|meine|schätze) ich$",
        ),
        "fr": (
            (
                r"(?:(?:cet|cette|l'|votre|ce) ?(?:interview|entretien|questionnaire|enquête|question)|(?:la|vos|ces|les|prochaine) (?:questions?|enquête)|vous (?:répétez|demandez|redemandez|voulez (?:dire|savoir)|n'écoutez|m'avez (?:déjà )?(?:demandé|posé))|tu (?:répètes|demandes|veux dire)|ce que (?:vous|tu) (?:voulez|demandez|dites|veux)|comme je (?:l'ai |vous l'ai )?(?:déjà )?(?:dit|disais)|comment dire|bonne question|pour être honnête|laissez-moi|au fait|d'ailleurs|avec mes mots"
                r"|(?:faites|fais|faisons) (?:vite|court)|dépêch\w+|je suis pressée?|j'ai (?:peu de temps|pas le temps)|je n'ai pas (?:le temps|beaucoup de temps)|je (?:dois|vais devoir) (?:partir|y aller|filer|prendre (?:un|mon|le) train)|(?:comprends|compris|saisis) (?:pas|mal)|je ne (?:suis|sais) pas (?:sûre?|certaine?|si|d'avoir)|je (?:la |le |les )?(?:passe|saute)$)\b"
                r"|(?:ah|oh|non|euh)[, ]+(?:non[, ]+)?attendez\b|attendez\b"
            ),
            r"(?:(?:bon|mais|et|ah|oh|non|alors|d'abord|ok)[, ]+)*(?:attend\w*\b|(?:demandez|dites|posez|redemandez|expliquez|répétez|rappelez|donnez|racontez)(?:-| )|(?:demande|dis|explique|répète)-(?:moi|le)|continuez\b|passez\b|passons\b|(?:pouvez|pourriez|voulez)-vous\b)",
            r"\b(?:je (?:pense|crois|trouve|suppose)|j'imagine)$",
        ),
        "es": (
            (
                r"(?:(?:esta|la|su|tu|otra|próxima|siguiente) (?:entrevista|encuesta|pregunta)|(?:estas|las|sus|tus) preguntas|este cuestionario|(?:usted |tú )?(?:repite|repites|pregunta|preguntas) (?:lo mismo|otra vez|siempre|todo|lo que)|(?:lo que|qué) (?:quiere|quieres|me) (?:decir|dices|pregunta\w*)|no me escuch\w+|como (?:ya )?(?:le |te )?(?:he dicho|dije|decía)|cómo (?:lo )?(?:diría|digo)|buena pregunta|déjeme|a ver|por cierto|con mis (?:propias )?palabras"
                r"|(?:sea|hágalo|hagámoslo|que sea) (?:breve|corto|rápido)|dese prisa|date prisa|tengo (?:prisa|poco tiempo)|no tengo (?:mucho )?tiempo|(?:me )?tengo que (?:irme|salir|coger un tren|tomar un tren|marcharme)|me voy en|no (?:lo |la |le |te )?(?:entiendo|entendí|comprendo)|no (?:sé|estoy segur[oa]) (?:de )?(?:si|haber|qué) |(?:la|lo|me la) (?:salto|paso)$)"
                r"|(?:ay|ah|no|oh)[, ]+(?:no[, ]+)?esper[ae]\b|esper[ae] (?:un|no)\b"
            ),
            r"(?:(?:bueno|pero|y|ay|ah|no|pues|primero|vale|ok)[, ]+)*(?:esper[ae]\b|(?:pregúnt|dí|dig|cuént|explíqu|repít|hág|recuérd)\w*me\b|repit[ae]\b|siga\b|pase\b|(?:puede|podría|quiere) (?:usted )?(?:decir|repetir|explicar|preguntar)\w*)",
            r"\b(?:creo|supongo|me parece)$",
        ),
    }.items()
}
"""Talk about talking, about the interview and to who asks: commands, haste, not having understood, complaints.
What holds it anywhere, what begins with it, what ends with it. There is nothing in it to go into."""

_FILLED = {
    "en": r"well|hm+|so|and|but|oh|um+|uh+",
    "nl": r"nou|tja|hm+|dus|en|maar|o|oh|eh+",
    "de": r"also|naja|na|hm+|und|aber|ach|äh+",
    "fr": r"bon|ben|euh+|hm+|et|mais|oh|alors",
    "es": r"pues|bueno|hm+|y|pero|ay|eh+",
}
_DENIES: Mapping[str, Late] = {
    code: Late(
        rf"^(?:(?:{_FILLED[code]})[, ]+)*(?:{first})\b(?! only)|\b(?:{anywhere})(?![^\W\d_])"
    )
    for code, (first, anywhere) in {
        "en": (
            r"(?:(?:there (?:was|were|is|are)|there's|i (?:had|have)|we (?:had|have)) )?(?:no|not|nothing|none|never|nobody)",
            r"no (?:problems?|wait|waiting|trouble|difficulty|issues?)|nothing special|right away|straight away|straight in|(?:i|we) (?:knew|know|met|saw) (?:nobody|no one|noone)",
        ),
        "nl": (
            r"geen|niet|niets|niks|nooit|niemand|nergens",
            r"(?:er (?:was|waren|is|zijn)|(?:was|waren|is|zijn) er|(?:ik|we|wij) (?:had|hadden|heb|hebben|ken|kende|kenden)|(?:had|hadden|heb|hebben|ken|kende|kenden) (?:ik|we|wij)) (?:\w+ ){0,3}(?:geen|niets|niks|niemand)|geen (?:problemen|probleem|wachttijd|moeite)|niets bijzonders|meteen aan de beurt",
        ),
        "de": (
            r"keine?[nmrs]?|nicht|nichts|nix|nie|niemals|niemand\w*|nirgends",
            r"(?:es (?:gab|gibt|war|waren)|(?:gab|gibt) es|(?:ich|wir) (?:hatten?|haben?|kannten?|kennen?)|(?:hatten?|haben?|kannten?|kennen?) (?:ich|wir)) (?:\w+ ){0,3}(?:keine?[nmrs]?|nichts|niemand\w*)|keine?n? (?:probleme?|wartezeit|schwierigkeiten)|nichts besonderes|sofort dran",
        ),
        "fr": (
            r"personne(?: n(?:e|'))?|rien|aucune?|jamais|pas",
            r"il n'y (?:a|avait|a eu|en a|en avait) (?:eu )?(?:pas|personne|rien|aucune?)|(?:je|nous|on) ?n'(?:ai|avais|avons|avions|a|avait) (?:eu )?(?:pas (?:eu )?d(?:e |')|aucune?|rien|personne)|(?:je|nous|on) ne (?:connaissais|connais|connaissions|connaissait) personne|(?:pas|aucun) (?:de )?problèmes?|rien de spécial|tout de suite",
        ),
        "es": (
            r"nadie|nada|ning(?:ún|uno|una)|nunca|jamás",
            r"no (?:había|hubo|hay|tenía|teníamos|tengo|tuve|tuvimos|conocía|conocíamos|conozco) (?:\w+ )?(?:a )?(?:nadie|nada|ning(?:ún|uno|una))|ningún problema|sin problemas?|nada especial|enseguida",
        ),
    }.items()
}
"""Of what there was none, nothing can be told. What begins with it, what holds it anywhere."""

_NUMBER = rf"(?:(?<!\d)\d{{1,12}}(?:[.,:]\d{{1,12}})?|{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))}|half|halve|half|une?|an?|eine?n?|een|una|couple|paar|quelques|varios)"
_ABOUT = (
    r"about|around|roughly|nearly|almost|over|under|only|just|maybe|some|at (?:least|most)|more than|less than|up to"
    r"|ongeveer|bijna|zo'n|rond|circa|een|ruim|minstens|maar|etwa|ungefähr|rund|fast|über|knapp|mindestens|nur|so"
    r"|environ|presque|à peu près|près de|au moins|plus de|moins de|une|unos|unas|casi|aproximadamente|alrededor de|más de|menos de|como"
)
_UNIT = (
    r"(?:seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?|times?|euros?|pounds?|dollars?|percent|seconden|minuten|minuut|uur|uren|dagen|weken|maanden|jaar|keer"
    r"|sekunden|stunden?|tage|wochen|monate|jahre|mal|secondes|heures?|jours?|semaines?|mois|ans|années|fois|segundos|minutos?|horas?|días|semanas|meses|años|veces)"
)
_QUANTITY = Late(rf"(?:(?:{_ABOUT}) )+{_NUMBER}\b|{_NUMBER} (?:\w+ )?{_UNIT}\b")
"""How a clause begins that says how much or how many: it answers its question, and is no matter itself."""


def talks(low: str, language: str) -> bool:
    """Whether a plain clause or sentence speaks of the interview, or to whoever asks."""
    pattern = _TALK.get(base_language(language))
    return pattern is not None and pattern.search(low) is not None


def denies(low: str, language: str) -> bool:
    """Whether a plain sentence says what there was not."""
    pattern = _DENIES.get(base_language(language))
    return pattern is not None and pattern.search(low) is not None


def counts(low: str) -> bool:
    """Whether a plain clause is a bare quantity: "about forty minutes"."""
    return _QUANTITY.match(low) is not None
