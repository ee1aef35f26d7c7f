"""Sentiment: plain answers in six languages, what keeps a judgement from counting, whole interviews, and any
text at all.
"""

import csv
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from bench.results import sentiment as measured
from interviewrelay.analysis import sentiment
from interviewrelay.analysis.polarity import polarity_lexicon as lexicon

LANGUAGES = ("en", "nl", "de", "fr", "es", "ar")
ANSWERS = tomllib.loads(
    (Path(__file__).parent / "plain_answers.toml").read_text(encoding="utf-8")
)
WRONG = {
    "open": ("positive", "negative"),
    "open_good": ("negative",),
    "open_bad": ("positive",),
}
LABELS = ("positive", "neutral", "negative", "mixed", "unsure")


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_answers_have_the_label_a_reader_would_give(language: str) -> None:
    wrong = {
        text: (wanted, label)
        for wanted, texts in ANSWERS[language].items()
        for text in texts
        for label in [sentiment.score_text(text, language).label]
        if (label in WRONG[wanted] if wanted in WRONG else label != wanted)
    }
    assert not wrong


def test_labelled_answers_that_are_shown_are_right() -> None:
    answers = list(measured.read_answers(measured.FOLDER / "dev.tsv"))
    shown = [one for one in answers if one.given in measured.JUDGING]
    right = sum(one.given == one.label for one in shown)
    assert right / len(shown) >= 0.9
    assert right / sum(one.label in measured.JUDGING for one in answers) >= 0.4


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Hi, happy to be here.", "positive"),
        ("I am not happy with it.", "negative"),
        ("The nurse was not only kind, she was wonderful.", "positive"),
        ("I didn't tell them.", "neutral"),
        ("They didn't tell me.", "negative"),
        ("I was not told.", "negative"),
        ("It used to be terrible, but now it works really well.", "positive"),
        ("If it had been easy, I would have done it.", "unsure"),
        ("My husband thinks it is terrible.", "unsure"),
        ("I think it is terrible.", "negative"),
        ("The food was lovely, but then the bill came.", "unsure"),
        ("Oh great, the nurse never called me back, she forgot.", "negative"),
        ("I waited five minutes.", "neutral"),
        ("I waited fifty minutes.", "negative"),
        ("", "neutral"),
        ("😀", "positive"),
        ("👎", "negative"),
    ],
)
def test_a_judgement_counts_only_if_it_is_meant(text: str, label: str) -> None:
    assert sentiment.score_text(text).label == label


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
        ("ar", ["لا", "لا شكرا"]),
    ],
)
def test_a_plain_no_has_no_mood(language: str, texts: list[str]) -> None:
    felt = {text: sentiment.score_text(text, language).label for text in texts}
    assert set(felt.values()) == {"neutral"}, felt


def test_what_follows_a_no_keeps_its_mood() -> None:
    assert sentiment.score_text("No, I did not see a doctor.").label == "neutral"
    assert sentiment.score_text("No, it was horrible.").label == "negative"
    assert sentiment.score_text("No, fue muy bueno.", "es").label == "positive"


def test_accents_that_are_left_out_change_nothing() -> None:
    assert sentiment.score_text("Je suis tres decu.", "fr").label == "negative"
    assert sentiment.score_text("La atencion fue rapida y facil.", "es").label == "positive"


@pytest.mark.parametrize("language", ["sw", "", "zz"])
def test_a_language_without_a_lexicon_is_unsure(language: str) -> None:
    assert sentiment.score_text("Nimefurahi sana, good", language) == sentiment.UNSURE
    assert sentiment.score_text("", language) == sentiment.NEUTRAL


def test_an_unsure_answer_has_no_score() -> None:
    assert sentiment.score_text("My colleague says it is great.") == sentiment.UNSURE
    assert sentiment.UNSURE.score == 0.0


def test_an_interview_is_the_mean_of_its_sure_answers() -> None:
    texts = ["I loved it.", "It took two days.", "My colleague says it is great."]
    expected = round(sum(sentiment.score_text(text).score for text in texts) / 2, 4)
    felt = sentiment.score_turns(texts, "en")
    assert (felt.label, felt.score) == ("positive", expected)


GOOD, BAD = (
    sentiment.SentimentScore("positive", 0.5),
    sentiment.SentimentScore("negative", -0.5),
)
TORN = sentiment.SentimentScore("mixed", 0.0)


@pytest.mark.parametrize(
    ("readings", "label"),
    [
        ([], "neutral"),
        ([sentiment.NEUTRAL] * 3, "neutral"),
        ([sentiment.UNSURE] * 3, "unsure"),
        ([sentiment.NEUTRAL, sentiment.UNSURE, sentiment.UNSURE], "unsure"),
        ([GOOD, *[sentiment.NEUTRAL] * 5], "positive"),
        ([GOOD, sentiment.UNSURE], "positive"),
        ([GOOD, GOOD, GOOD, BAD], "positive"),
        ([GOOD, GOOD, BAD], "mixed"),
        ([BAD, BAD, BAD, GOOD], "negative"),
        ([GOOD, BAD], "mixed"),
        ([GOOD, TORN], "mixed"),
        ([GOOD, GOOD, TORN], "positive"),
    ],
)
def test_an_interview_is_positive_or_negative_only_if_its_answers_clearly_are(
    readings: list[sentiment.SentimentScore], label: str
) -> None:
    assert sentiment.average_scores(readings).label == label
    assert sentiment.average_scores(readings[::-1]).label == label


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.sampled_from([*LANGUAGES, "nl-BE", "xx", ""]))
def test_any_text_has_a_reading(text: str, language: str) -> None:
    felt = sentiment.score_text(text, language)
    assert felt.label in LABELS
    assert -1 <= felt.score <= 1
    assert felt.score == round(felt.score, 4)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text", ["no ", "not good ", "waited ", "nobody no one ", "😀", "9 ", "x", "a,", "a'"]
)
def test_long_texts_are_read_in_no_time(text: str, language: str) -> None:
    lexicon.load_lexicon(language)
    began = time.process_time()
    sentiment.score_text((text * 10_000)[:10_000], language, telling=True)
    assert time.process_time() - began < 0.25


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lexicon_is_large_and_says_everything_once(language: str) -> None:
    file = lexicon.FOLDER / f"{language}.tsv"
    rows = [line for line in file.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    judging, seen = 0, {}
    for weight, negated, mark, entries in csv.reader(rows, delimiter="\t"):
        assert -3 <= int(weight) <= 3
        assert -3 <= int(negated) <= 3
        assert mark in lexicon.MARKS
        for entry in entries.split(", "):
            assert entry == entry.strip()
            assert entry not in seen, entry
            seen[entry] = mark
            judging += abs(int(weight)) > 1 and mark != "irony"
    assert judging >= 400


def test_importing_it_reads_no_lexicon() -> None:
    code = (
        "from interviewrelay.analysis import sentiment;"
        "from interviewrelay.analysis.polarity.polarity_lexicon import load_lexicon;"
        "print(load_lexicon.cache_info().currsize)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "0"
