"""What only a model says, in the languages that the interviewer has, word by word.

In a row `{a|b}` stands for either, as in test_wording_words.
"""

from collections.abc import Callable

import pytest

from interviewrelay.interviewer.wording import style_rules
from interviewrelay.interviewer.wording.phrasing import PHRASES
from tests.interviewer.wording.test_style_words import readings_of

Told = Callable[[str, str], bool]


def rows(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(language, text) for language, some in table.items() for text in readings_of(some)]


OF_ITSELF = {
    "en": (
        "{I think|I'm|I was|I've been|I'll make sure|I can help|My|Mine|Myself|We|We're|We've|Our|Ours|Us} there.",
        "Am {not |}{an AI|a bot|a robot|a machine|a human|a person|real}.",
        "As {an AI|a human|a person|a language model}, no.",
        "No {fellow human|real person}.",
    ),
    "nl": (
        "Daar {ik denk|ik ben ook|ik zal zorgen|mijn|mijzelf|wij|we|ons|onze}.",
        "Ben {geen |een |}{mens|robot|machine|persoon}.",
        "Dat kan als mens.",
    ),
    "de": (
        "Da {ich finde|das habe ich|ich verspreche|mein|meine|meinen|wir|uns|unser|unsere}.",
        "Bin {ein |kein |}{Mensch|Roboter}.",
        "Bin {eine |keine }{Maschine|Person}.",
        "Das geht als Mensch.",
    ),
    "fr": (
        "Là {je pense|j'ai vu|je vous promets|mon|ma|mes|nous|notre|nos}.",
        "Suis {pas |}{un |}{humain|robot}.",
        "Suis {pas |}{une |}{humaine|personne|machine}.",
        "En tant qu'humain, non.",
    ),
    "es": (
        "Ahí {yo|mi|mis|mío|mía|nosotros|nosotras|nuestro|nuestras|soy|estoy|siento|creo|prometo|opino}.",
        "Como humano, no.",
    ),
}
NOT_OF_ITSELF = {
    "en": (
        "What was the iron like?",
        "{I see|I hear that|I'd like to go back to it|Let us|Let me}: what then?",
        'What did "I am late" mean?',
        "Who was the musician?",
    ),
    "nl": ("{Ik hoor het|Ik kom daar graag op terug}: hoe ging dat?", "Wat was de ikea?"),
    "de": (
        "{Ich höre|Ich würde gern}: wie war das?",
        "Wer kam als Menschenfreund?",
        "Was {meinen Sie|meinst du} damit?",
    ),
    "fr": (
        "{Je vous entends|Je voudrais y revenir} : comment était-ce ?",
        "Comment était la jeune maman ?",
    ),
    "es": ("{Entiendo|Quisiera volver a eso}: ¿cómo fue?", "¿Cómo fue el misterio?"),
    "pl": ("I am here.",),
}


@pytest.mark.parametrize(("language", "text"), rows(OF_ITSELF))
def test_speaking_of_itself_is_heard(language: str, text: str) -> None:
    assert style_rules.speaks_of_itself(text, language) is True


@pytest.mark.parametrize(("language", "text"), rows(NOT_OF_ITSELF))
def test_words_that_only_begin_so_are_not_of_itself(language: str, text: str) -> None:
    assert style_rules.speaks_of_itself(text, language) is False


@pytest.mark.parametrize("language", NOT_OF_ITSELF)
def test_our_follow_ups_do_not_speak_of_the_interviewer(language: str) -> None:
    pools = PHRASES.get(language, {}).items()
    asked = [text for key, pool in pools if not key.startswith("check_back") for text in pool]
    assert [text for text in asked if style_rules.speaks_of_itself(text, language)] == []


