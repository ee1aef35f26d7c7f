"""Calls to addresses that somebody typed go where they may, and nowhere else."""

import ipaddress
import socket
import ssl
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from interviewrelay.adapters.http import client
from interviewrelay.adapters.http.address_guard import (
    AddressGuard,
    OutboundFailed,
    OutboundRefused,
)

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)
PUBLIC = "93.184.215.14"


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What each name resolves to; literals resolve to themselves."""
    known: dict[str, list[str]] = {}
    asked: list[str] = []

    def resolve(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        if host not in known and not host.replace(".", "").replace(":", "").isalnum():
            raise OSError("no such name")
        return [(2, 1, 6, "", (address, port)) for address in known.get(host, [host])]

    monkeypatch.setattr("socket.getaddrinfo", resolve)
    known["asked"] = asked
    return known


def refusal(url: str, **guard: Any) -> str:
    with pytest.raises(OutboundRefused) as refused:
        AddressGuard(**guard).resolve(url)
    return str(refused.value)


@pytest.mark.parametrize(
    ("url", "rule"),
    [
        ("", "start with https"),
        ("ftp://x.example/", "start with https"),
        ("file:///etc/passwd", "start with https"),
        ("https://", "start with https"),
        ("https://u@x.example/", "user name"),
        ("https://u:p@x.example/", "user name"),
        ("https://x.example@evil.example/", "user name"),
        ("https://x.example/#a", "fragment"),
        ("https://x.example/a b", "space"),
        ("https://x.example/\n", "control"),
        ("https://x.example\\@evil.example/", "backslash"),
        ("https://x.example:99999/", "malformed"),
        ("https://[::1/", "malformed"),
        ("https://x.example/" + "a" * 2048, "too long"),
        ("https://127.1/", "host name is invalid"),
        ("https://2130706433/", "host name is invalid"),
        ("https://0x7f.1/", "host name is invalid"),
        ("https://0x7f000001/", "host name is invalid"),
        ("https://x.0177/", "host name is invalid"),
        ("https://./", "host name is invalid"),
        ("https://-\u2764-.example/", "host name is invalid"),
    ],
)
def test_an_address_that_is_none_is_refused(url: str, rule: str) -> None:
    assert rule in refusal(url)


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1"),
        *(
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
        ),
        *("198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "::7f00:1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1"),
        *(
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
        ),
        *("fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "fe80::1%eth0"),
    ],
)
def test_a_name_that_leads_off_the_public_net_is_refused(
    names: dict[str, list[str]], address: str
) -> None:
    names["x.example"] = [PUBLIC, address]  # one wrong address is enough
    said = refusal("https://x.example/")
    assert said == "the host is not on the public internet"
    assert address not in said


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:21f::1", "100.128.0.1", "172.32.0.1"])
def test_a_public_name_is_allowed(names: dict[str, list[str]], address: str) -> None:
    names["x.example"] = [address]
    found = AddressGuard().resolve("https://x.example/a?b=c")
    assert (found.host, found.port, found.path) == ("x.example", 443, "/a?b=c")
    assert found.addresses == (address,)


def test_a_name_in_other_letters_is_asked_for_in_ascii(names: dict[str, list[str]]) -> None:
    names["xn--bcher-kva.example"] = [PUBLIC]
    assert AddressGuard().resolve("https://bücher.example/").host == "xn--bcher-kva.example"


@pytest.mark.parametrize(
    ("url", "rule"),
    [
        ("http://x.example/", "only https"),
        ("https://x.example:22/", "port"),
        (f"https://{PUBLIC}/", "a name"),
        ("https://[2606:2800:21f::1]/", "a name"),
    ],
)
def test_even_public_calls_are_by_name_https_and_web_ports(
    names: dict[str, list[str]], url: str, rule: str
) -> None:
    names["x.example"] = [PUBLIC]
    assert rule in refusal(url)


def test_networks_of_ones_own_are_allowed_by_name_only_where_all_of_it_is(
    names: dict[str, list[str]],
) -> None:
    mine = (ipaddress.ip_network("10.0.0.0/8"),)
    names["llm.lan"] = ["10.0.0.7"]
    assert AddressGuard(allowed=mine).resolve("http://llm.lan:11434/v1").addresses == (
        "10.0.0.7",
    )
    assert AddressGuard(allowed=mine).resolve("http://10.0.0.7:8080/").port == 8080
    names["llm.lan"] = ["10.0.0.7", "127.0.0.1"]
    assert (
        refusal("http://llm.lan:11434/v1", allowed=mine)
        == "the host is not on the public internet"
    )
    names["llm.lan"] = ["10.0.0.7", PUBLIC]
    assert (
        refusal("http://llm.lan:11434/v1", allowed=mine)
        == "the host is not on the public internet"
    )


def test_a_name_without_an_address_fails(names: dict[str, list[str]]) -> None:
    with pytest.raises(OutboundFailed, match="cannot be resolved"):
        AddressGuard().resolve("https://no-such.example/")


# --- the call itself ----------------------------------------------------------------------------


class Here(BaseHTTPRequestHandler):
    seen: list[tuple[str, str]] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        Here.seen.append((self.headers["Host"], self.path))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), Here)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    Here.seen.clear()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def post(url: str, **more: Any) -> client.HttpResponse:
    guard = AddressGuard(allowed=LOOPBACK, ports=None)
    sent = client.HttpRequest(url, b"{}", {}, **{"seconds": 60.0, "max_bytes": 100, **more})
    return client.send_request(guard, sent)


def test_the_call_goes_to_the_address_that_was_judged(
    names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    names["llm.example"] = ["127.0.0.1"]
    with serving() as port:
        answer = post(f"http://llm.example:{port}/v1/x?y=z")
    assert (answer.status, answer.body) == (200, b"ok")
    assert Here.seen == [(f"llm.example:{port}", "/v1/x?y=z")]
    assert names["asked"].count("llm.example") == 1


def test_no_more_is_read_than_is_wanted(names: dict[str, list[str]]) -> None:
    with serving() as port, pytest.raises(OutboundFailed, match="too large"):
        post(f"http://127.0.0.1:{port}/", max_bytes=1)


def test_a_resolver_that_hangs_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    def hang(*_: Any, **__: Any) -> list[Any]:
        released.wait(60)
        return []

    monkeypatch.setattr("socket.getaddrinfo", hang)
    with pytest.raises(OutboundFailed, match="timeout"):
        post("https://x.example/", seconds=0.1)
    released.set()


def test_a_refusal_reaches_who_asked(names: dict[str, list[str]]) -> None:
    names["x.example"] = ["10.0.0.1"]
    with pytest.raises(OutboundRefused, match="public internet"):
        post("https://x.example/")


def certificate(name: str, folder: Path, days: float = 1) -> tuple[Path, ssl.SSLContext]:
    """A certificate that vouches for itself for so many days more, and a server's context with it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=3))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / "cert.pem", folder / "key.pem"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    return pem, context


