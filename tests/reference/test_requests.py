"""Every field of a body and every parameter of a query does what the published reference says of it."""

from collections.abc import Callable
from typing import Any, Final

import pytest

from tests.flows.server import Answer
from tests.reference.reading import Field, read
from tests.reference.scene import OCTOBER_20, Scene, later

REFERENCE: Final = read()
BODIES: Final = [(o.title, f) for o in REFERENCE.operations for f in o.body]
QUERIES: Final = [(o.title, f) for o in REFERENCE.operations for f in o.query]
WRONG: Final[dict[str, tuple[Any, ...]]] = {
    "string": (7, True, ["x"], {}),
    "number": ("168", True, [1], {}),
    "boolean": ("false", 0, [], {}),
    "string[]": ("a@example.com", {}, [7], 7),
}
"""By the type that the reference names, values of other types."""


def names(fields: list[tuple[str, Field]]) -> list[str]:
    return [f"{title} {field.name}" for title, field in fields]


def whole(scene: Scene, title: str) -> dict[str, Any]:
    """A body with every field."""
    given = {
        "Create Campaign": {
            **(REFERENCE["Create Campaign"].example.body),
            "script_id": scene.script_id,
            "project_id": scene.ids["project"],
        },
        "Create Invite": {
            "emails": ["new@example.com"], "send_email": False, "custom_message": "Hello.",
        },
        "Create Project": {"name": "P", "description": "D"},
    }[title]  # fmt: skip
    assert set(given) == {field.name for field in REFERENCE[title].body}
    return given


def send(scene: Scene, title: str, body: dict[str, Any], **more: Any) -> Answer:
    path = REFERENCE[title].path.replace(":id", scene.ids["campaign"])
    return scene.call("POST", path, body, **more)


def ask(scene: Scene, title: str, **query: Any) -> Any:
    """A list or an account of what was used, with these parameters."""
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return scene.get(f"{REFERENCE[title].path}?{asked}")


@pytest.mark.parametrize(("title", "field"), BODIES, ids=names(BODIES))
def test_a_field_of_another_type_is_named_and_refused(
    scene: Scene, title: str, field: Field
) -> None:
    for value in WRONG[field.type]:
        refused = send(scene, title, {**whole(scene, title), field.name: value})
        assert refused.status == 400, (value, refused.body)
        error = refused.json["error"]
        assert error["code"] == "INVALID_PARAMETER"
        assert error["details"]["field"].partition(".")[0] == field.name
        assert error["details"]["expected"]


@pytest.mark.parametrize(("title", "field"), BODIES, ids=names(BODIES))
def test_a_field_may_be_left_out_unless_it_has_a_star(
    scene: Scene, title: str, field: Field
) -> None:
    body = whole(scene, title)
    del body[field.name]
    if field.name == "send_email":  # by default it is sent
        body["emails"] = ["mailed@example.com"]
    answer = send(scene, title, body)
    if not field.required:
        assert answer.status == 201, answer.body
        return
    assert answer.status == 400
    error = answer.json["error"]
    assert error["message"] == f"The '{field.name}' field is required"
    assert (error["code"], error["details"]["field"]) == ("INVALID_PARAMETER", field.name)


def a_script_must_be_published(scene: Scene, _field: Field) -> None:
    wanted = whole(scene, "Create Campaign")
    assert send(scene, "Create Campaign", wanted).json["script_id"] == scene.script_id
    wanted["script_id"] = scene.fixtures["A"]["script_draft_id"]
    refused = send(scene, "Create Campaign", wanted)
    assert (refused.status, refused.json["error"]["code"]) == (400, "SCRIPT_NOT_PUBLISHED")
    assert refused.json["error"]["details"]["field"] == "script_id"


def a_project_must_be_there(scene: Scene, _field: Field) -> None:
    wanted = whole(scene, "Create Campaign")
    assert send(scene, "Create Campaign", wanted).json["project_id"] == scene.ids["project"]
    for unknown in ("660e8400-e29b-41d4-a716-446655440001", "abc123"):
        refused = send(scene, "Create Campaign", {**wanted, "project_id": unknown})
        assert (refused.status, refused.json["error"]["details"]["field"]) == (
            400,
            "project_id",
        )


