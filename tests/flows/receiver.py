"""A webhook's address that behaves, or does not: on 127.0.0.2, which the tests' servers may call."""

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.flows.waiting import PATIENCE

HOST = "127.0.0.2"


@dataclass(frozen=True)
class Post:
    path: str
    headers: dict[str, str]
    body: bytes
    at: float = field(default_factory=time.monotonic)

    @property
    def event(self) -> Any:
        return json.loads(self.body)


class Receiver:
    """Keeps what it is sent. The first word of the path says what it does: `ok`, `500` and other
    numbers, `302`, `drip`, `endless`, `promises`, `headers`, `reset`, `empty`, `hangs`, or a number
    after `once-` for the first time only.
    """

    def __init__(self) -> None:
        self.posts: list[Post] = []
        self._listener = socket.create_server((HOST, 0), backlog=512)
        self.port = self._listener.getsockname()[1]
        self._over = threading.Event()
        self._guard = threading.Lock()

    def url(self, path: str) -> str:
        return f"http://{HOST}:{self.port}/{path}"

    def to(self, path: str) -> list[Post]:
        with self._guard:
            return [post for post in self.posts if post.path == f"/{path}"]

    def wait_for(
        self, count: int, path: str | None = None, seconds: float = PATIENCE
    ) -> list[Post]:
        until = time.monotonic() + seconds
        while True:
            with self._guard:
                found = [p for p in self.posts if path is None or p.path == f"/{path}"]
            if len(found) >= count:
                return found
            assert time.monotonic() < until, f"{len(found)} of {count} posts arrived"
            time.sleep(0.02)

    def serve(self) -> None:
        while not self._over.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(client,), daemon=True).start()

    def close(self) -> None:
        self._over.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _answer(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError, ValueError):
            client.settimeout(PATIENCE)
            post = _read(client)
            with self._guard:
                first = all(known.path != post.path for known in self.posts)
                self.posts.append(post)
            word = post.path.strip("/").split("/")[0]
            if word.startswith("once-"):
                word = word.removeprefix("once-") if first else "ok"
            self._behave(client, word)

    def _behave(self, client: socket.socket, word: str) -> None:
        if word.isdigit():
            more = "Location: /canary\r\n" if word.startswith("3") else ""
            client.sendall(f"HTTP/1.1 {word} So\r\n{more}Content-Length: 2\r\n\r\nno".encode())
        elif word == "drip":
            for byte in b"HTTP/1.1 200 OK\r\n" * 100:
                client.sendall(bytes([byte]))
                if self._over.wait(1):
                    return
        elif word == "endless":
            client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            while not self._over.is_set():
                client.sendall(b"x" * 65_536)
        elif word == "promises":
            client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\nx")
            self._over.wait()
        elif word == "headers":
            client.sendall(b"HTTP/1.1 200 OK\r\nX-Much: " + b"x" * 1_048_576 + b"\r\n\r\n")
        elif word == "reset":
            linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        elif word == "hangs":
            self._over.wait()
        elif word != "empty":
            client.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")


def _read(client: socket.socket) -> Post:
    data = b""
    while b"\r\n\r\n" not in data:
        part = client.recv(65_536)
        if not part:
            raise ValueError("no request")
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    while len(body) < int(headers.get("Content-Length", "0")):
        body += client.recv(65_536)
    return Post(first.split(" ")[1], headers, body)


@contextlib.contextmanager
def receiving() -> Iterator[Receiver]:
    made = Receiver()
    thread = threading.Thread(target=made.serve, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.close()
        thread.join(5)
