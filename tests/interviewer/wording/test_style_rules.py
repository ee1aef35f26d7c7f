"""The wording rules against sentences labelled by hand, and against all that the engine can say."""

import re

import pytest

from interviewrelay.interviewer.policy.repeated_questions import is_repeat
from interviewrelay.interviewer.wording import phrasing, style_rules

# (text, rules that a careful reader sees broken). `yes-no` is checked for every row as well.
GOLD: list[tuple[str, set[str]]] = [
    ("What happened when you arrived at the clinic?", set()),
    ("How did you find out about the course?", set()),
    ("Please tell me about your last visit.", set()),
    ("Think of your first week. What stands out?", set()),
    ("Could you describe how the form is filled in?", set()),
    ("Can you walk me through one working day?", set()),
    ("Would you tell me what happened next?", set()),
    ("What did the move look like in practice?", set()),
    ("How long did it take, from the letter to the visit?", set()),
    ("When you started, what did your team look like?", set()),
    ("When you think of the form, what comes to mind?", set()),
    ("In your own words, what is a good day at work?", set()),
    ("What role do parents and teachers play at the club?", set()),
    ("Which people or places matter most to you there?", set()),
    ("How do you and your neighbours share the garden?", set()),
    ('You said it was "obviously broken". What did you see?', set()),
    ('What did you mean by "great, isn\'t it?"', set()),
    ("What would you tell someone who starts tomorrow?", set()),
    ("How many times a week do you take the train?", set()),
    ("What do you like about the place where you live?", set()),
    ("What was that like for you?", set()),
    ("What do you eat there, like for example bread?", {"options"}),
    ("What did you do with the money you had saved?", set()),
    ("How was the balance between work and family?", set()),
    ("What led to the decision to leave the company?", set()),
    ("What else matters to you that we haven't talked about?", set()),
    ("About how much time was there, more or less?", set()),
    ("What does a great teacher do on an ordinary day?", set()),
    ("Describe the last time you called the help desk.", set()),
    ("How often do you go, once or twice a month?", set()),
    ("Who was there and who was missing?", {"double-barrelled"}),
    ("What happened and how did you feel about it?", {"double-barrelled"}),
    ("How did you hear about it, and what made you join?", {"double-barrelled"}),
    ("Tell me what you did and why you did it.", {"double-barrelled"}),
    ("How was the training, what did you learn?", {"double-barrelled"}),
    ("Do you like it and do you use it often?", {"double-barrelled", "yes-no"}),
    ("How satisfied are you with the price and the quality?", {"double-barrelled"}),
    ("What changed, but also how do you work now?", {"double-barrelled"}),
    ("What happened? How did it end?", {"multiple"}),
    ("Tell me about the visit. What did the doctor say?", {"multiple"}),
    ("Who called? Was it the nurse?", {"multiple", "yes-no"}),
    ("Did you go by car or by train?", {"options", "yes-no"}),
    ("How did you travel, by car or by train?", {"options"}),
    ("What problems did you have, for example with logging in?", {"options"}),
    ("What helped you, such as the manual?", {"options"}),
    ("How did it feel \u2014 was it exciting or scary?", {"options"}),
    ("Was it the noise, the light or something else?", {"options", "yes-no"}),
    ("It was hard, wasn't it?", {"leading"}),
    ("You were tired, right?", {"leading"}),
    ("Don't you think the form is too long?", {"leading", "yes-no"}),
    ("Isn't it strange that nobody called?", {"leading", "yes-no"}),
    ("So you felt left alone?", {"leading"}),
    ("How much better is the new system?", {"leading"}),
    ("How frustrating was the wait?", {"leading"}),
    ("Do you agree that the price is fair?", {"leading", "yes-no"}),
    ("Would you say that it is too expensive?", {"leading", "yes-no"}),
    ("Why do most people find this difficult?", {"leading", "why"}),
    ("You must have been angry, what happened then?", {"leading"}),
    ("Surely you noticed the change?", {"leading"}),
    ("Why did you leave?", {"why"}),
    ("And why didn't you call?", {"why"}),
    ("Why?", {"why"}),
    ("Why not?", {"why"}),
    ("Great answer. What happened next?", {"praise"}),
    ("That's very interesting. How did it go on?", {"praise"}),
    ("What a wonderful story. What came next?", {"praise"}),
    ("Exactly. What else was there?", {"praise"}),
    ("You're right. What would you change?", {"praise"}),
    ("Thank you for your honesty. What came next?", {"praise"}),
    ("I'm so sorry to hear that. What happened then?", {"feeling"}),
    ("I can imagine. What did you do?", {"feeling"}),
    ("I love gardens. What grows in yours?", {"feeling"}),
    ("As a human, I know. What then?", {"feeling"}),
    ("You should see a doctor. What happened next?", {"advice"}),
    ("I would recommend the form. What stopped you?", {"advice"}),
    ("Have you tried calling them?", {"advice", "yes-no"}),
    ("Did you see the same doctor each time?", {"yes-no"}),
    ("Are you still a member?", {"yes-no"}),
    ("Before you joined, did you have a job?", {"yes-no"}),
    ("Is there anything you would like to add?", {"yes-no"}),
    ("What do you think of https://example.org?", {"markup"}),
    ("What does **bold** mean here?", {"markup"}),
    ("What <b>happened</b> next?", {"markup"}),
    ("What happened next!", {"shouting"}),
    ("How was it? \U0001f600", {"shouting"}),
    ("What " + "then of the many things " * 7 + "happened?", {"too-long"}),
    ("Thank you.", set()),
    ("I see.", set()),
    ("", set()),
]


