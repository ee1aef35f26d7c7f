"""The pages for a forgotten password: alike for everybody, without a log-in, few from one address."""

import re

import pytest

from interviewrelay.accounts import password_resets
from interviewrelay.notifications import mail_delivery
from tests.conftest import PASSWORD

NEW = "a new and better password"


@pytest.fixture
def browser(app):
    return app.test_client()


@pytest.fixture
def link(services, ann):
    return password_resets.issue_reset_link(services, ann.membership.user_id).removeprefix(
        "http://127.0.0.1:8000"
    )


def drop_token(page):
    """Return the page's text without its token, which holds the second it was made in."""
    text, dropped = re.subn(r'"X-CSRFToken": "[^"]+"', "", page.text)
    assert dropped
    return text


def test_the_answer_is_the_same_whether_or_not_somebody_has_the_address(browser, ann):
    known = browser.post("/password", data={"email": ann.email})
    unknown = browser.post("/password", data={"email": "nobody@x.example"})
    assert (known.status_code, drop_token(known)) == (unknown.status_code, drop_token(unknown))
    assert "If there is an account with this address" in known.text


def test_the_whole_way_from_the_log_in_page(browser, services, mailer, ann):
    assert 'href="/password"' in browser.get("/login").text
    assert "Email me a link" in browser.get("/password").text
    browser.post("/password", data={"email": ann.email})
    mail_delivery.deliver_due_mails(services)
    here = mailer.letters[-1].facts["url"].removeprefix("http://127.0.0.1:8000")
    for _ in range(2):
        assert "Set a new password" in browser.get(here).text
    weak = browser.post(here, data={"password": "short"})
    assert (weak.status_code, "12 to 128 characters" in weak.text) == (400, True)
    done = browser.post(here, data={"password": NEW}, follow_redirects=True)
    assert "Password changed." in done.text
    sent = {"email": ann.email, "password": NEW}
    assert browser.post("/login", data=sent).headers["Location"] == "/"
    assert browser.get(here).status_code == 404


def test_setting_it_logs_out_everywhere_else(app, browser, desk, link):
    assert desk.get("/").status_code == 200
    browser.post(link, data={"password": NEW})
    assert desk.get("/").headers["Location"] == "/login"


def test_a_link_that_is_used_or_wrong_says_so_and_offers_another(browser, link):
    for answered in (browser.get(link + "x"), browser.post(link + "x", data={"password": NEW})):
        assert answered.status_code == 404
        assert "has already been used or has expired" in answered.text
        assert 'name="email"' in answered.text


def test_what_is_no_address_is_told_and_stays(browser):
    page = browser.post("/password", data={"email": "ann"})
    assert page.status_code == 400
    assert 'value="ann"' in page.text


def test_without_a_mail_server_the_page_says_whom_to_ask(browser, mailer, ann):
    mailer.configured = False
    for page in (
        browser.get("/password"),
        browser.post("/password", data={"email": ann.email}),
    ):
        assert "interviewrelay password-link" in page.text
        assert "Email me a link" not in page.text


def test_one_network_address_asks_ten_times_in_15_minutes(browser, ann):
    sent = {"data": {"email": "nobody@x.example"}, "environ_base": {"REMOTE_ADDR": "10.9.8.7"}}
    codes = [browser.post("/password", **sent).status_code for _ in range(11)]
    assert codes == [200] * 10 + [429]


def test_the_password_still_holds_while_nobody_uses_the_link(browser, ann, link):
    browser.get(link)
    sent = {"email": ann.email, "password": PASSWORD}
    assert browser.post("/login", data=sent).headers["Location"] == "/"
