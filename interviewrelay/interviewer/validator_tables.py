"""What the wording rules look for in each language, in words of the model's that no template has."""

# ruff: noqa: E501 - a pattern is read best in one piece

import re
from collections.abc import Mapping


def _patterns(words: Mapping[str, str]) -> Mapping[str, re.Pattern[str]]:
    return {code: re.compile(rf"\b(?:{part})(?!\w)") for code, part in words.items()}


OWN_VOICE = _patterns(
    {
        "en": r"i|my|mine|myself|we|our|ours|us",
        "nl": r"ik|mijn|mijzelf|wij|we|ons|onze",
        "de": r"ich|mein(?:e[nmrs]?)?|mich|wir|uns|unser(?:e[nmrs]?)?",
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
        "nl": r"geweldig|prachtig|fantastisch|uitstekend|interessant|goed zo|heel goed|mooi|knap|wat (?:leuk|erg|vreselijk|fijn)|u hebt gelijk|helemaal mee eens",
        "de": r"toll|wunderbar|grossartig|fantastisch|ausgezeichnet|interessant|sehr gut|hervorragend|schön|super|klasse|da haben sie recht|stimme (?:ihnen )?zu",
        "fr": r"super|génial|magnifique|formidable|excellent|intéressant|très bien|bravo|fantastique|merveilleux|vous avez raison|tout à fait d'accord",
        "es": r"genial|maravilloso|fantástico|excelente|interesante|muy bien|estupendo|increíble|bravo|tiene razón|de acuerdo con usted",
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
