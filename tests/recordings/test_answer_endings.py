"""How long an answer is waited for, by its words and its sound."""

import tomllib
from pathlib import Path

import pytest

from interviewrelay.core.ports.speech import Pause, Transcription, Word
from interviewrelay.recordings import answer_endings
from interviewrelay.recordings.answer_endings import (
    COMPLETE,
    OPEN,
    UNSURE,
    Wording,
    get_required_silence,
    judge_wording,
)

TABLE = tomllib.loads(
    Path(answer_endings.__file__).with_name("answer_endings.toml").read_text("utf-8")
)
FINISHED = {
    "en": "We waited for an hour and then the nurse came.",
    "nl": "We hebben een uur gewacht en toen kwam de zuster.",
    "de": "Wir haben eine Stunde gewartet und dann kam die Schwester.",
    "fr": "On a attendu une heure et puis l'infirmière est venue.",
    "es": "Esperamos una hora y luego vino la enfermera.",
}


def wait(text, language="en", complete=0.95, confidences=None, confidence=None):
    said = text.split()
    words = tuple(
        Word(word, i, i + 1, (confidences or [0.9] * len(said))[i])
        for i, word in enumerate(said)
        if confidences != []
    )
    pause = None if complete is None else Pause(3.0, 1.2, complete)
    return get_required_silence(pause, Transcription(text, confidence, words), language)


@pytest.mark.parametrize("language", FINISHED)
def test_a_complete_answer_ends_soon(language):
    assert wait(FINISHED[language], language) == COMPLETE
    assert wait(FINISHED[language], f"{language}-XX") == COMPLETE


@pytest.mark.parametrize("language", FINISHED)
def test_an_answer_that_sounds_unfinished_gets_more_time(language):
    assert wait(FINISHED[language], language, complete=0.49) == OPEN
    assert wait(FINISHED[language], language, complete=0.5) == COMPLETE


@pytest.mark.parametrize("language", TABLE)
def test_nobody_is_cut_off_in_the_middle_of_a_clause(language):
    """Whatever the sound says, and however the recogniser ends the sentence."""
    table = TABLE[language]
    ends = [*table["strong"].split(), *table["phrases"]]
    said = [f"Xylophon {word}{mark}" for word in ends for mark in ("", ".", "...", ",")]
    assert [text for text in said if wait(text, language, complete=0.99) < UNSURE] == []


@pytest.mark.parametrize("language", TABLE)
def test_usual_continuations_are_waited_for(language):
    for word in TABLE[language]["weak"].split():
        said = f"Xylophon {word}"
        assert wait(said, language, complete=0.99) >= OPEN, word
        assert wait(said, language, complete=0.3) == UNSURE, word
        assert wait(f"{said}.", language, complete=0.6) >= OPEN, word


@pytest.mark.parametrize("language", TABLE)
def test_complete_endings_are_told_from_unfinished_ones(language):
    for said in TABLE[language]["closed"]:
        assert judge_wording(f"Xylophon, {said}.", language) <= Wording.FINISHED, said
        assert wait(f"Xylophon {said}.", language) == COMPLETE, said


@pytest.mark.parametrize("language", TABLE)
def test_short_closed_answers_end_soon(language):
    for said in TABLE[language]["short"]:
        assert wait(f"{said.capitalize()}.", language) == COMPLETE, said
        assert judge_wording(said, language) is Wording.SHORT, said


@pytest.mark.parametrize(
    "said", ["7", "7.", "About 7", "Forty-two.", "3.5", "45 %", "two hundred", "Seven"]
)
def test_numbers_end_soon(said):
    assert wait(said) == COMPLETE


@pytest.mark.parametrize("said", ["Yes.", "No", "Seven."])
def test_a_short_answer_that_sounds_unfinished_is_waited_for(said):
    assert wait(said, complete=0.2) == OPEN


@pytest.mark.parametrize(
    ("said", "complete", "seconds"),
    [
        ("I waited...", 0.9, OPEN), ("I waited…", 0.2, UNSURE), ("I waited,", 0.9, OPEN),
        ("First the desk, then", 0.9, UNSURE), ("I waited –", 0.9, OPEN), ("Um,", 0.9, UNSURE),
        ("I went because", 0.9, UNSURE), ("I went because.", 0.99, UNSURE),
        ("That's what I asked for.", 0.9, COMPLETE), ("You can see that they thought about.", 0.99, UNSURE),
        ("Before that I used to.", 0.99, UNSURE), ("I had expected something.", 0.99, UNSURE), ("I liked it really.", 0.99, OPEN),
        ("They were about us.", 0.1, UNSURE), ("They were about us.", 0.3, OPEN),
        ("It was fine", 0.9, COMPLETE),
        ("I think so.", 0.9, COMPLETE), ("And so on.", 0.9, COMPLETE),
    ],
)  # fmt: skip
def test_wording_and_sound_together(said, complete, seconds):
    assert wait(said, complete=complete) == seconds


def test_doubtful_last_words_are_waited_out():
    assert wait("It was fine.", confidences=[0.9, 0.9, 0.4]) == UNSURE
    assert wait("It was fine.", confidences=[0.9, 0.9, 0.7]) == UNSURE
    assert wait("It was fine.", confidences=[0.9, 0.9, 0.8]) == COMPLETE
    assert wait("It was fine.", confidences=[0.9, 0.4, 0.9]) == UNSURE
    assert wait("It was fine.", confidences=[0.4, 0.9, 0.9]) == COMPLETE
    assert wait("It was fine.", confidences=[], confidence=0.4) == UNSURE
    assert wait("It was fine.", confidences=[], confidence=0.6) == COMPLETE
    assert wait("It was fine.", confidences=[]) == COMPLETE


@pytest.mark.parametrize("said", ["", "...", " ", "?!"])
def test_nothing_recognised_is_waited_out(said):
    assert wait(said) == UNSURE


def test_an_unknown_language_is_judged_by_its_sound_alone():
    assert wait("Czekaliśmy godzinę.", "pl", complete=0.9) == OPEN
    assert wait("Czekaliśmy godzinę.", "pl", complete=0.7) == UNSURE
    assert wait("Czekaliśmy godzinę.", "", complete=0.1) == UNSURE


def test_without_a_detector_words_alone_never_end_soon():
    assert wait("It was fine.", complete=None) == OPEN
    assert wait("Yes", complete=None) == OPEN
    assert wait("It was fine", complete=None) == UNSURE
    assert wait("I went to", complete=None) == UNSURE
    assert wait("I went and", complete=None) == UNSURE


def test_every_wait_is_one_of_three():
    for table in FINISHED.items():
        language, text = table
        said = text.split()
        for end in range(1, len(said) + 1):
            for complete in (None, 0.0, 0.3, 0.5, 0.79, 0.8, 1.0):
                part = " ".join(said[:end])
                assert wait(part, language, complete) in (COMPLETE, OPEN, UNSURE)


def test_more_doubt_never_shortens_the_wait():
    """Of the sound, whatever was said."""
    for language, text in FINISHED.items():
        said = text.split()
        for end in range(1, len(said) + 1):
            part = " ".join(said[:end])
            waits = [wait(part, language, complete / 20) for complete in range(21)]
            assert waits == sorted(waits, reverse=True)