def links_are_valid_for_so_many_hours(scene: Scene, field: Field) -> None:
    wanted = whole(scene, "Create Campaign")
    for hours in (1, field.default, 8760, None):
        wanted["invite_valid_hours"] = hours or field.default
        if hours is None:
            del wanted["invite_valid_hours"]
        campaign = send(scene, "Create Campaign", wanted).json["id"]
        people = {"emails": ["a@example.com"], "send_email": False}
        path = f"/api/campaigns/{campaign}/invites"
        (invite,) = scene.made(path, people, now=OCTOBER_20)["invites"]
        ends = later(3600 * (hours or field.default)).replace("+00:00", "Z")
        assert invite["expires_at"] == ends


def everybody_is_invited(scene: Scene, _field: Field) -> None:
    emails = [f"array{number}@example.com" for number in range(3)]
    made = send(scene, "Create Invite", {"emails": emails, "send_email": False}).json
    assert [invite["email"] for invite in made["invites"]] == emails
    assert (made["sent"], made["failed"]) == (3, 0)


def mail_goes_out_unless_it_is_not_wanted(scene: Scene, field: Field) -> None:
    assert field.default is True
    choices = {"quiet": {"send_email": False}, "asked": {"send_email": True}, "default": {}}
    for name, choice in choices.items():
        address = f"{name}@example.com"
        made = send(scene, "Create Invite", {"emails": [address], **choice}).json
        assert made["sent"] == 1
        if choice != choices["quiet"]:
            assert made["invites"][0]["url"] in scene.letters.words(address)
    assert "quiet@example.com" not in scene.letters.kept  # it would have come before the others


def the_message_is_in_the_mail(scene: Scene, _field: Field) -> None:
    words = "We would love to hear how it went."
    people = {"emails": ["message@example.com"], "send_email": True}
    assert send(scene, "Create Invite", {**people, "custom_message": words}).status == 201
    assert words in scene.letters.words("message@example.com")


def it_comes_back(scene: Scene, field: Field) -> None:
    title = (
        "Create Project"
        if field.words.startswith(("Project", "Optional project"))
        else "Create Campaign"
    )
    words = f"Words of {field.name}"
    assert (
        send(scene, title, {**whole(scene, title), field.name: words}).json[field.name] == words
    )


DOES: Final[dict[str, Callable[[Scene, Field], None]]] = {
    "Create Campaign name": it_comes_back,
    "Create Campaign script_id": a_script_must_be_published,
    "Create Campaign project_id": a_project_must_be_there,
    "Create Campaign invite_valid_hours": links_are_valid_for_so_many_hours,
    "Create Invite emails": everybody_is_invited,
    "Create Invite send_email": mail_goes_out_unless_it_is_not_wanted,
    "Create Invite custom_message": the_message_is_in_the_mail,
    "Create Project name": it_comes_back,
    "Create Project description": it_comes_back,
}


@pytest.mark.parametrize(("title", "field"), BODIES, ids=names(BODIES))
def test_a_field_does_what_is_said_of_it(scene: Scene, title: str, field: Field) -> None:
    DOES[f"{title} {field.name}"](scene, field)


def of_one_project(scene: Scene, _field: Field) -> None:
    mine = scene.get(f"/api/campaigns/{scene.ids['listed']}")["project_id"]
    found = ask(scene, "List Campaigns", project_id=mine)
    assert [campaign["id"] for campaign in found["campaigns"]] == [scene.ids["listed"]]
    assert ask(scene, "List Campaigns", project_id="abc123")["total"] == 0


def of_one_status(scene: Scene, field: Field) -> None:
    title = "List Campaigns" if "archived" in field.choices else "List Sessions"
    key = title.rpartition(" ")[2].lower()
    everyone = {item["id"]: item["status"] for item in pages(scene, title, key)}
    if title == "List Campaigns":  # none has come to its end so far
        ended = send(scene, "Create Campaign", whole(scene, "Create Campaign")).json["id"]
        path = f"/api/campaigns/{ended}"
        assert scene.call("PATCH", path, {"status": "completed"}).status == 200
        everyone[ended] = "completed"
    for status in field.choices:
        found = {item["id"] for item in pages(scene, title, key, status=status)}
        assert found == {one for one, other in everyone.items() if other == status}
        assert found, status
    refused = scene.call("GET", f"{REFERENCE[title].path}?status=nothing")
    assert (refused.status, refused.json["error"]["details"]["field"]) == (400, "status")


