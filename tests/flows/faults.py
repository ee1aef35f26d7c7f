"""Disks that fill up, and a way to a database that can be cut."""

import contextlib
import os
import resource
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from tests.flows.server import Server


class SmallDisk:
    """Where a server's folder is, with a few MiB in all: a disk of its own, for root."""

    def __init__(self, folder: Path, size: str) -> None:
        self._folder, self._options = folder, f"size={size},mode=0700"
        self.mounted = os.geteuid() == 0

    def __enter__(self) -> Self:
        self._folder.mkdir(exist_ok=True)
        if self.mounted:
            mount = ["mount", "-t", "tmpfs", "-o", self._options, "tmpfs", str(self._folder)]
            self.mounted = subprocess.run(mount, check=False).returncode == 0
        return self

    def __exit__(self, *_: object) -> None:
        if self.mounted:
            subprocess.run(["umount", "--lazy", str(self._folder)], check=True)

    def limit(self, server: Server, size: int) -> None:
        """Where nothing can be mounted, no file of the server may grow beyond so many bytes."""
        if not self.mounted:
            limits = (size, resource.RLIM_INFINITY)
            for pid in server.children():
                resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)

    def relieve(self, server: Server, files: list[Path]) -> None:
        for path in files:
            path.unlink(missing_ok=True)
        self.limit(server, resource.RLIM_INFINITY)


class Line:
    """Carries what goes to a port, until it is cut; while it is stalled, it takes and keeps it."""

    def __init__(self, port: int) -> None:
        self._port, self.own = port, 0
        self._listener: socket.socket | None = None
        self._open: list[socket.socket] = []
        self.flows = threading.Event()
        self.flows.set()

    def join(self) -> None:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.own))
        listener.listen(64)
        self.own = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def cut(self) -> None:
        if self._listener is not None:
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
        self._listener = None
        for end in self._open:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._open.clear()

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = socket.create_connection(("127.0.0.1", self._port))
                self._open += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while part := source.recv(65_536):
                self.flows.wait()
                target.sendall(part)


@contextlib.contextmanager
def line(port: int) -> Iterator[Line]:
    made = Line(port)
    made.join()
    try:
        yield made
    finally:
        made.cut()
