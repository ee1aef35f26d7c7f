"""Headers that every answer carries."""

import pytest

from interviewrelay import factory
from interviewrelay.core.config import settings
from tests.conftest import logged_in
from tests.factories import a_campaign, an_invite

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
CSP = (
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'",
    "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'", "connect-src 'self'",
)  # fmt: skip


@pytest.fixture
def answers(app, client, services, ann, monkeypatch):
    """One answer of every kind, by name."""
    from interviewrelay.campaigns import projects

    _, token = an_invite(services, a_campaign(ann))
    desk = logged_in(app, ann)
    found = {
        "api": client.get("/api/projects", headers=ann.auth),
        "api 201": client.post("/api/projects", json={"name": "P"}, headers=ann.auth),
        "api 400": client.post("/api/projects", json={}, headers=ann.auth),
        "api 401": client.get("/api/projects"),
        "api 404": client.get("/api/nothing", headers=ann.auth),
        "api 405": client.put("/api/projects", headers=ann.auth),
        "api host": client.get("/api/projects", headers={**ann.auth, "Host": "evil.example"}),
        "page": client.get("/login"),
        "page 303": client.get("/"),
        "page 404": desk.get("/nothing"),
        "participant": client.get(f"/interview/{token}"),
        "participant 404": client.get("/interview/inv_x"),
        "participant json": client.get(
            f"/interview/{token}", headers={"Accept": "application/json"}
        ),
        "static": client.get("/static/app.css"),
        "static 404": client.get("/static/none.css"),
        "health": client.get("/livez"),
        "ready": client.get("/readyz"),
    }
    monkeypatch.setattr(projects, "list_projects", lambda *_: 1 / 0)
    found["api 500"] = client.get("/api/projects", headers=ann.auth)
    return found


def test_every_kind_of_answer_is_secured(answers):
    for name, answer in answers.items():
        for header, value in EVERYWHERE.items():
            assert answer.headers.get(header) == value, (name, header)
        policy = answer.headers["Content-Security-Policy"].split("; ")
        assert set(CSP) <= set(policy), name
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert "camera=()" in answer.headers["Permissions-Policy"], name
        assert "Strict-Transport-Security" not in answer.headers
        assert answer.headers["X-Request-Id"], name
        assert "Werkzeug" not in answer.headers.get("Server", ""), name


def test_only_static_files_may_be_kept_and_the_api_only_by_asking_again(answers):
    for name, answer in answers.items():
        kept = answer.headers["Cache-Control"]
        if name == "api":
            assert kept == "private, no-cache"
        else:
            assert (kept == "no-store") == (not name.startswith("static")), name


def test_versioned_files_are_kept_for_ever(client):
    page = client.get("/setup").text
    versioned = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "?v=" in versioned
    assert (
        client.get(versioned).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    )
    assert client.get("/static/app.css").headers["Cache-Control"] == "public, max-age=300"


def test_tokens_do_not_travel_and_are_not_indexed(answers):
    for name, answer in answers.items():
        inside = name.startswith("participant")
        policy = "no-referrer" if inside else "same-origin"
        assert answer.headers["Referrer-Policy"] == policy, name
        assert ("X-Robots-Tag" in answer.headers) == inside, name


def test_pages_vary_by_what_they_look_at(answers):
    for name, answer in answers.items():
        if not name.startswith("api"):
            assert {"HX-Request", "Cookie", "Accept"} <= set(answer.vary), name


def test_neither_the_api_nor_the_participant_gets_a_cookie(answers):
    for name, answer in answers.items():
        if not name.startswith("page"):
            assert "Set-Cookie" not in answer.headers, name


def test_rate_headers_are_on_every_answer_of_the_api(answers):
    for name, answer in answers.items():
        for header in ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"):
            if name.startswith("api"):
                assert answer.headers.get(header, "").isdigit(), (name, header)
            else:
                assert header not in answer.headers, (name, header)
        for header in ("RateLimit", "RateLimit-Policy"):
            assert (header in answer.headers) == name.startswith("api"), (name, header)


@pytest.mark.parametrize("given", ["a", "A-b_9", "x" * 64])
def test_a_good_request_id_is_taken_over(client, ann, given):
    response = client.get("/api/nothing", headers={**ann.auth, "X-Request-Id": given})
    assert response.headers["X-Request-Id"] == given
    assert response.json["error"]["request_id"] == given


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", "é", "a,b", "<script>", "a\tb", "１"])
def test_any_other_request_id_is_replaced(client, given):
    response = client.get(
        "/livez", headers={"X-Request-Id": given.encode("utf-8").decode("latin-1")}
    )
    assert response.headers["X-Request-Id"] not in ("", given)
    assert len(response.headers["X-Request-Id"]) == 36


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.nip.io",
        "",
        "a@localhost",
        "localhost:80:80",
    ],
)
@pytest.mark.parametrize("path", ["/api/projects", "/login"])
def test_an_unknown_host_is_refused(client, host, path):
    response = client.get(path, headers={"Host": host})
    assert response.status_code == 400
    if path.startswith("/api"):
        assert response.json["error"]["code"] == "UNKNOWN_HOST"


@pytest.mark.parametrize(
    ("path", "status"), [("/livez", 200), ("/readyz", 200), ("/metrics", 401)]
)
def test_health_is_told_by_ip_address_and_figures_to_holders_of_the_token(client, path, status):
    assert client.get(path, headers={"Host": "10.0.0.11:8000"}).status_code == status


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]:8000"])
def test_our_own_hosts_are_known(client, host):
    assert client.get("/livez", headers={"Host": host}).status_code == 200


def test_a_forwarded_host_is_not_listened_to(client, services, ann):
    path = f"/api/campaigns/{a_campaign(ann).id}/invites"
    headers = {**ann.auth, "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    made = client.post(path, json={"emails": ["a@x.example"]}, headers=headers).json
    assert made["invites"][0]["url"].startswith("http://127.0.0.1:8000/interview/")


def test_the_clock_of_a_test_is_that_of_the_request(client, ann):
    headers = {**ann.auth, "X-Test-Now": "2031-05-01T12:00:00Z"}
    made = client.post("/api/projects", json={"name": "P"}, headers=headers)
    assert made.json["created_at"] == "2031-05-01T12:00:00Z"
    later = client.post("/api/projects", json={"name": "P"}, headers=ann.auth)
    assert later.json["created_at"] < "2031"


@pytest.mark.parametrize("odd", ["now", "2031-05-01", "", "0001-01-01T00:00:00Z"])
def test_an_odd_clock_is_refused(client, odd):
    assert client.get("/livez", headers={"X-Test-Now": odd}).status_code == 400


def test_without_testing_the_clock_is_not_listened_to(tmp_path, database_url, ann):
    given = {"INSTANCE_DIR": str(tmp_path), "DATABASE_URL": database_url}
    given["SECRET_KEYS"] = "a key for tests only and long enough to be taken"
    quiet = factory.create_app(settings.read_settings(given)).test_client()
    headers = {**ann.auth, "X-Test-Now": "2031-05-01T12:00:00Z"}
    made = quiet.post("/api/projects", json={"name": "P"}, headers=headers)
    assert (made.status_code, made.json["created_at"] < "2031") == (201, True)
    with quiet.application.app_context():
        from interviewrelay.core.db.session import db

        db.engine.dispose()
