"""What several people speak of: who is counted, what stands for what, in which words."""

import pytest
from hypothesis import given, settings, strategies as st

from interviewrelay.analysis import quotes, stemming, themes
from interviewrelay.analysis.sentiment import NEUTRAL, SentimentScore
from interviewrelay.analysis.vocabulary import ThemeAnswer

GOOD, BAD = SentimentScore("positive", 0.6), SentimentScore("negative", -0.5)


def found(*people, language="en", asked=(), most=12):
    """The themes of people, each with one answer or a list of them."""
    answers = [
        ThemeAnswer(f"s{who}", f"s{who}-{n}", text, language, NEUTRAL)
        for who, said in enumerate(people)
        for n, text in enumerate([said] if isinstance(said, str) else said)
    ]
    own = {language: frozenset().union(*(stemming.get_stems(text, language) for text in asked))}
    return themes.find_themes(answers, own, most=most)


def labels(*people, **more):
    return {theme.label: theme.groups for theme in found(*people, **more)}


def test_people_are_counted_and_not_how_often_they_say_it():
    told = found(["Parking, parking.", "And parking."], "The parking is full.", "No parking.")
    assert [(t.label, t.groups, t.mentions) for t in told] == [("parking", 3, 5)]


def test_what_one_person_says_is_no_theme():
    assert found(["The stethoscope.", "A stethoscope again."], "The curtain.") == ()


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "The shit coffee was cold.", "Shit, the parking."),
        ("nl", "De kut koffie was koud.", "Kut, het parkeren."),
        ("de", "Der Scheiß Kaffee war kalt.", "Scheiß auf den Parkplatz."),
        ("fr", "Le café, merde, était froid.", "Merde, le parking."),
        ("es", "El café, mierda, estaba frío.", "Mierda, el aparcamiento."),
    ],
)
def test_a_curse_is_no_theme(language, first, second):
    assert labels(first, second, language=language) == {}


def test_forms_of_a_word_are_one_theme_in_the_form_that_most_used():
    told = labels("The sign was old.", "The signs were new.", "Signs, everywhere.", "SIGNS!")
    assert told == {"signs": 4}


def test_a_phrase_stands_for_its_words_where_it_carries_them():
    told = labels(
        "I sat in the waiting room.", "That waiting room was cold.", "Waiting rooms are full."
    )
    assert told == {"waiting room": 3}


def test_a_word_stands_where_its_phrases_are_only_some_of_it():
    told = labels(
        "A parking space.", "No parking space.", "Parking cost much.", "The parking garage.",
        "I hate parking.",
    )  # fmt: skip
    assert told == {"parking": 5}


def test_function_words_may_stand_inside_a_phrase_and_are_shown():
    told = labels("The letter with the results.", "A letter with the results came.")
    assert told == {"letter with the results": 2}


def test_an_empty_word_stands_inside_a_phrase_and_not_at_its_edge():
    assert labels("The letter came.", "A letter came at last.") == {"letter": 2}
    told = labels("A letter full of results.", "Letters full of results came.")
    assert told == {"letter full of results": 2}


def test_no_phrase_goes_across_a_comma_or_a_full_stop():
    told = labels("A curtain, window.", "One curtain, window.", "Curtain. Window.")
    assert told == {"curtain": 3, "window": 3}


def test_the_scripts_own_words_make_no_theme_alone_but_with_another_they_do():
    people = ("The doctor spoke fast.", "A doctor spoke very fast.", "The doctor was late.")
    assert "doctor" in labels(*people)
    told = labels(*people, asked=["What do you remember of the doctor?"])
    assert "doctor" not in told
    assert told["doctor spoke fast"] == 2


def test_a_phrase_of_the_scripts_own_words_alone_is_none():
    asked = ["Please tell me about your last visit to the clinic."]
    assert labels("My last visit.", "The last visit to the clinic.", asked=asked) == {}


def test_two_slight_words_make_a_theme_and_one_makes_none():
    told = labels("No time.", "There was no time.", "The time!", "Time.", "It took time.")
    assert told == {"no time": 2}


def test_a_number_is_part_of_no_theme():
    assert labels("Eleven euro.", "Twelve euro.", "12 euro and 3.50 euro.") == {}


