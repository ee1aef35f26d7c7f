"""Personal data and secrets in what was said: neither asked about nor said back.

Data are told by their form, as `masks` does, and by the words for them; names by how they stand.
"""

# ruff: noqa: E501 - a pattern is read best in one piece

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from interviewrelay.interviewer import mask_names, masks
from interviewrelay.interviewer.late import Late, needles
from interviewrelay.interviewer.words import base_language

_WORDS: Final = Late(
    r"\b(?:pass(?:word|code|phrase)s?|pin(?:[ -]?(?:codes?|numbers?))|(?:my|the) pin (?:is|was)|iban|bic|cvv|cvc|sort code|(?:bank )?account (?:number|details)|(?:bank|credit|debit) cards?|card numbers?|log-?ins?(?= (?:is|was|are|name|details|data|to|for|details)\b)|my log-?in|user ?names?|user ?ids?|(?:door|gate|alarm|safe|access|entry|key|locker|admin) codes?|(?:nhs|ni|ssn|policy|membership|case|prisoner|customer) (?:number|no\.?)|security (?:codes?|questions?)"
    r"|social security|ssn|national insurance|passport (?:number|no)|(?:id|identity|personnel|employee|staff|tax|insurance|licen[cs]e|patient) (?:numbers?|no\.?|card numbers?)|(?:phone|mobile|telephone|cell|home) numbers?|my (?:mobile|number|e-?mail|mail|(?:home )?address|postcode|zip code|date of birth|birthday)|(?:e-?mail|home|street|postal|private) address(?:es)?|date of birth"
    r"|wachtwoord(?:en)?|inlognaam|inlognamen|inlogcodes?|inloggegevens|gebruikersnaam|deurcode|alarmcode|pincodes?|toegangscodes?|rekeningnummers?|bankrekening|creditcards?|pinpas|burgerservicenummer|bsn|paspoortnummer|personeelsnummer|klantnummer|telefoonnummers?|mobiele nummer|mijn (?:nummer|adres|e-?mail|mailadres|mobiel|postcode|geboortedatum)|(?:e-?mail|woon|huis|mail)adres(?:sen)?|geboortedatum"
    r"|passwort\w*|mein login|login (?:ist|lautet)|benutzername\w*|anmeldename\w*|zugangsdaten|zugangscode|tu?ercode|türcode|alarmcode|mein pin|der pin|die pin|passwörter\w*|kennwort\w*|kennwörter\w*|geheimzahl|pin-?nummer|kontonummer\w*|bankkonto|kontodaten|kreditkarten?\w*|kartennummer\w*|sozialversicherungsnummer|steuernummer|ausweisnummer|passnummer|personalnummer|kundennummer|telefonnummer\w*|handynummer\w*|meine (?:nummer|adresse|mail|e-?mail|postleitzahl)|(?:e-?mail-?|mail|wohn|privat)-?adresse\w*|geburtsdatum"
    r"|mots? de passe|mon identifiant|identifiant de connexion|mon login|nom d'utilisateur|digicode|code (?:de la porte|de l'alarme|d'entrée)|codes? (?:secrets?|pin|confidentiels?|d'accès)|numéros? de (?:compte|carte|téléphone|portable|passeport|sécurité sociale|client|matricule)|cartes? (?:bancaires?|bleues?|de crédit)|rib|mon (?:numéro|adresse|e-?mail|mail|portable|code postal)|adresses? (?:e-?mail|mail|postale|personnelle|privée)|ma date de naissance|date de naissance"
    r"|contraseñas?|mi usuario|nombre de usuario|mi login|código de (?:la puerta|la alarma|entrada)|mi pin|clave (?:secreta|de acceso|personal)|mi clave|código (?:pin|secreto|de acceso)|números? de (?:cuenta|tarjeta|teléfono|móvil|pasaporte|la seguridad social|cliente|empleado)|tarjetas? de (?:crédito|débito)|cuenta bancaria|dni|mi (?:número|dirección|correo|e-?mail|móvil|código postal|teléfono es)|(?:dirección|correo) (?:de correo|electrónic[oa]|postal|particular)|fecha de nacimiento)\b"
)

