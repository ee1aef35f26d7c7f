"""Whoever wants to stop is asked one thing more at most; whoever only tells of an end is asked on.

In `stops/LANGUAGE.txt` a line that begins with `+` is a wish to stop, one with `-` sounds like it; in
`confirmed` they are said after the question whether to end.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from interviewrelay.interviewer import acts, languages
from interviewrelay.interviewer.acts import stop_requests
from interviewrelay.interviewer.acts.act_detection import detect_acts
from tests.interviewer.conftest import CLINIC, SKIP

Hold = Callable[..., Any]

LISTS = sorted((Path(__file__).parent / "stops").glob("*.txt"))
CONFIRMED = sorted((Path(__file__).parent / "confirmed").glob("*.txt"))
TOLD = {
    "en": "I came because of my knee, my doctor sent me there in May.",
    "nl": "Ik kwam vanwege mijn knie, mijn huisarts stuurde me er in mei heen.",
    "de": "Ich kam wegen meines Knies, mein Hausarzt schickte mich im Mai dorthin.",
    "fr": "Je suis venu à cause de mon genou, mon médecin m'y a envoyé en mai.",
    "es": "Vine por la rodilla, mi médico me mandó allí en mayo.",
}


def lines(mark: str, lists: list[Path] = LISTS) -> list[tuple[str, str]]:
    """The lines with this mark, each with its language."""
    return [
        (path.stem, line[2:])
        for path in lists
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(f"{mark} ")
    ]


def test_there_are_wishes_enough_in_each_language() -> None:
    said = [code for code, _ in lines("+")]
    assert {path.stem for path in LISTS} == set(TOLD)
    assert all(said.count(code) >= 20 for code in TOLD)


@pytest.mark.parametrize(("language", "said"), lines("+"))
def test_a_wish_to_stop_is_obeyed_after_one_question_at_most(
    hold: Hold, language: str, said: str
) -> None:
    interview = hold(replace(CLINIC, language=language), TOLD[language], said)
    if not interview.move.ends:
        assert interview.act in (acts.CONFIRM_STOP, acts.CARE)  # "an end to it" may be meant so
        interview.answer(said)
    assert interview.move.ends


@pytest.mark.parametrize(("language", "said"), lines("-"))
def test_an_end_that_is_told_of_ends_nothing(hold: Hold, language: str, said: str) -> None:
    interview = hold(replace(CLINIC, language=language), TOLD[language], said)
    assert not interview.move.ends
    assert interview.act not in (acts.CONFIRM_STOP, acts.CARE)


@pytest.mark.parametrize(("language", "said"), lines("+", CONFIRMED))
def test_whoever_says_once_more_that_they_want_to_stop_is_obeyed(
    hold: Hold, language: str, said: str
) -> None:
    interview = hold(replace(CLINIC, language=language), TOLD[language], "stop")
    assert interview.act == acts.CONFIRM_STOP
    assert interview.answer(said).ends


@pytest.mark.parametrize(("language", "said"), lines("-", CONFIRMED))
def test_whoever_does_not_want_to_end_is_asked_on(hold: Hold, language: str, said: str) -> None:
    interview = hold(replace(CLINIC, language=language), TOLD[language], "stop")
    assert not interview.answer(said).ends


def test_a_yes_that_answers_the_question_behind_ends_nothing(hold: Hold) -> None:
    interview = hold(CLINIC, TOLD["en"], SKIP, SKIP)
    assert interview.text.endswith("Did you see the same doctor each time?")
    assert interview.answer("stop").text
    assert not interview.answer("Yes, I did see the same doctor each time.").ends


def test_tears_at_the_question_whether_to_end_are_heard_first(hold: Hold) -> None:
    interview = hold(CLINIC, TOLD["en"], "stop", "Yes, I am crying right now.")
    assert interview.act == acts.COMFORT


def test_a_question_beside_the_yes_is_answered_with_the_thanks(hold: Hold) -> None:
    interview = hold(CLINIC, TOLD["en"], "stop", "Yes. Who sees my answers?")
    assert interview.move.ends
    assert interview.text.startswith("Your answers are read by")


def test_a_goodbye_after_the_last_question_ends_at_once(hold: Hold) -> None:
    interview = hold(CLINIC)
    while interview.act != acts.ANYTHING_TO_ADD:
        interview.answer(SKIP)
    assert interview.answer("No, that's all. Bye!").ends


@pytest.mark.parametrize(
    ("name", "key"),
    [
        *(("acts", "stop"), ("acts", "farewell"), ("acts", "reason")),
        *(("confirming", "yes"), ("confirming", "agrees"), ("confirming", "wish")),
    ],
)
@pytest.mark.parametrize("code", TOLD)
def test_every_run_of_its_words_is_read_to_its_end(code: str, name: str, key: str) -> None:
    """Where a word could be taken in two ways, each more of it would double the time: it would never end."""
    stops = languages.read_pattern_sources(code, "acts", "whole")["stop"]
    whole = stops if key == "stop" else languages.read_pattern_source(code, name, key)
    pattern, said = re.compile(whole), re.findall(r"[^\W\d_']+", whole)
    for width in (1, 2, 3):
        for at in range(len(said) - width):
            assert not pattern.fullmatch(" ".join(said[at : at + width] * 40) + " x")


@pytest.mark.parametrize(
    ("language", "small"),
    [("en", "ok "), ("en", "right now "), ("es", "he dicho que "), ("de", "jetzt ")],
)
def test_a_run_of_small_words_beside_a_wish_is_read_to_its_end(
    language: str, small: str
) -> None:
    ends = {"en": "can we stop here?", "es": "podemos parar", "de": "können wir aufhören?"}[
        language
    ]
    for said in (
        f"{small * 24}zzz, {ends}",
        f"{ends}, {small * 8}zzz",
        f"{small * 24}, {ends}",
    ):
        detect_acts(said, language)
    assert acts.STOP in detect_acts(f"{small * 8}, {ends}", language).acts


@pytest.mark.parametrize("code", TOLD)
def test_every_run_of_the_words_of_a_wish_is_read_to_its_end(code: str) -> None:
    made = (
        languages.read_pattern_source(code, "ending", key)
        for key in ("lead", "ends", "tail", "reasons")
    )
    said = re.findall(r"[^\W\d_']+", " ".join(made))
    for width in (1, 2, 3):
        for at in range(len(said) - width):
            stop_requests.wishes_to_stop(" ".join([*(said[at : at + width] * 24), "x"]), code)


ANSWERED = [
    ("en", "I worked the whole summer at the harbour. Can we stop after this one?"),
    ("en", "I worked the whole summer at the harbour, can we stop here?"),
    ("en", "I worked the whole summer at the harbour, and now I want to stop."),
    ("en", "I worked the whole summer at the harbour. Let me out of here."),
    ("nl", "Ik werkte de hele zomer in de haven, kunnen we na deze vraag stoppen?"),
    ("de", "Ich habe den Sommer im Hafen gearbeitet, können wir nach dieser Frage aufhören?"),
    ("fr", "J'ai travaillé tout l'été au port. On peut arrêter après celle-ci ?"),
    ("es", "Trabajé todo el verano en el puerto. ¿Podemos parar después de esta?"),
]


@pytest.mark.parametrize(("language", "said"), ANSWERED)
def test_a_wish_to_stop_beside_an_answer_is_obeyed_and_the_answer_kept(
    hold: Hold, language: str, said: str
) -> None:
    interview = hold(replace(CLINIC, language=language), said)
    assert interview.act == acts.CONFIRM_STOP
    assert {acts.STOP, acts.ANSWER} == set(detect_acts(said, language).acts)
    asked = interview.asked()[-1]
    go_on = {"en": "No, go on.", "nl": "Nee.", "de": "Nein.", "fr": "Non.", "es": "No."}
    assert interview.answer(go_on[language]).decision.question_id != asked
    again = hold(replace(CLINIC, language=language), said)
    assert again.answer(go_on["en"].replace("No, go on", "yes")).ends


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "We waited two hours, then she asked, can we stop here?"),
        ("en", "They let me out of here after two days."),
        ("en", "I wanted it so much that I can stop at nothing."),
        ("en", 'My son cried "I waited enough, can we stop?" all day.'),
        ("es", "Pues que le di las gracias y ya está."),
        ("nl", "Na een uur vroeg ze, kunnen we stoppen?"),
    ],
)
def test_an_end_that_is_told_of_is_an_answer(language: str, said: str) -> None:
    assert acts.STOP not in detect_acts(said, language).acts


def test_what_is_asked_beside_a_wish_to_stop_is_told(hold: Hold) -> None:
    dutch = hold(replace(CLINIC, language="nl"), "Ik moet zo weg, hoe lang nog?")
    assert dutch.act == acts.CONFIRM_STOP
    assert "minu" in dutch.text
    ended = hold(
        CLINIC, "Let me out of here", "yes please, but tell me how to delete my answers"
    )
    assert ended.move.ends
    assert "deleted" in (ended.move.closing or "")
    first = hold(CLINIC, "gtg", "yes, but one more thing: the nurse shouted at me all morning")
    assert not first.move.ends


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        ("sure, plenty of space for two cars", False),
        ("yes, there were three of us in the room", False),
        ("yes it was nice, bye", True),
        ("yes please", True),
    ],
)
def test_an_account_behind_a_yes_ends_nothing(hold: Hold, said: str, ends: bool) -> None:
    interview: Any = hold(CLINIC, TOLD["en"], "enough", said)
    assert interview.move.ends == ends
