"""The shipped server command, on a database of its own, for all cases."""

import contextlib
import http.client
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from tests.flows import mail_sink
from tests.flows.mail_sink import Letters
from tests.flows.server import Server, demonstration


class Target:
    """A running server with the demonstration data, and how to send it anything."""

    def __init__(self, server: Server, fixtures: dict[str, Any], letters: Letters) -> None:
        self.server, self.fixtures, self.letters = server, fixtures, letters
        self.names = {"A": fixtures["A"], "B": fixtures["B"], **fixtures["A"]}

    def filled(self, text: str) -> str:
        """`{name}` and `{B.name}` by what the demonstration made."""
        for name, value in self.names.items():
            if isinstance(value, dict):
                for below, inner in value.items():
                    text = text.replace(f"{{{name}.{below}}}", str(inner))
            else:
                text = text.replace(f"{{{name}}}", str(value))
        return text.replace("{{", "{").replace("}}", "}")

    def filled_in(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.filled(value)
        if isinstance(value, dict):
            return {name: self.filled_in(part) for name, part in value.items()}
        return [self.filled_in(part) for part in value] if isinstance(value, list) else value

    def send(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=120)
        own_host = any(name.lower() == "host" for name in headers)
        connection._http_vsn_str = "HTTP/1.1"
        connection._validate_path = lambda _path: None
        connection.putrequest(method, path, skip_host=own_host, skip_accept_encoding=True)
        for name, value in headers.items():
            connection._buffer.append(f"{name}: {value}".encode("latin-1"))
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders()
        # When it is refused before it is whole, the answer is there nevertheless.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.send(body or b"")
        response = connection.getresponse()
        whole = response.read()
        connection.close()
        return response, whole

    def cut_off(self, method: str, path: str, headers: dict[str, str]) -> bytes:
        """The first bytes of an answer; then nobody listens any more."""
        told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=120) as line:
            line.sendall(f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{told}\r\n".encode())
            return line.recv(50)


@pytest.fixture(scope="session")
def target(template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    folder = tmp_path_factory.mktemp("hostile")
    with (
        mail_sink.serving() as letters,
        demonstration(template, folder, SMTP_URL=letters.url) as (server, fixtures),
    ):
        made = Target(server, fixtures, letters)
        made.names |= _links(made)
        yield made


def _links(target: Target) -> dict[str, str]:
    """Three links of people who have not started, one of whom then does."""
    a, server = target.fixtures["A"], target.server
    people = {"emails": [f"{n}@hostile.example" for n in ("open", "begun", "other")]}
    path = f"/api/campaigns/{a['campaign_id']}/invites"
    made = server.call("POST", path, {**people, "send_email": False}, key=a["key_owner"])
    links = dict(
        zip(("open", "begun", "other"), (i["token"] for i in made.json["invites"]), strict=True)
    )
    begun = server.call("POST", f"/interview/{links['begun']}/start", {"consent": True})
    assert begun.status == 201, begun.body
    return links
