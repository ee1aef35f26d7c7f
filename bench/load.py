"""Clients that send requests as fast as they are answered, with kept connections and prepared
bytes.
"""

import itertools
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from bench.server import later

BEGUN = 6
"""Interviews prepared for a participant in one slice."""


class Client(Protocol):
    """Requests of one client: the next one, and how it handles the response."""

    def prepare(self) -> None: ...

    def ask(self) -> bytes: ...

    def hear(self, status: int, body: bytes) -> None: ...


@dataclass
class Load:
    """Results of a time slice: seconds of each request."""

    seconds: float = 0.0
    taken: list[float] = field(default_factory=list)
    wrong: int = 0

    @property
    def per_second(self) -> float:
        return len(self.taken) / self.seconds if self.seconds else 0.0


class Crowd:
    """Clients of one server, which keep their state; connections last for one slice."""

    def __init__(self, port: int, clients: list[Client]) -> None:
        self._port, self._clients = port, clients

    def prepare(self) -> None:
        """Prepare what the clients need for a slice, outside the measurement."""
        for client in self._clients:
            client.prepare()

    def press(self, seconds: float) -> Load:
        load = Load()
        connections = [Connection(self._port) for _ in self._clients]
        began = time.perf_counter()
        threads = [
            threading.Thread(target=self._one, args=(*pair, began + seconds, load))
            for pair in zip(connections, self._clients, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        load.seconds = time.perf_counter() - began
        for connection in connections:
            connection.close()
        return load

    @staticmethod
    def _one(connection: "Connection", client: Client, until: float, load: Load) -> None:
        while (began := time.perf_counter()) < until:
            status, body = connection.call(client.ask())
            load.taken.append(time.perf_counter() - began)
            if status not in (200, 201, 304):
                load.wrong += 1
            client.hear(status, body)


class Connection:
    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def call(self, request: bytes) -> tuple[int, bytes]:
        self._socket.sendall(request)
        data, self._rest = self._rest, b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, body = data.partition(b"\r\n\r\n")
        status = int(head[9:12])
        if status in (204, 304):
            self._rest = body
            return status, b""
        length = _length(head)
        if length is None:
            while not body.endswith(b"0\r\n\r\n"):
                body += self._more()
            return status, body
        while len(body) < length:
            body += self._more()
        self._rest = body[length:]
        return status, body[:length]

    def close(self) -> None:
        self._socket.close()

    def _more(self) -> bytes:
        part = self._socket.recv(65536)
        if not part:
            raise ConnectionError("the server closed the connection")
        return part


def _length(head: bytes) -> int | None:
    """Content length; None for chunked bodies."""
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return None


def request(
    method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
) -> bytes:
    """Complete request as bytes."""
    sent = b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: application/json"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(sent)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + sent


class Same:
    """Client that repeats one request."""

    def __init__(self, asked: bytes) -> None:
        self._asked = asked

    def prepare(self) -> None:
        pass

    def ask(self) -> bytes:
        return self._asked

    def hear(self, status: int, body: bytes) -> None:
        pass


class Numbered:
    """Client whose requests contain a number that no other client uses."""

    def __init__(self, make: Callable[[int], bytes], numbers: Iterator[int]) -> None:
        self._make, self._numbers = make, numbers

    def prepare(self) -> None:
        pass

    def ask(self) -> bytes:
        return self._make(next(self._numbers))

    def hear(self, status: int, body: bytes) -> None:
        pass


class Interviewed:
    """Client that holds one interview after the other; starting one isn't measured."""

    def __init__(self, begin: Callable[[], tuple[str, int]], answers: tuple[str, ...]) -> None:
        self._begin, self._answers = begin, itertools.cycle(answers)
        self._begun: list[tuple[str, int]] = []
        self._path, self._number = begin()

    def prepare(self) -> None:
        self._begun += [self._begin() for _ in range(BEGUN - len(self._begun))]

    def ask(self) -> bytes:
        said = {"number": self._number, "text": next(self._answers)}
        return request("POST", f"{self._path}/turns", said, {"X-Test-Now": later()})

    def hear(self, status: int, body: bytes) -> None:
        heard = json.loads(body)
        if status != 201 or heard["turn"] is None:
            self._path, self._number = self._begun.pop() if self._begun else self._begin()
        else:
            self._number = heard["next_number"]
