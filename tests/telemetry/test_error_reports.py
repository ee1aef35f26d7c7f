"""Errors reach Sentry with their places, and without anything that anyone said or sent."""

import json
import logging

import pytest

from interviewrelay.adapters.telemetry import error_reports
from interviewrelay.core.config import settings
from interviewrelay.core.config.settings import SettingsError


@pytest.fixture(autouse=True)
def silent_afterwards():
    yield
    log = logging.getLogger(error_reports.LOGGER)
    for handler in [h for h in log.handlers if isinstance(h, error_reports.ErrorReports)]:
        handler.flush()
        log.removeHandler(handler)


def flush():
    for handler in logging.getLogger(error_reports.LOGGER).handlers:
        handler.flush()


def events(receiver):
    found = []
    for path, body in receiver.calls:
        assert path == "/api/42/envelope/"
        _, kind, payload = body.split(b"\n")[:3]
        assert json.loads(kind)["type"] == "event"
        found.append(json.loads(payload))
    return found


def test_an_error_of_a_request_is_told_without_words(reporting, receiver):
    app = reporting(SENTRY_DSN=f"http://secretkey@{receiver.address}/42")
    answer = app.test_client().post("/fails/x", data={"text": "my answer"})
    assert answer.status_code == 405
    answer = app.test_client().get(
        "/fails/Mondays?token=inv_secret",
        headers={"Cookie": "session=cookie-secret", "X-Request-Id": "req-1"},
    )
    assert answer.status_code == 500
    flush()
    (event,) = events(receiver)
    assert event["message"] == "unexpected_error"
    assert event["tags"] == {
        "kind": "RuntimeError",
        "request_id": "req-1",
        "method": "GET",
        "route": "/fails/<word>",
    }
    first, second = event["exception"]["values"]
    assert (first["type"], second["type"]) == ("KeyError", "RuntimeError")
    assert second["stacktrace"]["frames"][-1]["function"] == "fails"
    assert set(second["stacktrace"]["frames"][-1]) == {
        "filename", "function", "lineno", "in_app",
    }  # fmt: skip
    assert set(event) <= error_reports.SENT
    sent = receiver.everything()
    for word in (b"never liked", b"Mondays", b"inv_secret", b"cookie-secret", b"cannot read"):
        assert word not in sent


def test_a_line_of_the_log_keeps_its_tags_and_loses_who_it_is_about(reporting, receiver):
    reporting(SENTRY_DSN=f"http://secretkey@{receiver.address}/42")
    about = {"job": "send emails", "user": "user-id", "reason": "said by pat@example.com"}
    logging.getLogger("interviewrelay.worker").error("task_failed", extra=about)
    logging.getLogger("interviewrelay.worker").warning("not_an_error")
    flush()
    (event,) = events(receiver)
    assert (event["message"], event["tags"]) == ("task_failed", {"job": "send emails"})
    assert b"pat@" not in receiver.everything()
    assert b"user-id" not in receiver.everything()


def test_without_it_nothing_is_sent_and_what_is_wrong_is_told(reporting, receiver, tmp_path):
    app = reporting()
    assert app.test_client().get("/fails/x").status_code == 500
    assert receiver.calls == []
    given = {"INSTANCE_DIR": str(tmp_path), "SENTRY_DSN": "http://sentry.example/x"}
    with pytest.raises(SettingsError, match="SENTRY_DSN is not one of Sentry's"):
        error_reports.start_error_reports(settings.read_settings(given))
