"""What is said to somebody who asks that a name is left out."""

# ruff: noqa: E501 - sentences are read best in one piece

from collections.abc import Mapping
from typing import Final

NAME_LEFT_OUT: Final[Mapping[str, str]] = {
    "en": 'The name will not be quoted. Under "Look over your answers" you can strike a whole answer.',
    "nl": 'De naam wordt niet geciteerd. Onder "Uw antwoorden nakijken" kunt u een heel antwoord schrappen.',
    "de": "Der Name wird nicht zitiert. Unter „Ihre Antworten durchsehen“ können Sie eine ganze Antwort streichen.",
    "fr": "Le nom ne sera pas cité. Sous « Relire vos réponses », vous pouvez retirer une réponse entière.",
    "es": "El nombre no se citará. En «Repasar sus respuestas» puede retirar una respuesta entera.",
    "ar": "لن يُقتبس الاسم. ومن «مراجعة إجاباتك» يمكنك شطب إجابة كاملة.",
}
