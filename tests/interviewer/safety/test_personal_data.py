"""Personal data is replaced before a model sees it, and comes back as it was."""

import re
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from interviewrelay.interviewer.safety.personal_data import Masks, holds_stand_in


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


DATES = {
    "en": "3 May 1984|May 3, 1984|3rd of May 1984|the 21st of December|July 4th|Sept. 12, 2001|March 1990|4 July",
    "nl": "3 mei 1984|21 december|1 maart 2001|augustus 1999|12 Oktober 1970",
    "de": "3. Mai 1984|21. Dezember|1. März 2001|August 1999|12. Jänner 1970",
    "fr": "3 mai 1984|21 décembre|1er mars 2001|août 1999|12 février 1970",
    "es": "3 de mayo de 1984|21 de diciembre|1 de marzo del 2001|agosto de 1999|12 enero 1970",
}
NO_DATES = {
    "en": "I may take 3 days|We marched for 5 hours|It was 40 minutes in 2019|In May we moved|May 9:30 work",
    "nl": "Ik nam 2 bussen|In mei zijn we verhuisd|Het was 40 minuten in 2019",
    "de": "Ich nahm 2 Busse|Im Mai sind wir umgezogen|Es waren 40 Minuten im Jahr 2019",
    "fr": "J'ai pris 2 bus|En mai nous avons déménagé|C'était 40 minutes en 2019",
    "es": "Tomé 2 autobuses|En mayo nos mudamos|Fueron 40 minutos en 2019",
}


@pytest.mark.parametrize("language", DATES)
def test_a_date_in_words_is_replaced_and_nothing_that_only_looks_like_one(
    language: str,
) -> None:
    for date in DATES[language].split("|"):
        said = f"... {date}, ..."
        masks = Masks([said], language)
        hidden = masks.hide(said)
        assert "[DATE 1]" in hidden, date
        assert not any(letter.isdigit() for letter in hidden.replace("[DATE 1]", "")), hidden
        assert masks.show(hidden) == said
    for said in NO_DATES[language].split("|"):
        assert "DATE" not in Masks([said], language).hide(said)


@pytest.mark.parametrize(
    ("language", "said", "name"),
    [
        ("en", "It was a colleague named tomasz who did it.", "tomasz"),
        ("en", "Ask mr smith about it.", "smith"),
        ("en", "She is @marta_k there.", "@marta_k"),
        ("nl", "Een collega die heette joke deed het.", "joke"),
        ("de", "Es war frau schmidt am Empfang.", "schmidt"),
        ("fr", "Ma chef s'appelle claire depuis.", "claire"),
        ("es", "Mi jefa se llama lucía y gritó.", "lucía"),
    ],
)
def test_a_name_in_small_letters_is_replaced_where_something_gives_it_away(
    language: str, said: str, name: str
) -> None:
    masks = Masks([said], language)
    assert masks.hide(said) == said.replace(name, "[NAME 1]")
    assert masks.show(masks.hide(said)) == said


def test_what_is_no_handle_stays() -> None:
    said = "We met @ noon, at 5@home and for a@b."
    assert Masks([said], "en").hide(said) == said


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
    assert holds_stand_in("What did [NAME 7] say?")
    assert not holds_stand_in("What did Rita [then] say?")


@given(st.lists(st.text(max_size=80), max_size=4), st.sampled_from(["en", "de", "fr", "xx"]))
def test_whatever_was_said_comes_back(texts: list[str], language: str) -> None:
    masks = Masks(texts, language, known=texts[:1])
    hidden = [masks.hide(text) for text in texts]
    assert [masks.show(text) for text in hidden] == texts


@given(st.from_regex(r"\A(?:[A-Z][a-z]+ |\[NAME 1\]|[0-9 ]{1,9}|a@b\.cc |\. ){1,12}\Z"))
def test_what_looks_like_a_person_comes_back(text: str) -> None:
    masks = Masks([text], "en")
    assert masks.show(masks.hide(text)) == text


ORGANIZATIONS = [
    ("Alder Research", "Guten Tag, im Auftrag von Alder Research.", "Guten Tag, im Auftrag von [ORGANIZATION 1]."),
    ("Alder Research", "ALDER-RESEARCH, alder  research and alderresearch.", "[ORGANIZATION 1], [ORGANIZATION 2] and [ORGANIZATION 3]."),
    ("Alder Research", "Alders Leute machen Research.", "[ORGANIZATION 1] Leute machen Research."),
    ("Alder Research", "The caldera and the elders did it.", "The caldera and the elders did it."),
    ("Alder Research GmbH", "Sind Sie von Alder Research?", "Sind Sie von [ORGANIZATION 1]?"),
    ("Stichting De Groene Kamer", "Hoe is de groene kamer?", "Hoe is [ORGANIZATION 1]?"),
    ("Société Générale", "Je connais societe generale.", "Je connais [ORGANIZATION 1]."),
    ("Müller & Söhne", "Ist das fuer Mueller und Söhne?", "Ist das fuer [ORGANIZATION 1] und [ORGANIZATION 2]?"),
    ("World Health Organization (WHO)", "So WHO asked who came?", "So [ORGANIZATION 1] asked who came?"),
    ("Hospital", "Which hospital was it?", "Which [ORGANIZATION 1] was it?"),
    ("王立研究所", "私は王立研究所で働く", "私は[ORGANIZATION 1]で働く"),
    ("&&", "It was && here.", "It was [ORGANIZATION 1] here."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "said", "hidden"), ORGANIZATIONS)
@pytest.mark.parametrize("personal", [True, False])
def test_who_asks_is_hidden_however_the_name_is_written(
    name: str, said: str, hidden: str, personal: bool
) -> None:
    masks = Masks([said], "de", keep=said, organization=name, personal=personal)
    assert masks.hide(said) == hidden
    assert masks.show(hidden) == said


def test_without_personal_data_to_hide_only_who_asks_is_hidden() -> None:
    said = "My name is Ann, ann@x.example, of Alder, [NAME 1]."
    masks = Masks([said], "en", known=["Ann"], organization="Alder", personal=False)
    assert masks.hide(said) == "My name is Ann, ann@x.example, of [ORGANIZATION 1], [TEXT 1]."
    assert masks.show(masks.hide(said)) == said


def listed(mark: str) -> list[tuple[str, str]]:
    """The lines with this mark, each with its language."""
    found = []
    for path in sorted((Path(__file__).parent / "masked").glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
        found += [(path.stem, line[2:]) for line in lines if line.startswith(mark)]
    assert len(found) > 20
    return found


@pytest.mark.parametrize(("language", "line"), listed("+"))
def test_what_people_give_away_in_passing_is_hidden(language: str, line: str) -> None:
    said, *secrets = line.split(" / ")
    masks = Masks([said], language)
    hidden = masks.hide(said)
    left = re.sub(r"\[[A-Z]+ \d+\]", " ", hidden)
    assert [secret for secret in secrets if re.search(rf"\b{re.escape(secret)}", left)] == []
    assert masks.show(hidden) == said


@pytest.mark.parametrize(("language", "said"), listed("-"))
def test_what_only_sounds_like_it_stays(language: str, said: str) -> None:
    assert Masks([said], language).hide(said) == said


def test_a_word_with_a_verb_joined_to_it_is_no_name():
    said = ["No box, then, You've said it twice, and I'd say They're late."]
    assert Masks(said, "en").hide(said[0]) == said[0]
