"""Waiting for events, and ports that stay free."""

import socket
import time
from collections.abc import Callable
from typing import Any, Final

PATIENCE: Final = 120.0
"""Seconds after which something that is waited for hangs, on however busy a machine."""


def until(true: Callable[[], Any], seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def hold_port() -> socket.socket:
    """Socket on a free loopback port, at which only a program that reuses addresses can listen: a
    server does, and no other socket gets the port meanwhile."""
    made = socket.socket()
    made.bind(("127.0.0.1", 0))
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return made
