"""What every mailer does, and what the real one says to a mail server."""

import contextlib
import email
import email.policy
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from interviewrelay.adapters.mail.mailer import OutboxOnlyMailer, SmtpMailer
from interviewrelay.adapters.mail.smtp_client import SmtpConnection
from interviewrelay.core import translations
from interviewrelay.core.ports.mail import MailLater, MailMessage, MailRefused, MailServerAway
from tests.fakes import FakeMailer

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
URL = "https://interviews.example.com/interview/inv_abc"
LETTER = MailMessage(
    to="pat@example.com",
    kind="invite",
    sender_name="Alder Research",
    subject="Invitation from Alder Research: Waiting",
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
        self.senders: list[str] = []
        self.answer = "250 OK"
        self.refusals: dict[str, str] = {}
        self.sender_refused = ""
        self.calls = self.most_letters = 0
        self.port = 0

    async def handle_HELO(self, _server: Any, session: Any, _envelope: Any, host: str) -> str:  # noqa: N802
        session.host_name = host
        return "250 sink"

    async def handle_EHLO(  # noqa: N802
        self, _server: Any, session: Any, _envelope: Any, host: str, words: list[str]
    ) -> list[str]:
        self.calls += 1
        session.host_name, session.letters = host, 0
        return words

    async def handle_MAIL(  # noqa: N802
        self, _server: Any, session: Any, envelope: Any, whose: str, _options: list[str]
    ) -> str:
        session.letters += 1
        if self.most_letters and session.letters > self.most_letters:
            return "421 enough for one connection"
        envelope.mail_from = whose
        return self.sender_refused or "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, whose: str, _options: list[str]
    ) -> str:
        if whose in self.refusals:
            return self.refusals[whose]
        envelope.rcpt_tos.append(whose)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            message = email.message_from_bytes(envelope.content, policy=email.policy.default)
            self.messages.append(message)  # type: ignore[arg-type]
            self.recipients += envelope.rcpt_tos
            self.senders.append(envelope.mail_from)
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


def smtp(port: int, seconds: float = 20) -> SmtpMailer:
    url, sender = f"smtp://127.0.0.1:{port}", "Studies <studies@example.com>"
    return SmtpMailer(url, sender, TEMPLATES, seconds=seconds)


def test_a_letter_is_sent(mailer: Any) -> None:
    assert mailer.deliver(LETTER) == "sent"


def test_without_a_server_a_letter_is_kept() -> None:
    assert not OutboxOnlyMailer().configured
    with OutboxOnlyMailer().connection() as caller:
        assert caller.deliver(LETTER) == "kept"


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


def test_many_letters_go_by_one_call(mailer: Any, sink: Any) -> None:
    with mailer.connection() as caller:
        for number in range(5):
            assert caller.deliver(replace(LETTER, to=f"p{number}@example.com")) == "sent"
    assert mailer.configured
    assert sink.calls <= 1


def test_a_call_goes_on_after_one_recipient_is_refused_and_another_is_put_off(
    sink: Any,
) -> None:
    sink.refusals = {
        "no@example.com": "550 no such person",
        "later@example.com": "450 greylisted",
    }
    with smtp(sink.port).connection() as caller:
        with pytest.raises(MailRefused, match="550 no such person"):
            caller.deliver(replace(LETTER, to="no@example.com"))
        with pytest.raises(MailLater, match="450 greylisted") as put_off:
            caller.deliver(replace(LETTER, to="later@example.com"))
        caller.deliver(LETTER)
    assert not isinstance(put_off.value, MailServerAway)
    assert (sink.recipients, sink.calls) == ([LETTER.to], 1)


def test_a_server_that_takes_only_so_many_letters_a_call_is_called_again(sink: Any) -> None:
    sink.most_letters = 2
    everybody = [f"p{number}@example.com" for number in range(5)]
    with smtp(sink.port).connection() as caller:
        for whom in everybody:
            caller.deliver(replace(LETTER, to=whom))
    assert (sink.recipients, sink.calls) == (everybody, 3)


