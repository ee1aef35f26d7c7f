"""The scripts that one can begin with."""

from importlib import resources

import pytest

from interviewrelay.scripts import scripts, templates
from interviewrelay.simulations import simulated_participant
from interviewrelay.simulations.preview import start_interview

TEMPLATES = templates.list_templates()


def test_there_are_ten_and_each_file_is_one() -> None:
    folder = resources.files("interviewrelay.scripts").joinpath("study_templates")
    assert {f"{t.key}.yaml" for t in TEMPLATES} == {f.name for f in folder.iterdir()}
    assert len(TEMPLATES) == 10


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t.key)
def test_a_template_is_published_without_a_remark_but_on_what_nobody_else_can_know(
    template: templates.ScriptTemplate,
) -> None:
    document = dict(template.document)
    remarks = scripts.list_remarks({**document, "reporting": {"Desk": "desk@example.org"}})
    assert remarks == []
    assert {r.rule for r in scripts.list_remarks(document)} <= {"no-reporting"}
    told = scripts.estimate_document(document)
    assert told.fits
    assert told.likely <= document["target_minutes"]
    assert document["purpose"]
    assert document["closing"]["thank_text"]
    questions = document["questions"]
    assert 5 <= len(questions) <= 10
    assert any(q["probes"] for q in questions) or template.key == "pulse"
    assert all(need["ask"] and len(need["cues"]) >= 5 for q in questions for need in q["needs"])


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t.key)
def test_an_interview_by_a_template_comes_to_its_end(
    template: templates.ScriptTemplate,
) -> None:
    talk = start_interview(template.document, "seed")
    person = simulated_participant.Participant(talk.guide, "cooperative", "seed")
    back = 0
    for _ in range(100):
        if (turn := talk.open_question) is None:
            break
        details = turn.decision.details
        back += bool(details.get("returns") and not details.get("at_close"))
        talk.answer(person.answer(turn.decision))
    assert back <= 1
    assert template.document["closing"]["thank_text"].strip() in talk.closing
