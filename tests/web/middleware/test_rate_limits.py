"""How often one may call, by whom and from where."""

from datetime import UTC, datetime, timedelta

import pytest
from limits.errors import StorageError

from interviewrelay import factory
from interviewrelay.accounts import accounts, api_keys
from interviewrelay.billing import subscriptions
from interviewrelay.core.config import settings
from interviewrelay.core.db.session import db, transaction
from tests.conftest import HASHED, logged_in
from tests.factories import a_campaign, a_finished_interview, an_invite
from tests.fakes import FakeMailer, FakePdf

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
JSON = {"Accept": "application/json"}


def when(**later):
    return {"X-Test-Now": (NOON + timedelta(**later)).strftime("%Y-%m-%dT%H:%M:%SZ")}


def statuses(answers):
    return [answer.status_code for answer in answers]


@pytest.fixture
def free(app):
    with transaction():
        organization = accounts.add_organization("Free", plan="free")
        user = accounts.add_user("free@example.com", "Free", HASHED())
        member = accounts.add_member(organization, user, "owner")
    made = [
        api_keys.create_api_key(app.extensions["services"].ring, member, n)[1]
        for n in ("a", "b")
    ]
    return [{"Authorization": f"Bearer {key}", **when()} for key in made]


@pytest.fixture
def link(services, ann):
    return f"/interview/{an_invite(services, a_campaign(ann))[1]}"


@pytest.fixture
def broken(app, monkeypatch):
    """No storage counts any more."""
    (limiter,) = app.extensions["limiter"]

    def fails(*_, **__):
        raise StorageError(OSError("gone"))

    monkeypatch.setattr(limiter.storage, "count", fails)
    monkeypatch.setattr(limiter.storage, "incr", fails)


def test_all_keys_of_an_organization_share_the_plans_calls(client, free):
    answers = [client.get("/api/projects", headers=free[n % 2]) for n in range(103)]
    assert statuses(answers) == [200] * 100 + [429] * 3
    left = [int(a.headers["X-RateLimit-Remaining"]) for a in answers]
    assert left == [*range(99, -1, -1), 0, 0, 0]
    ends = int((NOON + timedelta(hours=1)).timestamp())
    assert {a.headers["X-RateLimit-Reset"] for a in answers} == {str(ends)}
    over = answers[-1]
    assert over.headers["Retry-After"] == "3600"
    assert over.headers["RateLimit-Policy"] == '"organization";q=100;w=3600'
    assert over.headers["RateLimit"] == '"organization";r=0;t=3600'
    assert answers[4].headers["RateLimit"] == '"organization";r=95;t=3600'
    again = client.get("/api/projects", headers={**free[0], **when(hours=1)})
    assert (again.status_code, again.headers["X-RateLimit-Remaining"]) == (200, "99")


def test_every_kind_of_call_counts(client, free):
    calls = [("GET", "/api/nothing"), ("PUT", "/api/projects"), ("POST", "/api/projects")]
    for method, path in calls:
        client.open(path, method=method, headers=free[0])
    left = client.get("/api/projects", headers=free[0]).headers["X-RateLimit-Remaining"]
    assert left == "96"


@pytest.mark.parametrize("sent", [{}, {"Authorization": "Bearer ir_live_unknown"}])
def test_without_a_valid_key_an_address_has_sixty_calls_an_hour(client, ann, sent):
    def ask(address, **later):
        where = {"REMOTE_ADDR": address}
        return client.get(
            "/api/projects", headers={**sent, **when(**later)}, environ_base=where
        )

    assert statuses(ask("192.0.2.7") for _ in range(62)) == [401] * 60 + [429] * 2
    assert ask("192.0.2.8").status_code == 401
    assert ask("::ffff:192.0.2.7").status_code == 429
    assert ask("192.0.2.7", hours=1).status_code == 401
    answer = client.get("/api/projects", headers={**ann.auth, **when()})
    assert answer.status_code == 200, "a key is not held up by its neighbours"


def test_an_ipv6_house_is_one_address(client):
    def ask(address):
        return client.get("/api/x", environ_base={"REMOTE_ADDR": address}).status_code

    assert [ask(f"2001:db8:1:2::{n:x}") for n in range(62)] == [404] * 60 + [429] * 2
    assert ask("2001:db8:1:3::1") == 404
    assert ask("fe80::1%eth0") == 404


@pytest.mark.parametrize(("proxies", "last"), [("0", 429), ("1", 401)])
def test_only_trusted_proxies_say_who_calls(database_url, tmp_path, proxies, last):
    given = {"INSTANCE_DIR": str(tmp_path), "DATABASE_URL": database_url}
    given |= {"SECRET_KEYS": "k" * 40, "TRUSTED_PROXIES": proxies}
    made = factory.create_app(settings.read_settings(given), mailer=FakeMailer(), pdf=FakePdf())
    asker = made.test_client()
    answers = [
        asker.get("/api/projects", headers={"X-Forwarded-For": f"10.9.8.7, 192.0.2.{n}"})
        for n in range(61)
    ]
    assert statuses(answers) == [401] * 60 + [last]
    with made.app_context():
        db.engine.dispose()


