"""Which statements an answer makes, and where they stand in it."""

import itertools
import time

import pytest
from hypothesis import given, strategies as st

from interviewrelay.analysis import clauses


def said(text, language="en"):
    return [text[c.start : c.end] for c in clauses.split_clauses(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        (
            "en",
            "Well, to be honest, I waited two hours and nobody told me why I had to wait, so I got angry.",
            ["I waited two hours", "nobody told me why I had to wait", "I got angry"],
        ),
        ("en", "Eleven euros for the bus and the coffee.", ["Eleven euros for the bus and the coffee"]),
        (
            "en",
            "He printed the plan for me, so that I could show it to my wife.",
            ["He printed the plan for me", "I could show it to my wife"],
        ),
        ("en", "It cost 3.50 euro. Then it rained.", ["It cost 3.50 euro", "it rained"]),
        (
            "nl",
            "Nou ja, ik heb twee uur gewacht maar niemand vertelde me waarom, dus ik werd boos.",
            ["ik heb twee uur gewacht", "niemand vertelde me waarom", "ik werd boos"],
        ),
        (
            "de",
            "Ehrlich gesagt: Ich habe zwei Stunden gewartet, und niemand hat mir etwas gesagt.",
            ["Ich habe zwei Stunden gewartet", "niemand hat mir etwas gesagt"],
        ),
        (
            "fr",
            "En fait, j'ai attendu deux heures et personne ne m'a dit pourquoi.",
            ["j'ai attendu deux heures", "personne ne m'a dit pourquoi"],
        ),
        (
            "es",
            "La verdad es que esperé dos horas y nadie me dijo por qué.",
            ["esperé dos horas", "nadie me dijo por qué"],
        ),
        (
            "ar",
            "انتظرت ساعتين ولم يخبرني أحد لماذا، لكن الممرضة كانت لطيفة.",
            ["انتظرت ساعتين ولم يخبرني أحد لماذا", "الممرضة كانت لطيفة"],
        ),
        ("xx", "zu lka parkolo; da parkolo nit", ["zu lka parkolo", "da parkolo nit"]),
    ],
)  # fmt: skip
def test_a_clause_is_one_statement_without_its_openers(language, text, wanted):
    assert said(text, language) == wanted


def test_speech_without_punctuation_has_clauses():
    text = (
        "i waited for two hours and nobody told me anything and then i went to the desk and they"
        " said the doctor was late because there was an emergency"
    )
    assert said(text) == [
        "i waited for two hours", "nobody told me anything", "i went to the desk",
        "they said the doctor was late", "there was an emergency",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Thank you for the interview!"),
        ("en", "Can you repeat the question about the entrance?"),
        ("en", "No, that is all."),
        ("en", "I don't know."),
        ("nl", "Dank je wel, dat was alles."),
        ("de", "Danke, das weiß ich nicht."),
        ("fr", "Merci, c'est tout."),
        ("es", "No, gracias, nada más."),
        ("ar", "شكرا"),
        ("en", ""),
        ("en", " … !!"),
    ],
)
def test_talk_to_the_interviewer_is_no_statement(language, text):
    assert said(text, language) == []


@pytest.mark.parametrize(
    ("clause", "alone"),
    [
        ("nobody told me why I had to wait", True),
        ("The signs are small", True),
        ("because nobody told me", False),
        ("it was far away", False),
        ("the nurse and", False),
    ],
)
def test_what_stands_alone_begins_with_its_subject(clause, alone):
    assert clauses.stands_alone(clause, "en") is alone


def test_the_time_is_linear_in_the_text():
    def seconds(times):
        text = "and I went, because the doctor (who was late) said so " * times
        began = time.process_time()
        clauses.split_clauses(text, "en")
        return time.process_time() - began

    seconds(100)
    assert seconds(4_000) < 30 * max(seconds(400), 0.005)


@given(st.text(max_size=300), st.sampled_from(["en", "ar", "zh", "xx", ""]))
def test_clauses_of_any_text_are_in_it_and_in_order(text, language):
    found = clauses.split_clauses(text, language)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(0 <= c.start < c.end <= len(text) and c.keys for c in found)
