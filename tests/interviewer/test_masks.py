"""Personal data is replaced before a model sees it, and comes back as it was."""

import pytest
from hypothesis import given, strategies as st

from interviewrelay.interviewer.masks import Masks, stands_in


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        (
            "I waited with Anna Meyer. Anna said 40 minutes.",
            "I waited with [NAME 1]. [NAME 2] said 40 minutes.",
        ),
        ("Call +31 6 1234 5678 or pat@x.example!", "Call [NUMBER 1] or [MAIL 1]!"),
        ("My name is peter, of 12 Elm Street.", "My name is [NAME 1], of [ADDRESS 1]."),
        ("I was born 12-03-1980, number 123456782.", "I was born [DATE 1], number [NUMBER 1]."),
        ("It is NL91 ABNA 0417 1643 00.", "It is [ACCOUNT 1]."),
        ("See www.example.com/me now.", "See [LINK 1] now."),
        ("On Monday I took 2 buses in 2019.", "On Monday I took 2 buses in 2019."),
    ],
)
def test_what_points_to_a_person_is_replaced(said: str, hidden: str) -> None:
    masks = Masks([said], "en")
    assert masks.hide(said) == hidden
    assert masks.show(hidden) == said


@pytest.mark.parametrize(
    ("language", "said", "hidden"),
    [
        (
            "de",
            "Ich heiße Karl Braun, Hauptstraße 12; die Praxis von Frau Schmidt war voll.",
            "Ich heiße [NAME 1], [ADDRESS 1]; die Praxis von Frau [NAME 2] war voll.",
        ),
        (
            "nl",
            "Ik heet Jan, Dorpsstraat 4, 1234 AB.",
            "Ik heet [NAME 1], [ADDRESS 1], [ADDRESS 2].",
        ),
        (
            "fr",
            "Je m'appelle Marie et j'habite 12 rue de la Paix.",
            "Je m'appelle [NAME 1] et j'habite [ADDRESS 1].",
        ),
        (
            "es",
            "Me llamo Juan y vivo en calle Mayor 3.",
            "Me llamo [NAME 1] y vivo en [ADDRESS 1].",
        ),
    ],
)
def test_in_the_languages_of_the_interviewer(language: str, said: str, hidden: str) -> None:
    masks = Masks([said], language)
    assert masks.hide(said) == hidden
    assert masks.show(hidden) == said


def test_a_name_met_in_one_turn_is_hidden_in_all() -> None:
    turns = ["Peter was late.", "I asked Peter about it.", "And peter-less it went on."]
    masks = Masks(turns, "en")
    assert [masks.hide(turn) for turn in turns] == [
        "[NAME 1] was late.",
        "I asked [NAME 1] about it.",
        "And peter-less it went on.",
    ]


def test_the_participants_own_name_is_known_and_the_authors_words_are_no_names() -> None:
    said = "Patricia here: the Acme Clinic was full."
    masks = Masks(
        [said], "en", known=["patricia", "Patricia"], keep="Which Acme clinic was it?"
    )
    assert masks.hide(said) == "[NAME 1] here: the Acme Clinic was full."


def test_a_stand_in_that_somebody_wrote_is_not_taken_for_one() -> None:
    said = "I am Bob and this is [NAME 1] I saw Rita."
    masks = Masks([said], "en")
    assert "[NAME 1]" in masks.hide("Rita")
    assert masks.show(masks.hide(said)) == said


def test_a_stand_in_that_nobody_gave_stays_and_shows() -> None:
    masks = Masks(["I saw Rita."], "en")
    assert masks.show("What did [NAME 7] say?") == "What did [NAME 7] say?"
    assert stands_in("What did [NAME 7] say?")
    assert not stands_in("What did Rita [then] say?")


@given(st.lists(st.text(max_size=80), max_size=4), st.sampled_from(["en", "de", "fr", "xx"]))
def test_whatever_was_said_comes_back(texts: list[str], language: str) -> None:
    masks = Masks(texts, language, known=texts[:1])
    hidden = [masks.hide(text) for text in texts]
    assert [masks.show(text) for text in hidden] == texts


@given(st.from_regex(r"\A(?:[A-Z][a-z]+ |\[NAME 1\]|[0-9 ]{1,9}|a@b\.cc |\. ){1,12}\Z"))
def test_what_looks_like_a_person_comes_back(text: str) -> None:
    masks = Masks([text], "en")
    assert masks.show(masks.hide(text)) == text
