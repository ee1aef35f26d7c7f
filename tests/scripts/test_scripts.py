"""Scripts: what is left out is filled in, and what is published never changes."""

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from interviewrelay.campaigns import campaigns
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import InvalidParameter, NotFound, ScriptNotPublished
from interviewrelay.models import ScriptVersion
from interviewrelay.organizations import access
from interviewrelay.scripts import scripts
from interviewrelay.scripts.document import ScriptDocument
from tests.factories import DOCUMENT, a_campaign, a_draft, a_script

LEAST = {"name": "Least", "questions": [{"text": "How was it?"}]}


def document(**more):
    return ScriptDocument.model_validate({**LEAST, **more})


def versions(script):
    rows = db.session.execute(
        select(ScriptVersion).where(ScriptVersion.script_id == script.id).order_by("number")
    ).scalars()
    return [(row.number, row.document["name"]) for row in rows]


def test_a_name_and_a_question_are_enough():
    made = document().document()
    assert (made["language"], made["target_minutes"], made["tone"]) == ("en", 20, "neutral")
    assert (made["purpose"], made["consent_text"], made["contact"], made["resources"]) == (
        "",
        "",
        "",
        {},
    )
    assert made["closing"] == {"anything_to_add": True, "check_back": True, "thank_text": ""}
    assert made["questions"] == [
        {
            "id": "q1", "text": "How was it?", "kind": "open", "options": [],
            "importance": "should", "depth": "standard", "sensitivity": 0,
            "expected": {"min_words": 0, "wants": []}, "needs": [], "probes": [], "rephrase": [],
            "explain": "", "avoid": [], "ask_if": None, "skip_if": None, "seconds": None,
        }
    ]  # fmt: skip


def test_ids_are_filled_in_beside_those_that_are_given():
    made = document(
        questions=[
            {"text": "One", "needs": [{"label": "a"}, {"id": "n1", "label": "b"}]},
            {"id": "q1", "text": "Two", "needs": [{"label": "c"}]},
            {"text": "Three"},
        ]
    )
    assert [q.id for q in made.questions] == ["q2", "q1", "q3"]
    assert [n.id for q in made.questions for n in q.needs] == ["n2", "n1", "n3"]


def test_what_was_made_is_read_back_as_the_same():
    made = ScriptDocument.model_validate(DOCUMENT).document()
    assert ScriptDocument.model_validate(made).document() == made


def test_texts_are_trimmed_and_blank_lines_dropped():
    made = document(name="  N  ", questions=[{"text": " T ", "probes": [" a ", " ", ""]}])
    assert (made.name, made.questions[0].text, made.questions[0].probes) == ("N", "T", ["a"])


def test_a_condition_takes_a_number_as_its_text():
    made = document(
        questions=[
            {"text": "A"},
            {"text": "B", "ask_if": {"question": "q1", "op": "gt", "value": 3}},
        ]
    )
    assert made.questions[1].ask_if.value == "3"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""}, {"name": "  "}, {"name": "x" * 201}, {"name": 7}, {"questions": []},
        {"questions": [{}]}, {"questions": [{"text": " "}]}, {"questions": [{"text": "x" * 1_001}]},
        {"questions": [{"text": "T", "kind": "riddle"}]}, {"questions": [{"text": "T"}] * 101},
        {"questions": [{"text": "T", "sensitivity": 3}]}, {"target_minutes": 0}, {"target_minutes": True},
        {"target_minutes": "20"}, {"target_minutes": 181}, {"language": "english please"},
        {"tone": "angry"}, {"resources": {"NL": 7}}, {"reporting": {"Desk": 7}}, {"reporting": "desk"}, {"closing": {"check_back": "yes"}},
        {"questions": [{"text": "T", "id": "with space"}]},
        {"questions": [{"text": "T", "ask_if": {"question": "q1", "op": "gt", "value": True}}]},
        {"questions": [{"text": "T", "needs": [{"label": ""}]}]},
    ],
)  # fmt: skip
def test_a_wrong_document_is_refused(wrong):
    with pytest.raises(ValidationError):
        document(**wrong)


def test_a_new_script_is_a_draft(ann):
    script = a_draft(ann)
    assert (script.latest_version, versions(script)) == (0, [])


def test_publishing_makes_a_numbered_version_with_the_linters_warnings(ann):
    script = scripts.create_script(ann.actor, document(questions=[{"text": "Was it good?"}]))
    script, remarks = scripts.publish_script(script)
    assert versions(script) == [(1, "Least")]
    assert remarks
    assert all(remark.level == "warning" for remark in remarks)


