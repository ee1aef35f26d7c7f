"""The doors: where a log-in leads, what a token and a cookie give away, what can be guessed."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.hostile.browser import Browser
from tests.hostile.conftest import Target


@pytest.fixture
def browser(target: Target) -> Browser:
    return Browser(target.server)


@pytest.fixture(scope="module")
def desk(target: Target) -> Browser:
    """The browser of the owner of A; log-ins are few from one address."""
    made = Browser(target.server)
    assert made.log_in(target.fixtures["A"]).status == 303
    return made


# Open redirects and foreign hosts

ELSEWHERE = (
    "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/%2Fevil.example/..", "javascript:alert(1)",
    "http:evil.example", " //evil.example", "/\t/evil.example", "/\n/evil.example", "/..//evil.example", "https:/evil.example", "data:text/html,x",
    "/projects\r\nX-A: b", "@evil.example", ".evil.example", "/@evil.example//", "////evil.example", "/ü",
)  # fmt: skip


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_a_log_in_leads_to_a_page_of_ours(
    target: Target, browser: Browser, wanted: str
) -> None:
    hour = datetime.now(UTC) + timedelta(hours=ELSEWHERE.index(wanted))  # one for each of them
    answer = browser.log_in(target.fixtures["A"], now=hour.isoformat(), next=wanted)
    assert answer.status == 303
    place = answer.headers["location"]
    assert re.fullmatch(r"/(?![/\\])[\x21-\x7e]*", place)
    assert "evil" not in place.partition("/")[0]
    assert "X-A" not in answer.headers


@pytest.mark.parametrize(
    "header", ["X-Forwarded-Host", "Forwarded", "X-Host", "X-Original-Host"]
)
def test_a_link_is_built_on_our_own_address(target: Target, header: str) -> None:
    a = target.fixtures["A"]
    sent = {"emails": [f"{uuid4().hex}@hostile.example"], "send_email": False}
    given = {
        header.replace("-", "_"): "host=evil.example"
        if header == "Forwarded"
        else "evil.example"
    }
    path = f"/api/campaigns/{a['campaign_id']}/invites"
    made = target.server.call("POST", path, sent, key=a["key_owner"], **given)
    assert made.json["invites"][0]["url"].startswith(f"{target.server.base}/interview/inv_")


# Tokens and cookies


@pytest.mark.parametrize("state", ["invite_token", "invite_token_completed", "begun"])
def test_a_page_with_a_token_keeps_it_to_itself(
    target: Target, browser: Browser, state: str
) -> None:
    page = browser.get(f"/interview/{target.names[state]}")
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert "noindex" in page.headers["x-robots-tag"]
    outside = re.findall(rb'(?:href|src|action)="(https?:)?//[^"]+"', page.body)
    assert outside == []
    assert browser.cookie() == ""


@pytest.mark.parametrize(
    "path", ["/projects", "/campaigns", "/scripts", "/keys", "/credits/topups", "/logout"]
)
@pytest.mark.parametrize("sent", ["no token", "another's token", "htmx"])
def test_a_form_of_another_site_changes_nothing(
    target: Target, desk: Browser, path: str, sent: str
) -> None:
    fields = {"name": "Forged", "power": "all", "pack": "1000"}
    headers = {"HX_Request": "true"} if sent == "htmx" else {}
    if sent == "another's token":
        fields["csrf_token"] = Browser(target.server).token()
    assert desk.post(path, fields, **headers).status == 403
    assert b"Forged" not in desk.get("/projects").body
    assert desk.get("/").status == 200


@pytest.mark.parametrize("site", ["cross-site"])
def test_the_right_token_does_not_help_another_site(
    target: Target, desk: Browser, site: str
) -> None:
    fields = {"name": "Forged", "csrf_token": desk.token("/projects")}
    assert desk.post("/projects", fields, Sec_Fetch_Site=site).status == 403
    assert desk.post("/projects", {**fields, "name": "Meant"}).status == 303


def test_a_cookie_is_new_with_each_log_in_and_dead_after_log_out(
    target: Target, browser: Browser
) -> None:
    browser.token()
    before = browser.cookie()
    browser.log_in(target.fixtures["A"])
    during = browser.cookie()
    assert during != before
    token = browser.token("/projects")
    assert browser.post("/logout", {"csrf_token": token}).status == 303
    thief = Browser(target.server)
    for stolen in (before, during):
        assert thief.get("/projects", Cookie=stolen).status == 303


# Guessing


def test_a_log_in_tells_nobody_who_has_an_account(target: Target) -> None:
    """Nor by the time: each costs a hash, says tests/accounts/test_accounts.py."""
    known, told = target.fixtures["A"]["owner_email"], set()
    for email in (known, "nobody@hostile.example") * 2:
        sent = {"owner_email": email, "owner_password": "not the password"}
        answer = Browser(target.server).log_in(sent)
        page = re.sub(rb'(csrf_token" value=|X-CSRFToken": )"[^"]+"', b"", answer.body)
        told.add((answer.status, page.replace(email.encode(), b"EMAIL")))
    assert len(told) == 1


def test_keys_that_are_none_are_answered_alike(target: Target) -> None:
    a = target.fixtures["A"]
    real = a["key_owner"]
    keys = (
        real[:-1] + ("x" if real[-1] != "x" else "y"),
        "ir_live_" + "a" * 46,
        a["key_revoked"],
        "x",
        real + real,
    )
    answers = {
        re.sub(
            rb'"request_id":"[^"]+"',
            b"",
            target.server.call("GET", "/api/projects", key=key).body,
        )
        for key in keys
    }
    assert len(answers) == 1
