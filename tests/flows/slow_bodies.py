"""Senders who each announce a large body, send it slowly, and begin anew when they are refused.

A process of its own: `python -m tests.flows.slow_bodies PORT SECONDS PATH` prints what they were told.
"""

import json
import resource
import socket
import sys
import time
from collections import Counter
from contextlib import suppress

SENDERS = 800
ANNOUNCED = {True: 1_000_000, False: 1_500_000}
"""Bytes, by whether it is sent to the API."""
PART = b"x" * 4_096
PAUSE = 1.0
"""Seconds between two parts of a body."""
AT_ONCE = 10
HEAD = (
    "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {}\r\n"
    "Content-Type: application/json\r\n\r\n"
)


class Sender:
    def __init__(self, port: int, path: str) -> None:
        self._line = socket.create_connection(("127.0.0.1", port), 60)
        announced = ANNOUNCED[path.startswith("/api/")]
        self._line.sendall(HEAD.format(path, announced).encode())
        self._line.setblocking(False)

    def go_on(self) -> str:
        """Send a part more; the status, once there is an answer."""
        try:
            came = self._line.recv(4_096)
        except BlockingIOError:
            self._line.send(PART)
            return ""
        self._line.close()
        return came[9:12].decode() or "nothing"


def attack(port: int, seconds: float, path: str) -> Counter[str]:
    told: Counter[str] = Counter()
    senders: list[Sender | None] = [None] * SENDERS
    until = time.monotonic() + seconds
    while (now := time.monotonic()) < until:
        for number, sender in enumerate(senders):
            if sender is None:
                senders[number] = Sender(port, path)
            else:
                status = "reset"
                with suppress(OSError):
                    status = sender.go_on()
                if status:
                    told[status] += 1
                    senders[number] = None
            if number % AT_ONCE == 0:
                time.sleep(max(0.0, now + PAUSE * number / SENDERS - time.monotonic()))
    return told


def main() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    json.dump(attack(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3]), sys.stdout)


if __name__ == "__main__":
    main()