ADVICE = {
    "en": ("You should go.",),
    "nl": (
        "{U moet|Je moet} gaan.",
        "U zou {beter |eens |}{moeten|kunnen proberen} te gaan.",
        "Raad {u|je} aan te gaan.",
        "{Probeer|Probeert} {eens|om} te gaan.",
    ),
    "de": (
        "{Sie sollten|Sie müssen|Du solltest} gehen.",
        "Da {empfehle|rate ihnen}.",
        "Versuchen Sie das.",
    ),
    "fr": (
        "{Vous devriez|Vous devez|Il faut que vous} y aller.",
        "On {conseille|essayez} cela.",
    ),
    "es": (
        "{Debería|Deberías|Deberia} ir.",
        "{Tiene que|Tienes que} ir.",
        "Le {recomiendo|aconsejo|intente|pruebe} ir.",
    ),
}
PRAISE = {
    "en": ("Great.",),
    "nl": (
        "{Geweldig|Prachtig|Fantastisch|Uitstekend|Interessant|Goed zo|Heel goed|Mooi|Knap}.",
        "Wat {leuk|erg|vreselijk|fijn}.",
        "{U hebt gelijk|Helemaal mee eens|Goed gezegd|Goede vraag}.",
        "Bedankt voor uw {eerlijkheid|openheid}.",
    ),
    "de": (
        "{Toll|Wunderbar|Großartig|Fantastisch|Ausgezeichnet|Interessant|Sehr gut}.",
        "{Hervorragend|Schön|Super|Klasse|Da haben Sie recht|Stimme zu|Stimme Ihnen zu}.",
        "{Gut gesagt|Gute Frage|Danke für Ihre Ehrlichkeit|Danke für Ihre Offenheit}.",
    ),
    "fr": (
        "{Super|Génial|Magnifique|Formidable|Excellent|Intéressant|Très bien|Bravo}.",
        "{Fantastique|Merveilleux|Vous avez raison|Tout à fait d'accord}.",
        "{Bien dit|Bonne question}.",
        "Merci {pour|de} votre {honnêteté|franchise}.",
    ),
    "es": (
        "{Genial|Maravilloso|Fantástico|Excelente|Interesante|Muy bien|Estupendo|Increíble}.",
        "{Bravo|Tiene razón|De acuerdo con usted|Bien dicho|Buena pregunta}.",
        "Gracias por su {honestidad|sinceridad}.",
    ),
}
ENDING = {
    "en": (
        "{Goodbye|Good bye|Bye|Farewell}.",
        "Let's end {the|this|our} {interview|conversation|session}.",
        "The {interview|conversation|session} is {now |}{over|finished|complete|done}.",
        "{That|This} {is|was} {all|the last|the end}.",
        "This {concludes|ends} the interview.",
        "That's all.",
        "The {last|final} question.",
        "{Thank you|Thanks} for your {time|participation}.",
        "Let's skip {this|that|the rest|it|ahead}.",
        "The next {topic|question}.",
        "Let's {move on|keep moving on}.",
        "{We are|We're} {done|finished}.",
    ),
    "nl": (
        "{Tot ziens|De laatste vraag|Bedankt voor uw tijd|Het einde van dit}.",
        "Het interview is {nu |}{afgelopen|klaar|voorbij}.",
        "Die slaan {we |}over.",
        "{Volgende vraag|Volgende onderwerp}.",
    ),
    "de": (
        "{Auf Wiedersehen|Tschüss|Die letzte Frage|Danke für Ihre Zeit|Überspringen|Ende des}.",
        "Das Interview ist {nun |jetzt |}{zu Ende|beendet|vorbei}.",
        "{Nächste Frage|Das nächste Thema}.",
    ),
    "fr": (
        "{Au revoir|La dernière question|Merci pour votre temps|Passons|Question suivante}.",
        "L'entretien est {maintenant |}{terminé|fini}.",
        "C'est la fin de l'entretien.",
    ),
    "es": (
        "{Adiós|Hasta luego|La última pregunta|Gracias por su tiempo|Saltamos}.",
        "La entrevista ha {terminado|acabado}.",
        "{La siguiente pregunta|El siguiente tema}.",
        "Es el fin de la entrevista.",
    ),
}


