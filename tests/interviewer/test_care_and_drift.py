"""What is hard to speak of, who is beside themselves now, and talk of something else."""

from collections.abc import Callable
from typing import Any

import pytest

from interviewrelay.interviewer import acts, drifting, signals
from interviewrelay.interviewer.acts import hear
from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.state import Pending
from interviewrelay.interviewer.wording import PHRASES

Hold = Callable[..., Any]

UPSET = {
    "en": [
        "I am crying now, I can't do this.",
        "I'm having a panic attack",
        "This is too much for me.",
    ],
    "nl": ["Ik zit te huilen.", "Ik kan dit niet meer."],
    "de": ["Ich weine gerade.", "Das wird mir zu viel."],
    "fr": ["Je suis en larmes.", "C'est trop pour moi."],
    "es": ["Estoy llorando.", "Esto es demasiado para mí."],
}
UNEASY = {
    "en": ["This is hard for me to talk about.", "I find this difficult, to be honest."],
    "nl": ["Dit is moeilijk om over te praten."],
    "de": ["Es fällt mir schwer, darüber zu sprechen."],
    "fr": ["C'est difficile d'en parler."],
    "es": ["Me cuesta hablar de eso."],
}


@pytest.mark.parametrize(
    ("language", "said"), [(code, text) for code, some in UPSET.items() for text in some]
)
def test_who_is_beside_themselves_is_heard(language: str, said: str) -> None:
    assert acts.UPSET in hear(said, language).acts


@pytest.mark.parametrize(
    ("language", "said"), [(code, text) for code, some in UNEASY.items() for text in some]
)
def test_what_is_hard_to_speak_of_is_heard(language: str, said: str) -> None:
    assert acts.UNEASY in hear(said, language).acts


@pytest.mark.parametrize(
    "said",
    [
        "It was a hard year for all of us.",
        "I cried for a week.",
        "The stairs were difficult for me.",
        "The work got too much for the team in spring.",
        "It is hard to find a parking place there.",
    ],
)
def test_what_is_told_of_then_is_an_answer(said: str) -> None:
    assert hear(said, "en").acts == ("answer",)


def test_nothing_is_asked_of_who_is_beside_themselves(clinic: Guide, hold: Hold) -> None:
    interview = hold(clinic, "<skip>", "I am crying now, I can't do this.")
    assert interview.act == acts.COMFORT
    assert "?" not in interview.text
    assert "113, day and night" in interview.text
    assert "BE" not in interview.text
    assert interview.answer("go on").decision.question_id == "q3"


@pytest.mark.parametrize(("said", "act"), [("stop", acts.CONFIRM_STOP), ("pause", acts.PAUSED)])
def test_who_is_beside_themselves_may_choose(
    clinic: Guide, hold: Hold, said: str, act: str
) -> None:
    assert hold(clinic, "<skip>", "I am crying now.", said).act == act


def test_a_closed_topic_is_not_returned_to(clinic: Guide, hold: Hold) -> None:
    interview = hold(clinic, "<skip>", "This is too much for me.", "I can go on")
    while not interview.move.ends:
        assert interview.move.decision.question_id != "q2"
        interview.answer("That went well enough for somebody like me in those days.")


def test_what_is_hard_to_speak_of_is_offered_to_be_left(clinic: Guide, hold: Hold) -> None:
    interview = hold(clinic, "<skip>", "This is hard for me to talk about.")
    assert interview.text.startswith(PHRASES["en"]["ease"][0])
    assert interview.text.endswith("How did you get your first appointment?")
    interview.answer("My doctor arranged everything for me in spring.")
    assert interview.asked()[-1] == "q3"
    again = hold(clinic, "<skip>", *["This is hard for me to talk about."] * 2)
    assert again.asked()[-1] == "q3"


CHAT = [
    "The football yesterday was something else, they lost again.",
    "My neighbour has bought a new dog, it barks the whole night long.",
    "I am making soup at the moment, the recipe is from my aunt.",
]


@pytest.mark.parametrize("said", CHAT)
def test_small_talk_is_led_back(clinic: Guide, hold: Hold, said: str) -> None:
    interview = hold(clinic, "<skip>", said)
    assert interview.act == acts.REDIRECT
    assert interview.text.endswith("How did you get your first appointment?")
    assert interview.answer("It has been sunny today, and the dog is in the garden.").decision
    assert interview.act == acts.REDIRECT
    interview.answer("The match today was a draw, the cup is lost.")
    assert interview.asked()[-1] == "q3"


@pytest.mark.parametrize(
    "said",
    [
        "I broke my arm in the garden and my neighbour drove me there at once.",
        "My dog died and I could not sleep, so I went to the doctor.",
        "I watched a series on television in the waiting room for two hours.",
        "It was raining and the parking was full.",
        "We had soup for lunch there, it was fine.",
        "My neighbour told me about the clinic and drove me there in her car.",
    ],
)
def test_an_account_with_everyday_words_is_no_small_talk(clinic: Guide, said: str) -> None:
    asked = Pending(acts.ASK, "q2", None, clinic.questions[1].text)
    assert not drifting.drifts(clinic, asked, said, signals.read(clinic, said), [])
