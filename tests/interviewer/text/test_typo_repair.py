"""The words on which most depends are known with one letter wrong; others are left as they are."""

import pytest

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.safety.danger import repair_spelling

DECISIVE = languages.load_table("all", "danger")["decisive"]


@pytest.mark.parametrize("word", DECISIVE)
def test_a_decisive_word_is_known_without_one_of_its_letters(word: str) -> None:
    for at in range(1, len(word)):
        typed = word[:at] + word[at + 1 :]
        assert (
            repair_spelling(f"about {typed} now") != f"about {typed} now" or typed in DECISIVE
        )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kill myslef", "kill myself"),
        ("about suiside", "about suicide"),
        ("an selbsmord denken", "an selbstmord denken"),
        ("over zelfmoort", "over zelfmoord"),
        ("ive had it and hes here", "i've had it and he's here"),
        ("ill kill him", "i'll kill him"),
        ("i was ill that week", "i was ill that week"),
        ("im fruhling war ich da", "im fruhling war ich da"),
        ("it sold itself, she said so herself", "it sold itself, she said so herself"),
    ],
)
def test_what_is_meant(typed: str, meant: str) -> None:
    assert repair_spelling(typed) == meant
