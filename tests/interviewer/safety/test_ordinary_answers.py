"""Ordinary answers about courts, schools, hospitals, migration, war, money and work are answers.

`ordinary/LANGUAGE.txt` has one a line, written by hand: nothing in them is a wish, a care or a danger.
"""

from pathlib import Path

import pytest

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.acts.act_detection import detect_acts
from interviewrelay.interviewer.safety import disclosures, prompt_injection

LISTS = sorted((Path(__file__).parent / "ordinary").glob("*.txt"))
PLAIN = {acts.ANSWER, acts.YES, acts.NO, acts.ACK, acts.GREETING, acts.CORRECTION}
MOST_FALSE = 1 / 1000


def answers() -> list[tuple[str, str]]:
    return [
        (path.stem, line)
        for path in LISTS
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def test_there_are_answers_enough_in_each_language() -> None:
    told = answers()
    assert {language for language, _ in told} == {"ar", "de", "en", "es", "fr", "nl"}
    assert len(set(told)) >= 350


def test_nothing_is_taken_for_a_wish_a_disclosure_or_an_order() -> None:
    told = answers()
    false = [
        (said, heard, disclosures.classify_disclosure(said, language))
        for language, said in told
        if not PLAIN.issuperset(heard := detect_acts(said, language).acts)
        or disclosures.classify_disclosure(said, language)
        or prompt_injection.is_injection(said)
    ]
    assert len(false) <= MOST_FALSE * len(told), false


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("A man on the other shift was beaten by two others.", ""),
        ("I was in the crane when my friend was killed.", disclosures.LOSS),
        ("I was beaten on the way home.", disclosures.HARM),
        ("My uncle was ill for years. He died in May.", disclosures.LOSS),
        (
            "My conviction is still on my file, I was sentenced to six months.",
            disclosures.SECRET,
        ),
        ("The bailiffs took our sofa.", disclosures.SECRET),
    ],
)
def test_what_concerns_those_who_tell_it_is_a_disclosure(said: str, kind: str) -> None:
    assert disclosures.classify_disclosure(said, "en") == kind
