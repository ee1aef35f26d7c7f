"""The same request with the same key is done once, whoever sends it how often."""

import base64
import threading
from contextvars import copy_context
from datetime import timedelta

import pytest
from flask.globals import _cv_app
from sqlalchemy import func, select, update

from interviewrelay.accounts import api_keys
from interviewrelay.campaigns import projects
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, on_commit, transaction
from interviewrelay.core.errors import CampaignNotActive
from interviewrelay.models import ApiKey, Invite, Mail, Project, StoredResponse
from interviewrelay.runtime import idempotency
from interviewrelay.web.middleware.idempotency import calls_outside
from tests.factories import a_campaign, a_draft, a_project, a_script
from tests.web.middleware.test_error_handlers import check

KEY = "order-1"


@pytest.fixture
def post(client, ann):
    def call(path, body, key=KEY, method="POST", auth=None, **headers):
        told = {**(auth or ann.auth), **{n.replace("_", "-"): v for n, v in headers.items()}}
        if key is not None:
            told["Idempotency-Key"] = key
        return client.open(path, method=method, json=body, headers=told)

    return call


def count(table):
    return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def told(answer):
    return answer.status_code, answer.data, answer.headers["Content-Type"]


def test_the_same_again_gives_the_kept_answer_and_changes_nothing(post):
    first, again = (post("/api/projects", {"name": "P"}) for _ in range(2))
    assert first.status_code == 201
    assert told(again) == told(first)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["X-Request-Id"] != first.headers["X-Request-Id"]
    assert count(Project) == 1


def test_every_changing_operation_takes_a_key(app, post, ann, services):
    campaign, draft, other = a_campaign(ann), a_draft(ann), a_script(ann)
    script = {"name": "S", "questions": [{"text": "T"}]}
    wanted = {"name": "C", "script_id": campaign.script_id, "project_id": campaign.project_id}
    calls = {
        ("POST", "/api/projects"): ("/api/projects", {"name": "P"}),
        ("POST", "/api/scripts"): ("/api/scripts", script),
        ("PATCH", "/api/scripts/<script_id>"): (f"/api/scripts/{draft.id}", {"name": "X"}),
        ("POST", "/api/scripts/<script_id>/publish"): (f"/api/scripts/{draft.id}/publish", None),
        ("DELETE", "/api/scripts/<script_id>"): (f"/api/scripts/{other.id}", None),
        ("POST", "/api/campaigns"): ("/api/campaigns", wanted),
        ("POST", "/api/campaigns/<campaign_id>/invites"): (
            f"/api/campaigns/{campaign.id}/invites", {"emails": ["pat@x.example"]},
        ),
        ("POST", "/api/billing/topups"): ("/api/billing/topups", {"pack": 1_000}),
    }  # fmt: skip
    changing = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
        for method in rule.methods & {"POST", "PUT", "PATCH", "DELETE"}
    }
    assert changing >= set(calls)
    for (method, rule), (path, body) in calls.items():
        first, again = (post(path, body, method + rule, method) for _ in range(2))
        assert first.status_code < 300, (rule, first.text)
        assert told_briefly(again) == told_briefly(first), rule
        assert again.headers["Idempotent-Replayed"] == "true", rule
    assert (count(Invite), count(Mail)) == (1, 1)


def told_briefly(answer):
    return answer.status_code, answer.data


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/projects", {"name": "Q"}),
        ("POST", "/api/projects?x=1", {"name": "P"}),
        ("POST", "/api/scripts", {"name": "P"}),
        ("PATCH", "/api/scripts/018f3f3e-0000-7000-8000-00000000abcd", {"name": "P"}),
    ],
)
def test_a_key_is_for_one_request_only(post, method, path, body):
    post("/api/projects", {"name": "P"})
    check(post(path, body, method=method), 422, "IDEMPOTENCY_KEY_REUSED")
    assert count(Project) == 1


def test_a_refusal_leaves_the_key_free(post, ann, monkeypatch):
    campaign = a_campaign(ann)
    path = f"/api/campaigns/{campaign.id}/invites"
    check(post(path, {}), 400, "INVALID_PARAMETER")
    from interviewrelay.campaigns.invites import invites

    real = invites.create_invites

    def refuses(*given, **more):
        real(*given, **more)
        raise CampaignNotActive

    monkeypatch.setattr(invites, "create_invites", refuses)
    check(post(path, {"emails": ["a@x.example"]}), 409, "CAMPAIGN_NOT_ACTIVE")
    assert (
        count(Invite) == count(StoredResponse) == 0
    )  # what was changed before it is undone with it
    monkeypatch.setattr(invites, "create_invites", real)
    assert post(path, {"emails": ["a@x.example"]}).status_code == 201


def test_a_fault_undoes_the_change_and_leaves_the_key_free(post, monkeypatch):
    from interviewrelay.campaigns import representation

    with monkeypatch.context() as broken:
        broken.setattr(representation.Project, "read", lambda *_: 1 / 0)
        check(post("/api/projects", {"name": "P"}), 500, "INTERNAL_ERROR")
    assert count(Project) == count(StoredResponse) == 0
    assert post("/api/projects", {"name": "P"}).status_code == 201


