"""Projects by JSON."""

import pytest


def create(client, who, **body):
    return client.post("/api/projects", json=body, headers=who.auth)


def test_a_project_is_made_and_listed(client, ann):
    made = create(client, ann, name="  Visits ", description=" How they go ")
    assert made.status_code == 201
    assert (made.json["name"], made.json["description"]) == ("Visits", "How they go")
    assert client.get("/api/projects", headers=ann.auth).json["projects"] == [made.json]


@pytest.mark.parametrize("more", [{}, {"description": None}, {"description": "  "}])
def test_a_description_may_be_left_out(client, ann, more):
    assert create(client, ann, name="Visits", **more).json["description"] is None


@pytest.mark.parametrize("name", ["x" * 200, "研究 🙂", "<b>&amp;"])
def test_any_name_of_up_to_200_characters_is_kept_as_it_is(client, ann, name):
    assert create(client, ann, name=name).json["name"] == name


@pytest.mark.parametrize(
    ("body", "field", "message"),
    [
        ({}, "name", "The 'name' field is required"),
        ({"name": None}, "name", "The 'name' field is required"),
        ({"name": ""}, "name", "The 'name' field is required"),
        ({"name": "   "}, "name", "The 'name' field is required"),
        ({"name": "\u200b\u200b"}, "name", "The 'name' field is required"),
        ({"name": 7}, "name", "The 'name' field must be a string"),
        ({"name": ["x"]}, "name", "The 'name' field must be a string"),
        (
            {"name": "x" * 201},
            "name",
            "The 'name' field must be a string of at most 200 characters",
        ),
        ({"name": "x", "description": 7}, "description", None),
        ({"name": "x", "description": "d" * 5_001}, "description", None),
    ],
)
def test_a_wrong_field_is_named(client, ann, body, field, message):
    response = create(client, ann, **body)
    error = response.json["error"]
    assert (response.status_code, error["code"]) == (400, "INVALID_PARAMETER")
    assert error["details"]["field"] == field
    assert error["details"]["expected"].startswith("string")
    assert message in (None, error["message"])
    assert client.get("/api/projects", headers=ann.auth).json["total"] == 0


def test_several_wrong_fields_are_named_at_once(client, ann):
    details = create(client, ann, name="", description=7).json["error"]["details"]
    assert details["field"] == "name"
    assert [(e["field"], e["expected"][:6]) for e in details["errors"]] == [
        ("name", "string"), ("description", "string"),
    ]  # fmt: skip


def test_unknown_fields_are_ignored(client, ann):
    made = create(client, ann, name="Visits", org_id="x", id="y")
    assert made.status_code == 201
    assert made.json["id"] != "y"


@pytest.mark.parametrize("pasted", ["A\nB", "A\r\nB", "A\u2028B", "\nA\nB\n"])
def test_a_name_that_was_pasted_on_two_lines_is_one(client, ann, pasted):
    made = client.post("/api/projects", json={"name": pasted}, headers=ann.auth)
    assert made.status_code == 201
    assert made.json["name"] == "A B"
