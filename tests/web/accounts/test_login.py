"""Setting up, logging in and logging out."""

import re
from urllib.parse import quote

import pytest
from sqlalchemy import func, select

from interviewrelay import factory
from interviewrelay.accounts import accounts
from interviewrelay.core.config import settings
from interviewrelay.core.db.session import db, release_connection
from interviewrelay.models import Login
from interviewrelay.web.http.resubmission import get_safe_path
from tests.conftest import PASSWORD, logged_in

OWNER = {
    "organization": "Acme",
    "name": "Ann",
    "email": "ann@acme.example",
    "password": PASSWORD,
}


@pytest.fixture
def browser(app):
    return app.test_client()


def logins():
    release_connection()
    return db.session.execute(select(func.count(Login.id))).scalar_one()


def test_a_new_server_leads_to_its_first_page(browser):
    assert browser.get("/").headers["Location"] == "/login"
    assert browser.get("/login").headers["Location"] == "/setup"
    assert browser.get("/setup").status_code == 200


def test_setting_up_logs_in_at_once(browser):
    sent = browser.post("/setup", data=OWNER)
    assert (sent.status_code, sent.headers["Location"]) == (303, "/admin/model")
    assert browser.get("/").status_code == 200


def test_setting_up_happens_once(browser):
    browser.post("/setup", data=OWNER)
    assert browser.get("/setup").headers["Location"] == "/login"
    again = browser.post("/setup", data={**OWNER, "email": "eve@evil.example"})
    assert again.status_code == 409
    assert len(accounts.list_all_memberships()) == 1


def test_wrong_fields_are_said_and_what_was_typed_stays(browser):
    page = browser.post(
        "/setup", data={**OWNER, "email": "nobody", "password": "short-secret"[:9]}
    )
    assert page.status_code == 400
    assert "Enter an email address" in page.text
    assert 'value="Acme"' in page.text
    assert "short-sec" not in page.text
    assert browser.post("/setup", data={}).status_code == 400
    assert not accounts.is_set_up()


def test_the_right_password_logs_in(browser, ann):
    sent = browser.post("/login", data={"email": ann.email, "password": ann.password})
    assert (sent.status_code, sent.headers["Location"]) == (303, "/")
    assert browser.get("/").status_code == 200
    assert browser.get("/login").headers["Location"] == "/"
    assert logins() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"password": "wrong"}, {"email": "eve@alder.example"}, {"password": ""}, {"email": ""}],
)
def test_wrong_words_give_one_and_the_same_answer(browser, ann, wrong):
    page = browser.post("/login", data={"email": ann.email, "password": ann.password, **wrong})
    assert page.status_code == 401
    assert "The email address or password is incorrect" in page.text
    assert ann.password not in page.text
    assert browser.get("/").status_code == 303
    assert logins() == 0


def test_logging_out_ends_the_row_not_just_the_cookie(app, ann):
    browser = logged_in(app, ann)
    stolen = browser.get_cookie("ir").value
    out = browser.post("/logout")
    assert (out.status_code, out.headers["Location"]) == (303, "/login")
    assert logins() == 0
    browser.set_cookie("ir", stolen)
    assert browser.get("/").status_code == 303
    assert browser.post("/logout").status_code == 303


def test_logging_out_leaves_other_browsers_logged_in(app, ann):
    one, other = logged_in(app, ann), logged_in(app, ann)
    one.post("/logout")
    assert other.get("/").status_code == 200


def test_a_new_log_in_starts_from_a_clean_cookie(app, ann):
    browser = logged_in(app, ann)
    before = browser.get_cookie("ir").value
    browser.post("/login", data={"email": ann.email, "password": ann.password})
    assert browser.get_cookie("ir").value != before
    assert logins() == 2


@pytest.mark.parametrize("cookie", ["", "x", "eyJfdXNlcl9pZCI6IjEifQ.x.y", "é" * 10])
def test_a_forged_cookie_is_nobody(browser, ann, cookie):
    browser.set_cookie("ir", cookie.encode("ascii", "ignore").decode())
    assert browser.get("/").status_code == 303


def test_the_page_that_was_wanted_comes_after_the_log_in(browser, ann):
    sent = browser.get("/sessions?status=completed")
    assert sent.headers["Location"] == "/login?next=/sessions?status%3Dcompleted"
    page = browser.get(sent.headers["Location"]).text
    assert 'name="next" value="/sessions?status=completed"' in page
    data = {"email": ann.email, "password": ann.password, "next": "/sessions?status=completed"}
    assert browser.post("/login", data=data).headers["Location"] == "/sessions?status=completed"


