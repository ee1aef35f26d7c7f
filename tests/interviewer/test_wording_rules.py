"""The wording rules against sentences labelled by hand, and against all that the engine can say."""

import re

import pytest

from interviewrelay.interviewer import probes, validator, wording

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
    ("What have we not talked about that matters to you?", set()),
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
    found = set(validator.violations(text))
    return found | {"yes-no"} if validator.yes_no(text) else found


@pytest.mark.parametrize(("text", "rules"), GOLD)
def test_the_rules_see_what_a_careful_reader_sees(text: str, rules: set[str]) -> None:
    assert broken(text) == rules


def test_the_gold_table_is_large_and_knows_every_rule() -> None:
    assert len(GOLD) >= 60
    named = set().union(*(rules for _, rules in GOLD))
    assert named == {*validator.ENGLISH_RULES, *validator.FORM_RULES, "yes-no"}


def test_a_language_without_rules_has_those_of_form_only() -> None:
    assert validator.violations("Pourquoi ? Perch\u00e9 no?", "it") == ("multiple",)
    assert validator.violations("Perch\u00e9?", "it") == ()
    assert not validator.closed("Voleva smettere?", "it")
    assert validator.violations(
        "\u0645\u0627\u0630\u0627\u061f \u0643\u064a\u0641\u061f", "ar"
    ) == ("multiple",)


LANGUAGES = sorted(wording.PHRASES)
WITH_LINES = sorted(wording.LINES)
OWN_QUESTIONS = ("family", "woven", "quoted", "bridge", "angle", "need", "check_back")
"""What a language without follow-ups of its own does without."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_are_complete(language: str) -> None:
    # Only English phrases are woven in; elsewhere a few words are quoted.
    woven = {
        key
        for key in wording.PHRASES["en"]
        if key.startswith(("woven", "bridge", "quoted.state"))
    }
    assert wording.PHRASES[language].keys() | woven == wording.PHRASES["en"].keys()
    assert wording.META[language].keys() == wording.META["en"].keys()
    assert all(wording.PHRASES[language].values())


def test_arabic_has_every_line_and_no_question_of_its_own() -> None:
    lines = {key for key in wording.PHRASES["en"] if not key.startswith(OWN_QUESTIONS)}
    assert wording.LINES["ar"].keys() == lines
    assert wording.META["ar"].keys() == wording.META["en"].keys()
    said = [
        *(p for pool in wording.LINES["ar"].values() for p in pool),
        *wording.META["ar"].values(),
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
    phrases = [p for pool in wording.LINES[language].values() for p in pool]
    for phrase in [*phrases, *wording.META[language].values()]:
        spoken = phrase.replace("{", "").replace("}", "")
        assert validator.violations(spoken, language) == (), phrase


@pytest.mark.parametrize("language", WITH_LINES)
def test_acknowledgements_are_short_and_ask_nothing(language: str) -> None:
    for key in ("ack", "declined", "unknown", "apology", "aside"):
        pool = wording.LINES[language][key]
        assert all(validator.fits_acknowledgement(p) for p in pool)
        assert len(set(pool)) == len(pool) > wording.RECENT_LINES


@pytest.mark.parametrize("language", WITH_LINES)
def test_lines_before_a_question_do_not_ask(language: str) -> None:
    asking = ("family", "angle", "need", "anything", "confirm_stop", "woven", "quoted")
    for key, pool in wording.LINES[language].items():
        if not key.startswith(asking) and key != "check_back":
            assert not any(validator.questions_in(p) for p in pool), key
    assert not any(validator.questions_in(p) for p in wording.META[language].values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_built_in_question_is_nearly_another(language: str) -> None:
    own = [
        text
        for key, pool in wording.PHRASES[language].items()
        if key.startswith(("family", "angle", "anything")) or key == "check_back"
        for text in pool
    ]
    for place, text in enumerate(own):
        assert not probes.is_repeat(text, own[:place], language), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_wordings_that_take_words_up_are_many_and_ask_one_thing(language: str) -> None:
    pools = wording.PHRASES[language].items()
    for key, pool in ((k, p) for k, p in pools if k.startswith(("woven", "quoted"))):
        assert len(set(pool)) >= 12, key
        for text in pool:
            filled = text.replace("{np}", "the long waiting list")
            assert validator.violations(filled, language) == ()
            assert validator.asks_openly(filled, language), filled


def test_a_question_is_a_repeat_when_it_is_nearly_the_same() -> None:
    asked = ["How long did you wait for the appointment?"]
    assert probes.is_repeat("How long did you wait?", asked, "en")
    assert probes.is_repeat("For the appointment, how long did you wait?", asked, "en")
    assert probes.is_repeat("", asked, "en")
    assert not probes.is_repeat("Who arranged it?", asked, "en")


def test_a_label_that_breaks_the_rules_is_not_woven_in() -> None:
    voice = wording.Voice("en", "seed", 1, [])
    assert all("the queue" in text for text in voice.about("the queue."))
    assert list(voice.about("the queue")) != []
    assert list(voice.about("https://x.example")) == []
    assert list(voice.about(" ")) == []


def test_no_line_comes_again_within_five_turns() -> None:
    lines: list[str] = []
    for turn in range(60):
        line = wording.Voice("en", "seed", turn, lines).line("declined")
        assert line not in lines[-5:]
        lines.append(line)


def test_acknowledgements_come_at_most_every_second_turn() -> None:
    lines = ["Hello."]
    for turn in range(60):
        line = wording.Voice("en", "seed", turn, lines).acknowledgement()
        assert not (line and lines[-1])
        lines.append(line)
    assert len({line for line in lines if line}) > 4


def test_a_pool_that_was_all_said_lately_still_gives_a_line() -> None:
    pool = list(wording.PHRASES["en"]["leave"])
    assert wording.Voice("en", "seed", 1, pool).line("leave") in pool


def test_an_unknown_language_is_spoken_to_in_english() -> None:
    assert wording.spoken_language("ja") == "en"
    assert wording.spoken_language("fr-CA") == "fr"


def test_a_short_form_stands_by_itself() -> None:
    long = "Think of the last time that you were at the clinic, from the door to the way home again. "
    assert wording.short_form(long + "What stays with you most?") == "What stays with you most?"
    assert wording.short_form(long + "What happened in it?").startswith("Think")
    assert wording.short_form(long + "Then?").startswith("Think")
    assert wording.short_form(long).startswith("Think")
    assert wording.short_form("One. What came next there?") == "One. What came next there?"
    assert wording.short_form("") == ""
