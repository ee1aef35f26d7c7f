"""Who has been let in before a server is told to end is answered; who knocks later finds it closed."""

import os
import random
import signal
import socket
import threading
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.flows.server import Server, changed, children
from tests.flows.waiting import PATIENCE, until

WAITING = 60
REQUEST = b"GET /livez HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n"
ONE_OF_MANY = REQUEST.replace(b"Connection: close\r\n", b"")
ROUNDS = 2
MOMENT = 10
"""Seconds of the server's last call, so that a busy machine does not miss it."""


@pytest.fixture(params=["1", "2"])
def server(request: Any, tmp_path: Path) -> Any:
    with Server(tmp_path, PROCESSES=request.param) as made:
        made.program = changed("server.http_protocol", LAST_CALL=MOMENT, LINGER=MOMENT)
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
            line = lines.enter_context(
                socket.create_connection(("127.0.0.1", server.port), PATIENCE)
            )
            line.settimeout(PATIENCE)
            line.sendall(REQUEST % server.port)
            waiting.append(line)
        server.process.send_signal(signal.SIGTERM)
        for pid in family:
            os.kill(pid, signal.SIGCONT)
        assert sum(map(answered, waiting)) == WAITING
    assert server.process.wait(PATIENCE) == 0


def test_under_load_each_connection_is_refused_or_answered(server: Any) -> None:
    told: list[str] = []

    def ask() -> None:
        """One connection after the other, until the first that is refused."""
        while True:
            line = socket.socket()
            line.settimeout(PATIENCE)
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
    until(lambda: len(told) > len(askers))
    assert server.term() == 0
    for asker in askers:
        asker.join(PATIENCE)
    assert set(told) == {"answered"}, {word: told.count(word) for word in set(told)}
    with (
        suppress(ConnectionRefusedError),
        socket.create_connection(("127.0.0.1", server.port), PATIENCE),
    ):
        raise AssertionError("somebody still listens")


def test_who_stays_on_a_line_is_told_with_the_last_answer_and_never_reset(server: Any) -> None:
    """Some ask without a break, some after a moment, as long as a line lasts."""
    told: list[str] = []

    def ask(pause: float) -> None:
        while (line := knock(server.port)) is not None:
            with line:
                ask_until_last(line, server.port, pause, told)

    for _ in range(ROUNDS):
        if server.process.poll() is not None:
            server.start()
        askers = [
            threading.Thread(target=ask, args=(pause,)) for pause in (0, 0, 0.02, 0.3) * 2
        ]
        for asker in askers:
            asker.start()
        enough = len(told) + 3 * len(askers)
        until(lambda enough=enough: len(told) > enough)
        assert server.term() == 0
        for asker in askers:
            asker.join(PATIENCE)
    assert set(told) <= {"answered", "last"}, {word: told.count(word) for word in set(told)}
    assert told.count("last") >= ROUNDS * 8


def test_an_idle_line_has_a_moment_more_for_a_request_that_is_on_its_way(server: Any) -> None:
    lines = [knock(server.port) for _ in range(3)]
    late, silent, new = (line for line in lines if line is not None)
    with late, silent, new:
        for line in (late, silent):
            line.sendall(ONE_OF_MANY % server.port)
            assert answer(line) == "answered"
        server.process.send_signal(signal.SIGTERM)
        told = int(server.environment["PROCESSES"])
        until(lambda: server.log.read_text().count('"Shutting down"') == told)
        for line in (late, new):  # one that was used, one on which nothing was ever asked
            line.sendall(ONE_OF_MANY % server.port)
            assert answer(line) == "last"
            assert line.recv(1) == b""
        assert silent.recv(1) == b""
        silent.sendall(ONE_OF_MANY % server.port)  # too late: dropped, and no reset
        assert silent.recv(1) == b""
    assert server.process.wait(PATIENCE) == 0


def knock(port: int) -> socket.socket | None:
    """A new line; None when it is refused."""
    line = socket.socket()
    line.settimeout(PATIENCE)
    try:
        line.connect(("127.0.0.1", port))
    except ConnectionRefusedError:
        line.close()
        return None
    return line


def ask_until_last(line: socket.socket, port: int, pause: float, told: list[str]) -> None:
    """Tells what each request on a line came to, with pauses of up to so many seconds between them."""
    came = "answered"
    while came == "answered":
        try:
            line.sendall(ONE_OF_MANY % port)
            came = answer(line)
        except ConnectionError as fault:
            came = type(fault).__name__
        told.append(came)
        time.sleep(random.uniform(0, pause))


def answer(line: socket.socket) -> str:
    """One answer: `last` where it says that the line ends with it. Raises ConnectionResetError."""
    came = b""
    while b"\r\n\r\n" not in came:
        part = line.recv(65_536)
        if not part:
            return "nothing"
        came += part
    head, _, body = came.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ")
    fields = dict(one.lower().split(b": ", 1) for one in head.split(b"\r\n")[1:])
    while len(body) < int(fields[b"content-length"]):
        body += line.recv(65_536)
    return "last" if fields.get(b"connection") == b"close" else "answered"
