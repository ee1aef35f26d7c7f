"""The rules on questions in five languages, against sentences labelled by hand, and against authors'.

In `questions/LANGUAGE.txt` each line has the rules that a careful reader sees broken, or `-`.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from interviewrelay.demo.content import SCRIPT
from interviewrelay.interviewer.wording import phrasing, question_rules, style_rules
from interviewrelay.interviewer.wording.attributions import (
    addresses_by_name,
    alters_meaning,
    is_agreement,
    is_attribution,
)

HERE = Path(__file__).parent
LISTS = sorted((HERE / "questions").glob("*.txt"))
STUDIES = sorted((HERE.parents[2] / "bench/interviews/studies").glob("*.toml"))
GOOD_ENOUGH = 0.97
"""Of all labels: found among those that are meant, and meant among those that are found."""


def labelled(path: Path) -> Iterator[tuple[set[str], str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        labels, text = line.split(" | ", 1)
        yield set(labels.split(",")) - {"-"}, text


def found(text: str, language: str) -> set[str]:
    closed = {"yes-no"} if style_rules.is_closed_in_any_language(text, language) else set()
    loaded = question_rules.list_loaded_rules(text, language)
    return closed | {*style_rules.list_violations(text, language), *loaded}


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_the_rules_see_what_a_careful_reader_sees(path: Path) -> None:
    lines = [(meant, found(text, path.stem), text) for meant, text in labelled(path)]
    right = sum(len(meant & seen) for meant, seen, _ in lines)
    missed = [text for meant, seen, text in lines if meant - seen]
    false = [text for meant, seen, text in lines if seen - meant]
    assert right / sum(len(meant) for meant, _, _ in lines) >= GOOD_ENOUGH, missed
    assert right / sum(len(seen) for _, seen, _ in lines) >= GOOD_ENOUGH - 0.02, false


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_the_lists_are_long_and_half_of_them_harmless(path: Path) -> None:
    lines = list(labelled(path))
    assert sum(not meant for meant, _ in lines) >= 30
    assert sum(bool(meant) for meant, _ in lines) >= 25


def asked_by(questions: list[dict[str, Any]]) -> Iterator[str]:
    for question in questions:
        yield question["text"]
        yield from question.get("rephrase", ())
        yield from question.get("probes", ())
        for need in question.get("need", question.get("needs", ())):
            yield need["ask"]


def test_what_authors_ask_in_our_studies_is_taken_as_it_is() -> None:
    asked = list(asked_by(SCRIPT["questions"]))
    for path in STUDIES:
        asked += asked_by(tomllib.loads(path.read_text(encoding="utf-8"))["question"])
    assert len(asked) > 300
    assert [text for text in asked if question_rules.list_broken_rules(text, "en")] == []
    assert [text for text in asked if question_rules.list_loaded_rules(text, "en")] == []


@pytest.mark.parametrize("language", sorted(phrasing.PHRASES))
def test_our_own_questions_ask_openly(language: str) -> None:
    pools = phrasing.PHRASES[language].items()
    own = [t for key, pool in pools if not key.startswith(("told", "check_back")) for t in pool]
    assert [text for text in own if found(text, language)] == []


@pytest.mark.parametrize(
    ("language", "text", "rule"),
    [
        ("de", "Wie zufrieden sind Sie mit dem Verhältnis zwischen Preis und Leistung?", ""),
        ("de", "Erzählen Sie von der Zeit zwischen der Schule, der Lehre und der Arbeit.", ""),
        ("de", "Was geschah, als Sie oder ich ankamen?", ""),
        ("de", "Wie war das, mit allem, was dazu gehört am ersten Tag oder danach?", ""),
        ("de", "Wie kamen Sie dorthin, mit dem Bus, zu Fuß oder mit der Bahn?", "options"),
        ("de", "Am ersten Tag, war jemand da?", "yes-no"),
    ],
)  # fmt: skip
def test_what_only_looks_like_it(language: str, text: str, rule: str) -> None:
    assert found(text, language) == ({rule} if rule else set())


# --- what is made of somebody ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "judging", "plain"),
    [
        ("en", "That must have been hard.", "It was hard for your neighbour."),
        ("en", "Fair enough.", "Three days of old binders."),
        ("nl", "Begrijpelijk.", "U zat in de wachtkamer."),
        ("de", "Verständlich.", "Sie saßen im Wartezimmer."),
        ("fr", "C'est compréhensible.", "Vous avez attendu dans la salle."),
        ("es", "¡Claro!", "Usted esperó en la sala."),
        ("nl", "U deed het juiste.", "U deed het boek dicht."),
        ("de", "Sie haben das richtig gemacht.", "Sie haben das Buch geholt."),
        ("fr", "Vous avez bien fait.", "Vous avez fait le tour."),
        ("es", "Hizo bien en irse.", "Hizo la maleta."),
    ],
)
def test_an_acknowledgement_that_judges_is_known(
    language: str, judging: str, plain: str
) -> None:
    assert is_agreement(judging, language)
    assert not is_agreement(plain, language)
    assert not is_agreement(judging, "it")


@pytest.mark.parametrize(
    ("language", "ack", "own", "others"),
    [
        ("en", "You were angry.", "I was very angry.", "My manager was angry and I was late."),
        ("nl", "U was boos.", "Toen was ik echt boos.", "Mijn chef was boos."),
        ("de", "Sie waren wütend.", "Ich war sehr wütend.", "Meine Chefin war wütend."),
        ("fr", "Vous étiez fâché.", "J'étais vraiment fâché.", "Mon chef était fâché."),
        ("es", "Usted estaba enfadado.", "Yo estaba muy enfadado.", "El jefe gritó enfadado."),
    ],
)
def test_what_was_somebody_elses_is_not_put_upon_them(
    language: str, ack: str, own: str, others: str
) -> None:
    assert not is_attribution(ack, ["Something else.", own], language)
    assert is_attribution(ack, ["Something else.", others], language)
    assert not is_attribution(ack, [others], "it")


def test_nobody_is_called_by_name() -> None:
    assert addresses_by_name("How did you learn it, Priya?")
    assert addresses_by_name("Wie lernten Sie das, Anna Meyer?")
    assert not addresses_by_name("How did you learn it from Priya?")
    assert not addresses_by_name("After the garden, how did you learn it?")


@pytest.mark.parametrize(
    ("language", "own", "turned", "kept"),
    [
        ("en", "How did you learn it?", "How did you never learn it?", "And how did you learn it?"),
        ("en", "What did you not like?", "What did you like?", "And what did you not like?"),
        ("nl", "Hoe leerde u het?", "Hoe goed leerde u het?", "En hoe leerde u het?"),
        ("de", "Wie lernten Sie es?", "Wie lernten Sie es nicht?", "Und wie lernten Sie es?"),
        ("fr", "Comment l'apprit-il ?", "Comment l'apprit-il si mal ?", "Et comment l'apprit-il ?"),
        ("es", "¿Cómo lo aprendió?", "¿Cómo no lo aprendió?", "¿Y cómo lo aprendió?"),
    ],
)  # fmt: skip
def test_a_small_word_turns_a_question_round(
    language: str, own: str, turned: str, kept: str
) -> None:
    assert alters_meaning(turned, own, language)
    assert not alters_meaning(kept, own, language)