def test_what_is_refused_before_the_count_carries_the_headers_too(client, ann):
    headers = {**ann.auth, "Host": "evil.example", **when()}
    answers = [client.get("/api/projects", headers=headers) for _ in range(2)]
    assert statuses(answers) == [400, 400]
    assert [a.headers["X-RateLimit-Remaining"] for a in answers] == ["59", "58"]
    assert "Retry-After" not in answers[0].headers


@pytest.mark.parametrize(
    ("status", "code"),
    [(408, "REQUEST_TIMEOUT"), (413, "PAYLOAD_TOO_LARGE"), (503, "MAINTENANCE")],
)
def test_what_the_front_refuses_is_counted_and_told_like_all_else(client, ann, status, code):
    scope = {"interviewrelay.refused": (status, 64 * 1024)}
    headers = {**ann.auth, "X-Request-Id": "mine"}
    answer = client.post("/api/projects", headers=headers, environ_base=scope)
    assert (answer.status_code, answer.json["error"]["code"]) == (status, code)
    assert answer.json["error"]["request_id"] == "mine"
    assert answer.headers["RateLimit-Policy"].startswith('"organization"')


@pytest.fixture
def professional(ann):
    """Ann's organization on a plan that has limits."""
    subscriptions.change_plan(ann.membership.organization, "professional")
    return ann


@pytest.fixture
def document(client, services, professional):
    """Asks for a document of Ann's organization, as often as wanted."""
    campaign = a_campaign(professional)
    session = a_finished_interview(services, campaign, "It was fine.")
    ways = {
        "pdf": f"/api/session/{session.id}/pdf",
        "pdf again": f"/api/sessions/{session.id}/pdf",
        "export": f"/api/campaigns/{campaign.id}/transcripts",
        "page": f"/sessions/{session.id}/pdf",
    }

    def ask(what, caller=client, **later):
        return caller.get(ways[what], headers={**professional.auth, **when(**later)})

    return ask


def test_pdfs_and_exports_are_sixty_an_hour_of_each(document):
    pdfs = [document("pdf" if n % 2 else "pdf again") for n in range(62)]
    assert statuses(pdfs) == [200] * 60 + [429] * 2
    last = pdfs[-1]
    assert (
        last.json["error"]["message"]
        == "Too many PDFs: the limit is 60 per hour. Please try again later."
    )
    assert last.headers["Retry-After"] == "3600"
    assert (last.headers["X-RateLimit-Limit"], last.headers["X-RateLimit-Remaining"]) == (
        "60",
        "0",
    )
    assert last.headers["RateLimit-Policy"] == '"pdf";q=60;w=3600'
    exports = [document("export") for _ in range(61)]
    assert statuses(exports) == [200] * 60 + [429]
    assert exports[0].headers["X-RateLimit-Limit"] == "10000"
    assert document("pdf", hours=1).status_code == 200


def test_a_page_counts_its_pdfs_too(document, app, professional):
    browser = logged_in(app, professional)
    assert [document("page", browser).status_code for _ in range(61)] == [200] * 60 + [429]
    assert document("pdf").status_code == 429


def test_who_may_not_have_a_document_uses_none_up(document, client, app, professional):
    _, key = api_keys.create_api_key(
        app.extensions["services"].ring,
        professional.membership,
        "K",
        permissions=["projects:read"],
    )
    refused = {"Authorization": f"Bearer {key}", **when()}
    for _ in range(61):
        assert client.get("/api/session/x/pdf", headers=refused).status_code == 403
    assert document("pdf").status_code == 200


def test_enterprise_has_as_many_documents_as_it_wants(client, services, ann):
    session = a_finished_interview(services, a_campaign(ann), "It was fine.")
    path = f"/api/session/{session.id}/pdf"
    headers = {**ann.auth, **when()}
    assert [client.get(path, headers=headers).status_code for _ in range(61)] == [200] * 61


def test_a_link_may_be_asked_for_sixty_times_a_minute(client, link, services, ann):
    headers = {**JSON, **when()}
    answers = [client.get(link, headers=headers) for _ in range(62)]
    assert statuses(answers) == [200] * 60 + [429] * 2
    error = answers[-1].json["error"]
    assert (error["code"], answers[-1].headers["Retry-After"]) == ("RATE_LIMITED", "60")
    assert "X-RateLimit-Limit" not in answers[-1].headers
    page = client.get(link, headers=when(seconds=30))
    assert (page.status_code, page.mimetype) == (429, "text/html")
    assert page.headers["Retry-After"] == "30"
    assert "Please wait a moment" in page.text
    assert (
        client.post(f"{link}/start", json={"consent": True}, headers=headers).status_code == 429
    )
    other = f"/interview/{an_invite(services, a_campaign(ann), 'o@x.example')[1]}"
    assert client.get(other, headers=headers).status_code == 200
    assert client.get(link, headers=when(seconds=60)).status_code == 200


