"""How answers feel: known sentences, other languages, whole interviews, and any text at all."""

import subprocess
import sys

import pytest
from hypothesis import given, settings, strategies as st

from interviewrelay.analysis import sentiment


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("It was wonderful that the nurse explained everything, I loved that.", "positive"),
        ("The letter came three weeks late, which made me angry and sad.", "negative"),
        ("Hi, happy to be here.", "positive"),
        ("I am not happy with it.", "negative"),
        ("It took about two days.", "neutral"),
        ("I took the bus number 12 to the clinic, and the corridor was full.", "neutral"),
        ("The nurse was wonderful, but the letter made me angry and sad.", "mixed"),
        ("I loved the nurse. The waiting was horrible and cruel.", "mixed"),
        ("", "neutral"),
        ("😀", "positive"),
    ],
)
def test_english_sentences_have_the_label_a_reader_would_give(text: str, label: str) -> None:
    assert sentiment.score_text(text).label == label


@pytest.mark.parametrize(
    ("language", "good", "bad", "turned"),
    [
        ("nl-BE", "De verpleegkundige was vriendelijk.", "Ik was boos.", "Het was niet goed."),
        ("de", "Es war sehr schön, danke.", "Ich war wütend.", "Das war nicht gut."),
        ("fr", "C'était une équipe formidable.", "J'étais triste.", "Ce n'était pas bien."),
        ("es", "Fue una atención excelente.", "Fue horrible.", "No fue bueno."),
    ],
)
def test_four_other_languages_tell_good_from_bad(
    language: str, good: str, bad: str, turned: str
) -> None:
    assert sentiment.score_text(good, language).label == "positive"
    assert sentiment.score_text(bad, language).label == "negative"
    assert sentiment.score_text(turned, language).label == "negative"


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "en",
            ["No", "No.", "No, that is all", "Nothing else, thank you", "no thanks", "stop"],
        ),
        (
            "nl",
            ["Nee", "Nee, dat is alles", "Niets meer, dank u", "Verder niets", "Nee bedankt"],
        ),
        ("de", ["Nein", "Nein, das ist alles", "Sonst nichts, danke", "Nein danke"]),
        ("fr", ["Non", "Non, c'est tout", "Rien d'autre, merci", "Non merci"]),
        ("es", ["No", "No, eso es todo", "Nada más, gracias", "No, gracias"]),
    ],
)
def test_a_plain_no_has_no_mood(language: str, texts: list[str]) -> None:
    felt = {text: sentiment.score_text(text, language).label for text in texts}
    assert set(felt.values()) == {"neutral"}, felt


def test_what_follows_a_no_keeps_its_mood() -> None:
    assert sentiment.score_text("No, I did not see a doctor.").label == "neutral"
    assert sentiment.score_text("No, it was horrible.").label == "negative"
    assert sentiment.score_text("No, fue bueno.", "es").label == "positive"


def test_both_poles_in_another_language_are_mixed() -> None:
    text = "Het was geweldig en prettig, maar de brief was vreselijk en pijnlijk."
    assert sentiment.score_text(text, "nl").label == "mixed"


@pytest.mark.parametrize(
    ("text", "language"),
    [("Я очень рад", "en"), ("我很生气", "en"), ("Nimefurahi sana, good", "sw"), ("good", "")],
)
def test_what_cannot_be_read_is_neutral(text: str, language: str) -> None:
    assert sentiment.score_text(text, language) == sentiment.SentimentScore("neutral", 0.0)


def test_an_interview_is_the_mean_of_its_answers() -> None:
    texts = ["I loved it.", "It took two days."]
    expected = round(sum(sentiment.score_text(text).score for text in texts) / 2, 4)
    felt = sentiment.score_turns(texts, "en")
    assert (felt.label, felt.score) == ("positive", expected)


def test_an_interview_with_strong_answers_of_both_kinds_is_mixed() -> None:
    assert sentiment.score_turns(["I loved it.", "I hated it."], "en").label == "mixed"
    assert sentiment.score_turns([], "en") == sentiment.SentimentScore("neutral", 0.0)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.sampled_from(["en", "nl", "de", "fr", "es", "xx", ""]))
def test_any_text_has_a_reading(text: str, language: str) -> None:
    felt = sentiment.score_text(text, language)
    assert felt.label in ("positive", "neutral", "negative", "mixed")
    assert -1 <= felt.score <= 1
    assert felt.score == round(felt.score, 4)


@pytest.mark.parametrize(
    "text", ["good sad not happy " * 5_000, "x" * 20_000 + "😀" * 5_000, "😀 " * 20_000]
)
def test_long_texts_are_read(text: str) -> None:
    assert -1 <= sentiment.score_text(text).score <= 1


def test_importing_it_reads_no_lexicon_and_no_http_client() -> None:
    code = (
        "import sys; from interviewrelay.analysis import sentiment;"
        "early = 'vaderSentiment' in sys.modules; sentiment.score_text('good');"
        "print(early, 'requests' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False"]
