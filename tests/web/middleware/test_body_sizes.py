"""How large a form may be that logs in or sets a password, and what a participant sends."""

from typing import Any

from tests.conftest import logged_in


def test_no_form_of_a_password_and_nothing_of_a_participant_is_larger_than_64_kib(app, ann):
    browser: Any = app.test_client()
    large = "x" * (64 * 1024)
    for path in ("/login", "/setup", "/password", "/password/x", "/join/x"):
        refused = browser.post(path, data={"password": large})
        assert (refused.status_code, "larger than 64 KiB" in refused.text) == (413, True), path
    desk = logged_in(app, ann)
    refused = desk.post("/settings/security/password", data={"old_password": large})
    assert refused.status_code == 413
    assert browser.post("/interview/inv_x/pause", data={"name": large}).status_code == 413
    assert desk.post("/projects", data={"name": "P", "description": "x"}).status_code == 303


def test_a_participant_whose_answer_is_too_large_is_told_to_shorten_it(app):
    refused = app.test_client().post("/interview/inv_x/turns", data={"text": "x" * 140_000})
    assert refused.status_code == 413
    assert "up to 10,000 characters" in refused.text
    assert "shorten your answer" in refused.text
    assert "Wait a minute" not in refused.text


def test_what_is_too_long_to_be_carried_through_the_log_in_is_told_so(app, ann):
    desk = logged_in(app, ann)
    app.config["WTF_CSRF_ENABLED"] = True
    desk.delete_cookie("ir")
    page = desk.post("/projects", data={"name": "P", "description": "x" * 60_000})
    assert page.status_code == 403
    assert "they are too long to keep on this page." in page.text
    assert "xxx" not in page.text
