"""What the wording rules look for in each language, in words of the model's that no template has."""

# ruff: noqa: E501 - a pattern is read best in one piece

from collections.abc import Mapping

from interviewrelay.interviewer.late import Late


def _patterns(words: Mapping[str, str]) -> Mapping[str, Late]:
    return {code: Late(rf"\b(?:{part})(?!\w)") for code, part in words.items()}


OWN_VOICE = _patterns(
    {
        "en": r"i|my|mine|myself|we|our|ours|us",
        "nl": r"ik|mijn|mijzelf|wij|we|ons|onze",
        "de": r"ich|mein(?:e[mrs]?)?|meinen(?! sie)|mich|wir|uns|unser(?:e[nmrs]?)?",
        "fr": r"je|j'\w+|mon|ma|mes|nous|notre|nos",
        "es": r"yo|mi|mis|mío|mía|nosotr[oa]s|nuestr[oa]s?|soy|estoy|siento|creo|tengo|entiendo|opino",
    }
)
"""The first person: an interviewer that only asks needs none, and one that claims a life does."""

HUMAN = _patterns(
    {
        "en": r"am (?:not )?(?:an? )?(?:ai|bot|robot|machine|human|person|real)|as an? (?:ai|human|person|language model)|fellow human|real person",
        "nl": r"ben (?:geen |een )?(?:mens|robot|machine|persoon)|als mens",
        "de": r"bin (?:k?ein |k?eine )?(?:mensch|roboter|maschine|person)|als mensch",
        "fr": r"suis (?:pas )?(?:une? )?(?:humain|humaine|personne|robot|machine)|en tant qu'humain",
        "es": r"como humano",
    }
)
"""What it is: that is told by the interview itself, truthfully, and by no model."""

ADVICE = _patterns(
    {
        "nl": r"u moet|je moet|u zou (?:beter |eens )?(?:moeten|kunnen proberen)|raad (?:u|je) aan|probeer(?:t)? (?:eens|om)",
        "de": r"sie sollten|sie müssen|du solltest|empfehle|rate ihnen|versuchen sie",
        "fr": r"vous devriez|vous devez|il faut que vous|conseille|essayez",
        "es": r"deber[ií]as?|tiene que|tienes que|recomiendo|aconsejo|intente|pruebe",
    }
)

# Texts are compared in their plain form, in which ß is ss.
PRAISE = _patterns(
    {
        "nl": r"(?:dat is |dit is |klinkt |heel |erg |zeer |echt )*(?:geweldig|prachtig|fantastisch|uitstekend|interessant|goed zo|heel goed|mooi|knap|wat (?:leuk|erg|vreselijk|fijn)|u hebt gelijk|helemaal mee eens|goed gezegd|goede vraag|bedankt voor uw (?:eerlijkheid|openheid))",
        "de": r"(?:das ist |das klingt |sehr |wirklich |echt |ganz )*(?:toll|wunderbar|grossartig|fantastisch|ausgezeichnet|interessant|sehr gut|hervorragend|schön|super|klasse|da haben sie recht|stimme (?:ihnen )?zu|gut gesagt|gute frage|danke für ihre (?:ehrlichkeit|offenheit))",
        "fr": r"(?:c'est |cela est |très |vraiment |bien )*(?:super|génial|magnifique|formidable|excellent|intéressant|très bien|bravo|fantastique|merveilleux|vous avez raison|tout à fait d'accord|bien dit|bonne question|merci (?:pour|de) votre (?:honnêteté|franchise))",
        "es": r"(?:es |eso es |muy |realmente |qué )*(?:genial|maravilloso|fantástico|excelente|interesante|muy bien|estupendo|increíble|bravo|tiene razón|de acuerdo con usted|bien dicho|buena pregunta|gracias por su (?:honestidad|sinceridad))",
    }
)

ENDING = _patterns(
    {
        "en": r"goodbye|bye|farewell|end (?:the|this|our) (?:interview|conversation|session)|(?:interview|conversation|session) is (?:now )?(?:over|finished|complete|done)|(?:that|this) (?:is|was|concludes|ends) (?:all|the (?:last|end|interview))|that's all|(?:last|final) question|thank you for your (?:time|participation)|thanks for your (?:time|participation)|skip (?:this|that|the|it|ahead)|next (?:topic|question)|move on|moving on|we are (?:done|finished)|we're (?:done|finished)",
        "nl": r"tot ziens|interview is (?:nu )?(?:afgelopen|klaar|voorbij)|laatste vraag|bedankt voor uw tijd|slaan (?:we )?over|volgende (?:vraag|onderwerp)|einde van",
        "de": r"auf wiedersehen|tschüss|interview ist (?:nun |jetzt )?(?:zu ende|beendet|vorbei)|letzte frage|danke für ihre zeit|überspringen|nächste (?:frage|thema)|ende des",
        "fr": r"au revoir|entretien est (?:maintenant )?(?:terminé|fini)|dernière question|merci pour votre temps|passons|question suivante|fin de l'entretien",
        "es": r"adiós|hasta luego|entrevista ha (?:terminado|acabado)|última pregunta|gracias por su tiempo|saltamos|siguiente (?:pregunta|tema)|fin de la entrevista",
    }
)
"""Words that end the interview, or leave something out: the controller alone does that."""

