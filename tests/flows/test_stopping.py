"""Who has been let in before a server is told to end is answered; who knocks later finds it closed."""

import os
import signal
import socket
import threading
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.flows.server import Server
from tests.flows.test_processes import children

WAITING = 60
REQUEST = b"GET /livez HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n"


@pytest.fixture(params=["1", "2"])
def server(request: Any, tmp_path: Path) -> Any:
    with Server(tmp_path, PROCESSES=request.param) as made:
        yield made.start()


def answered(line: socket.socket) -> bool:
    """Whether a whole answer came. Raises ConnectionResetError."""
    came = b""
    while part := line.recv(65_536):
        came += part
    return came.startswith(b"HTTP/1.1 200 ") and b'"status"' in came


def test_who_waits_at_the_door_when_the_server_is_told_to_end_is_answered(server: Any) -> None:
    """It stands still meanwhile, so that all of them wait; the system has made their connections."""
    family = [*children(server.process.pid), server.process.pid]
    for pid in family:
        os.kill(pid, signal.SIGSTOP)
    with ExitStack() as lines:
        waiting = []
        for _ in range(WAITING):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", server.port), 10))
            line.settimeout(30)
            line.sendall(REQUEST % server.port)
            waiting.append(line)
        server.process.send_signal(signal.SIGTERM)
        for pid in family:
            os.kill(pid, signal.SIGCONT)
        assert sum(map(answered, waiting)) == WAITING
    assert server.process.wait(40) == 0


def test_under_load_each_connection_is_refused_or_answered(server: Any) -> None:
    told: list[str] = []

    def ask() -> None:
        """One connection after the other, until the first that is refused."""
        while True:
            line = socket.socket()
            line.settimeout(30)
            try:
                line.connect(("127.0.0.1", server.port))
            except ConnectionRefusedError:
                return
            with line:
                try:
                    line.sendall(REQUEST % server.port)
                    told.append("answered" if answered(line) else "empty")
                except ConnectionError as fault:
                    told.append(type(fault).__name__)

    askers = [threading.Thread(target=ask) for _ in range(12)]
    for asker in askers:
        asker.start()
    time.sleep(1)
    assert server.term() == 0
    for asker in askers:
        asker.join(30)
    assert set(told) == {"answered"}, {word: told.count(word) for word in set(told)}
    assert len(told) > len(askers)
    with (
        suppress(ConnectionRefusedError),
        socket.create_connection(("127.0.0.1", server.port), 5),
    ):
        raise AssertionError("somebody still listens")