@pytest.mark.parametrize(
    ("name", "trusted", "works"),
    [
        ("llm.example", True, True),
        ("llm.example", False, False),
        ("other.example", True, False),
    ],
)
def test_the_certificate_has_to_be_that_of_the_name(
    names: dict[str, list[str]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
    trusted: bool,
    works: bool,
) -> None:
    pem, context = certificate("llm.example", tmp_path)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    names[name] = ["127.0.0.1"]
    with serving(context) as port:
        if works:
            assert post(f"https://{name}:{port}/").body == b"ok"
        else:
            with pytest.raises(OutboundFailed, match="certificate"):
                post(f"https://{name}:{port}/")
            assert Here.seen == []  # not a byte of what was to be sent


@pytest.mark.parametrize("what", ["expired", "TLS 1.0"])
def test_nothing_is_sent_by_what_protects_it_no_longer(
    names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, what: str
) -> None:
    pem, context = certificate("x.example", tmp_path, days=-1 if what == "expired" else 1)
    if what == "TLS 1.0":
        with warnings.catch_warnings():  # Python itself advises against it
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1
        context.set_ciphers("ALL:@SECLEVEL=0")
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    names["x.example"] = ["127.0.0.1"]
    with serving(context) as port, pytest.raises(OutboundFailed) as fault:
        post(f"https://x.example:{port}/")
    assert fault.value.kind == "tls"
    assert Here.seen == []


def test_an_address_is_judged_without_a_call(names: dict[str, list[str]]) -> None:
    names["x.example"], names["inside.example"] = [PUBLIC], ["10.0.0.7"]
    client.check_url(AddressGuard(), "https://x.example/v1", 60.0)
    with pytest.raises(OutboundRefused, match="not on the public internet"):
        client.check_url(AddressGuard(), "https://inside.example/v1", 60.0)
    with pytest.raises(OutboundFailed, match="cannot be resolved"):
        client.check_url(AddressGuard(), "https://no-where.example/v1", 60.0)


def test_a_resolver_that_hangs_holds_up_no_judgement(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: answers.wait(60) and [])
    try:
        with pytest.raises(OutboundFailed, match="timeout"):
            client.check_url(AddressGuard(), "https://x.example/v1", 0.05)
    finally:
        answers.set()


@contextmanager
def saying(words: bytes) -> Iterator[int]:
    """A server that says these words to one caller, whatever it is told."""

    def answer() -> None:
        line, _ = door.accept()
        with line:
            line.recv(65536)
            line.sendall(words)

    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=answer)
        thread.start()
        yield door.getsockname()[1]
        thread.join()


def test_what_only_says_that_an_answer_will_come_is_none(names: dict[str, list[str]]) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    final = b"HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\nok"
    with saying(b"HTTP/1.1 100 Continue\r\n\r\n" + hints * 2 + final) as port:
        answer = post(f"http://127.0.0.1:{port}/")
    assert (answer.status, answer.body, "link" in answer.headers) == (202, b"ok", False)
    with saying(hints) as port, pytest.raises(OutboundFailed, match="connection"):
        post(f"http://127.0.0.1:{port}/")
