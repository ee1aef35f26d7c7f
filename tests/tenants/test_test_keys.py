"""Test keys: what each operation of the API answers to one, and that nothing live changes by it."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from interviewrelay.accounts import api_keys
from interviewrelay.campaigns.setup import drafts
from interviewrelay.core.db.session import Base, db, release_connection
from interviewrelay.core.errors import LiveKeyRequired
from interviewrelay.organizations import access
from interviewrelay.web.openapi.registry import OPERATIONS
from tests.factories import a_campaign, a_finished_interview, an_interview, an_invite
from tests.tenants.requests import bodies, filled
from tests.tenants.world import bearer

KEYED = [o for o in OPERATIONS if o.permission is not None]
CHANGING = [o for o in KEYED if not o.reads]
READING = [o for o in KEYED if o.reads]
HARMLESS = {
    "create_invites": 201, "remind": 200, "preview_script": 200, "export_participant": 200,
}  # fmt: skip
"""Operations that a test key may call beside live objects, since they leave those alone. Every
other operation that is not a GET must refuse a live object, and so must any that is added.
"""
KEPT_APART = {"audit_entry", "kept_answer"}
"""Tables of the audit log and of idempotency."""
PERSON = "waits@x.example"


def rule(operation: Any, path: str) -> str:
    return path.replace("{", "<").replace("}", ">")


def rows(*left_out: str) -> list[str]:
    """Every row of the database, as text, but when a key was used: that is noted once a minute."""
    release_connection()
    return [
        f"{table.name} { {name: row[name] for name in row if name != 'last_used_at'} }"
        for table in Base.metadata.sorted_tables
        if table.name not in KEPT_APART | set(left_out)
        for row in db.session.execute(select(table)).mappings()
    ]


def live_things(world: Any) -> dict[str, str]:
    """Objects of A that are live, among them an interview that has ended and one that goes on."""
    things = world.things()
    campaign = access.get_campaign(world.people["A owner"].actor, things["campaign_id"])
    a_finished_interview(world.services, campaign, "It took an hour.", email="done@x.example")
    draft = a_campaign(world.people["A owner"], status="draft")
    drafts.save_recipient_list(draft, f"{PERSON}\nanother@x.example")
    return things


def call(world: Any, operation: Any, path: str, things: dict[str, str], caller: str) -> Any:
    sent = bodies(things) | {"/api/participants/erase": {"email": PERSON}}
    name = rule(operation, path)
    body = sent.get(name) if operation.body is not None else None
    return world.client.open(
        filled(operation.method, name, things),
        method=operation.method,
        headers=world.headers[caller] | {"X-Request-Id": "same"},
        **({} if body is None else {"json": body}),
    )


@pytest.fixture
def things(world):
    made = live_things(world)
    world.send("test key of A", "GET", "/api/projects", made)  # its use is written down
    return made


def test_every_change_of_a_live_object_is_refused_and_changes_nothing(world, things):
    assert len(CHANGING) >= 29
    wrong, before = [], rows()
    for operation in CHANGING:
        if operation.view in HARMLESS:
            continue
        for path in operation.paths:
            answer = call(world, operation, path, things, "test key of A")
            code = (answer.get_json(silent=True) or {}).get("error", {}).get("code")
            if (answer.status_code, code) != (403, "FORBIDDEN"):
                wrong.append(f"{operation.view}: {answer.status_code} {code}, not 403")
            elif answer.json["error"]["message"] != LiveKeyRequired.text:
                wrong.append(f"{operation.view}: {answer.json['error']['message']}")
            if rows() != before:
                wrong.append(f"{operation.view}: the database has changed")
                before = rows()
    assert not wrong, "\n".join(wrong)


def test_a_live_key_may_do_all_that_a_test_key_is_refused(world, things):
    """Else the test above would prove nothing."""
    ends = ("delete_session", "erase_participant")  # and with them their notes
    last = sorted(CHANGING, key=lambda o: (o.view in ends, o.method == "DELETE", o.view))
    for operation in last:
        answer = call(world, operation, operation.path, things, "A owner")
        assert answer.status_code in operation.answers, (operation.view, answer.text)


@pytest.mark.parametrize("view", sorted(HARMLESS))
def test_what_a_test_key_may_do_beside_live_objects_leaves_them_as_they_are(
    world, things, view
):
    (operation,) = (o for o in CHANGING if o.view == view)
    before = rows("event_stream")  # which numbers what happens
    answer = call(world, operation, operation.path, things, "test key of A")
    assert answer.status_code == HARMLESS[view], answer.text
    after = rows("event_stream")
    assert not set(before) - set(after)
    made = {line.partition(" ")[0] for line in set(after) - set(before)}
    assert made == ({"invite", "event", "delivery"} if view == "create_invites" else set())


def test_an_operation_that_is_added_is_refused_until_somebody_decides(world):
    actor = api_keys.authenticate(
        world.services.ring, world.headers["test key of A"]["Authorization"]
    )
    for permission in ("campaigns:write", "sessions:read"):
        with pytest.raises(LiveKeyRequired):
            access.require_operation(actor, permission, "added_later", reads=False)
        access.require_operation(actor, permission, "added_later", reads=True)
    assert {o.view for o in CHANGING} >= access.TEST_KEY_OPERATIONS


def test_a_test_key_reads_what_a_live_key_reads_but_no_live_link(world, things):
    """All but the links of live invites: whoever has one can answer and withdraw."""
    before, tokens = rows(), {things["token"], things["token_to_cancel"]}
    assert len(READING) >= 20
    for operation in READING:
        if operation.view in ("get_credit_summary", "get_me"):
            continue  # for whoever administers the server; about the key itself
        for path in operation.paths:
            live, test = (
                call(world, operation, path, things, caller)
                for caller in ("A owner", "test key of A")
            )
            assert (live.status_code, test.status_code) == (200, 200), operation.view
            if operation.view == "get_invite":  # asked for by the link itself
                assert test.json == live.json
            elif test.is_json:
                assert not any(token in test.text for token in tokens), operation.view
                assert unlinked(test.json) == unlinked(live.json), operation.view
            elif "pdf" not in path:
                assert test.data == live.data, operation.view
    assert rows() == before


def unlinked(shape: Any) -> Any:
    """Without the links of live invites."""
    if isinstance(shape, list):
        return [unlinked(one) for one in shape]
    if isinstance(shape, dict):
        live = shape.get("test") is False or {"kind", "campaign_id"} <= set(shape)
        hidden = ("token", "url") if live else ()
        return {name: unlinked(one) for name, one in shape.items() if name not in hidden}
    return shape


@pytest.fixture
def test_key(world):
    """Sends with a test key of A."""

    def sent(method: str, path: str, body: Any = None, status: int = 200) -> Any:
        more = {} if body is None else {"json": body}
        auth = world.headers["test key of A"]
        answer = world.client.open(f"/api{path}", method=method, headers=auth, **more)
        assert answer.status_code == status, answer.text
        return answer.json

    return sent


def test_a_test_key_does_everything_with_its_own_objects(world, things, test_key):
    path = f"/campaigns/{things['campaign_id']}/invites"
    made = test_key("POST", path, {"emails": ["try@x.example", "go@x.example"]}, 201)
    waits, goes = (invite["token"] for invite in made["invites"])
    listed = {i["email"]: i["token"] for i in test_key("GET", path)["invites"] if i["test"]}
    assert (listed["try@x.example"], listed["go@x.example"]) == (waits, goes)
    assert test_key("POST", f"{path}/remind") == {"sent": 2}
    test_key("POST", f"/invites/{waits}/resend")
    test_key("POST", f"/invites/{waits}/extend", {"hours": 5})
    assert test_key("DELETE", f"/invites/{waits}")["status"] == "cancelled"
    started = world.client.post(f"/interview/{goes}/start", json={"consent": True})
    session = started.json["session_id"]
    assert test_key("GET", f"/sessions/{session}")["test"]
    assert test_key("DELETE", f"/sessions/{session}")["erased"]["sessions"] == 1
    assert test_key("DELETE", f"/sessions/{session}")["erased"]["sessions"] == 0


def test_erasing_a_test_person_leaves_the_live_one_and_the_lists_of_drafts(
    world, things, test_key
):
    owner, only = world.people["A owner"], "only-tests@x.example"
    campaign = access.get_campaign(owner.actor, things["campaign_id"])
    draft = a_campaign(owner, status="draft")
    drafts.save_recipient_list(draft, f"{only}\n{PERSON}")
    an_interview(world.services, campaign, "Words.", email=only, test=True)
    session = an_interview(world.services, campaign, "Words.", email=PERSON, test=True)
    assert test_key("POST", "/participants/erase", {"email": only})["erased"]["sessions"] == 1
    before = rows()
    test_key("POST", "/participants/erase", {"email": PERSON}, 403)
    assert rows() == before
    assert test_key("DELETE", f"/sessions/{session.id}")["erased"]["sessions"] == 1
    _, token = an_invite(world.services, campaign, PERSON, test=True)
    world.client.post(f"/interview/{token}/withdraw", json={})
    assert drafts.get_list_text(draft) == f"{only}\n{PERSON}"
    assert [line for line in rows() if things["token"] in line or PERSON in line]


def test_a_live_session_that_was_erased_is_still_none_of_a_test_key(world, things, test_key):
    path = f"/sessions/{things['session_id']}"
    owner = world.headers["A owner"]
    assert world.client.delete(f"/api{path}", headers=owner).status_code == 200
    assert test_key("DELETE", path, status=403)["error"]["code"] == "FORBIDDEN"
    assert world.client.delete(f"/api{path}", headers=owner).status_code == 200


def test_a_test_key_is_refused_before_its_owners_permissions_say_more(world, things):
    """A key without the permission is told so; another organization's objects are not there."""
    owner = world.people["A owner"].membership
    _, narrow = api_keys.create_api_key(
        world.services.ring, owner, "N", permissions=["invites:read"], test=True
    )
    _, foreign = api_keys.create_api_key(
        world.services.ring, world.people["B owner"].membership, "F", test=True
    )
    path = f"/api/invites/{things['token']}"
    told = world.client.delete(path, headers=bearer(narrow)).json["error"]
    assert (told["code"], "live key" in told["message"]) == ("FORBIDDEN", False)
    assert world.client.delete(path, headers=bearer(foreign)).status_code == 404


def test_the_document_says_of_each_operation_whether_a_test_key_may(world):
    document = json.loads(world.client.get("/api/openapi.json").text)
    for operation in CHANGING:
        said = document["paths"][operation.path][operation.method.lower()]["description"]
        refused = operation.view not in access.TEST_KEY_OPERATIONS
        assert ("Requires a live key" in said) == refused, operation.view
