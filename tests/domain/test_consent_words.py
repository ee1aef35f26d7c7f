"""The words that people agree to, in the language that they are asked in."""

import pytest

from interviewrelay import consent
from interviewrelay.domain import standing
from interviewrelay.interviewer.guide import Guide

MOOD = {
    "en": "mood",
    "nl": "stemming",
    "de": "Stimmung",
    "fr": "ton",
    "es": "ánimo",
    "ar": "مزاج",
}
INTERVIEWERS = sorted(set(MOOD) - {"ar"})


def guide(language, **more):
    return Guide(name="S", questions=(), language=language, **more)


@pytest.mark.parametrize("language", sorted(MOOD))
def test_our_text_is_in_the_language_that_is_recorded(language):
    made = consent.words(guide(language, purpose="a {b}", contact="c@d.example"), "Alder", 15)
    assert made.language == language
    assert MOOD[language] in made.text
    for part in ("Alder", "15", "a {b}", "c@d.example"):
        assert part in made.text


@pytest.mark.parametrize("language", INTERVIEWERS)
def test_who_reads_is_told_in_a_language_of_the_interviewers(language):
    assert standing.audience("Alder", language) in standing.audience("Alder", f"{language}-XX")


def test_each_language_has_a_text_and_a_version_of_its_own():
    made = [consent.words(guide(language), "Alder", 15) for language in MOOD]
    assert len({m.text for m in made}) == len({m.version for m in made}) == len(MOOD)
    told = {standing.audience("Alder", language) for language in INTERVIEWERS}
    assert len(told) == len(INTERVIEWERS)


@pytest.mark.parametrize(
    ("language", "recorded"),
    [("pl", "en"), ("ar", "ar"), ("ar-EG", "ar-EG"), ("arn", "en"), ("nl-BE", "nl-BE")],
)
def test_the_language_is_the_one_the_text_is_in(language, recorded):
    assert consent.words(guide(language), "Alder", 15).language == recorded
    own = consent.words(guide(language, consent_text="Zgoda?"), "Alder", 15)
    assert (own.text, own.language) == ("Zgoda?", language)