def test_an_answer_that_cannot_be_kept_undoes_the_change(post, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(idempotency, "_row", lambda *_: 1 / 0)
        check(post("/api/projects", {"name": "P"}), 500, "INTERNAL_ERROR")
    assert count(Project) == 0


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "é", "a\tb"])
def test_an_odd_key_is_refused(post, key):
    error = check(post("/api/projects", {"name": "P"}, key), 400, "INVALID_PARAMETER")
    assert error["details"]["field"] == "Idempotency-Key"
    assert count(Project) == 0


@pytest.mark.parametrize("key", ["x" * 255, "!", '"018f"', "~{}|"])
def test_any_visible_ascii_is_a_key(post, key):
    assert post("/api/projects", {"name": "P"}, key).status_code == 201


def test_reading_and_calls_without_a_key_are_as_ever(post, client, ann):
    for _ in range(2):
        assert post("/api/projects", {"name": "P"}, None).status_code == 201
        headers = {**ann.auth, "Idempotency-Key": KEY}
        assert "Idempotent-Replayed" not in client.get("/api/projects", headers=headers).headers
    assert (count(Project), count(StoredResponse)) == (2, 0)


def test_a_key_belongs_to_the_organization(post, ann, ben, services):
    first = post("/api/projects", {"name": "P"})
    assert post("/api/projects", {"name": "P"}, auth=ben.auth).json["id"] != first.json["id"]
    _, other = api_keys.create_api_key(services.ring, ann.membership, "Other")
    again = post("/api/projects", {"name": "P"}, auth={"Authorization": f"Bearer {other}"})
    assert again.json["id"] == first.json["id"]


def test_test_keys_have_idempotency_keys_of_their_own(post, ann, services):
    path = f"/api/campaigns/{a_campaign(ann).id}/invites"
    _, test = api_keys.create_api_key(services.ring, ann.membership, "Test", test=True)
    live = post(path, {"emails": ["a@x.example"]})
    apart = post(path, {"emails": ["a@x.example"]}, auth={"Authorization": f"Bearer {test}"})
    assert "Idempotent-Replayed" not in apart.headers
    assert apart.json["invites"][0]["id"] != live.json["invites"][0]["id"]


def test_who_may_not_do_it_is_not_told_either(post, vic):
    post("/api/projects", {"name": "P"})
    check(post("/api/projects", {"name": "P"}, auth=vic.auth), 403, "FORBIDDEN")


def test_a_key_is_kept_for_a_day_by_the_clock_of_the_request(post):
    times = ["2031-05-01T12:00:00Z", "2031-05-02T11:59:59Z", "2031-05-02T12:00:00Z"]
    made = [post("/api/projects", {"name": "P"}, X_Test_Now=time).json["id"] for time in times]
    assert made[0] == made[1] != made[2]
    assert (count(Project), count(StoredResponse)) == (2, 1)


def test_sweeping_removes_what_is_older_than_a_day(post, monkeypatch):
    monkeypatch.setattr(idempotency, "BATCH", 2)
    for n in range(5):
        post("/api/projects", {"name": "P"}, f"old-{n}", X_Test_Now="2031-05-01T12:00:00Z")
    post("/api/projects", {"name": "P"}, "new", X_Test_Now="2031-05-01T12:00:01Z")
    moment = clock.parse_iso("2031-05-02T12:00:00Z")
    with clock.freeze_at(moment):
        assert idempotency.delete_expired() == 5
        assert idempotency.delete_expired() == 0
    assert count(StoredResponse) == 1


def test_nothing_of_a_call_is_kept_in_clear(post, ann):
    path = f"/api/campaigns/{a_campaign(ann).id}/invites"
    token = post(path, {"emails": ["pat@x.example"]}, "pat@x.example").json["invites"][0][
        "token"
    ]
    row = db.session.execute(select(StoredResponse)).scalar_one()
    kept = " ".join(
        str(getattr(row, column.name)) for column in StoredResponse.__table__.columns
    )
    for secret in ("pat@x.example", token, base64.b64encode(token.encode()).decode()[:40]):
        assert secret not in kept


def test_a_forgotten_answer_is_not_done_again(post, ann, ben):
    post("/api/projects", {"name": "P"})
    post("/api/projects", {"name": "P"}, auth=ben.auth)
    with transaction():
        idempotency.forget_all(ann.actor.org_id)
    check(post("/api/projects", {"name": "P"}), 409, "CONFLICT")
    assert count(Project) == 2
    again = post("/api/projects", {"name": "P"}, auth=ben.auth)
    assert again.headers["Idempotent-Replayed"] == "true"


