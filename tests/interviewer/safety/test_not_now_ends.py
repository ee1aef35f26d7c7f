"""After a mere "not now", unlike after tears, an answer or a complaint is a choice to go on."""

from dataclasses import replace
from typing import Any

import pytest

from interviewrelay.interviewer import acts
from tests.interviewer.safety.test_distress import (
    CLINIC,
    CRIES,
    SKIP,
    TELLS,
    assert_nothing_asked,
)

NOT_NOW = {
    "en": "Not now.",
    "de": "Nicht jetzt.",
    "nl": "Nu niet.",
    "fr": "Pas maintenant.",
    "es": "Ahora no.",
}


@pytest.mark.parametrize("language", NOT_NOW)
def test_an_answer_is_followed_by_a_question(hold: Any, language: str) -> None:
    interview = hold(replace(CLINIC, language=language), SKIP, NOT_NOW[language])
    assert_nothing_asked(interview)
    interview.answer(TELLS[language])
    assert interview.act not in {acts.COMFORT, acts.CONFIRM_STOP}
    assert "?" in interview.text


@pytest.mark.parametrize(
    "said",
    [
        "The bus was late, so I was ten minutes late and the clerk was cross about it.",
        "I think that is really all of it, we make do.",
        "Who is going to read this?",
    ],
)
def test_what_is_no_silence_is_heard(hold: Any, said: str) -> None:
    interview = hold(CLINIC, SKIP, "not now", said)
    assert interview.act not in {acts.COMFORT, acts.CONFIRM_STOP}
    assert "?" in interview.text


def test_a_complaint_is_heard(hold: Any) -> None:
    interview = hold(CLINIC, SKIP, "not now", "Your questions are useless.")
    assert interview.text.startswith("I'm sorry.")


def test_silence_and_tears_still_wait(hold: Any) -> None:
    assert_nothing_asked(hold(CLINIC, SKIP, "not now", "hm"))
    assert_nothing_asked(hold(CLINIC, SKIP, "not now", CRIES["en"], TELLS["en"]))


def test_a_request_to_stop_is_confirmed_after_an_offer_of_ours(hold: Any) -> None:
    interview = hold(CLINIC, SKIP, CRIES["en"], "no", "no")
    assert interview.act == acts.CONFIRM_STOP
    interview.answer("no, go on", TELLS["en"])
    interview.answer("I want to stop")
    assert interview.act == acts.CONFIRM_STOP
    assert interview.answer("yes").ends