JOINS = _patterns(
    {
        "nl": r"en|of|maar",
        "de": r"und|oder|aber",
        "fr": r"et|ou|mais",
        "es": r"y|e|o|u|pero",
    }
)
"""A second question or a second answer hangs on one of these; where nothing finer is known, none is let
through."""

ASKS = _patterns(
    {
        "nl": r"wat|hoe|wanneer|waar|wie|welke?|hoeveel|waar\w+|vertel|beschrijf|kunt u|kun je|zou u",
        "de": r"was|wie|wann|wo|wer|wen|wem|welche[nmrs]?|wo\w+|erzählen sie|beschreiben sie|können sie|könnten sie|würden sie",
        "fr": r"que|qu'\w+|quoi|comment|quand|où|qui|quel(?:le)?s?|combien|racontez|décrivez|parlez|pouvez-vous|pourriez-vous",
        "es": r"qué|cómo|cuándo|dónde|quién|cuál(?:es)?|cuánt[oa]s?|cuénteme|cuéntame|describa|hábleme|puede|podría",
    }
)
"""How an open question asks."""

TAGS = _patterns(
    {
        "nl": r"toch|niet|hè|nietwaar|waarom",
        "de": r"nicht|gell|ne|stimmt's|warum|wieso|weshalb",
        "fr": r"n'est-ce pas|non|hein|pas vrai|pourquoi",
        "es": r"verdad|no|cierto|a que sí|por qué",
    }
)
"""Ends that press for a yes, and the why that asks for a justification."""

NEGATIONS: Mapping[str, str] = {
    "en": r"not|never|no|nobody|nothing|none|hardly|\w+n't|without",
    "nl": r"niet|nooit|geen|niemand|niets|nauwelijks|zonder",
    "de": r"nicht|nie|niemals|kein\w*|niemand\w*|nichts|kaum|ohne",
    "fr": r"ne|n'\w+|pas|jamais|aucune?|personne|rien|guère|sans",
    "es": r"no|nunca|jamás|ning[uú]n\w*|nadie|nada|apenas|sin",
}
"""A question that has one more, or one less, asks for the opposite."""

DEGREES: Mapping[str, str] = {
    "en": r"well|badly|poorly|better|worse|best|worst|much|little|often|rarely|easily|quickly|slowly|hard|really|actually|ever|even|still|only|too|enough|so",
    "nl": r"goed|slecht|beter|slechter|vaak|zelden|snel|langzaam|makkelijk|moeilijk|echt|eigenlijk|ooit|zelfs|nog|alleen|maar|genoeg|veel|weinig",
    "de": r"gut|schlecht|besser|schlechter|oft|selten|schnell|langsam|leicht|schwer|wirklich|eigentlich|jemals|sogar|überhaupt|nur|genug|viel|wenig|sehr",
    "fr": r"bien|mal|mieux|souvent|rarement|vite|lentement|facilement|difficilement|vraiment|seulement|assez|trop|peu|beaucoup|encore",
    "es": r"bien|mal|mejor|peor|mucho|poco|rara vez|rápido|despacio|fácilmente|realmente|siquiera|solo|sólo|bastante|demasiado|todavía|muy",
}
"""Small words that turn "how did you" into a judgement, where the author has none."""

