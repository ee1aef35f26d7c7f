"""The scripts that one can begin with."""

from importlib import resources

import pytest

from interviewrelay.domain import rehearsal, script_templates, scripts
from interviewrelay.domain.preview import of_document
from interviewrelay.interviewer import acts

TEMPLATES = script_templates.listing()


def test_there_are_ten_and_each_file_is_one() -> None:
    folder = resources.files("interviewrelay").joinpath("script_templates")
    assert {f"{t.key}.yaml" for t in TEMPLATES} == {f.name for f in folder.iterdir()}
    assert len(TEMPLATES) == 10


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t.key)
def test_a_template_is_published_without_a_remark_but_on_what_nobody_else_can_know(
    template: script_templates.Template,
) -> None:
    document = dict(template.document)
    remarks = scripts.remarks_on({**document, "reporting": {"Desk": "desk@example.org"}})
    assert remarks == []
    assert {r.rule for r in scripts.remarks_on(document)} <= {"no-reporting"}
    told = scripts.estimate(document)
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
    template: script_templates.Template,
) -> None:
    talk = of_document(template.document, "seed")
    person = rehearsal.Participant(talk.guide, "cooperative", "seed")
    for _ in range(100):
        if (turn := talk.asked) is None:
            break
        talk.hear(person.answer(turn.decision))
    assert template.document["closing"]["thank_text"].strip() in talk.closing


FIRST_WEEKS = (
    "Nobody was at the desk. I sat in the lobby with my bag for forty minutes.",
    "She gave me the tour herself, and a laptop that was still locked to the last person.",
    "I read the onboarding wiki on my phone, half of which was out of date.",
    "From the recruiter, mostly. He made it sound like a start-up.",
    "Everyone wears headphones. I found that odd at first and now I do it as well.",
    "Trial and error. And Priya, who sits opposite and never minds being asked.",
    "I deployed to staging by accident in week two. My buddy showed me the right button.",
)


def test_two_bare_nos_end_what_is_come_back_to() -> None:
    template = next(t for t in TEMPLATES if t.key == "onboarding")
    talk = of_document(template.document, "seed")
    told, back = iter(FIRST_WEEKS), []
    while talk.asked is not None and talk.asked.decision.act not in acts.CLOSING:
        back.append(bool(talk.asked.decision.details.get("returns")))
        talk.hear("No." if back[-1] else next(told, "It is much as it was, I would say."))
    assert back.count(True) == 2
    assert talk.asked is not None
