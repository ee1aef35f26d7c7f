"""What was told a moment ago is not asked: one cue in a clause that says what there was will do."""

from collections.abc import Callable
from typing import Any

import pytest

from interviewrelay.interviewer.guide import Guide, Need, Question
from interviewrelay.interviewer.understanding import coverage, direct_answers

Hold = Callable[..., Any]
Script = Callable[..., Guide]

NEEDS = {
    "en": Need(
        "n", "training", "What training did you get?", ("course", "training", "workshop")
    ),
    "nl": Need(
        "n", "opleiding", "Welke opleiding kreeg u?", ("cursus", "training", "workshop")
    ),
    "de": Need("n", "Schulung", "Welche Schulung gab es?", ("Kurs", "Schulung", "Seminar")),
    "fr": Need("n", "formation", "Quelle formation avez-vous eue ?", ("cours", "stage")),
    "es": Need("n", "formación", "¿Qué formación recibió?", ("curso", "formación", "taller")),
}
TOLD = {
    "en": [
        "There was a two-day course on safety, but nobody explained the ordering system.",
        "I got a three-day training in Cologne.",
        "We had a workshop on contracts in spring.",
        "They gave me a short course about the till in June.",
        "I was sent on it later; I attended a course in the head office first.",
        "In the second week there was a long training with the forms.",
        "We were given a workshop by the old foreman, which helped.",
        "I took an evening course in bookkeeping.",
    ],
    "nl": [
        "Er was een cursus van twee dagen over veiligheid.",
        "Ik kreeg een training in Utrecht van een week.",
        "In maart volgde ik een cursus boekhouden in de avond.",
        "We hadden een workshop over contracten in het voorjaar.",
    ],
    "de": [
        "Es gab einen zweitägigen Kurs zur Sicherheit, aber niemand erklärte das Programm.",
        "Danach gab es eine Schulung in Köln.",
        "Ich hatte einen Kurs im Rechnen am Abend.",
        "Wir bekamen eine lange Schulung im alten Werk.",
    ],
    "fr": [
        "Il y a eu un cours de deux jours sur la sécurité.",
        "J'ai suivi un stage à Lyon pendant une semaine.",
        "On m'a donné un cours sur la caisse en juin.",
    ],
    "es": [
        "Hubo un curso de dos días sobre seguridad, pero nadie explicó el programa.",
        "Tuve un taller de contratos en primavera.",
        "Me dieron un curso corto sobre la caja en junio.",
    ],
}
NAMED_ONLY = {
    "en": [
        "There was no course on safety in the first year.",
        "I would have liked a course on safety.",
        "The course was never mentioned to the people in the shop.",
        "I got there by bus, and of course the door was closed.",
        "A colleague spoke of a training in Cologne.",
        "I had a course.",
        "We had no training with the new forms at all.",
        "I never got the workshop on contracts that they promised.",
    ],
    "nl": [
        "Er was geen cursus over veiligheid.",
        "Ik had graag een cursus gevolgd, maar dat kon niet.",
        "Een collega sprak over een training in Utrecht.",
    ],
    "de": [
        "Es gab keinen Kurs zur Sicherheit.",
        "Ein Kollege sprach von einer Schulung in Köln.",
        "Ich hatte nie einen Kurs zur Sicherheit im Werk.",
    ],
    "fr": [
        "Il n'y a pas eu de cours sur la sécurité.",
        "Une collègue parlait d'un stage à Lyon.",
    ],
    "es": [
        "No hubo ningún curso sobre seguridad.",
        "Una compañera hablaba de un taller en Madrid.",
    ],
}


def seen(language: str, said: str, need: Need) -> bool:
    guide = Guide(
        name="Study",
        language=language,
        questions=(Question("q", "?", needs=(need,)),),
    )
    found = coverage.find_needs(guide, said).get("q/n")
    return found is not None and direct_answers.is_direct_answer(need, found, language)


@pytest.mark.parametrize(
    ("language", "said"), [(code, said) for code, some in TOLD.items() for said in some]
)
def test_what_there_was_is_told(language: str, said: str) -> None:
    assert seen(language, said, NEEDS[language])


@pytest.mark.parametrize(
    ("language", "said"), [(code, said) for code, some in NAMED_ONLY.items() for said in some]
)
def test_what_is_only_named_or_denied_is_not(language: str, said: str) -> None:
    assert not seen(language, said, NEEDS[language])


def test_only_a_question_for_what_there_was_is_answered_by_it() -> None:
    who = Need("n", "help", "Who gave the training?", ("training", "course"))
    said = "There was a two-day course on safety."
    assert not seen("en", said, who)
    assert not seen("it", said, NEEDS["en"])


def test_the_need_is_not_asked_for_then(hold: Hold, script: Script) -> None:
    learned = Question("q", "How did you learn what to do?", needs=(NEEDS["en"],))
    interview = hold(script([learned], target_minutes=60), TOLD["en"][0])
    while not interview.move.ends:
        assert NEEDS["en"].ask not in interview.text
        interview.answer("It went on like before in the office, with much work for us all.")
