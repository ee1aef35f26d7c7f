"""Pages of other origins, which may call the API where the settings name them."""

from dataclasses import replace

import pytest

from interviewrelay import factory
from tests.fakes import FakeMailer, FakePdf

PAGE = "https://app.example.com"
OTHER = "https://evil.example"


@pytest.fixture
def client_for(app):
    """A client of the same application with other allowed origins."""

    def made(*origins):
        settings = replace(app.extensions["settings"], allowed_origins=origins)
        return factory.create_app(settings, mailer=FakeMailer(), pdf=FakePdf()).test_client()

    return made


def preflight(client, origin=PAGE, path="/api/projects", **more):
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,idempotency-key",
        **more,
    }
    return client.options(path, headers=headers)


def told(answer):
    return {n.lower(): v for n, v in answer.headers.items() if n.startswith("Access-Control-")}


def test_no_origin_is_allowed_unless_it_is_set(client, ann):
    answer = client.get("/api/projects", headers={**ann.auth, "Origin": PAGE})
    assert answer.status_code == 200
    assert told(answer) == told(preflight(client)) == {}


def test_a_page_of_an_allowed_origin_may_call(client_for, ann):
    client = client_for("https://www.example.com", PAGE)
    answer = preflight(client)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == PAGE
    assert "POST" in answer.headers["Access-Control-Allow-Methods"].split(", ")
    allowed = answer.headers["Access-Control-Allow-Headers"].lower().split(", ")
    assert {"authorization", "content-type", "idempotency-key"} <= set(allowed)
    assert int(answer.headers["Access-Control-Max-Age"]) > 0
    made = client.post(
        "/api/projects", json={"name": "P"}, headers={**ann.auth, "Origin": PAGE}
    )
    assert made.status_code == 201
    assert made.headers["Access-Control-Allow-Origin"] == PAGE
    assert "X-RateLimit-Limit" in made.headers["Access-Control-Expose-Headers"]
    assert "Origin" in made.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in made.headers


def test_a_refusal_can_be_read_too(client_for):
    answer = client_for(PAGE).get("/api/projects", headers={"Origin": PAGE})
    assert answer.status_code == 401
    assert answer.headers["Access-Control-Allow-Origin"] == PAGE


def test_a_page_of_another_origin_is_told_nothing(client_for, ann):
    client = client_for(PAGE)
    assert told(preflight(client, OTHER)) == {}
    answer = client.get("/api/projects", headers={**ann.auth, "Origin": OTHER})
    assert told(answer) == {}
    assert "Origin" in answer.headers["Vary"]


def test_all_origins_may_be_allowed(client_for, ann):
    client = client_for("*")
    assert preflight(client, OTHER).headers["Access-Control-Allow-Origin"] == "*"
    answer = client.get("/api/projects", headers={**ann.auth, "Origin": OTHER})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["/login", "/livez", "/interview"])
def test_nothing_but_the_api_is_opened(client_for, path):
    client = client_for("*")
    assert told(preflight(client, path=path)) == {}
    assert told(client.get(path, headers={"Origin": PAGE})) == {}


def test_what_a_browser_asks_before_a_call_is_no_call(client_for):
    client = client_for(PAGE)
    left = {preflight(client).headers["X-RateLimit-Remaining"] for _ in range(5)}
    assert left == {"60"}


def test_a_preflight_under_another_host_is_refused(client_for):
    assert preflight(client_for(PAGE), Host="evil.example").status_code == 400