@pytest.mark.parametrize(("language", "text"), rows(ADVICE))
def test_advice_is_heard_in_every_language(language: str, text: str) -> None:
    assert style_rules.advises(text, language) is True


QUALIFIED = {
    "nl": ("{Dat is|Dit is|Klinkt|Heel|Erg|Zeer|Echt} interessant. Wat gebeurde er toen?",),
    "de": ("{Das ist|Das klingt|Sehr|Wirklich|Echt|Ganz} interessant. Was geschah dann?",),
    "fr": ("{C'est|Cela est|Très|Vraiment|Bien} intéressant. Que s'est-il passé ensuite ?",),
    "es": ("{Es|Eso es|Muy|Realmente|Qué} interesante. ¿Qué pasó después?",),
}


@pytest.mark.parametrize(("language", "text"), rows(QUALIFIED))
def test_praise_is_heard_behind_a_word_that_makes_it_more(language: str, text: str) -> None:
    assert style_rules.list_violations(text, language) == ("praise",)


@pytest.mark.parametrize(("language", "text"), rows(PRAISE))
def test_praise_is_heard_in_every_language(language: str, text: str) -> None:
    assert style_rules.praises(text, language) is True


@pytest.mark.parametrize(("language", "text"), rows(ENDING))
def test_an_ending_is_heard_in_every_language(language: str, text: str) -> None:
    assert style_rules.ends_or_skips(text, language) is True


PLAIN = {
    "en": ("It was a day.", "Toll. Sie sollten gehen.", "Tschüss."),
    "nl": ("Het was een dag.", "You should go. Great.", "Goodbye."),
    "de": ("Es war ein Tag.", "You should go. Great.", "Goodbye."),
    "fr": ("C'était un jour.", "You should go. Great.", "Goodbye."),
    "es": ("Fue un día.", "You should go. Great.", "Goodbye."),
    "pl": ("Great. You should go. Goodbye.",),
}


@pytest.mark.parametrize(("language", "text"), rows(PLAIN))
def test_nothing_of_the_kind_is_heard_where_there_is_none(language: str, text: str) -> None:
    told: tuple[Told, ...] = (
        style_rules.advises,
        style_rules.praises,
        style_rules.ends_or_skips,
    )
    assert [tell(text, language) for tell in told] == [False, False, False]


# --- open questions -------------------------------------------------------------------------------

OPEN = {
    "en": (
        "{What|How|When|Where|Who|Whom|Whose|Which|Why} was it.",
        "{Tell|Describe|Walk|Take|Share|Explain|Say a|Say some|Say something|Say more|Say what|Say how|Give|Talk|Show|Help|Think back|Go|Expand|Put|Recall|List|Name} it?",
    ),
    "nl": (
        "{Wat|Hoe|Wanneer|Waar|Wie|Welk|Welke|Hoeveel|Waarin} was het",
        "{Vertel|Beschrijf|Kunt u|Kun je|Zou u} het zeggen",
    ),
    "de": (
        "{Was|Wie|Wann|Wo|Wer|Wen|Wem|Welche|Welcher|Worin} war es",
        "{Erzählen Sie|Beschreiben Sie} das",
        "{Können Sie|Könnten Sie|Würden Sie} das erzählen",
    ),
    "fr": (
        "{Qu'est-ce|Que|Qu'a|Quoi|Comment|Quand|Où|Qui|Quel|Quelles|Combien} est",
        "{Racontez|Décrivez|Parlez} cela",
        "{Pouvez-vous|Pourriez-vous} raconter cela",
    ),
    "es": (
        "{Qué|Cómo|Cuándo|Dónde|Quién|Cuál|Cuáles|Cuánto|Cuántas} fue",
        "{Cuénteme|Cuéntame|Describa|Hábleme} eso",
        "{Puede|Podría} contar eso",
    ),
}
NOT_OPEN = {
    "en": ("Did you go?", "It was a day.", "Did you go? What then?"),
    "nl": (
        "Hebt u gezien wat er gebeurde?",
        "Dat was het.",
        "Wat was het {en|of|maar} meer?",
        "Wat was het, {toch|niet|niet dan|hè|nietwaar|niet waar|waarom}?",
        "Was het laat?",
    ),
    "de": (
        "Was war es {und|oder|aber} mehr?",
        "Was war es, {nicht|nicht wahr|gell|ne|stimmt's|warum|wieso|weshalb}?",
        "Waren Sie da?",
    ),
    "fr": (
        "Que faites-vous {et|ou|mais} plus ?",
        "Que faites-vous, {n'est-ce pas|non|hein|pas vrai|pourquoi} ?",
        "Avez-vous fini ?",
    ),
    "es": (
        "¿Qué hizo {y|e|o|u|pero} más?",
        "¿Qué hizo, {verdad|no|cierto|a que sí|por qué}?",
        "¿Fue tarde?",
    ),
}


