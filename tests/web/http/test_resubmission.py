"""What was typed outlives a log-out, an expired log-in and a form of an older one."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from sqlalchemy import func, select

from interviewrelay.core import clock
from interviewrelay.core.db.session import db
from interviewrelay.models import Project
from tests.conftest import PASSWORD, logged_in

TYPED = {"name": 'A "project" & more', "description": "First line.\r\nSecond <line>."}


@pytest.fixture
def browser(app: Any, ann: Any) -> Any:
    """Ann is logged in, and forms are asked for their token."""
    browser = logged_in(app, ann)
    app.config["WTF_CSRF_ENABLED"] = True
    return browser


def hidden(page: str) -> dict[str, str]:
    """The hidden fields as a browser sends them."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page)
    return {unescape(name): re.sub(r"\r?\n", "\r\n", unescape(value)) for name, value in found}


def token(page: str) -> str:
    return hidden(page)["csrf_token"]


def projects() -> list[tuple[str, str | None]]:
    db.session.expire_all()
    return [tuple(row) for row in db.session.execute(select(Project.name, Project.description))]


def log_out_in_another_tab(browser: Any) -> str:
    """The token of a form that was open before."""
    old = token(browser.get("/projects").text)
    assert browser.post("/logout", data={"csrf_token": old}).status_code == 303
    return old


def test_after_a_log_out_one_logs_in_and_sends_what_was_typed(browser: Any, ann: Any) -> None:
    old = log_out_in_another_tab(browser)
    sent = browser.post("/projects", data={**TYPED, "csrf_token": old})
    assert sent.status_code == 403
    assert "Your entries are kept" in sent.text
    waiting = hidden(sent.text)
    assert {n: waiting[f"sent.{n}"] for n in TYPED} == TYPED
    wrong = browser.post("/login", data={**waiting, "email": ann.email, "password": "no"})
    assert wrong.status_code == 401
    assert "is incorrect" in wrong.text
    # The token of the form holds the second in which it was made.
    again = {**hidden(wrong.text), "csrf_token": waiting["csrf_token"]}
    assert again == waiting
    page = browser.post("/login", data={**waiting, "email": ann.email, "password": PASSWORD})
    assert page.status_code == 200
    assert 'action="/projects"' in page.text
    assert projects() == []  # nothing is done until the person says so
    assert browser.post("/projects", data=hidden(page.text)).status_code == 303
    assert projects() == [(TYPED["name"], TYPED["description"])]


def test_a_log_in_that_has_run_out_keeps_what_was_typed(browser: Any, ann: Any) -> None:
    old = token(browser.get("/projects").text)
    with clock.freeze_at(clock.now() + timedelta(hours=13)):
        sent = browser.post("/projects", data={**TYPED, "csrf_token": old})
        assert sent.status_code == 401
        waiting = {**hidden(sent.text), "email": ann.email, "password": PASSWORD}
        page = browser.post("/login", data=waiting)
        assert browser.post("/projects", data=hidden(page.text)).status_code == 303
    assert [name for name, _ in projects()] == [TYPED["name"]]


def test_a_form_of_an_earlier_log_in_is_sent_with_one_press(browser: Any, ann: Any) -> None:
    old = log_out_in_another_tab(browser)
    door = token(browser.get("/login").text)
    data = {"email": ann.email, "password": PASSWORD, "csrf_token": door}
    assert browser.post("/login", data=data).status_code == 303
    page = browser.post("/projects", data={**TYPED, "csrf_token": old})
    assert page.status_code == 403
    assert 'name="password"' not in page.text
    assert browser.post("/projects", data=hidden(page.text)).status_code == 303
    assert [name for name, _ in projects()] == [TYPED["name"]]


def test_a_button_without_fields_is_sent_again_too(browser: Any, ann: Any) -> None:
    old = log_out_in_another_tab(browser)
    data = {"csrf_token": old, "status": "paused"}
    page = browser.post("/campaigns/no-campaign/status", data=data)
    assert hidden(page.text)["to"] == "/campaigns/no-campaign/status"
    assert hidden(page.text)["sent.status"] == "paused"


def test_every_value_of_a_name_comes_back(browser: Any) -> None:
    data = {"name": "K", "permissions": ["sessions:read", "sessions:write"]}
    page = browser.post("/keys", data=data).text
    values = re.findall(r'name="permissions" value="([^"]*)"', page)
    assert values == ["sessions:read", "sessions:write"]


def test_a_password_is_never_carried(browser: Any, app: Any) -> None:
    stranger = app.test_client()
    secret = "never to be seen again"
    for path in ("/setup", "/login", "/projects"):
        data = {"email": "a@b.example", "password": secret, "sent.password": secret, "to": "/x"}
        assert secret not in stranger.post(path, data=data).text, path
        assert secret not in browser.post(path, data=data).text, path


def test_a_log_in_whose_own_page_was_too_old_keeps_what_it_carries(app: Any, ann: Any) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    carried = {"to": "/projects", "sent.name": "Kept", "email": ann.email}
    page = app.test_client().post("/login", data=carried)
    assert page.status_code == 403
    assert hidden(page.text)["sent.name"] == "Kept"
    assert f'value="{ann.email}"' in page.text


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil"])
def test_what_is_carried_leads_nowhere_else(browser: Any, ann: Any, elsewhere: str) -> None:
    door = token(log_out_page(browser))
    data = {"csrf_token": door, "to": elsewhere, "email": ann.email, "password": PASSWORD}
    assert browser.post("/login", data=data).location == "/"


def log_out_page(browser: Any) -> str:
    log_out_in_another_tab(browser)
    return str(browser.get("/login").text)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_what_another_site_sends_is_not_carried(browser: Any, headers: Any) -> None:
    refused = browser.post("/projects", data=TYPED, headers=headers)
    assert refused.status_code == 403
    assert "another site" in refused.text
    assert "Second" not in refused.text
    assert db.session.execute(select(func.count(Project.id))).scalar_one() == 0


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}, {}]
)
def test_what_this_site_sends_is_carried(browser: Any, headers: Any) -> None:
    page = browser.post("/projects", data=TYPED, headers=headers).text
    assert hidden(page)["description"] == TYPED["description"]


def test_logging_out_in_two_tabs_is_no_fault(browser: Any) -> None:
    old = log_out_in_another_tab(browser)
    assert browser.post("/logout", data={"csrf_token": old}).location == "/login"


def test_a_form_sent_without_a_log_in_asks_for_one_and_nothing_else(app: Any, ann: Any) -> None:
    page = app.test_client().post("/projects", data=TYPED)
    assert page.status_code == 401
    assert "Alder" not in page.text
    assert app.test_client().post("/projects").location == "/login"