def test_publishing_again_makes_a_version_only_when_something_changed(ann):
    script = a_script(ann)
    scripts.publish_script(script)
    script = scripts.change_script(script, ScriptDocument.model_validate(DOCUMENT))
    assert not script.changed_since_publication
    scripts.publish_script(script)
    assert len(versions(script)) == 1
    script = scripts.change_script(script, document())
    assert script.changed_since_publication
    script, _ = scripts.publish_script(script)
    assert not script.changed_since_publication
    assert versions(script) == [(1, DOCUMENT["name"]), (2, "Least")]


def test_a_change_leaves_published_versions_and_their_campaigns_alone(ann):
    script = a_script(ann)
    campaign = a_campaign(ann, script=script)
    scripts.publish_script(scripts.change_script(script, document()))
    db.session.expire_all()
    assert (
        access.get_campaign(ann.actor, campaign.id).version.document["name"] == DOCUMENT["name"]
    )
    assert a_campaign(ann, script=script).version.number == 2


def test_a_changed_draft_has_nothing_to_be_ahead_of(ann):
    assert not scripts.change_script(a_draft(ann), document()).changed_since_publication


@pytest.mark.parametrize(
    "condition",
    [
        {"question": "unknown", "op": "answered"},
        {"question": "q2", "op": "answered"},
        {"question": "q3", "op": "answered"},
    ],
)
def test_a_condition_on_an_unknown_or_later_question_refuses_publication(ann, condition):
    questions = [{"text": "A"}, {"text": "B", "ask_if": condition}, {"text": "C"}]
    script = scripts.create_script(ann.actor, document(questions=questions))
    with pytest.raises(InvalidParameter) as refusal:
        scripts.publish_script(script)
    assert refusal.value.details["field"].startswith("questions.q2.")
    assert versions(script) == []


def test_an_error_of_the_whole_script_is_named_by_its_field(ann, monkeypatch):
    script = a_draft(ann)
    monkeypatch.setattr(
        scripts,
        "list_remarks",
        lambda _d: scripts.linter.lint_guide(scripts.build_guide({**LEAST, "questions": []})),
    )
    with pytest.raises(InvalidParameter) as refusal:
        scripts.publish_script(script)
    assert refusal.value.details["field"] == "questions"


def test_a_deleted_script_is_gone_and_its_campaigns_go_on(ann):
    script = a_script(ann)
    campaign = a_campaign(ann, script=script)
    scripts.delete_script(script)
    scripts.delete_script(script)
    with pytest.raises(NotFound):
        access.get_script(ann.actor, script.id)
    assert scripts.list_scripts(ann.actor).total == 0
    assert (
        access.get_campaign(ann.actor, campaign.id).version.document["name"] == DOCUMENT["name"]
    )
    with pytest.raises(ScriptNotPublished):
        campaigns.create_campaign(
            ann.actor, campaigns.CampaignPlan("X", script.id, campaign.project_id)
        )


def test_scripts_are_listed_by_state_and_organization(ann, ben):
    published, draft = a_script(ann), a_draft(ann)
    a_script(ben)

    def listed(**more):
        return [
            row.id for row in scripts.list_scripts(ann.actor, pagination.Window(), **more).items
        ]

    assert listed() == [draft.id, published.id]
    assert listed(state="published") == [published.id]
    assert listed(state="draft") == [draft.id]


def test_two_changes_of_different_fields_at_once_are_both_kept(app, ann):
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    script, barrier = a_draft(ann), Barrier(2)

    def change(fields):
        with app.app_context():
            mine = access.get_script(ann.actor, script.id)
            barrier.wait()
            scripts.patch_script(mine, fields, ScriptDocument.model_validate)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(change, [{"name": "New"}, {"purpose": "Another"}]))
    db.session.expire_all()
    found = access.get_script(ann.actor, script.id).document
    assert (found["name"], found["purpose"]) == ("New", "Another")


@pytest.mark.parametrize(
    ("words", "found"),
    [("élan", 1), ("ELAN", 1), ("vital élan", 1), ("vita", 1), ("élan mortel", 0), ("%", 0)],
)
def test_scripts_are_found_whatever_case_and_accents(ann, words, found):
    a_draft(ann)
    script = scripts.change_script(
        a_draft(ann), ScriptDocument(**{**DOCUMENT, "name": "Élan vital"})
    )
    page = scripts.list_scripts(ann.actor, words=words)
    assert [row.id for row in page.items] == [script.id] * found
