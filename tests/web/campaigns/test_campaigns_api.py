"""Campaigns by JSON."""

import pytest

from interviewrelay.core.ids import new_id
from tests.factories import a_campaign, a_draft, a_project, a_script


@pytest.fixture
def body(ann):
    return {"name": "Autumn", "script_id": a_script(ann).id, "project_id": a_project(ann).id}


def create(client, who, body):
    return client.post("/api/campaigns", json=body, headers=who.auth)


def test_a_campaign_is_active_with_a_week_for_its_invites(client, ann, body):
    made = create(client, ann, body)
    assert made.status_code == 201
    assert made.json["invite_valid_hours"] == 168
    assert (made.json["status"], made.json["script_version"]) == ("active", 1)
    found = client.get(f"/api/campaigns/{made.json['id']}", headers=ann.auth).json
    assert {**made.json, "stats": found["stats"]} == found


def test_everything_that_is_sent_is_kept(client, ann, body):
    more = {
        "invite_valid_hours": 24,
        "settings": {"mode": "text", "language": "de", "target_minutes": 10, "recording": False,
                     "sentiment": True, "interviewer": "Robin"},
        "metadata": {"wave": "2"},
        "reminder_hours_before": 12,
        "starts_at": "2030-01-01T00:00:00Z",
        "ends_at": "2030-02-01T00:00:00Z",
        "max_sessions": 5,
        "max_completed": 3,
        "custom_message": "Hello",
    }  # fmt: skip
    made = create(client, ann, {**body, **more}).json
    assert {name: made[name] for name in more} == more


def test_a_campaign_cannot_end_before_it_starts(client, ann, body):
    times = {"starts_at": "2030-01-02", "ends_at": "2030-01-02"}
    error = create(client, ann, {**body, **times}).json["error"]
    assert error["details"]["field"] == "ends_at"
    made = create(client, ann, {**body, **times, "ends_at": "2030-01-03"}).json
    path = f"/api/campaigns/{made['id']}"
    for wrong in ({"starts_at": "2030-02-01"}, {"ends_at": "2029-01-01"}):
        assert client.patch(path, json=wrong, headers=ann.auth).status_code == 400
    both = {"starts_at": "2031-01-01", "ends_at": "2031-01-02"}
    assert client.patch(path, json=both, headers=ann.auth).status_code == 200
    assert client.patch(path, json={"ends_at": None}, headers=ann.auth).json["ends_at"] is None


def test_a_duplicate_is_a_draft_without_people_and_times(client, ann, body):
    more = {"max_completed": 3, "custom_message": "Hello", "metadata": {"wave": "2"}}
    made = create(client, ann, {**body, **more, "ends_at": "2030-01-01"}).json
    path = f"/api/campaigns/{made['id']}"
    sent = {"emails": ["a@x.example"]}
    assert client.post(f"{path}/invites", json=sent, headers=ann.auth).status_code == 201
    copy = client.post(f"{path}/duplicate", headers=ann.auth)
    assert copy.status_code == 201
    assert copy.json["status"] == "draft"
    assert copy.json["ends_at"] is None
    assert {name: copy.json[name] for name in more} == more
    found = client.get(f"/api/campaigns/{copy.json['id']}", headers=ann.auth).json
    assert found["stats"]["invites_sent"] == 0


@pytest.mark.parametrize(
    ("hours", "ok"),
    [(1, True), (8760, True), (168.0, True), (0, False), (-1, False), (8761, False), (1e9, False),
     (1.5, True), (0.9, False), (8760.1, False), (True, False), ("168", False), ([], False)],
)  # fmt: skip
def test_invites_are_valid_for_1_to_8760_hours(client, ann, body, hours, ok):
    response = create(client, ann, {**body, "invite_valid_hours": hours})
    if ok:
        assert response.json["invite_valid_hours"] == hours
        assert isinstance(response.json["invite_valid_hours"], float) == (hours % 1 > 0)
    else:
        assert response.json["error"]["details"] == {
            "field": "invite_valid_hours", "expected": "number from 1 to 8760",
        }  # fmt: skip


