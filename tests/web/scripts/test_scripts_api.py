"""Scripts by JSON."""

import pytest

from interviewrelay.scripts import scripts
from tests.factories import DOCUMENT, a_draft, a_script

LEAST = {"name": "Least", "questions": [{"text": "How was it?"}]}


def create(client, who, body):
    return client.post("/api/scripts", json=body, headers=who.auth)


def test_the_least_script_is_a_draft_with_sensible_defaults(client, ann):
    made = create(client, ann, LEAST)
    assert made.status_code == 201
    assert (made.json["status"], made.json["version"]) == ("draft", None)
    assert (made.json["language"], made.json["target_minutes"]) == ("en", 20)
    assert made.json["questions"][0]["id"] == "q1"
    found = client.get(f"/api/scripts/{made.json['id']}", headers=ann.auth)
    assert found.json == made.json


def test_a_whole_number_may_be_written_with_a_point(client, ann):
    question = {**LEAST["questions"][0], "sensitivity": 1.0, "seconds": 60.0}
    question["expected"] = {"min_words": 5.0}
    made = create(client, ann, {**LEAST, "target_minutes": 15.0, "questions": [question]})
    assert made.json["target_minutes"] == 15
    kept = made.json["questions"][0]
    assert (kept["sensitivity"], kept["seconds"], kept["expected"]["min_words"]) == (1, 60, 5)