@pytest.mark.parametrize(
    ("language", "people", "wanted"),
    [
        (
            "nl-BE",
            ("Ik heb lang in de wachtkamer gezeten.", "De wachtkamer was vol, en dat is niet fijn."),
            {"wachtkamer": 2},
        ),
        (
            "de",
            ("Die Wartezeit war zu lang.", "Ich habe die Wartezeiten nicht verstanden."),
            {"Wartezeit": 2},
        ),
        (
            "fr",
            ("J'ai attendu l'infirmière.", "Les infirmières étaient là, c'est vrai qu'elles aident."),
            {"infirmière": 2},
        ),
        (
            "fr",
            ("Dans la salle d’attente il faisait froid.", "La salle d’attente était grande."),
            {"salle d’attente": 2},
        ),
        (
            "es",
            ("Los carteles no se ven.", "El cartel estaba en otro sitio, y eso es lo que pasó."),
            {"cartel": 2},
        ),
        ("ar", ("انتظرت في غرفة الانتظار", "كانت غرفة الانتظار مليئة"), {"غرفة الانتظار": 2}),
        ("zh", ("我在候诊室等了很久。", "候诊室很冷。"), {"候诊室": 2}),
        ("ja", ("駐車場がありません。", "駐車場は高いです。"), {"駐車場": 2}),
        ("th", ("ที่จอดรถเต็ม", "ไม่มีที่จอดรถ"), {}),
        ("ko", ("주차장이 없어요.", "주차장이 비싸요."), {"주차장이": 2}),
        ("xx", ("zu lka parkolo", "da parkolo"), {"parkolo": 2}),
    ],
)  # fmt: skip
def test_other_languages_and_scripts_have_themes_or_none_but_no_function_words(
    language, people, wanted
):
    assert labels(*people, language=language) == wanted


def test_small_letters_win_where_anybody_uses_them():
    assert labels("Parking was full.", "Parking!", "No parking.") == {"parking": 3}


def test_most_are_told_of_first_and_no_more_than_asked_for():
    people = [
        "curtain. window. lamp.",
        "curtain. window. lamp.",
        "curtain. window.",
        "curtain.",
    ]
    assert [t.label for t in found(*people, most=2)] == ["curtain", "window"]


def test_the_moods_are_those_of_the_answers_that_hold_it():
    answers = [
        ThemeAnswer("a", "a1", "The curtain.", "en", BAD),
        ThemeAnswer("a", "a2", "Wonderful.", "en", GOOD),
        ThemeAnswer("b", "b1", "A curtain and a curtain.", "en", NEUTRAL),
    ]
    (theme,) = themes.find_themes(answers, {})
    assert theme.moods == (BAD, NEUTRAL)


def test_places_are_of_different_people_and_moods_first():
    answers = [
        ThemeAnswer(
            who, f"{who}{n}", f"I remember the curtain of {who} in that corridor.", "en", mood
        )
        for who, mood in (("a", BAD), ("b", BAD), ("c", BAD), ("d", GOOD))
        for n in (1, 2)
    ]
    theme = next(t for t in themes.find_themes(answers, {}) if "curtain" in t.label)
    assert sorted(place[0] for place in theme.places) == ["a", "b", "c", "d"]
    assert "d" in {place[0] for place in theme.places[:2]}


def test_who_was_quoted_for_one_theme_is_quoted_otherwise_for_the_next():
    answers = [
        ThemeAnswer(
            who, f"{who}{n}", "There was a curtain, and beside it stood a lamp.", "en", NEUTRAL
        )
        for who in "ab"
        for n in (1, 2)
    ]
    first, second = themes.find_themes(answers, {})[:2]
    assert not set(first.places) & set(second.places)


WORDS = st.sampled_from(
    [
        "the",
        "not",
        "curtain",
        "windows",
        "window",
        "parking",
        "space",
        ".",
        ",",
        "!",
        "7",
        "l'eau",
        "候",
        "诊",
        "的",
        "ที่",
        "é",
        "غرفة",
    ]
)
TEXTS = st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=60)


@given(
    st.lists(st.lists(TEXTS, max_size=3), max_size=6), st.sampled_from(["en", "de", "xx", ""])
)
@settings(max_examples=300)
def test_any_text_gives_themes_whose_counts_and_places_hold(people, language):
    told = found(*people, language=language)
    texts = {f"s{w}-{n}": text for w, said in enumerate(people) for n, text in enumerate(said)}
    assert told == found(*people, language=language)
    for theme in told:
        assert 2 <= theme.groups <= len(people)
        assert theme.mentions >= len(theme.moods) >= theme.groups == len(theme.places)
        assert theme.label.strip()
        for place in theme.places:
            span = quotes.find_theme_sentence(texts[place], language, theme.stems)
            assert span is not None
            assert theme.stems[0] in stemming.get_stems(
                texts[place][span.start : span.end], language
            )


@given(st.permutations(range(5)))
def test_the_order_of_people_changes_no_count(order):
    people = [
        "The waiting room was cold.", "Parking, and a cold waiting room.", "No parking space.",
        "A parking space is dear.", "The parking.",
    ]  # fmt: skip
    assert labels(*(people[n] for n in order)) == labels(*people)
