"""Logs: JSON lines that hold nothing of what somebody said."""

import io
import json
import logging
import sys

import pytest

from interviewrelay.core.observability import logging_setup


def line(name, level=logging.INFO, message="request", **more):
    record = logging.LogRecord(name, level, "x.py", 1, message, (), more.pop("exc_info", None))
    vars(record).update(more)
    return json.loads(logging_setup.JsonFormatter().format(record))


def test_a_line_is_json_with_known_fields_only():
    found = line("interviewrelay.web", status=200, route="/x", answer="my secret", ms=1.5)
    assert found.pop("at").endswith("Z")
    assert found == {
        "level": "info",
        "event": "request",
        "status": 200,
        "route": "/x",
        "ms": 1.5,
    }


def test_a_foreign_line_is_named_and_cut():
    found = line("urllib3", message="x" * 1_000)
    assert (found["event"], len(found["message"])) == ("urllib3", 300)


def test_of_an_exception_only_its_type_and_places_are_told():
    try:
        int("my secret")
    except ValueError:
        found = line("interviewrelay.web", logging.ERROR, exc_info=sys.exc_info())
    assert found["exception"] == "ValueError"
    assert found["places"][-1].startswith("test_logging_setup.py:")
    assert "secret" not in json.dumps(found)


@pytest.fixture
def root():
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield root
    root.handlers[:], level = before
    root.setLevel(level)


def test_configuring_twice_logs_each_line_once(root, capsys):
    logging_setup.configure_logging("INFO")
    logging_setup.configure_logging("INFO")
    logging.getLogger("interviewrelay.web").info("request")
    logging.getLogger("alembic").info("noise")
    lines = capsys.readouterr().err.splitlines()
    assert [json.loads(text)["event"] for text in lines] == ["request"]


def test_a_request_is_logged_by_its_pattern_never_by_its_token(
    app, client, services, ann, caplog
):
    from tests.factories import a_campaign, an_invite

    _, token = an_invite(services, a_campaign(ann), "secret.person@example.com")
    with caplog.at_level(logging.INFO):
        client.get(f"/interview/{token}")
        client.post(f"/interview/{token}/start", data={"consent": "true"})
        client.post(f"/interview/{token}/turns", data={"number": "2", "text": "zanzibarine"})
        client.get(f"/api/invites/{token}", headers=ann.auth)
    written = "\n".join(
        logging_setup.JsonFormatter().format(record) for record in caplog.records
    )
    assert '"/interview/<token>/turns"' in written
    for secret in (token, "zanzibarine", "secret.person", ann.key, ann.key[16:48]):
        assert secret not in written


@pytest.mark.parametrize(("terminal", "level"), [(True, "WARNING"), (False, "INFO")])
def test_a_terminal_is_left_to_the_links_of_the_start(terminal, level):
    stream = io.StringIO()
    stream.isatty = lambda: terminal
    assert logging_setup.choose_level(stream) == level
