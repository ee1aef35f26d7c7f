"""What comes over the wire and is hardly a request: one answer, in our form, and the line is closed."""

import json
import re
import socket

import pytest

from tests.hostile.conftest import Target

BODY = b'{"name":"x"}'
HEAD = b"Host: 127.0.0.1\r\nAuthorization: Bearer KEY\r\nContent-Type: application/json\r\nConnection: close\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n"
POST = b"POST /api/projects HTTP/1.1\r\n"


def exchange(target: Target, sent: bytes) -> bytes:
    """Everything that comes back until the line is closed; a line that stays open is a fault."""
    sent = sent.replace(b"KEY", target.fixtures["A"]["key_owner"].encode())
    with socket.create_connection(("127.0.0.1", target.server.port), timeout=120) as line:
        for start in range(0, len(sent), 8_000):
            try:
                line.sendall(sent[start : start + 8_000])
            except OSError:
                break
        got = b""
        while True:
            try:
                part = line.recv(65_536)
            except ConnectionError:
                return got
            if not part:
                return got
            got += part


# What is sent, the status, the code.
REFUSED = {
    "no request": (b"\x00\x01\x02\r\n\r\n", 400, "INVALID_PARAMETER"),
    "TLS where none is": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400, "INVALID_PARAMETER"),
    "no version": (b"GET /api/projects\r\n\r\n", 400, "INVALID_PARAMETER"),
    "a method of our own making": (b"BREW /api/projects HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 405, "METHOD_NOT_ALLOWED"),
    "another version": (b"GET /api/projects HTTP/9.9x\r\nHost: 127.0.0.1\r\n\r\n", 400, "INVALID_PARAMETER"),
    "no host": (b"GET /api/projects HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "INVALID_PARAMETER"),
    "two hosts": (b"GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n", 400, "INVALID_PARAMETER"),
    "a blank in a header's name": (b"GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nX Y: z\r\n\r\n", 400, "INVALID_PARAMETER"),
    "NUL in a header": (b"GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Y: a\x00b\r\n\r\n", 400, "INVALID_PARAMETER"),
    "a blank before the colon": (b"GET /livez HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n", 400, "INVALID_PARAMETER"),
    "a path with a raw byte": (b"GET /api/\xff HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400, "INVALID_PARAMETER"),
    "a path with a raw blank": (b"GET /api/a b HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400, "INVALID_PARAMETER"),
    "two lengths": (POST + HEAD + b"Content-Length: 12\r\nContent-Length: 5\r\n\r\n" + BODY, 400, "INVALID_PARAMETER"),
    "a negative length": (POST + HEAD + b"Content-Length: -1\r\n\r\n" + BODY, 400, "INVALID_PARAMETER"),
    "a length in words": (POST + HEAD + b"Content-Length: twelve\r\n\r\n" + BODY, 400, "INVALID_PARAMETER"),
    "a length of 100 GB": (POST + HEAD + b"Content-Length: 99999999999\r\n\r\n{", 413, "PAYLOAD_TOO_LARGE"),
    "a length of 1 MiB and a byte": (POST + HEAD + b"Content-Length: 1048577\r\n\r\n{", 413, "PAYLOAD_TOO_LARGE"),
    "chunks of 3 MiB without an end": (POST + CHUNKED + b"\r\n300000\r\n" + b"x" * 0x300000 + b"\r\n", 413, "PAYLOAD_TOO_LARGE"),
    "no length": (POST + HEAD + b"\r\n", 400, "INVALID_JSON"),
    "a chunk of an odd length": (POST + CHUNKED + b"\r\nzz\r\n" + BODY + b"\r\n0\r\n\r\n", 400, "INVALID_PARAMETER"),
    "an unknown transfer": (POST + HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400, "INVALID_PARAMETER"),
    "a request line of 40 KiB": (b"GET /api/" + b"a" * 40_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 414, "URI_TOO_LONG"),
    "200 KiB without an end": (b"GET /api/" + b"a" * 200_000, 414, "URI_TOO_LONG"),
    "headers of 200 KiB": (b"GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X-Y: " + b"a" * 200_000, 431, "HEADERS_TOO_LARGE"),
    "5,000 headers": (b"GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X-Y: z\r\n" * 20_000, 431, "HEADERS_TOO_LARGE"),
}  # fmt: skip


@pytest.mark.parametrize(("sent", "status", "code"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_in_the_form_of_all_refusals(
    target: Target, sent: bytes, status: int, code: str
) -> None:
    got = exchange(target, sent)
    head, _, body = got.partition(b"\r\n\r\n")
    assert head.split(b" ")[1] == str(status).encode(), got[:300]
    assert got.count(b"HTTP/1.1 ") == 1
    error = json.loads(body if b"chunked" not in head.lower() else _dechunked(body))["error"]
    assert error["code"] == code
    if code == "INVALID_PARAMETER":
        assert "Use an HTTP method in capitals" in error["message"]
    assert error["details"] == {}
    assert f"X-Request-Id: {error['request_id']}".encode() in head


def test_who_sends_too_much_to_the_end_reads_the_refusal(target: Target) -> None:
    length = 24 * 1024 * 1024
    got = exchange(target, POST + HEAD + b"Content-Length: %d\r\n\r\n" % length + b"x" * length)
    assert got.startswith(b"HTTP/1.1 413 ")
    assert b"Connection: close" in got
    assert b"X-RateLimit-Remaining: " in got


def test_header_names_are_written_as_the_reference_writes_them(target: Target) -> None:
    got = exchange(target, b"GET /api/projects HTTP/1.1\r\n" + HEAD + b"\r\n")
    head = got.partition(b"\r\n\r\n")[0]
    for name in (b"Limit", b"Remaining", b"Reset"):
        assert b"\r\nX-RateLimit-" + name + b": " in head
    for name in (b"Content-Type", b"Content-Length", b"ETag", b"X-Request-Id"):
        assert head.count(b"\r\n" + name + b": ") == 1
    assert b"chunked" not in head


@pytest.mark.parametrize("method", [b"BREW", b"get", b"PROPFIND"])
def test_an_unknown_method_is_told_what_there_is(target: Target, method: bytes) -> None:
    got = exchange(target, method + b" /api/projects HTTP/1.1\r\n" + HEAD + b"\r\n")
    assert got.startswith(b"HTTP/1.1 405 Method Not Allowed\r\n")
    allowed = re.search(rb"\r\nAllow: (.*)\r\n", got)
    assert allowed is not None
    assert {b"GET", b"POST"} <= set(allowed[1].split(b", "))


@pytest.mark.parametrize(
    "sent",
    [
        POST + HEAD + b"Content-Length: 12\r\n\r\n" + BODY,
        POST + CHUNKED + b"\r\n5\r\n" + BODY[:5] + b"\r\n7;x=y\r\n" + BODY[5:] + b"\r\n0\r\n\r\n",
        POST + CHUNKED + b"\r\nc\r\n" + BODY + b"\r\n0\r\nX-Trailer: 1\r\n\r\n",
        POST + HEAD + b"Expect: 100-continue\r\nContent-Length: 12\r\n\r\n" + BODY,
    ],
    ids=["length", "chunks", "trailer", "expect"],
)  # fmt: skip
def test_a_body_is_taken_in_every_form_that_http_has(target: Target, sent: bytes) -> None:
    assert b"HTTP/1.1 201" in exchange(target, sent)


def test_both_a_length_and_chunks_are_one_request_at_most(target: Target) -> None:
    hidden = (
        b"GET /api/campaigns HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer KEY\r\n\r\n"
    )
    both = CHUNKED + b"Content-Length: 4\r\n\r\n0\r\n\r\n"
    assert exchange(target, POST + both + hidden).count(b"HTTP/1.1 ") == 1


def test_the_server_is_well_afterwards(target: Target) -> None:
    assert target.server.call("GET", "/readyz").status == 200
    assert "Traceback" not in target.server.log.read_text()


def _dechunked(body: bytes) -> bytes:
    out = b""
    while True:
        size, _, body = body.partition(b"\r\n")
        if int(size, 16) == 0:
            return out
        out, body = out + body[: int(size, 16)], body[int(size, 16) + 2 :]