_FINITE: Final[Mapping[str, str]] = {
    "en": r"is|was|has|had|will|would|always|never|said|says|told|asked|came|went|gave|helped|showed|shows|taught|kept|made|got|left|knew|knows|thought|thinks|from|and i|explained|did|does|can|could|works|worked|took|brought|let|sat|stood|called",
    "nl": r"is|was|heeft|had|zei|zegt|ging|kwam|gaf|hielp|deed|vond|liet|wist|weet|legde|vertelde|en ik|van|kan|kon|werkt|werkte|wilde",
    "de": r"ist|war|hat|hatte|sagte|sagt|ging|kam|gab|half|zeigte|wusste|weiß|und ich|aus|kann|konnte|arbeitet|arbeitete|wollte|meinte|erklärte",
    "fr": r"est|était|a|avait|m'a|nous a|m'avait|disait|dit|savait|sait|et moi|de|me|nous|travaille|travaillait|voulait|pouvait|expliquait",
    "es": r"es|era|fue|me|nos|dijo|dice|tiene|tenía|estaba|está|ha|había|sabía|sabe|y yo|de|trabaja|trabajaba|quería|podía|explicaba",
}
_NO_NAME: Final = r"(?!(?:\w+(?:ing|ings|tion|ment|ness|ity|ers|ung|heit|keit|ren|ieren|ión|dad|té|age)|[^\W_]{1,2}|\w+'\w+|(?:the|a|an|my|our|this|that|there|it|he|she|they|we|you|who|what|one|some|no|nobody|everyone|everybody|somebody|someone|everything|nothing|something|most|many|all|each|half|part|either|neither|first|then|later|now|here|work|school|lunch|coffee|food|money|traffic|weather|time|life|staff|management|het|de|een|dat|dit|er|hij|zij|ze|wij|iedereen|niemand|iemand|alles|niets|wat|wie|werk|der|die|das|ein|eine|es|er|sie|wir|man|jeder|niemand|jemand|alles|nichts|was|wer|arbeit|le|la|un|une|ce|cela|ça|il|elle|on|tout|rien|personne|chacun|qui|travail|el|lo|los|las|un|una|eso|esto|todo|nada|nadie|alguien|cada|quien|trabajo|mi|mon|ma|notre|mijn|onze|mein|meine|unser|unsere)) )"
_AT_HEAD: Final = {
    code: Late(rf"^(?i:{_NO_NAME})[^\W_]+(?: (?=[A-Z])[^\W_]+)? (?i:{verbs})\b")
    for code, verbs in _FINITE.items()
}

_OF_A_PERSON: Final = Late(
    r"^\w+(?: \w+)? (?:is|was|seems|are) (?:\w+ ){0,2}?(?:great|nice|lovely|kind|rude|late|funny|strict|lazy|brilliant|patient|friendly|helpful|awful|mean|bossy|ill|off sick|amazing|a (?:\w+ )?(?:star|legend|pain|idiot|gem|bully|angel|nightmare))$"
    r"|^\w+(?: \w+)? (?:is|was|ist|war|est|était|es|era) (?:\w+ ){0,2}?(?:aardig|lief|streng|geduldig|lui|grappig|geweldig|onbeschoft|nett|lieb|faul|geduldig|witzig|lustig|toll|unfreundlich|gentille?|sympa|sévère|patiente?|drôle|paresseu\w+|géniale?|amable|simpátic[oa]|estrict[oa]|paciente|vag[oa]|graciós[oa]|genial)$"
)


def holds_data(text: str, low: str) -> bool:
    """Whether a text holds, or speaks of, a password, an account, a number, an address and the like;
    `low` is the same text, plain.
    """
    named = any(word in low for word in _needed()) and _WORDS.search(low) is not None
    return named or masks.holds_data(text)


@lru_cache(maxsize=1)
def _needed() -> frozenset[str]:
    """Most texts hold none of these, and then no word for such data."""
    return needles(_WORDS.pattern)


def names_somebody(clause: str, language: str) -> bool:
    """Whether a clause names a person by a title or at its head, where any word has a capital."""
    head = _AT_HEAD.get(base_language(language))
    begins = head is not None and head.search(clause) is not None
    # Who writes without capitals names people so, too; of a thing little is lost.
    known = clause[:1].isupper() or _OF_A_PERSON.search(clause) is not None
    return (begins and known) or mask_names.titles(clause)
