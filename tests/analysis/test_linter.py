"""What the linter tells an author."""

from dataclasses import replace
from typing import Any

import pytest

from interviewrelay.analysis.linter import MESSAGES, Remark, lint_guide
from interviewrelay.interviewer.guide import Condition, Guide, Kind, Need, Question
from interviewrelay.interviewer.wording import style_rules

CLEAN = Question(
    "q1",
    "What happened on your first day?",
    importance="must",
    needs=(Need("n1", "the welcome", "Who was there to meet you?", ("desk", "badge")),),
    probes=("Could you describe that day from start to finish?",),
    rephrase=("How did your first day go?",),
    explain="I mean the very first day, e.g. the day with the badge.",
)


def script(*questions: Question, language: str = "en") -> Guide:
    return Guide(name="Study", questions=questions, language=language, target_minutes=5)


def rules(guide: Guide) -> list[tuple[str | None, str, str, str]]:
    return [(r.question_id, r.field, r.rule, r.level) for r in lint_guide(guide)]


def test_a_clean_script_has_no_remarks() -> None:
    assert lint_guide(script(CLEAN)) == []


def test_a_script_without_questions_is_an_error() -> None:
    remark = Remark(None, "questions", "no-question", "error", "The script has no questions.")
    assert lint_guide(script()) == [remark]


def test_a_question_without_text_is_an_error() -> None:
    assert ("q1", "text", "no-text", "error") in rules(script(replace(CLEAN, text=" ")))


def test_an_id_used_twice_is_an_error() -> None:
    other = replace(CLEAN, text="How did it end?")
    assert rules(script(CLEAN, other)) == [("q1", "id", "duplicate-id", "error")]
    twins = replace(CLEAN, needs=CLEAN.needs * 2)
    assert rules(script(twins)) == [("q1", "needs[1].id", "duplicate-id", "error")]


@pytest.mark.parametrize("name", ["ask_if", "skip_if"])
@pytest.mark.parametrize(
    ("looks_at", "rule"),
    [
        ("q9", "unknown-question"),
        ("q2", "later-question"),
        ("q3", "later-question"),
        ("q1", ""),
    ],
)
def test_a_condition_looks_back_at_a_question_that_exists(
    name: str, looks_at: str, rule: str
) -> None:
    second = replace(
        Question("q2", "What came next?"), **{name: Condition(looks_at, "answered")}
    )
    third = Question("q3", "How did it end?")
    expected = [("q2", name, rule, "error")] if rule else []
    assert rules(script(CLEAN, second, third)) == expected


@pytest.mark.parametrize("name", ["ask_if", "skip_if"])
@pytest.mark.parametrize(
    ("op", "value", "rule"),
    [
        ("lt", "x", "no-number"), ("gt", "", "no-number"), ("lt", "10", ""), ("gt", "two", ""),
        ("equals", "", "no-value"), ("contains", " ", "no-value"), ("equals", "yes", ""),
        ("answered", "", ""),
    ],
)  # fmt: skip
def test_a_condition_that_never_holds_is_remarked_on(
    name: str, op: Any, value: str, rule: str
) -> None:
    second = replace(Question("q2", "What came next?"), **{name: Condition("q1", op, value)})
    expected = [("q2", name, rule, "warning")] if rule else []
    assert rules(script(CLEAN, second)) == expected


def test_a_must_question_with_follow_ups_wants_needs() -> None:
    bare = replace(CLEAN, needs=())
    assert rules(script(bare)) == [("q1", "needs", "no-needs", "warning")]
    assert rules(script(replace(bare, depth="light"))) == []
    assert rules(script(replace(bare, importance="should"))) == []