@pytest.mark.parametrize(
    ("body", "field", "expected"),
    [
        ({"questions": [{"text": "T"}]}, "name", "string"),
        ({"name": "N"}, "questions", "list of 1 to 100 items"),
        ({"name": "N", "questions": []}, "questions", "list of 1 to 100 items"),
        ({"name": "N", "questions": "T"}, "questions", "list of 1 to 100 items"),
        ({"name": "N", "questions": [{}]}, "questions.0.text", "string of at most 1000 characters"),
        ({**LEAST, "tone": "angry"}, "tone", "one of neutral, warm"),
        ({**LEAST, "target_minutes": 181}, "target_minutes", "whole number from 1 to 180"),
        ({**LEAST, "target_minutes": "20"}, "target_minutes", "whole number from 1 to 180"),
        ({**LEAST, "closing": {"check_back": "yes"}}, "closing.check_back", "boolean"),
        ({**LEAST, "resources": {"NL": 7}}, "resources.NL", "string of at most 500 characters"),
        ({**LEAST, "reporting": {"Desk": 7}}, "reporting.Desk", "string of at most 500 characters"),
        ({**LEAST, "language": "english"}, "language", "language tag, such as en or pt-BR"),
        ({**LEAST, "closing": "T"}, "closing", "object"),
        ({"name": "N", "questions": [{"text": "T", "needs": [{"label": ""}]}]},
         "questions.0.needs.0.label", "string of at most 500 characters"),
        ({"name": "N", "questions": [{"text": "T", "needs": [{"label": "l", "weight": -1}]}]},
         "questions.0.needs.0.weight", "number from 0 to 100"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_with_its_place(client, ann, body, field, expected):
    response = create(client, ann, body)
    details = response.json["error"]["details"]
    assert response.status_code == 400
    assert (details["field"], details["expected"]) == (field, expected)
    assert "must be a object" not in response.json["error"]["message"]


@pytest.mark.parametrize(
    ("questions", "field", "expected"),
    [
        ([{"id": "a", "text": "How was it?"}, {"id": "a", "text": "And then?"}],
         "questions.a.id", "unique id"),
        ([{"id": "a", "text": "How was it?", "ask_if": {"question": "b", "op": "answered"}}],
         "questions.a.ask_if", "id of a question in this script"),
        ([{"id": "a", "text": "How was it?", "ask_if": {"question": "b", "op": "answered"}},
          {"id": "b", "text": "And then?"}], "questions.a.ask_if", "id of an earlier question"),
    ],
)  # fmt: skip
def test_publishing_says_in_words_what_it_refuses(client, ann, questions, field, expected):
    made = create(client, ann, {"name": "N", "questions": questions}).json
    response = client.post(f"/api/scripts/{made['id']}/publish", headers=ann.auth)
    details = response.json["error"]["details"]
    assert response.status_code == 400
    assert (details["field"], details["expected"]) == (field, expected)
    found = client.get(f"/api/scripts/{made['id']}", headers=ann.auth).json
    assert found["status"] == "draft"


def test_a_patch_changes_what_it_names_and_leaves_the_rest(client, ann):
    made = create(client, ann, {**LEAST, "purpose": "To learn"}).json
    changed = client.patch(f"/api/scripts/{made['id']}", json={"name": "New"}, headers=ann.auth)
    assert changed.status_code == 200
    assert (changed.json["name"], changed.json["purpose"]) == ("New", "To learn")
    assert changed.json["questions"] == made["questions"]
    wrong = client.patch(f"/api/scripts/{made['id']}", json={"name": ""}, headers=ann.auth)
    assert wrong.status_code == 400
    assert client.get(f"/api/scripts/{made['id']}", headers=ann.auth).json["name"] == "New"


def test_publishing_answers_with_the_version_and_the_warnings(client, ann):
    body = {"name": "N", "questions": [{"text": "Was it good?"}]}
    path = f"/api/scripts/{create(client, ann, body).json['id']}/publish"
    published = client.post(path, headers=ann.auth)
    assert published.status_code == 200
    assert (published.json["status"], published.json["version"]) == ("published", 1)
    warning = published.json["warnings"][0]
    assert set(warning) == {"question_id", "field", "rule", "level", "message"}
    assert client.post(path, json={}, headers=ann.auth).json["version"] == 1


def test_an_edited_script_says_that_it_is_ahead_of_its_version(client, ann):
    path = f"/api/scripts/{a_script(ann).id}"
    client.patch(path, json={"name": "New"}, headers=ann.auth)
    found = client.get(path, headers=ann.auth).json
    assert (found["version"], found["changed_since_publication"]) == (1, True)
    assert client.post(f"{path}/publish", headers=ann.auth).json["version"] == 2


def test_a_script_that_cannot_be_held_is_not_published(client, ann):
    ask_if = {"question": "nowhere", "op": "answered"}
    body = {"name": "N", "questions": [{"text": "A"}, {"text": "B", "ask_if": ask_if}]}
    made = create(client, ann, body).json
    refused = client.post(f"/api/scripts/{made['id']}/publish", headers=ann.auth)
    assert refused.status_code == 400
    assert refused.json["error"]["details"]["field"].startswith("questions.q2")
    found = client.get(f"/api/scripts/{made['id']}", headers=ann.auth).json
    assert found["status"] == "draft"


def test_a_deleted_script_is_gone(client, ann):
    path = f"/api/scripts/{a_draft(ann).id}"
    gone = client.delete(path, headers=ann.auth)
    assert (gone.status_code, gone.data) == (204, b"")
    assert client.get(path, headers=ann.auth).status_code == 404
    assert client.delete(path, headers=ann.auth).status_code == 404
    assert client.get("/api/scripts", headers=ann.auth).json["total"] == 0


def test_scripts_are_listed_by_status(client, ann):
    published, draft = a_script(ann), a_draft(ann)

    def listed(query=""):
        found = client.get(f"/api/scripts{query}", headers=ann.auth)
        return [script["id"] for script in found.json["scripts"]]

    assert listed() == [draft.id, published.id]
    assert listed("?status=draft") == [draft.id]
    assert listed("?status=published") == [published.id]
    wrong = client.get("/api/scripts?status=burnt", headers=ann.auth)
    assert wrong.json["error"]["details"]["field"] == "status"


def test_a_script_can_be_sent_back_as_it_was_answered(client, ann):
    made = create(client, ann, DOCUMENT).json
    again = client.patch(f"/api/scripts/{made['id']}", json=made, headers=ann.auth)
    assert again.status_code == 200
    assert again.json["questions"] == made["questions"]
    assert scripts.list_scripts(ann.actor).total == 1
