"""Processes to measure: the product's server, and the floor on the same database."""

import argparse
import http.client
import itertools
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import create_engine, text

from bench.commands import COMMAND, ROOT
from interviewrelay.core import clock

BEGIN = clock.now()
READY_SECONDS = 120.0
"""Seconds until a server must listen, answer or end, on a shared machine."""
_SECONDS = itertools.count()


class Instance:
    """Fresh instance with the demo data."""

    def __init__(self, database_url: str = "", **settings: str) -> None:
        self.database_url = database_url
        self.folder = Path(tempfile.mkdtemp(prefix="bench-"))
        self.port = free_port()
        self.environment = {
            **os.environ,
            "INSTANCE_DIR": str(self.folder),
            "IR_TESTING": "1",
            "PORT": str(self.port),
            "LOG_LEVEL": "WARNING",
            "SEMANTIC": "off",
            **settings,
        }
        if database_url:
            self.environment["DATABASE_URL"] = database_url
        made = self.command("demo", "--json")
        self.fixtures: dict[str, Any] = json.loads(made[made.index("{") :])
        self.database = self.folder / "interviewrelay.db"

    @property
    def plain(self) -> str:
        """Database for its own driver: a file, or a server's address."""
        return self.database_url.replace("+psycopg", "") or str(self.database)

    def command(self, *words: str) -> str:
        """Output of a command. If it fails, raises CalledProcessError with the output as a note."""
        try:
            return subprocess.run(
                [*COMMAND, *words],
                cwd=ROOT,
                env=self.environment,
                check=True,
                capture_output=True,
                text=True,
            ).stdout
        except subprocess.CalledProcessError as fault:
            fault.add_note(f"{fault.stdout}{fault.stderr}"[-3000:])
            raise

    def process(self, *words: str, port: int) -> "Process":
        return Process([sys.executable, "-P", "-m", *words], self.environment, port)

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def on_databases(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that choose the databases."""
    parser.add_argument("--server", default=os.environ.get("TEST_DATABASE_URL", ""),
                        help="PostgreSQL server to measure in addition to SQLite")  # fmt: skip
    parser.add_argument("--only", default="", help="sqlite or postgresql")


def databases(given: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """Names of the databases, with the argument for `fresh`."""
    for name, server in {"sqlite": "", "postgresql": given.server}.items():
        if (name == "sqlite" or server) and given.only in ("", name):
            yield name, server


@contextmanager
def fresh(server: str = "", **settings: str) -> Iterator[Instance]:
    """Instance on SQLite or on a new PostgreSQL database, removed afterwards. Settings are given
    by their upper-case names.
    """
    with fresh_database(server) if server else nullcontext("") as url:
        instance = Instance(url, **settings)
        try:
            yield instance
        finally:
            instance.close()


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """Address of a new PostgreSQL database, removed afterwards."""
    name = f"bench_{uuid.uuid4().hex[:12]}"
    _told(server, f"CREATE DATABASE {name}")
    try:
        yield f"{server.rpartition('/')[0]}/{name}"
    finally:
        _told(server, f"DROP DATABASE {name} WITH (FORCE)")


def _told(server: str, words: str) -> None:
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(words.encode())


class Process:
    """Running server; `close` stops it."""

    def __init__(
        self, words: list[str], environment: dict[str, str], port: int, folder: Path = ROOT
    ) -> None:
        self.port = port
        self._process = subprocess.Popen(
            words,
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + READY_SECONDS
        while True:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=1):
                    return
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)

    @property
    def cpu_seconds(self) -> float:
        """CPU seconds of the process and its descendants."""
        return sum(cpu_seconds(pid) for pid in family(self._process.pid))

    @property
    def pids(self) -> list[int]:
        """Ids of the process and its descendants."""
        return family(self._process.pid)

    def memory_mib(self, name: str) -> float:
        """`VmHWM` (peak) or `VmRSS` of the largest process, in MiB; the supervisor shares nearly
        all of its memory.
        """
        return max(_memory_mib(pid, name) for pid in self.pids)

    def kill(self) -> list[int]:
        """Kill all processes with SIGKILL, wait until the port is closed, and return their ids.
        A dying child would accept connections meant for its successor.
        """
        killed = self.pids
        for pid in killed:
            with suppress(ProcessLookupError):  # a child ends with its supervisor
                os.kill(pid, signal.SIGKILL)
        self._process.wait(READY_SECONDS)
        silence(self.port)
        return killed

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(READY_SECONDS)


@contextmanager
def changing(instance: Instance, often: int) -> Iterator[None]:
    """Store something a number of times per second, so that no cache lasts."""
    over = threading.Event()

    def store() -> None:
        lite = not instance.database_url
        engine = create_engine(instance.database_url or f"sqlite:///{instance.database}")
        number = "(unixepoch('subsec') * 1000) % 1000000" if lite else "random() * 1000000"
        change = text(f"UPDATE project SET description = 'Changed ' || CAST({number} AS TEXT)")
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("PRAGMA synchronous = OFF" if lite else "SELECT 1"))
            while not over.wait(1 / often):
                connection.execute(change)

    thread = threading.Thread(target=store)
    if often:
        thread.start()
    try:
        yield
    finally:
        over.set()
        if often:
            thread.join()


class Caller:
    """Kept connection that speaks JSON.

    Each call of all callers is a second later than the one before, so that no rate limit is
    reached.
    """

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=READY_SECONDS)

    def call(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        sent = json.dumps(body).encode() if body is not None else None
        told = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "X-Test-Now": later(),
            **(headers or {}),
        }
        self._connection.request(method, path, sent, told)
        answer = self._connection.getresponse()
        return answer.status, json.loads(answer.read() or b"null")

    def tag(self, path: str, headers: dict[str, str]) -> str | None:
        """ETag of a response, if any."""
        self._connection.request("GET", path, None, headers)
        answer = self._connection.getresponse()
        answer.read()
        return answer.getheader("ETag")


def family(pid: int) -> list[int]:
    """The process and all its descendants."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (fields := _fields(int(folder.name))):
            parents[int(folder.name)] = int(fields[1])
    found = [pid]
    for known in found:
        found += [child for child, parent in parents.items() if parent == known]
    return found


def _memory_mib(pid: int, name: str) -> float:
    with suppress(OSError):  # it has ended
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(name + ":"):
                return int(line.split()[1]) / 1024
    return 0.0


def parent(pid: int) -> int:
    return int(_fields(pid)[1])


def cpu_seconds(pid: int) -> float:
    fields = _fields(pid)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def cpu_precisely(pids: list[int]) -> float:
    """CPU seconds of processes, to the microsecond; ended threads are lost."""
    spent = 0
    for pid in pids:
        for file in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            spent += int(file.read_text().split()[0])
    return spent / 1e9


def _fields(pid: int) -> list[str]:
    """Fields of /proc/PID/stat from the state on; empty if the process has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def later() -> str:
    """Value for `X-Test-Now`: a second after the last one, so that no per-minute limit is
    reached.
    """
    return clock.format_iso(BEGIN + timedelta(seconds=next(_SECONDS)))


def silence(port: int) -> None:
    """Wait until nothing listens on the port."""
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            return
        time.sleep(0.01)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def fixed_port() -> int:
    """Port that can be reused: outgoing connections never take it."""
    first = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    while True:
        port = random.randrange(first // 2, first)
        with suppress(OSError), socket.socket() as listener:
            listener.bind(("127.0.0.1", port))
            return port
