"""Personal data and secrets are neither asked about nor said back; what only sounds like them is."""

from collections.abc import Callable
from typing import Any

import pytest

from interviewrelay.interviewer.acts import CHECK_BACK, PROBE
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.policy import quotation, salience
from interviewrelay.interviewer.text.tokenization import split_sentences

Hold = Callable[..., Any]
Script = Callable[..., Guide]

KEPT = {
    "en": [
        "My password is hunter2 and the old laptop broke.",
        "The password 'Welcome123!' did not work on the till.",
        "We had a PIN code for the blue door.",
        "My credit card number is 4111 1111 1111 1111 and the reader broke.",
        "They paid it to NL91 ABNA 0417 1643 00 by mistake.",
        "My social security number was on the wrong form.",
        "Call me on +31 6 12345678 about the old forms.",
        "Write to marta.k@example.com about the course slides.",
        "I live at 12 Main Street near the old mill.",
        "My employee number is 8837261 on the green badge.",
        "The passport number was wrong on the contract.",
        "My home address was on the list at the desk.",
        "He read out my date of birth in the corridor.",
        "my pin is 4471 and the login is annasmith",
        "the alarm code was on the green badge",
    ],
    "nl": [
        "Mijn wachtwoord stond op een briefje bij de kassa.",
        "Mijn rekeningnummer is NL91ABNA0417164300 bij de bank.",
        "Bel me op 06-12345678 over het oude rooster.",
        "Mijn burgerservicenummer stond op het verkeerde formulier.",
        "Ik woon op Dorpsstraat 12 bij de oude molen.",
    ],
    "de": [
        "Mein Passwort stand auf einem Zettel an der Kasse.",
        "Meine IBAN ist DE89370400440532013000 und die Karte war weg.",
        "Meine Handynummer hing am schwarzen Brett im Flur.",
        "Ich wohne in der Hauptstraße 12 neben der alten Mühle.",
        "Die Geheimzahl für die Tür kannte jeder im Haus.",
    ],
    "fr": [
        "Mon mot de passe était noté près de la caisse.",
        "Mon numéro de carte est 4111 1111 1111 1111 je crois.",
        "J'habite 12 rue de la Paix près du vieux moulin.",
        "Mon numéro de téléphone était affiché dans le couloir.",
    ],
    "es": [
        "Mi contraseña estaba en un papel junto a la caja.",
        "Mi número de tarjeta es 4111 1111 1111 1111.",
        "Vivo en la calle Mayor 3 junto al molino viejo.",
        "Mi correo es juan@example.es para la oficina.",
    ],
}
TAKEN = {
    "en": [
        "The keyboard in the old shop was broken.",
        "We passed the word about the new forms.",
        "The account of the first day was read out.",
        "The phone in the corridor rang all day.",
        "The address of the office was wrong on the map.",
        "There were 24 chairs around the long table.",
        "The card game at lunch was a surprise.",
        "The number of boxes in the corridor grew.",
        "The mail room was in the old wing.",
        "The street was closed, so I walked around the big lake.",
    ],
    "nl": ["Het oude rooster hing bij de kassa.", "De telefoon ging de hele dag."],
    "de": ["Der Dienstplan hing immer an der Kasse.", "Ständig klingelte das Telefon im Flur."],
    "fr": ["Le vieux planning restait près de la caisse.", "On entendait sonner le téléphone."],
    "es": ["El horario viejo colgaba junto a la caja.", "Sonaba el teléfono todo el día."],
}
NAMED = {
    "en": [
        "Tomasz is very patient.",
        "Mr. Smith from accounting kept talking to me.",
        "Chris always laughed at breakfast.",
        "Priya explained the forms twice.",
        "petrovic is great",
        "deborah was really helpful",
    ],
    "nl": ["Jan is altijd erg geduldig.", "Mevrouw De Vries was vaak streng."],
    "de": ["Tomasz war immer sehr geduldig.", "Frau Schmidt war immer sehr streng."],
    "fr": ["Sophie était très patiente avec nous.", "Madame Leroy criait souvent fort."],
    "es": ["Carlos era muy paciente con todos.", "La señora Gómez gritaba muy fuerte."],
}


def each(some: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(code, said) for code, texts in some.items() for said in texts]


def said_back(said: str, language: str) -> list[str]:
    told = (
        quotation.quote_clause(one, language)
        for one in salience.weigh_sentences(said, language)
    )
    return [one.clause for one in told if one is not None]


@pytest.mark.parametrize(("language", "said"), each(KEPT))
def test_what_is_private_is_not_said_back(language: str, said: str) -> None:
    assert said_back(said, language) == []


@pytest.mark.parametrize(("language", "said"), each(TAKEN))
def test_what_only_sounds_private_is_said_back(language: str, said: str) -> None:
    assert said_back(said, language) == [said.rstrip(".")]


@pytest.mark.parametrize(("language", "said"), each(NAMED))
def test_nobody_is_read_back_by_name(
    hold: Hold, script: Script, language: str, said: str
) -> None:
    asked = [Question(id=key, text=f"{key}?", depth="none") for key in "ab"]
    interview = hold(script(asked, language=language), said, said)
    assert interview.act != CHECK_BACK


def test_a_title_ends_no_sentence() -> None:
    assert split_sentences("I asked Dr. Brown. He left.") == ["I asked Dr. Brown.", "He left."]


def test_nothing_at_all_is_asked_on_a_password(hold: Hold, script: Script) -> None:
    asked = [Question(id="a", text="What was hard?"), Question(id="b", text="And then?")]
    interview = hold(script(asked), KEPT["en"][0])
    assert interview.asked() == ["a", "b"]
    assert not any(turn.decision and turn.decision.act == PROBE for turn in interview.turns)
