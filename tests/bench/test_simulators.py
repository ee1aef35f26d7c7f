"""Simulated people understand questions; and the material is sound."""

import pytest

from bench.interviews import detectors, heard, material, sheets
from bench.interviews.ear_cues import CueEar
from bench.interviews.participant import Participant

from .conftest import COST

STUDIES = material.STUDIES


def hear(sheet, text, told=()):
    return CueEar(sheet).hear(text, frozenset(told))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Thank you. How did the visit to the clinic go?", heard.OPEN),
        ("How long did you sit in the corridor?", heard.NEED),
        ("Could you tell me more about that?", heard.CONTINUER),
        ("What did that look like in practice?", heard.ANCHORED),
        ("What happened with the broken lamp?", heard.ANCHORED),
        ("Did the insurance refuse bills?", heard.CLOSED),
        ("The staff were rude, weren't they, right?", heard.LEADING),
        ("Was the corridor full or empty?", heard.OPTION),
        ("Is there anything you would like to add?", heard.CLOSING),
        ("Would you like to stop here?", heard.OFFER),
        ("That is fine.", heard.NOTHING),
        ("How long did you sit there? Which bills did the insurance refuse?", heard.DOUBLE),
        ("How long did you sit there and what did you pay?", heard.DOUBLE),
        ("What would you correct or add?", heard.RECAP),
    ],
)
def test_questions_are_known_by_their_kind(person, text, kind):
    assert hear(person(), text, told=(0, 1)).kind == kind


def test_other_words_for_a_matter_are_understood(person):
    asked = hear(person(), "Which expenses came out of your own pocket?")
    assert (asked.topic, asked.need) == (1, COST)


def test_a_phrase_of_ones_own_is_recognized_only_after_it_was_said(person):
    text = "Could you tell me more about the broken lamp?"
    assert hear(person(), text, told=(1,)).anchor == 1
    assert hear(person(), text).anchor == -1


@pytest.mark.parametrize(
    "text",
    [
        'Could you tell me more about "the corridor was full of people"?',
        'What does "corridor was full" mean for you?',
    ],
)
def test_ones_own_words_in_quotation_marks_are_no_new_question(person, text):
    asked = hear(person(), text, told=(0, 4))
    assert (asked.kind, asked.anchor) == (heard.ANCHORED, 0)
    assert hear(person(), text, told=(4,)).anchor == -1


def test_a_name_is_known_in_any_frame(person):
    text = "Please tell me some more about a broken lamp."
    assert hear(person(), text, told=(0, 1)).anchor == 1


def test_what_is_asked_for_shows_in_the_type(person):
    assert {"time"} <= hear(person(), "How long did you sit in the corridor?").types
    assert {"example"} <= hear(person(), "What did that look like in practice?").types
    assert {"reason"} <= hear(person(), "What led to that?").types


def test_a_leading_question_is_matched_with_the_false_claim(person):
    assert hear(person(), "Don't you think the staff were rude?").lead == 0


@pytest.mark.parametrize("name", STUDIES)
def test_studies_have_the_facts_they_should(name):
    study = material.study(name)
    assert 8 <= len(study.topics) <= 12
    found = [sheets.sheet(study, n, 1, "cooperative", 6) for n in range(6)]
    levels = [f.level for sheet in found for f in sheet.facts]
    assert all(60 <= len(sheet.facts) <= 90 for sheet in found)
    assert sum(level >= 2 for level in levels) >= 0.25 * len(levels)
    assert sum(level == 3 for level in levels) >= 0.10 * len(levels)
    assert len({tuple(f.text for f in sheet.facts) for sheet in found}) == 6


@pytest.mark.parametrize("name", STUDIES)
def test_authors_questions_break_no_rule(name):
    study = material.study(name)
    asked = [*study.topics, *(need.ask for need in study.needs)]
    broken = {text: rules for text in asked if (rules := detectors.judge(text))}
    assert broken == {}


@pytest.mark.parametrize("name", STUDIES)
def test_the_product_is_given_no_fact(name):
    study = material.study(name)
    given = repr(study.script)
    for need in study.needs:
        assert all(way not in given for way in need.heard)
        assert all(line.text not in given for line in need.lines)


@pytest.mark.parametrize("name", STUDIES)
def test_main_questions_and_needs_are_understood(name):
    study = material.study(name)
    ear = CueEar(sheets.sheet(study, 0, 1, "cooperative", 6))
    topics = [ear.hear(text, frozenset()) for text in study.topics]
    assert [h.topic for h in topics] == list(range(len(study.topics)))
    needs = [ear.hear(need.ask, frozenset()).need for need in study.needs]
    right = sum(found == place for place, found in enumerate(needs))
    assert right >= 0.95 * len(needs)


def test_the_same_seed_gives_the_same_person_and_words():
    study = material.study("health")
    one, other = (sheets.sheet(study, 3, 5, "rambling", 6) for _ in range(2))
    assert one == other
    first, second = (Participant(sheet) for sheet in (one, other))
    for text in study.topics:
        assert first.answer(text).answer == second.answer(text).answer
    assert sheets.sheet(study, 3, 6, "rambling", 6) != one


def test_no_word_list_is_the_products():
    """Simulators and detectors know nothing of the engine that they judge."""
    folder = material.FOLDER.parent
    for file in folder.glob("*.py"):
        assert "interviewrelay.interviewer" not in file.read_text(), file.name