def test_a_link_is_valid_to_the_minute(client, ann, body):
    made = create(client, ann, {**body, "invite_valid_hours": 1.5}).json
    path = f"/api/campaigns/{made['id']}"
    assert client.get(path, headers=ann.auth).json["invite_valid_hours"] == 1.5
    noon = {**ann.auth, "X-Test-Now": "2031-05-01T12:00:00Z"}
    (invite,) = client.post(
        f"{path}/invites", json={"emails": ["a@x.example"], "send_email": False}, headers=noon
    ).json["invites"]
    assert invite["expires_at"] == "2031-05-01T13:30:00Z"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"), ({"name": "x" * 201}, "name"), ({"script_id": None}, "script_id"),
        ({"script_id": "abc123"}, "script_id"), ({"script_id": 7}, "script_id"),
        ({"project_id": new_id()}, "project_id"),
        ({"project_id": "{}"}, "project_id"), ({"settings": []}, "settings"),
        ({"settings": {"mode": "song"}}, "settings.mode"),
        ({"settings": {"target_minutes": 0}}, "settings.target_minutes"),
        ({"settings": {"autonomy": "all"}}, "settings.autonomy"),
        ({"metadata": {"a": 1}}, "metadata.a"), ({"metadata": {str(n): "" for n in range(51)}}, "metadata"),
        ({"starts_at": "soon"}, "starts_at"), ({"starts_at": "2024-02-30"}, "starts_at"),
        ({"max_sessions": 0}, "max_sessions"), ({"reminder_hours_before": 0}, "reminder_hours_before"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named(client, ann, body, wrong, field):
    response = create(client, ann, {**body, **wrong})
    error = response.json["error"]
    assert (response.status_code, error["code"]) == (400, "INVALID_PARAMETER")
    assert error["details"]["field"] == field
    assert client.get("/api/campaigns", headers=ann.auth).json["total"] == 0


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"settings": {"interviewer": 5}}, "settings.interviewer", "a string of at most 500 characters"),
        ({"settings": {"interviewer": "x" * 501}}, "settings.interviewer", "a string of at most 500 characters"),
        ({"settings": None}, "settings", "an object"),
        ({"status": None}, "status", "one of draft, active"),
        ({"metadata": {str(n): "" for n in range(51)}}, "metadata", "an object of at most 50 strings"),
        ({"invite_valid_hours": None}, "invite_valid_hours", "a number from 1 to 8760"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_the_field_may_be(client, ann, body, wrong, field, message):
    error = create(client, ann, {**body, **wrong}).json["error"]
    assert error["message"] == f"The '{field}' field must be {message}"
    assert error["details"]["field"] == field


def test_ids_are_trimmed_like_all_texts(client, ann, body):
    spaced = {name: f" {body[name]}\n" for name in ("script_id", "project_id")}
    response = create(client, ann, {**body, **spaced})
    assert response.status_code == 201
    assert {name: response.json[name] for name in spaced} == {n: body[n] for n in spaced}


def test_every_wrong_field_is_listed_at_once(client, ann):
    wrong = {"name": 5, "script_id": "y", "project_id": 7, "invite_valid_hours": 0}
    details = create(client, ann, wrong).json["error"]["details"]
    assert [problem["field"] for problem in details["errors"]] == list(wrong)
    malformed = {"name": " ", "script_id": "y", "project_id": "z"}
    details = create(client, ann, malformed).json["error"]["details"]
    assert [problem["message"] for problem in details["errors"]] == [
        "The 'name' field is required",
        "The 'script_id' field must be a UUID",
        "The 'project_id' field must be a UUID",
    ]


@pytest.mark.parametrize("make", [lambda ann: a_draft(ann).id, lambda _ann: new_id()])
def test_what_is_no_published_script_cannot_be_used(client, ann, body, make):
    response = create(client, ann, {**body, "script_id": make(ann)})
    error = response.json["error"]
    assert (response.status_code, error["code"]) == (400, "SCRIPT_NOT_PUBLISHED")
    assert error["details"]["field"] == "script_id"


@pytest.mark.parametrize("field", ["script_id", "project_id"])
def test_what_belongs_to_others_answers_like_what_is_not_there(client, ann, ben, body, field):
    foreign = {"script_id": a_script(ben).id, "project_id": a_project(ben).id}[field]
    answers = [
        create(client, ann, {**body, field: wrong}).json["error"]
        for wrong in (foreign, new_id())
    ]
    assert answers[0]["message"] == answers[1]["message"]
    assert answers[0]["details"] == answers[1]["details"]


def test_campaigns_are_filtered_by_project_and_status(client, ann):
    one, _other = a_campaign(ann), a_campaign(ann)

    def listed(query):
        found = client.get(f"/api/campaigns?{query}", headers=ann.auth)
        assert found.status_code == 200
        return [item["id"] for item in found.json["campaigns"]]

    assert listed(f"project_id={one.project_id}") == [one.id]
    assert set(listed("project_id=&status=")) == set(listed(""))
    assert listed("project_id=abc123") == listed(f"project_id={new_id()}") == []
    assert len(listed("status=active")) == 2
    assert listed("status=archived") == []


@pytest.mark.parametrize("status", ["ACTIVE", "burnt", "active,paused"])
def test_a_status_that_there_is_not_is_refused(client, ann, status):
    response = client.get("/api/campaigns", query_string={"status": status}, headers=ann.auth)
    assert response.status_code == 400
    assert response.json["error"]["details"]["field"] == "status"


def test_a_date_that_is_none_is_refused_in_the_words_of_all_fields(client, ann):
    beyond = " from 1970-01-02 to 9998-12-31"
    for value, more in (("0005-01-01T01:00:04Z", beyond), ("soon", ""), (7, "")):
        body = {"name": "N", "script_id": new_id(), "project_id": new_id(), "starts_at": value}
        error = client.post("/api/campaigns", json=body, headers=ann.auth).json["error"]
        assert error["message"] == f"The 'starts_at' field must be an ISO 8601 date{more}"
        assert error["details"] == {"field": "starts_at", "expected": "ISO 8601 date"}