@pytest.mark.parametrize(("language", "text"), rows(OPEN))
def test_an_open_question_asks_without_its_mark_too(language: str, text: str) -> None:
    marked = text.rstrip("?.") + "?"
    assert style_rules.asks_openly(marked, language) is True
    assert style_rules.asks(text if language != "en" else marked, language) is True


@pytest.mark.parametrize(("language", "text"), rows(NOT_OPEN))
def test_a_second_question_a_tag_or_a_yes_makes_it_none(language: str, text: str) -> None:
    assert style_rules.asks_openly(text, language) is False


def test_what_neither_asks_nor_invites_is_no_question() -> None:
    assert not style_rules.asks("It was a day.", "en")
    assert not style_rules.asks("C'est là.", "fr")
    assert not style_rules.asks("Wat was het", "pl")
    assert style_rules.asks("Tell me of it.", "pl")


def test_one_open_question_among_others_is_one() -> None:
    assert style_rules.asks_openly("What came? The bus?", "en")


# --- which language it is -------------------------------------------------------------------------

OF_A_LANGUAGE = {
    "en": (
        "What was that?",
        "Bus",
        "Old town",
        'Old town "de la ville"',
        "On the bus at 9 \u2014 \u20ac 3.",
    ),
    "fr": ("Que fait la ville ?", "Vraiment", 'Vraiment bien "x"', "Ma ville, \u024f."),
    "nl": ("Wat was er in de hal?", "Wat was er in the hal?"),
    "pl": ("Miasto",),
}
OF_ANOTHER = {
    "en": (
        "Wat was er in de hal?",
        "Old town bus",
        "What was \u0442\u0430\u043c?",
        "What was \u0250?",
        "The wagon in de hal er",
    ),
    "fr": ("What was it in the town?", "Bus jaune vite"),
    "nl": ("What was it in the town?",),
    "pl": ("What was that?", "Co to za miasto tam"),
}


@pytest.mark.parametrize(("language", "text"), rows(OF_A_LANGUAGE))
def test_a_text_is_in_the_language_whose_small_words_it_has(language: str, text: str) -> None:
    assert style_rules.is_in_language(text, language) is True


@pytest.mark.parametrize(("language", "text"), rows(OF_ANOTHER))
def test_a_text_with_more_small_words_of_another_is_not(language: str, text: str) -> None:
    assert style_rules.is_in_language(text, language) is False


def test_a_tie_goes_to_the_language_that_is_asked_for() -> None:
    # "in" is a word of English, Dutch and German alike.
    assert style_rules.is_in_language("Bus in town", "en")
    assert style_rules.is_in_language("Bus in stad", "nl")


def test_no_other_language_is_held_to_the_english_words() -> None:
    assert style_rules.list_violations("Comment était le film, such as it is ?", "fr") == ()
    assert style_rules.list_violations("How was the chart, such as it was?") == ("options",)
