"""The words that people agree to, in the language that they are asked in."""

import tomllib
from pathlib import Path

import pytest

from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.wording import phrasing
from interviewrelay.interviews import consent

SENTIMENT = {
    "en": "sentiment",
    "nl": "sentiment",
    "de": "Stimmung",
    "fr": "tonalité",
    "es": "tono",
    "ar": "نبرة",
}
INTERVIEWERS = sorted(set(SENTIMENT) - {"ar"})


def guide(language, **more):
    return Guide(name="S", questions=(), language=language, **more)


@pytest.mark.parametrize("language", sorted(SENTIMENT))
def test_our_text_is_in_the_language_that_is_recorded(language):
    made = consent.build_consent_text(
        guide(language, purpose="a {b}", contact="c@d.example"), "Alder", 15
    )
    assert made.language == language
    assert SENTIMENT[language] in made.text
    for part in ("Alder", "15", "a {b}", "c@d.example"):
        assert part in made.text


@pytest.mark.parametrize("language", INTERVIEWERS)
def test_who_reads_is_told_in_a_language_of_the_interviewers(language):
    assert phrasing.describe_audience("Alder", language) in phrasing.describe_audience(
        "Alder", f"{language}-XX"
    )


def test_each_language_has_a_text_and_a_version_of_its_own():
    made = [consent.build_consent_text(guide(language), "Alder", 15) for language in SENTIMENT]
    assert len({m.text for m in made}) == len({m.version for m in made}) == len(SENTIMENT)
    told = {phrasing.describe_audience("Alder", language) for language in INTERVIEWERS}
    assert len(told) == len(INTERVIEWERS)


@pytest.mark.parametrize(
    ("language", "recorded"),
    [("pl", "en"), ("ar", "ar"), ("ar-EG", "ar-EG"), ("arn", "en"), ("nl-BE", "nl-BE")],
)
def test_the_language_is_the_one_the_text_is_in(language, recorded):
    assert consent.build_consent_text(guide(language), "Alder", 15).language == recorded
    own = consent.build_consent_text(guide(language, consent_text="Zgoda?"), "Alder", 15)
    assert (own.text, own.language) == ("Zgoda?", language)


KINDS = {
    "en": ("structured interview", "adaptive interview: a language model reads"),
    "nl": ("gestructureerd interview", "adaptief interview: een taalmodel leest"),
    "de": ("strukturiertes Interview", "adaptives Interview: Ein Sprachmodell liest"),
    "fr": ("entretien structuré", "entretien adaptatif : un modèle de langage lit"),
    "es": ("entrevista estructurada", "entrevista adaptativa: un modelo de lenguaje lee"),
    "ar": ("مقابلة منظَّمة", "مقابلة تكيُّفية: يقرأ نموذج لغوي"),
}


@pytest.mark.parametrize("language", sorted(SENTIMENT))
def test_our_text_says_whether_a_model_listens(language):
    structured = consent.build_consent_text(guide(language), "Alder", 15)
    adaptive = consent.build_consent_text(guide(language), "Alder", 15, adaptive=True)
    without, with_one = KINDS[language]
    assert without in structured.text
    assert with_one in adaptive.text
    assert with_one not in structured.text
    assert without not in adaptive.text
    assert structured.version != adaptive.version


def test_an_authors_text_stays_as_it_is():
    own = guide("en", consent_text="Agree?")
    assert consent.build_consent_text(own, "A", 15) == consent.build_consent_text(
        own, "A", 15, adaptive=True
    )


IN_WRITING = {
    "en": "37e4cebf1f6a", "nl": "40f70c01bc79", "de": "4c0e81f6e47f", "fr": "735d962c2db2", "es": "a9bc98d5ad3e", "ar": "4fa5f2542462"
}  # fmt: skip


@pytest.mark.parametrize("language", sorted(SENTIMENT))
def test_the_text_of_a_study_in_writing_is_what_it_has_always_been(language):
    made = consent.build_consent_text(guide(language), "Alder", 15)
    assert made.version == IN_WRITING[language]


@pytest.mark.parametrize("language", sorted(SENTIMENT))
def test_our_text_says_what_happens_to_a_voice(language):
    def text(**terms):
        voice = consent.VoiceTerms(**terms)
        return consent.build_consent_text(guide(language), "Alder", 15, voice=voice)

    made = [
        text(), text(days=30), text(days=None), text(kept=False), text(local=False),
        consent.build_consent_text(guide(language), "Alder", 15),
    ]  # fmt: skip
    assert len({one.version for one in made}) == len(made)
    assert "90" in made[0].text
    assert "30" in made[1].text
    assert "{" not in "".join(one.text for one in made)
    told = tomllib.loads(Path(consent.__file__).with_name("consent.toml").read_text("utf-8"))
    ours = told[language]
    assert ours["not_kept"] in made[3].text
    assert ours["service"] in made[4].text
    assert ours["local"] in made[0].text
    assert all(ours["voice"] in one.text for one in made[:5])
    assert all(SENTIMENT[language] in one.text for one in made)