def pages(scene: Scene, title: str, key: str, **query: Any) -> list[Any]:
    """The items of a list, page by page."""
    found: list[Any] = []
    while True:
        page = ask(scene, title, limit=100, offset=len(found), **query)
        found += page[key]
        if not page["pagination"]["has_more"]:
            return found


def so_many(scene: Scene, field: Field) -> None:
    assert ask(scene, "List Campaigns")["limit"] == field.default == 50
    assert ask(scene, "List Campaigns", limit=field.most)["limit"] == field.most == 100
    assert ask(scene, "List Campaigns", limit=field.most + 1)["limit"] == field.most
    assert len(ask(scene, "List Campaigns", limit=2)["campaigns"]) == 2
    not_a_number(scene, field)


def from_here_on(scene: Scene, field: Field) -> None:
    first = ask(scene, "List Campaigns")
    assert first["offset"] == field.default == 0
    assert ask(scene, "List Campaigns", offset=0)["campaigns"] == first["campaigns"]
    assert ask(scene, "List Campaigns", offset=1)["campaigns"] == first["campaigns"][1:]
    not_a_number(scene, field)


def not_a_number(scene: Scene, field: Field) -> None:
    for value in ("abc", "-1", "1.5"):
        refused = scene.call("GET", f"/api/campaigns?{field.name}={value}")
        assert refused.status == 400
        assert refused.json["error"]["details"]["field"] == field.name


def of_one_campaign(scene: Scene, _field: Field) -> None:
    found = ask(scene, "List Sessions", campaign_id=scene.ids["held"])
    assert [session["id"] for session in found["sessions"]] == [scene.ids["session"]]
    assert ask(scene, "List Sessions", campaign_id="campaign-123")["total"] == 0


def within(scene: Scene, field: Field) -> None:
    """A day is meant whole, a moment as it is; what is no date is refused."""
    before, after = "2024-10-19", "2024-10-21"
    if field.name == "end_date":
        before, after = after, before
    counts = {
        before: 1, "2024-10-20": 1, after: 0,
        f"{before}T23:59:59Z": 1, f"{after}T00:00:00Z": 0, f"{before}T23:59:59%2B02:00": 1,
    }  # fmt: skip
    for value, wanted in counts.items():
        query = {"campaign_id": scene.ids["held"], field.name: value}
        assert ask(scene, "List Sessions", **query)["total"] == wanted, value
    _no_date(scene, "/api/sessions", field)


def used_within(scene: Scene, field: Field) -> None:
    on, off = {
        "start_date": ("2024-10-20", "2024-10-21"),
        "end_date": ("2024-10-20", "2024-10-19"),
    }[field.name]
    other = {"start_date": "end_date", "end_date": "start_date"}[field.name]
    far = {"end_date": "2024-10-25", "start_date": "2024-10-05"}[other]
    for value, wanted in ((on, 120), (off, 0)):
        used = ask(scene, "Get Usage", **{field.name: value, other: far})
        assert used["total_credits_used"] == wanted
        assert (used[field.name], used[other]) == (value, far)
    _no_date(scene, "/api/billing/usage", field)


def _no_date(scene: Scene, path: str, field: Field) -> None:
    assert "ISO 8601 date" in field.words
    for value in ("yesterday", "2024-02-30", "20241020"):
        refused = scene.call("GET", f"{path}?{field.name}={value}")
        told = refused.json["error"]["details"]
        assert (refused.status, told["field"]) == (400, field.name)
        assert told["expected"] == "ISO 8601 date"


SELECTS: Final[dict[str, Callable[[Scene, Field], None]]] = {
    "List Campaigns project_id": of_one_project,
    "List Campaigns status": of_one_status,
    "List Campaigns limit": so_many,
    "List Campaigns offset": from_here_on,
    "List Sessions campaign_id": of_one_campaign,
    "List Sessions status": of_one_status,
    "List Sessions start_date": within,
    "List Sessions end_date": within,
    "Get Usage start_date": used_within,
    "Get Usage end_date": used_within,
}


@pytest.mark.parametrize(("title", "field"), QUERIES, ids=names(QUERIES))
def test_a_parameter_does_what_is_said_of_it(scene: Scene, title: str, field: Field) -> None:
    SELECTS[f"{title} {field.name}"](scene, field)


def test_nothing_is_tested_that_the_reference_does_not_have() -> None:
    assert set(DOES) == set(names(BODIES))
    assert set(SELECTS) == set(names(QUERIES))