def test_a_sender_that_the_server_takes_nothing_from_is_no_fault_of_the_letter(
    sink: Any,
) -> None:
    sink.sender_refused = "553 not your address"
    with pytest.raises(MailServerAway, match="rejects this sender: 553"):
        smtp(sink.port).deliver(LETTER)


def test_a_server_that_does_not_let_us_in_is_no_fault_of_the_letter(sink: Any) -> None:
    url = f"smtp://me:wrong@127.0.0.1:{sink.port}"
    with pytest.raises(MailServerAway, match="feature in SMTP_URL.*AUTH"):
        SmtpMailer(url, "a@example.com", TEMPLATES).deliver(LETTER)


@pytest.mark.parametrize("way", ["PLAIN", "LOGIN"])
def test_a_log_in_of_any_letters_is_told_in_utf_8(way: str) -> None:
    told: list[tuple[bytes, bytes]] = []

    def known(_server: Any, _session: Any, _envelope: Any, _way: str, said: Any) -> AuthResult:
        told.append((said.login, said.password))
        right = said.password == "p\N{LATIN SMALL LETTER A WITH DIAERESIS}ss".encode()
        return AuthResult(success=right, handled=False)

    handler = Sink()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        handler.port = listener.getsockname()[1]
    controller = Controller(
        handler, hostname="127.0.0.1", port=handler.port, authenticator=known,
        auth_require_tls=False, auth_exclude_mechanism={"PLAIN", "LOGIN"} - {way},
    )  # fmt: skip
    controller.start()
    try:
        url = f"smtp://m%C3%BC:p%C3%A4ss@127.0.0.1:{handler.port}"
        SmtpMailer(url, "a@example.com", TEMPLATES).deliver(LETTER)
        with pytest.raises(MailServerAway, match="rejected the sign-in: 535"):
            SmtpMailer(url.replace("p%C3%A4", "p%C3%B6"), "a@example.com", TEMPLATES).deliver(
                LETTER
            )
    finally:
        controller.stop()
    assert told[0] == ("m\N{LATIN SMALL LETTER U WITH DIAERESIS}".encode(), told[0][1])
    assert len(handler.messages) == 1


def test_any_other_fault_of_the_connection_is_told(
    sink: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_line: Any) -> None:
        raise UnicodeError

    monkeypatch.setattr(SmtpConnection, "_logged_in", breaks)
    with pytest.raises(MailServerAway, match=r"failed \(UnicodeError\)"):
        smtp(sink.port).deliver(LETTER)


