"""What every mailer does, and what the real one says to a mail server."""

import email
import email.policy
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from interviewrelay.adapters.mail import KeptMail, SmtpMailer
from interviewrelay.ports import Letter, MailLater, MailRefused
from tests.fakes import FakeMailer

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
URL = "https://interviews.example.com/interview/inv_abc"
LETTER = Letter(
    to="pat@example.com",
    kind="invite",
    sender_name="Alder Research",
    subject="An invitation from Alder Research: Waiting",
    facts={
        "name": "Pat",
        "organization": "Alder Research",
        "title": "Waiting",
        "purpose": "We want to learn how visits go.",
        "minutes": "15",
        "contact": "study@alder.example",
        "custom_message": "A word from us & you <b>",
        "url": URL,
    },
    expires_at=datetime(2026, 12, 1, 10, tzinfo=UTC),
)


class Sink:
    """Keeps what it gets, or answers what it is told to."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answer = "250 OK"
        self.port = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            message = email.message_from_bytes(envelope.content, policy=email.policy.default)
            self.messages.append(message)  # type: ignore[arg-type]
            self.recipients += envelope.rcpt_tos
        return self.answer


@pytest.fixture
def sink() -> Iterator[Sink]:
    handler = Sink()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        handler.port = listener.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    yield handler
    controller.stop()


@pytest.fixture(params=["fake", "smtp"])
def mailer(request: pytest.FixtureRequest, sink: Any) -> Any:
    if request.param == "fake":
        return FakeMailer()
    return smtp(sink.port)


def smtp(port: int) -> SmtpMailer:
    return SmtpMailer(f"smtp://127.0.0.1:{port}", "Studies <studies@example.com>", TEMPLATES)


def test_a_letter_is_sent(mailer: Any) -> None:
    assert mailer.deliver(LETTER) == "sent"


def test_without_a_server_a_letter_is_kept() -> None:
    assert KeptMail().deliver(LETTER) == "kept"


def test_both_parts_hold_the_link_and_the_custom_message(sink: Any) -> None:
    smtp(sink.port).deliver(LETTER)
    message = sink.messages[0]
    plain = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    assert URL in plain
    assert "A word from us & you <b>" in plain
    assert f'href="{URL}"' in html
    assert "A word from us &amp; you &lt;b&gt;" in html
    assert sink.recipients == ["pat@example.com"]
    assert message["From"] == "Alder Research <studies@example.com>"
    assert message["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("evil", ["a\r\nBcc: x@evil.example", "a\nX: y", "a\0b"])
@pytest.mark.parametrize("field", ["subject", "sender_name", "to"])
def test_a_header_with_a_line_break_is_refused(sink: Any, field: str, evil: str) -> None:
    with pytest.raises(MailRefused):
        smtp(sink.port).deliver(replace(LETTER, **{field: evil}))
    assert sink.messages == []


def test_a_temporary_refusal_is_for_later(sink: Any) -> None:
    sink.answer = "451 come back later"
    with pytest.raises(MailLater, match="451"):
        smtp(sink.port).deliver(LETTER)


def test_a_final_refusal_is_final(sink: Any) -> None:
    sink.answer = "550 no such person"
    with pytest.raises(MailRefused, match="550"):
        smtp(sink.port).deliver(LETTER)


def test_a_server_that_is_away_is_for_later(sink: Any) -> None:
    with pytest.raises(MailLater, match="could not be reached"):
        smtp(1).deliver(LETTER)