AGREES: Mapping[str, str] = {
    "en": r"yes|yeah|no|well (?:said|put|done)|nicely put|(?:fair|good) (?:point|call)|so true|right|correct|true|sure|of course|certainly|indeed|exactly|absolutely|understandable|(?:fully |perfectly |very )?understandable|fair enough|(?:that |it )?makes sense|reasonable|really|oh dear|poor you|lucky you|good|fine|well done"
    r"|you (?:did|made|chose|took) (?:the |a )?(?:right|good|best|wise|brave|great|wrong|bad)\b.*|(?:that|it) was (?:the |a )?(?:right|good|wise|brave|wrong|bad)\b.*|you(?:'re| are| were) (?:right|wrong|brave|strong|lucky|good)\b.*|good (?:for you|choice|decision|thinking)|no wonder.*|(?:that|it) (?:must|cannot|can't) have been.*",
    "nl": r"ja|nee|goed (?:zo|gezegd|punt)|mooi gezegd|zo is het|juist|klopt|precies|inderdaad|natuurlijk|uiteraard|zeker|absoluut|begrijpelijk|logisch|terecht|goed|jammer|echt|(?:dat is )?(?:heel |zeer |erg )?(?:begrijpelijk|logisch|terecht|jammer)|(?:dat )?snap ik"
    r"|(?:u|je) (?:deed|koos|nam|hebt|heeft) (?:het |de |een )?(?:juiste|goede|goed|beste|verstandige|dappere|verkeerde|foute)\b.*|dat was (?:het |de |een )?(?:juist|goed|verstandig|dapper|fout|verkeerd)\w*.*|(?:u|je) (?:had|hebt|heeft) gelijk.*|geen wonder.*|dat moet .* geweest.*",
    "de": r"ja|nein|gut (?:so|gesagt|gemacht)|schön gesagt|so ist es|weiter so|richtig|stimmt|genau|tatsächlich|natürlich|sicher|absolut|verständlich|nachvollziehbar|logisch|zu recht|gut|schade|wirklich|(?:das ist )?(?:sehr |ganz |völlig )?(?:verständlich|nachvollziehbar|logisch|schade)|(?:das )?(?:macht|ergibt) sinn"
    r"|sie haben (?:das |alles |völlig |ganz )?(?:richtig|recht|gut|falsch)\b.*|(?:sie taten|das war) (?:das |die |eine? )?(?:richtig|gut|klug|mutig|falsch)\w*.*|kein wunder.*|das muss .* gewesen sein.*",
    "fr": r"oui|non|bien (?:dit|vu|joué)|tant mieux|c'est ça|exact|exactement|juste|c'est (?:vrai|exact|juste|logique|compréhensible|dommage)|en effet|bien sûr|évidemment|absolument|(?:tout à fait |très |bien )?compréhensible|logique|dommage|vraiment|normal|bien"
    r"|vous avez (?:bien fait|eu raison|eu tort|fait (?:le |un )?bon choix|raison)\b.*|c'était (?:la |le |une? )?(?:bon|bonne|mauvais|mauvaise|sage|courageux)\b.*|(?:ce n'est )?pas étonnant.*|cela a dû être.*|ça a dû être.*",
    "es": r"sí|si|no|(?:bien|muy bien) (?:dicho|hecho)|así es|muy cierto|correcto|exacto|exactamente|cierto|es (?:verdad|cierto|lógico|comprensible|una pena)|claro|por supuesto|desde luego|absolutamente|(?:muy |totalmente )?comprensible|lógico|normal|de verdad|bien|qué pena"
    r"|(?:usted )?hizo (?:bien|mal|lo correcto|lo mejor)\b.*|(?:fue|era) (?:la |el |una? )?(?:buena?|mala?|sabi[oa]|valiente)\b.*|no es de extrañar.*|debió (?:de )?(?:ser|haber sido).*",
}
"""An acknowledgement that says yes or no to what was told, or judges it."""

YOU_WERE: Mapping[str, tuple[str, str]] = {
    "en": (
        r"\byou (?:were|are|felt|feel|got|became|seem|seemed|sounded|looked) (?:\w+ly |so |very |quite |a bit )*([\w-]+)",
        r"\b(?:i|we)(?:'m|'ve been| am| was| were| felt| feel| got| became)\b(?:\W+\w+){0,3}?\W+",
    ),
    "nl": (
        r"\b(?:u|je) (?:was|waren|bent|werd|voelde (?:u|zich|je)|voelt (?:u|zich)) (?:zo |erg |heel |zeer )*([\w-]+)",
        r"\b(?:ik|we|wij) (?:was|waren|ben|werd|voelde|voel)\b(?:\W+\w+){0,4}?\W+|\b(?:was|ben|werd|voelde) ik\b(?:\W+\w+){0,4}?\W+",
    ),
    "de": (
        r"\b(?:sie|du) (?:waren|sind|wurden|fühlten sich|warst|bist) (?:so |sehr |ganz )*([\w-]+)",
        r"\b(?:ich|wir) (?:war|waren|bin|wurde|fühlte|fühle)\b(?:\W+\w+){0,4}?\W+|\b(?:war|bin|wurde|fühlte) ich\b(?:\W+\w+){0,4}?\W+",
    ),
    "fr": (
        r"\b(?:vous|tu) (?:étiez|êtes|avez été|vous sentiez|étais|es) (?:si |très |assez )*([\w-]+)",
        r"(?:\bj'étais|\bje suis|\bj'ai été|\bje me sentais|\bnous étions)\b(?:\W+\w+){0,3}?\W+",
    ),
    "es": (
        r"\b(?:usted |tú )?(?:estaba|estuvo|está|se sentía|se sintió|estabas|te sentías) (?:tan |muy |bastante )*([\w-]+)",
        r"\b(?:yo |me )?(?:estaba|estuve|estoy|sentí|sentía|siento|quedé|puse)\b(?:\W+\w+){0,3}?\W+",
    ),
}
"""What somebody is said to have been, and how they would have said it of themselves."""