@pytest.mark.parametrize(
    ("greeting", "words"),
    [
        (b"554 go away\r\n", "rejected the sign-in: 554 go away"),
        (b"220 hello\r\n", "did not respond in time|could not be reached"),
    ],
)
def test_a_server_that_sends_one_away_or_falls_silent_is_away(
    greeting: bytes, words: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port, held = listener.getsockname()[1], []

        def greets() -> None:
            with contextlib.suppress(OSError):
                while True:
                    held.append(listener.accept()[0])
                    held[-1].sendall(greeting)

        threading.Thread(target=greets, daemon=True).start()
        with pytest.raises(MailServerAway, match=words):
            smtp(port, seconds=0.3).deliver(LETTER)
        for connection in held:
            connection.close()


def test_a_server_that_hangs_up_at_once_is_away_after_three_letters() -> None:
    """One connection that it drops says nothing of the next: the others need not wait for it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hangs_up() -> None:
            with contextlib.suppress(OSError):
                while True:
                    listener.accept()[0].close()

        threading.Thread(target=hangs_up, daemon=True).start()
        told = []
        with smtp(listener.getsockname()[1]).connection() as mailer:
            for _ in range(3):
                with pytest.raises(MailLater, match="closed the connection") as fault:
                    mailer.deliver(LETTER)
                told.append(fault.type)
    assert told == [MailLater, MailLater, MailServerAway]


def test_a_letter_has_the_same_name_however_often_it_is_handed_over() -> None:
    names = {
        smtp(1).build_message(replace(LETTER, reference="r1"))["Message-ID"] for _ in range(2)
    }
    assert names == {"<r1@example.com>"}
    assert (
        smtp(1).build_message(LETTER)["Message-ID"]
        != smtp(1).build_message(LETTER)["Message-ID"]
    )


@pytest.mark.parametrize(
    "whom", ["a@b.example, c@d.example", "Pat <pat@example.com>", "a b@example.com", "@x.example",
             "pat@localhost", "pät@example.com", "pat@bücher.example"],
)  # fmt: skip
def test_only_an_address_of_our_grammar_is_written_to(whom: str) -> None:
    with pytest.raises(MailRefused, match="single email address"):
        smtp(1).build_message(replace(LETTER, to=whom))


KINDS: dict[Any, dict[str, str]] = {
    "invite": LETTER.facts,  # type: ignore[dict-item]
    "reminder": LETTER.facts,  # type: ignore[dict-item]
    "copy": {
        **LETTER.facts,
        "conversation": "Interviewer: How was it?\n\nYou: Good <b>.",
    },
    "credits": {"subject": "S", "sentence": "T", "organization": "O", "url": URL},
    "safety": {"subject": "S", "sentence": "T", "organization": "O", "url": URL},
    "password": {"name": "Pat", "url": URL},
    "password_changed": {"name": "Pat", "url": URL},
    "login_alert": {"name": "Pat", "url": URL},
    "backup": {"subject": "S", "sentence": "T", "organization": "O", "url": URL},
    "member": {
        "invited_by": "A",
        "role": "viewer",
        "organization": "O",
        "url": URL,
        "until": "U",
    },
    "test": {"subject": "S", "organization": "O", "url": URL},
}
HEADERS = ["subject", "sender_name", "to", "reply_to", "reference", "unsubscribe"]


def of_kind(kind: Any, **more: Any) -> MailMessage:
    link = "https://interviews.example.com/interview/unsubscribe/uns_" + "a" * 86
    given = {"unsubscribe": link} if kind in ("invite", "reminder") else {}
    made = replace(LETTER, kind=kind, facts=KINDS[kind], reference="r1", **given)
    return replace(made, **more)


@pytest.mark.parametrize("kind", KINDS)
def test_both_parts_of_every_mail_hold_the_link_and_load_nothing(
    kind: Any, tmp_path: Path
) -> None:
    message: Any = smtp(1).build_message(of_kind(kind))
    plain = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    (tmp_path / f"{kind}.html").write_text(html)  # to be looked at
    assert URL in plain
    assert f'<a href="{URL}"' in html
    assert re.findall(r"<(script|img|link|iframe|form|style)|url\(|src=", html) == []
    assert 'name="viewport"' in html
    assert "{{" not in plain + html
    assert "\n\n\n" not in plain
    assert plain.splitlines()[0].startswith("Hello")


@pytest.mark.parametrize("kind", ["invite", "reminder"])
@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_a_mail_to_a_participant_is_worded_in_its_language(kind: Any, language: str) -> None:
    message: Any = smtp(1).build_message(of_kind(kind, language=language))
    plain = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert "<strong>Waiting</strong>" in html
    assert translations.format_moment(LETTER.expires_at, language) in plain  # type: ignore[arg-type]
    for part in (plain, html):
        assert ("in your browser" in part) == (language == "en")
        assert "15" in part
        assert "%(" not in part


EVIL = (
    "x\r\nBcc: eve@evil.example", "x\nBcc: e", "x\rBcc: e", "x\0y", "\n", "a\x0bb", "a\x1cb", "a\x85b",
    "a\u2028b", "a\x7fb", "=?utf-8?q?=0D=0ABcc:_e?=", "a =?iso-8859-1?B?DQpCY2M6IGU=?= b",
)  # fmt: skip


@pytest.mark.parametrize(
    ("bounce", "reference", "back"),
    [
        ("", "r1", "studies@example.com"),
        ("bounces@example.com", "r1", "bounces@example.com"),
        ("bounces+@example.com", "r1", "bounces+r1@example.com"),
        ("bounces+@example.com", "", "bounces@example.com"),
    ],
)
def test_a_mail_goes_back_to_where_the_envelope_says(
    sink: Any, bounce: str, reference: str, back: str
) -> None:
    url = f"smtp://127.0.0.1:{sink.port}"
    mailer = SmtpMailer(url, "Studies <studies@example.com>", TEMPLATES, bounce=bounce)
    mailer.deliver(replace(LETTER, reference=reference))
    assert sink.senders == [back]
    assert sink.messages[0]["From"].addresses[0].addr_spec == "studies@example.com"


def test_answers_go_where_the_letter_says_and_times_are_told_in_its_zone() -> None:
    letter = replace(LETTER, reply_to="study@alder.example", zone="Europe/Amsterdam")
    message: Any = smtp(1).build_message(letter)
    assert [a.addr_spec for a in message["Reply-To"].addresses] == ["study@alder.example"]
    for part in ("plain", "html"):
        told = message.get_body((part,)).get_content()
        assert "until 1 December 2026, 11:00 CET." in told
    plain: Any = smtp(1).build_message(LETTER)
    assert plain["Reply-To"] is None
    assert "until 1 December 2026, 10:00 UTC." in plain.get_body(("plain",)).get_content()


@pytest.mark.parametrize("whom", ["a@b, c@d.example", "Eve <eve@evil.example>", "nobody"])
def test_answers_go_to_one_person_only(whom: str) -> None:
    with pytest.raises(MailRefused, match="not a single email address"):
        smtp(1).build_message(replace(LETTER, reply_to=whom))


@pytest.mark.parametrize("field", HEADERS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_header_of_any_kind_of_mail_can_be_made_two(kind: Any, field: str) -> None:
    taken = []
    for evil in EVIL:
        with contextlib.suppress(MailRefused):
            smtp(1).build_message(of_kind(kind, **{field: evil}))
            taken.append(evil)
    assert taken == []


ANY = (
    "Grüße", "日本語のお知らせ", "ضيوف", "Why a=?b", "x" * 500, 'Eve" <eve@evil.example>, "A',
)  # fmt: skip


@pytest.mark.parametrize("words", ANY)
@pytest.mark.parametrize("kind", KINDS)
def test_a_header_of_any_characters_stays_one_header(kind: Any, words: str) -> None:
    message = smtp(1).build_message(of_kind(kind, subject=words, sender_name=words))
    raw = message.as_bytes()
    head = raw.partition(b"\r\n\r\n")[0]
    assert head.isascii()
    names = [
        line.partition(b":")[0].decode()
        for line in head.split(b"\r\n")
        if line[:1] not in b" \t"
    ]
    usual = ["Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted"]
    more = (
        ["List-Unsubscribe", "List-Unsubscribe-Post"] if kind in ("invite", "reminder") else []
    )
    assert sorted(names) == sorted([*usual, *more, "MIME-Version", "Content-Type"])
    read = email.message_from_bytes(raw, policy=email.policy.default)
    assert [a.addr_spec for a in read["From"].addresses] == ["studies@example.com"]
    assert [a.addr_spec for a in read["To"].addresses] == ["pat@example.com"]
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    if words.isprintable() and len(words) <= 120 and "=?" not in words:
        assert read["Subject"] == words


@pytest.mark.parametrize("kind", ["invite", "reminder"])
def test_the_link_out_is_in_the_header_as_it_stands_and_in_both_parts(kind: Any) -> None:
    letter = of_kind(kind)
    raw = smtp(1).build_message(letter).as_bytes()
    assert f"\r\nList-Unsubscribe: <{letter.unsubscribe}>\r\n" in raw.decode()
    assert "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw.decode()
    read: Any = email.message_from_bytes(raw, policy=email.policy.default)
    for part in ("plain", "html"):
        assert letter.unsubscribe in read.get_body((part,)).get_content()


def test_one_click_is_promised_by_https_only() -> None:
    message = smtp(1).build_message(of_kind("invite", unsubscribe="http://127.0.0.1/u"))
    assert message["List-Unsubscribe"] == "<http://127.0.0.1/u>"
    assert message["List-Unsubscribe-Post"] is None


@pytest.mark.parametrize("evil", ["a\r\nBcc: x@evil.example", "a\nX: y", "a\0b"])
@pytest.mark.parametrize("field", ["subject", "sender_name", "to", "reference"])
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
    with pytest.raises(MailServerAway, match="could not be reached"):
        smtp(1).deliver(LETTER)