def test_many_at_once_change_it_once(app, ann):
    answers, ready = [], threading.Barrier(8)

    def send():
        _cv_app.set(None)
        ready.wait()
        response = app.test_client(use_cookies=False).post(
            "/api/projects", json={"name": "P"}, headers={**ann.auth, "Idempotency-Key": KEY}
        )
        answers.append((response.status_code, response.headers.get("Idempotent-Replayed")))

    threads = [threading.Thread(target=copy_context().run, args=(send,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8
    assert answers.count((201, None)) == 1
    assert set(answers) <= {(201, None), (201, "true"), (409, None)}
    assert count(Project) == 1


@pytest.fixture
def midway(app, monkeypatch):
    """What is done in the middle of a call that makes a project."""
    acts, real = [], projects.create_project

    def creates(*given, **more):
        made = real(*given, **more)
        for act in acts:
            act()
        return made

    monkeypatch.setattr(projects, "create_project", creates)
    return acts


def test_a_call_that_is_still_running_is_told_so(post, midway):
    seen = []

    def again():
        midway.clear()
        with pytest.raises(idempotency.RequestInProgress), idempotency._alone_here(*running()):
            raise AssertionError
        seen.append(True)

    midway.append(again)
    assert post("/api/projects", {"name": "P"}).status_code == 201
    assert seen == [True]
    assert running() == []


def running():
    return list(idempotency._running)


@pytest.fixture
def outside(app, monkeypatch):
    """Making a project, as if it called the outside."""
    view = app.view_functions["api.create_project"]
    monkeypatch.setattr(view.__wrapped__, "calls_outside", True, raising=False)
    monkeypatch.setitem(app.view_functions, "api.create_project", view)


def test_a_call_to_the_outside_holds_no_transaction_and_is_done_once(post, outside, midway):
    from interviewrelay.core.db.session import release_connection

    midway.append(release_connection)
    first, again = (post("/api/projects", {"name": "P"}) for _ in range(2))
    assert first.status_code == 201, first.text
    assert told(again) == told(first)
    assert again.headers["Idempotent-Replayed"] == "true"


def test_a_call_to_the_outside_in_a_unit_is_a_fault_of_ours(post, midway):
    from interviewrelay.core.db.session import release_connection

    midway.append(release_connection)
    check(post("/api/projects", {"name": "P"}), 500, "INTERNAL_ERROR")


def test_a_call_to_the_outside_that_fails_gives_the_key_back(post, outside, midway):
    midway.append(lambda: 1 / 0)
    check(post("/api/projects", {"name": "P"}), 500, "INTERNAL_ERROR")
    assert count(StoredResponse) == 0
    midway.clear()
    assert post("/api/projects", {"name": "P"}).status_code == 201


def test_a_call_to_the_outside_that_died_may_be_tried_again_after_its_lease(post, outside):
    times = ["2031-05-01T12:00:00Z", "2031-05-01T12:00:59Z", "2031-05-01T12:01:00Z"]
    post("/api/projects", {"name": "P"}, X_Test_Now=times[0])
    died = {"state": "running", "running_until": clock.parse_iso(times[2]), "sealed": None}
    with transaction():
        db.session.execute(update(StoredResponse).values(**died))
    waits = post("/api/projects", {"name": "P"}, X_Test_Now=times[1])
    check(waits, 409, "REQUEST_IN_PROGRESS")
    assert post("/api/projects", {"name": "P"}, X_Test_Now=times[2]).status_code == 201
    assert count(StoredResponse) == 1


def test_a_call_to_the_outside_that_was_overtaken_leaves_it_to_who_took_it_up(
    post, outside, midway
):
    def overtaken():
        with transaction():
            until = clock.now() + timedelta(minutes=2)
            db.session.execute(update(StoredResponse).values(running_until=until))

    midway.append(overtaken)
    assert post("/api/projects", {"name": "P"}).status_code == 201
    assert db.session.execute(select(StoredResponse.state)).scalars().all() == ["running"]
    check(post("/api/projects", {"name": "P"}), 409, "REQUEST_IN_PROGRESS")
    midway.append(lambda: 1 / 0)
    check(post("/api/projects", {"name": "P"}, "order-2"), 500, "INTERNAL_ERROR")
    assert count(StoredResponse) == 2


def test_what_follows_the_change_waits_for_it(post, midway):
    done = []
    midway.append(lambda: on_commit(lambda: done.append(count(StoredResponse))))
    post("/api/projects", {"name": "P"})
    assert done == [1]


def test_the_mark_of_an_outside_call_is_only_a_mark():
    def view():
        return 1

    assert calls_outside(view) is view
    assert view.calls_outside


def test_the_use_of_the_key_is_written_down_apart(post, ann, monkeypatch):
    from interviewrelay.campaigns import representation

    long_ago = clock.now() - timedelta(days=2)
    with transaction():
        db.session.execute(update(ApiKey).values(last_used_at=long_ago))
    monkeypatch.setattr(representation.Project, "read", lambda *_: 1 / 0)
    post("/api/projects", {"name": "P"})
    assert db.session.execute(select(ApiKey.last_used_at)).scalars().all() != [long_ago]
    a_project(ann)
