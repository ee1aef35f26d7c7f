"""Both simulators understand questions, each in its own way; and the material is sound."""

import pytest

from bench.interviews import detectors, forms, heard, material, oracle, personas, sanity, sheets
from bench.interviews.participant import EARS, Participant
from bench.interviews.record import recall, recalled

from .conftest import COST

STUDIES = (*material.TUNED, *material.REPORTED)
both = pytest.mark.parametrize("simulator", EARS)


def hear(sheet, simulator, text, told=()):
    return EARS[simulator](sheet).hear(text, frozenset(told))


@both
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
def test_questions_are_known_by_their_kind(person, simulator, text, kind):
    assert hear(person(), simulator, text, told=(0, 1)).kind == kind


@both
def test_other_words_for_a_matter_are_understood(person, simulator):
    asked = hear(person(), simulator, "Which expenses came out of your own pocket?")
    assert (asked.topic, asked.need) == (1, COST)


@both
def test_a_phrase_of_ones_own_is_recognized_only_after_it_was_said(person, simulator):
    text = "Could you tell me more about the broken lamp?"
    assert hear(person(), simulator, text, told=(1,)).anchor == 1
    assert hear(person(), simulator, text).anchor == -1


@both
@pytest.mark.parametrize(
    "text",
    [
        'Could you tell me more about "the corridor was full of people"?',
        'What does "corridor was full" mean for you?',
    ],
)
def test_ones_own_words_in_quotation_marks_are_no_new_question(person, simulator, text):
    asked = hear(person(), simulator, text, told=(0, 4))
    assert (asked.kind, asked.anchor) == (heard.ANCHORED, 0)
    assert hear(person(), simulator, text, told=(4,)).anchor == -1


@both
def test_a_name_is_known_in_any_frame(person, simulator):
    text = "Please tell me some more about a broken lamp."
    assert hear(person(), simulator, text, told=(0, 1)).anchor == 1


@both
def test_what_is_asked_for_shows_in_the_type(person, simulator):
    assert {"time"} <= hear(person(), simulator, "How long did you sit in the corridor?").types
    assert {"example"} <= hear(
        person(), simulator, "What did that look like in practice?"
    ).types
    assert {"reason"} <= hear(person(), simulator, "What led to that?").types


@both
def test_a_leading_question_is_matched_with_the_false_claim(person, simulator):
    assert hear(person(), simulator, "Don't you think the staff were rude?").lead == 0


@both
@pytest.mark.parametrize("name", STUDIES)
def test_all_cues_in_one_sentence_bring_nothing(simulator, name):
    sheet = sheets.sheet(material.study(name), 0, 1, "cooperative", 6)
    assert Participant(sheet, simulator).answer(sanity.dump(sheet)).outcome.facts == ()


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


@both
@pytest.mark.parametrize("name", STUDIES)
def test_main_questions_and_needs_are_understood(simulator, name):
    study = material.study(name)
    ear = EARS[simulator](sheets.sheet(study, 0, 1, "cooperative", 6))
    topics = [ear.hear(text, frozenset()) for text in study.topics]
    assert [h.topic for h in topics] == list(range(len(study.topics)))
    needs = [ear.hear(need.ask, frozenset()).need for need in study.needs]
    right = sum(found == place for place, found in enumerate(needs))
    assert right >= 0.95 * len(needs)


def test_the_same_seed_gives_the_same_person_and_words():
    study = material.study("health")
    one, other = (sheets.sheet(study, 3, 5, "rambling", 6) for _ in range(2))
    assert one == other
    said = [
        [e.answer for e in forms.play("generic", s, "cues", 20).exchanges] for s in (one, other)
    ]
    assert said[0] == said[1]
    assert sheets.sheet(study, 3, 6, "rambling", 6) != one


def test_the_oracle_learns_more_than_any_form():
    sheet = sheets.sheet(material.study("health"), 1, 1, "cooperative", 6)
    best = oracle.best(sheet, 20, width=4)
    played = [forms.play(name, sheet, "cues", 20) for name in forms.NAMES]
    got = [recall(sheet, [n for _, n in record.told]) for record in played]
    assert best.recall > max(got)


@both
def test_going_into_what_was_said_pays(simulator):
    """So that an interviewer who listens can be told from one who reads a list."""
    study = material.study("commuting")
    people = [sheets.sheet(study, n, 1, "cooperative", 6) for n in range(3)]
    means = [
        sum(recalled(forms.play(name, p, simulator, 20)) for p in people)
        for name in ("fixed", "generic", "naive", "ladder")
    ]
    assert means == sorted(means)


def test_every_kind_of_people_can_be_played():
    study = material.study("exit")
    for kind in personas.KINDS:
        sheet = sheets.sheet(study, 1, 1, kind, personas.KINDS[kind].patience)
        assert forms.play("long", sheet, "grams", 20).exchanges


def test_no_word_list_is_the_products():
    """Simulators and detectors know nothing of the engine that they judge."""
    folder = material.FOLDER.parent
    for file in folder.glob("*.py"):
        assert "interviewrelay.interviewer" not in file.read_text(), file.name