def broken(text: str) -> set[str]:
    found = set(style_rules.list_violations(text))
    return found | {"yes-no"} if style_rules.is_yes_no(text) else found


@pytest.mark.parametrize(("text", "rules"), GOLD)
def test_the_rules_see_what_a_careful_reader_sees(text: str, rules: set[str]) -> None:
    assert broken(text) == rules


def test_the_gold_table_is_large_and_knows_every_rule() -> None:
    assert len(GOLD) >= 60
    named = set().union(*(rules for _, rules in GOLD))
    assert named == {*style_rules.ENGLISH_RULES, *style_rules.FORM_RULES, "yes-no"}


def test_a_language_without_rules_has_those_of_form_only() -> None:
    assert style_rules.list_violations("Pourquoi ? Perch\u00e9 no?", "it") == ("multiple",)
    assert style_rules.list_violations("Perch\u00e9?", "it") == ()
    assert not style_rules.is_closed_in_any_language("Voleva smettere?", "it")
    assert style_rules.list_violations(
        "\u0645\u0627\u0630\u0627\u061f \u0643\u064a\u0641\u061f", "ar"
    ) == ("multiple",)


LANGUAGES = sorted(phrasing.PHRASES)
WITH_LINES = sorted(phrasing.LINES)
OWN_QUESTIONS = {"angle", "need", "check_back"}
"""What a language without follow-ups of its own does without."""
SAID_BACK = ("told", "check_back")
"""Keys of what is no question: lines that say back what was said."""
LADDER = (
    "more",
    "then",
    "like",
    "come_about",
    "habit",
    "view",
    "occasion",
    "before",
    "meaning",
)
"""Kinds of follow-up that may be asked one after the other on one question."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_are_complete(language: str) -> None:
    assert phrasing.PHRASES[language].keys() == phrasing.PHRASES["en"].keys()
    assert phrasing.LINES[language].keys() == phrasing.LINES["en"].keys()
    assert phrasing.META[language].keys() == phrasing.META["en"].keys()
    assert all(phrasing.PHRASES[language].values())
    assert all(phrasing.LINES[language].values())


def test_arabic_has_every_line_and_no_question_of_its_own() -> None:
    assert phrasing.LINES["ar"].keys() == phrasing.LINES["en"].keys() - OWN_QUESTIONS
    assert "ar" not in phrasing.PHRASES
    assert phrasing.META["ar"].keys() == phrasing.META["en"].keys()
    said = [
        *(p for pool in phrasing.LINES["ar"].values() for p in pool),
        *phrasing.META["ar"].values(),
    ]
    for phrase in said:
        around = re.sub(r"\{\w+\}", "", phrase)
        assert not re.search("[A-Za-z?,;]", around), phrase
        assert set(re.findall(r"\{\w+\}", phrase)) <= {f"{{{name}}}" for name in PLACES}, phrase


PLACES = (
    "organization", "said", "low", "high", "question", "contact",
    "minutes", "count", "audience", "purpose",
)  # fmt: skip


@pytest.mark.parametrize("language", WITH_LINES)
def test_every_phrase_keeps_the_rules(language: str) -> None:
    pools = [*phrasing.LINES[language].values(), *phrasing.PHRASES.get(language, {}).values()]
    phrases = [phrase for pool in pools for phrase in pool]
    for phrase in [*phrases, *phrasing.META[language].values()]:
        spoken = phrase.replace("{", "").replace("}", "")
        assert style_rules.list_violations(spoken, language) == (), phrase


@pytest.mark.parametrize("language", WITH_LINES)
def test_lines_that_come_often_are_short_and_ask_nothing(language: str) -> None:
    for key in ("declined", "unknown", "apology", "aside"):
        pool = phrasing.LINES[language][key]
        assert all(style_rules.fits_acknowledgement(p) for p in pool)
        assert len(set(pool)) == len(pool) > phrasing.RECENT_LINES


@pytest.mark.parametrize("language", WITH_LINES)
def test_lines_before_a_question_do_not_ask(language: str) -> None:
    asking = ("angle", "need", "anything", "confirm_stop", "check_back")
    for key, pool in phrasing.LINES[language].items():
        if not key.startswith(asking):
            assert not any(style_rules.list_questions(p) for p in pool), key
    assert not any(style_rules.list_questions(p) for p in phrasing.META[language].values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_of_follow_up_has_a_wording_that_no_other_kind_has(language: str) -> None:
    phrases = phrasing.PHRASES[language]
    for kind in LADDER:
        others = [text for other in LADDER if other != kind for text in phrases[other]]
        assert any(not is_repeat(text, others, language) for text in phrases[kind]), kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_follow_up_of_our_own_asks_one_thing_openly(language: str) -> None:
    for kind, pool in phrasing.PHRASES[language].items():
        if not kind.startswith(SAID_BACK):
            assert [t for t in pool if not style_rules.asks_openly(t, language)] == [], kind
            assert len(set(pool)) == len(pool)
            assert not any("{" in text for text in pool)


@pytest.mark.parametrize("language", WITH_LINES)
def test_only_the_offer_to_stop_is_a_yes_or_no_question(language: str) -> None:
    for key, pool in phrasing.LINES[language].items():
        if key != "confirm_stop":
            closed = [t for t in pool if style_rules.is_closed_in_any_language(t, language)]
            assert closed == [], key


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_that_say_back_hold_what_was_said_and_ask_nothing(language: str) -> None:
    phrases = phrasing.PHRASES[language]
    for key in ("told", "told.words", "told.before", "told.before.words", "check_back.said"):
        assert {text.count("{said}") for text in phrases[key]} == {1}
        assert not any(style_rules.list_questions(text) for text in phrases[key])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wish_for_more_has_a_wording_of_its_own_a_few_times(language: str) -> None:
    asked: list[str] = []
    voice = phrasing.Voice(language, "seed", 1, [])
    while text := voice.follow_up("more", asked):
        assert text not in asked
        asked.append(text)
    assert len(asked) == len(phrasing.PHRASES[language]["more"]) > 1
    assert voice.follow_up("more", asked, again=True) in asked


def test_a_language_without_follow_ups_has_none() -> None:
    assert phrasing.Voice("ar", "seed", 1, []).follow_up("more", []) == ""
    assert phrasing.Voice("tr", "seed", 1, []).follow_up("more", [], again=True) == ""


def test_a_question_is_a_repeat_when_it_is_nearly_the_same() -> None:
    asked = ["How long did you wait for the appointment?"]
    assert is_repeat("How long did you wait?", asked, "en")
    assert is_repeat("For the appointment, how long did you wait?", asked, "en")
    assert is_repeat("", asked, "en")
    assert not is_repeat("Who arranged it?", asked, "en")


def test_a_label_that_breaks_the_rules_is_not_woven_in() -> None:
    voice = phrasing.Voice("en", "seed", 1, [])
    assert all("the queue" in text for text in voice.about("the queue."))
    assert list(voice.about("the queue")) != []
    assert list(voice.about("https://x.example")) == []
    assert list(voice.about(" ")) == []


def test_no_line_comes_again_within_five_turns() -> None:
    lines: list[str] = []
    for turn in range(60):
        line = phrasing.Voice("en", "seed", turn, lines).line("declined")
        assert line not in lines[-5:]
        lines.append(line)


def test_a_pool_that_was_all_said_lately_still_gives_a_line() -> None:
    pool = list(phrasing.LINES["en"]["leave"])
    assert phrasing.Voice("en", "seed", 1, pool).line("leave") in pool


def test_an_unknown_language_is_spoken_to_in_english() -> None:
    assert phrasing.get_phrase_language("ja") == "en"
    assert phrasing.get_phrase_language("fr-CA") == "fr"


def test_a_short_form_stands_by_itself() -> None:
    long = "Think of the last time that you were at the clinic, from the door to the way home again. "
    assert (
        phrasing.shorten_question(long + "What stays with you most?")
        == "What stays with you most?"
    )
    assert phrasing.shorten_question(long + "What happened in it?").startswith("Think")
    assert phrasing.shorten_question(long + "Then?").startswith("Think")
    assert phrasing.shorten_question(long).startswith("Think")
    assert (
        phrasing.shorten_question("One. What came next there?") == "One. What came next there?"
    )
    assert phrasing.shorten_question("") == ""
