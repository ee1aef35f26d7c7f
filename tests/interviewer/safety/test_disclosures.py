"""What is told and is not gone into: met with one sentence, neither asked about nor quoted.

In `disclosures/LANGUAGE.txt` a line that begins with `+` tells of a death, of harm, of grave illness or
of a secret; one that begins with `-` only sounds like it.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from interviewrelay.interviewer import acts, languages
from interviewrelay.interviewer.guide import Guide, Need, Question
from interviewrelay.interviewer.patterns.required_texts import find_required_texts
from interviewrelay.interviewer.safety import disclosures
from interviewrelay.interviewer.safety.danger import tells_of_danger
from interviewrelay.interviewer.text.tokenization import normalize, strip_accents
from interviewrelay.interviewer.wording.phrasing import LINES, PHRASES
from tests.interviewer.safety.test_danger import lines

Hold = Callable[..., Any]
Script = Callable[..., Guide]

LISTS = sorted((Path(__file__).parent / "disclosures").glob("*.txt"))
HEARD = 0.95
MOST_FALSE = 0.05


def heard(path: Path, meant: bool) -> list[bool]:
    """Which lines of a kind are met with care, by a sentence or by the end of the interview."""
    return [
        bool(disclosures.classify_disclosure(text, path.stem))
        or tells_of_danger(normalize(text))
        for kind, text in lines(path)
        if kind is meant
    ]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_of_what_is_not_gone_into_nineteen_of_twenty_are_heard(path: Path) -> None:
    told = heard(path, meant=True)
    assert sum(told) >= HEARD * len(told)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_what_only_sounds_like_it_is_an_answer(path: Path) -> None:
    told = heard(path, meant=False)
    assert sum(told) <= MOST_FALSE * len(told)


@pytest.mark.parametrize("code", disclosures.TOLD)
def test_forms_have_no_accents_and_are_ruled_out_at_a_glance(code: str) -> None:
    forms = disclosures.TOLD[code].patterns.values()
    none = languages.list_pattern_sources(code, "disclosures", "none")
    assert all(form == strip_accents(form) for form in (*forms, *none))
    assert all(map(find_required_texts, forms))


TWO = {
    "en": ("What was hard in the first weeks?", "How did the rest of the year go?"),
    "nl": ("Wat was moeilijk in de eerste weken?", "Hoe ging de rest van het jaar?"),
    "de": ("Was war in den ersten Wochen schwer?", "Wie lief der Rest des Jahres?"),
    "fr": ("Qu'est-ce qui était difficile au début ?", "Comment s'est passé le reste ?"),
    "es": ("¿Qué fue difícil al principio?", "¿Cómo fue el resto del año?"),
}


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_it_is_met_with_one_sentence_and_the_door_is_left_open(
    path: Path, hold: Hold, script: Script
) -> None:
    hard, rest = TWO[path.stem]
    asked = [Question(id="a", text=hard, depth="deep"), Question(id="b", text=rest)]
    guide = script(asked, language=path.stem)
    phrases = LINES[path.stem]
    gentle = PHRASES[path.stem]["gentle"]
    care = (*phrases["grief"], *phrases["sorry"], *phrases["entrusted"], *phrases["heard"])
    for meant, text in lines(path):
        if (
            meant
            and disclosures.classify_disclosure(text, path.stem)
            and not tells_of_danger(normalize(text))
        ):
            interview = hold(guide, text)
            open_doors = [f"{line} {door}" for line in care for door in gentle]
            assert interview.text in [*open_doors, *(f"{line} {rest}" for line in care)], text
            interview.answer("<skip>")
            assert interview.move.decision.question_id != "a"


def test_nothing_of_it_comes_back_at_the_end(hold: Hold, script: Script) -> None:
    asked = [Question(id=f"q{n}", text=t, depth="deep") for n, t in enumerate(TWO["en"])]
    guide = script(asked, target_minutes=60)
    interview = hold(
        guide,
        "My manager groped me in the lift. The lift was in the old wing of the big house.",
    )
    while not interview.move.ends:
        assert not {"lift", "wing", "groped"} & set(interview.text.lower().split())
        interview.answer("It went on like before in the office, with much work for us all.")


def test_who_tells_of_it_at_the_end_is_met_with_care_too(hold: Hold, script: Script) -> None:
    guide = script([Question(id="q", text="How was it?", depth="none")])
    interview = hold(guide, "It was a quiet year in the office.", "My boss died last week.")
    assert interview.move.ends
    assert interview.move.closing.startswith(LINES["en"]["grief"][0])


def test_a_question_beside_it_is_answered_as_well(hold: Hold, script: Script) -> None:
    guide = script([Question(id=str(n), text=t) for n, t in enumerate(TWO["en"])])
    said = hold(guide, "I was bullied by my team. Are you human?").text
    assert any(said.startswith(line) for line in LINES["en"]["sorry"])
    assert "automated" in said


def test_a_study_of_the_illness_asks_its_own_follow_ups(hold: Hold, script: Script) -> None:
    need = Need(
        id="n", label="the doctor", ask="Who told you about the cancer?", cues=("doctor",)
    )
    ill = Question(id="q", text="How did you find out about the cancer?", needs=(need,))
    other = Question(id="r", text="How was the year?", depth="none")
    told = "I was diagnosed with cancer in the spring, after months of feeling tired."
    interview = hold(script([other, ill]), "It was a quiet year.", told)
    assert interview.asked()[-1] == "q"
    assert interview.text.endswith(need.ask)
    bare = hold(script([other, replace(ill, needs=())]), "It was a quiet year.", told)
    assert bare.act != acts.PROBE


def test_another_language_than_ours_hears_english_only(hold: Hold, script: Script) -> None:
    assert disclosures.classify_disclosure("I was bullied by my team", "it")
    assert not disclosures.classify_disclosure("La squadra era gentile", "it")