def test_a_need_wants_cues() -> None:
    blind = replace(CLEAN, needs=(Need("n1", "the welcome", "Who met you?", (" ",)),))
    assert rules(script(blind)) == [("q1", "needs[0].cues", "no-cues", "warning")]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("open", "Did you like the training?", ["yes-no"]),
        ("closed", "Did you like the training?", []),
        ("open", "Did you come by car or by train?", ["options", "yes-no"]),
        ("closed", "Did you come by car or by train?", []),
        ("open", "Why did you leave?", ["why"]),
        ("scale", "Don't you think it is too much?", ["leading"]),
        ("open", "What happened and how did it end?", ["double-barrelled"]),
        ("open", "What happened? Who was there?", ["multiple"]),
    ],
)
def test_wording_is_remarked_on(kind: Kind, text: str, expected: list[str]) -> None:
    guide = script(replace(CLEAN, kind=kind, text=text))
    assert [r.rule for r in lint_guide(guide)] == expected
    assert {r.level for r in lint_guide(guide)} <= {"warning"}


def test_every_spoken_text_is_looked_at() -> None:
    bad = "Why did you go?"
    question = replace(
        CLEAN,
        rephrase=("How was it?", bad),
        probes=(bad,),
        needs=(Need("n1", "the way", bad, ("way",)),),
    )
    fields = [r.field for r in lint_guide(script(question))]
    assert fields == ["rephrase[1]", "probes[0]", "needs[0].ask"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de-DE", "Warum sind Sie gegangen?", ["why"]),
        ("de", "Why did you go?", []),
        ("de", "Hat Ihnen der Kurs gefallen?", ["yes-no"]),
        ("nl", "Was het goed of slecht?", ["options", "yes-no"]),
        ("fr", "Comment était le cours et combien a-t-il coûté ?", ["double-barrelled"]),
        ("es", "¿No cree que el curso fue bueno?", ["leading", "yes-no"]),
        ("es", "¿Qué pasó aquel día?", []),
    ],
)
def test_the_rules_hold_in_five_languages(
    language: str, text: str, expected: list[str]
) -> None:
    question = Question("q1", text)
    assert [r.rule for r in lint_guide(script(question, language=language))] == expected


@pytest.mark.parametrize(("language", "known"), [("it", False), ("ar", False), ("fr-CA", True)])
def test_where_a_wish_to_stop_is_not_understood_the_author_hears_of_it(
    language: str, known: bool
) -> None:
    found = lint_guide(script(Question("q1", "…"), language=language))
    assert [r.rule for r in found] == ([] if known else ["language"])
    for remark in found:
        assert (remark.question_id, remark.field, remark.level) == (None, "language", "warning")
        assert "stop" in remark.message
        assert "danger" in remark.message


def test_every_rule_has_a_message() -> None:
    assert MESSAGES.keys() == {*style_rules.ENGLISH_RULES, *style_rules.FORM_RULES, "yes-no"}


def test_a_target_far_beyond_what_everything_takes_is_told_last() -> None:
    remarks = lint_guide(
        replace(script(replace(CLEAN, text="Was it good?")), target_minutes=20)
    )
    assert [r.rule for r in remarks] == ["yes-no", "length"]
    assert remarks[-1] == Remark(
        None,
        "target_minutes",
        "length",
        "warning",
        "Participants see about 20 minutes. With all follow-ups, it takes about 2 minutes.",
    )


@pytest.mark.parametrize(
    ("language", "text", "asked_for"),
    [
        ("en", "How was your stay at the hospital?", True),
        ("en", "What does a day with your patients look like?", True),
        ("en", "How do you pick the films that you watch?", False),
        ("de", "Wie war die Pflege auf der Station?", True),
        ("de", "Wie suchen Sie Filme aus?", False),
        ("nl", "Hoe ging het in het ziekenhuis?", True),
        ("fr", "Comment se passe votre travail ?", True),
        ("es", "¿Cómo guardan sus datos?", True),
        ("pt", "Como foi no hospital?", False),
    ],
)
def test_where_a_concern_can_be_reported_is_asked_for_where_one_may_come_up(
    language, text, asked_for
):
    guide = script(Question("q1", text, depth="none"), language=language)
    found = [r for r in lint_guide(guide) if r.rule == "no-reporting"]
    assert [(r.field, r.level, r.question_id) for r in found] == (
        [("reporting", "warning", None)] if asked_for else []
    )
    told = replace(guide, reporting={"Desk": "desk@example.org"})
    assert "no-reporting" not in {r.rule for r in lint_guide(told)}