def test_htmx_is_sent_to_the_log_in_as_a_whole(browser, ann):
    answer = browser.get("/sessions", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/login")


ELSEWHERE = [
    "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "http:evil.example",
    "javascript:alert(1)", "/%2Fevil.example", "/%5Cevil.example", "evil.example", "", " /x", "/x y",
    "/\tevil", "/x\r\nSet-Cookie: a=b", "/é", "/%0d%0aSet-Cookie:a", "/%09/evil.example", "//",
    "/\x00", "https:/evil.example", "?x", "@evil.example", "/%E2%80%8B",
]  # fmt: skip


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_next_never_leads_elsewhere(browser, ann, wanted):
    assert get_safe_path(wanted) is None
    data = {"email": ann.email, "password": ann.password, "next": wanted}
    assert browser.post("/login", data=data).headers["Location"] == "/"
    assert browser.get(f"/login?next={quote(wanted)}").headers["Location"] == "/"


@pytest.mark.parametrize(
    "wanted", ["/", "/sessions?a=b&c=d", "/x//y", "/a:b@c", "/x?next=//evil"]
)
def test_next_leads_to_any_page_of_ours(wanted):
    assert get_safe_path(wanted) == wanted
    assert get_safe_path(None) is None


def test_a_form_without_its_token_is_refused(app, browser, ann):
    app.config["WTF_CSRF_ENABLED"] = True
    data = {"email": ann.email, "password": ann.password}
    refused = browser.post("/login", data=data)
    assert refused.status_code == 403
    assert "Your session has expired" in refused.text
    assert logins() == 0
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/login").text)[1]
    assert browser.post("/login", data={**data, "csrf_token": token}).status_code == 303
    assert browser.post("/logout").status_code == 403
    assert logins() == 1


def test_every_form_of_the_desk_asks_for_its_token(app, ann):
    browser = logged_in(app, ann)
    app.config["WTF_CSRF_ENABLED"] = True
    walked = 0
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("pages.") and "POST" in rule.methods:
            path = re.sub(r"<[^>]+>", "018f3f3e-0000-7000-8000-000000000000", rule.rule)
            assert browser.post(path).status_code == 403, path
            walked += 1
    assert walked > 8


def test_neither_the_api_nor_the_participant_needs_such_a_token(app, client, ann):
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post("/api/projects", json={"name": "P"}, headers=ann.auth).status_code == 201
    assert client.post("/interview/inv_x/start", data={"consent": "true"}).status_code == 404


@pytest.mark.parametrize("path", ["/logout", "/login", "/interview/inv_x/start"])
def test_what_another_site_sends_is_refused(app, ann, path):
    browser = logged_in(app, ann)
    refused = browser.post(path, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
    assert "another site" in refused.text
    assert browser.get("/").status_code == 200


def test_many_tries_from_one_address_are_slowed_down(browser, ann):
    answers = [browser.post("/login", data={"email": f"n{n}@x.example"}) for n in range(21)]
    assert [answer.status_code for answer in answers] == [401] * 20 + [429]
    assert "Wait 60 seconds, then try again." in answers[-1].text


def cookie_of(browser, somebody, **more):
    sent = browser.post("/login", data={"email": somebody.email, "password": PASSWORD}, **more)
    assert sent.status_code == 303
    return sent.headers.getlist("Set-Cookie")[-1]


def test_the_cookie_is_kept_from_scripts_and_other_sites(browser, ann):
    cookie = cookie_of(browser, ann)
    assert cookie.startswith("ir=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_behind_https_the_cookie_travels_by_https_only(tmp_path, database_url, ann):
    given = {
        "INSTANCE_DIR": str(tmp_path), "DATABASE_URL": database_url,
        "SECRET_KEYS": "a key for tests only and long enough to be taken",
        "BASE_URL": "https://interviews.example.com", "TRUSTED_PROXIES": "1",
    }  # fmt: skip
    secure = factory.create_app(settings.read_settings(given))
    secure.config["WTF_CSRF_ENABLED"] = False
    browser = secure.test_client()
    base = {"base_url": "https://interviews.example.com"}
    cookie = cookie_of(browser, ann, **base)
    assert cookie.startswith("__Host-ir=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert (
        browser.get("/login", **base).headers["Strict-Transport-Security"] == "max-age=31536000"
    )
    with secure.app_context():
        db.session.remove()
        db.engine.dispose()