def test_participants_behind_one_address_have_three_hundred_calls_a_minute(
    client, services, ann, app
):
    campaign = a_campaign(ann)
    links = [
        f"/interview/{an_invite(services, campaign, f'p{n}@x.example')[1]}" for n in range(6)
    ]
    headers = {**JSON, **when()}
    answers = [client.get(links[n % 6], headers=headers) for n in range(302)]
    assert statuses(answers) == [200] * 300 + [429] * 2
    elsewhere = client.get(links[0], headers=headers, environ_base={"REMOTE_ADDR": "192.0.2.1"})
    assert elsewhere.status_code == 200


def test_what_is_spoken_has_counters_of_its_own(client, link):
    headers = {**JSON, **when()}
    piece = f"{link}/audio/clip-0001/pieces/0?number=2"
    sent = [client.put(piece, data=b"x", headers=headers) for _ in range(302)]
    assert statuses(sent) == [409] * 300 + [429] * 2
    assert client.get(link, headers=headers).status_code == 200
    assert client.get(f"{link}/speech/1", headers=headers).status_code == 429
    assert client.put(piece, data=b"x", headers={**JSON, **when(seconds=60)}).status_code == 409


def test_unknown_links_are_few_from_one_address(client, link):
    def guess(n, **later):
        wrong = "inv_" + f"{n:02d}" + "x" * (len(link.rpartition("_")[2]) - 2)
        return client.get(f"/interview/{wrong}", headers={**JSON, **when(**later)})

    answers = [guess(n) for n in range(22)]
    assert statuses(answers) == [404] * 20 + [429] * 2
    assert answers[-1].headers["Retry-After"] == "60"
    assert client.get("/interview/short", headers={**JSON, **when()}).status_code == 429
    assert client.get(link, headers=when()).status_code == 200, "a neighbour's link works"
    assert guess(1, minutes=1).status_code == 404


def test_one_call_of_the_storage_a_request(app, client, ann, link, monkeypatch):
    (limiter,) = app.extensions["limiter"]
    calls, real = [], limiter.storage._done
    monkeypatch.setattr(limiter.storage, "_done", lambda *a: calls.append(1) or real(*a))
    for ask in (
        lambda: client.get("/api/projects", headers=ann.auth),
        lambda: client.get("/api/projects"),
        lambda: client.get(link),
        lambda: client.get("/api/x", headers={"Host": "evil.example"}),
    ):
        calls.clear()
        ask()
        assert len(calls) == 1
    calls.clear()
    for path in ("/livez", "/readyz", "/login", "/static/app.css"):
        client.get(path)
    assert calls == []


def test_while_nothing_counts_keys_work_under_a_cap_of_this_process(
    client, free, broken, caplog
):
    answers = [client.get("/api/projects", headers=free[0]) for _ in range(101)]
    assert statuses(answers) == [200] * 100 + [429]
    assert answers[0].headers["X-RateLimit-Remaining"] == "99"
    told = [r for r in caplog.records if r.message == "rate_limits_unavailable"]
    assert len(told) == 1
    assert client.get("/readyz").json == {"status": "degraded"}


def test_while_nothing_counts_what_could_be_tried_without_end_is_refused(
    app, client, ann, desk, link, services, broken
):
    campaign = a_campaign(ann)
    body = {"emails": ["n@x.example"]}
    refused = [
        client.get("/api/projects"),
        client.get("/api/projects", headers={"Authorization": "Bearer ir_live_unknown"}),
        client.post(f"/api/campaigns/{campaign.id}/invites", json=body, headers=ann.auth),
        client.get("/interview/inv_unknown", headers=JSON),
        app.test_client().post("/login", data={"email": ann.email, "password": ann.password}),
        desk.post(f"/campaigns/{campaign.id}/invites", data={"addresses": "n@x.example"}),
    ]
    assert statuses(refused) == [503] * len(refused)
    assert all(int(a.headers["Retry-After"]) > 0 for a in refused)
    assert refused[0].headers["X-RateLimit-Limit"] == "60"
    assert client.get(link, headers=JSON).status_code == 200, "a known link works"
    assert desk.get("/").status_code == 200


def test_counters_hold_no_token(app, client, link, tmp_path):
    client.get(link)
    kept = (tmp_path / "limits.db").read_bytes() + (tmp_path / "limits.db-wal").read_bytes()
    assert b"invite:" in kept
    assert link.rpartition("/")[2].encode() not in kept


def test_reading_the_documentation_costs_no_call(client, free):
    for path in ("/api/docs", "/api/openapi.json"):
        for auth, limit in (({}, "60"), (free[0], "100")):
            headers = {**when(), **auth}
            answers = [client.get(path, headers=headers) for _ in range(3)]
            assert statuses(answers) == [200] * 3
            assert {a.headers["X-RateLimit-Limit"] for a in answers} == {limit}
            assert {a.headers["X-RateLimit-Remaining"] for a in answers} == {limit}


def test_the_documentation_is_read_when_nothing_is_left(client, free):
    for _ in range(61):
        last = client.get("/api/projects", headers=when())
    assert last.status_code == 429
    answer = client.get("/api/docs", headers=when())
    assert (answer.status_code, answer.headers["X-RateLimit-Remaining"]) == (200, "0")
