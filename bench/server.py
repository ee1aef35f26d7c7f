"""Processes to measure: the product's server, and the floor beside it on the same database."""

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
READY_SECONDS = 60.0
"""That a server may take to listen, on a machine that others use as well."""
_SECONDS = itertools.count()


class Instance:
    """A fresh instance with the demonstration data."""

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
        """The database for its own driver: a file, or a server's address."""
        return self.database_url.replace("+psycopg", "") or str(self.database)

    def command(self, *words: str) -> str:
        """What it prints. Raises CalledProcessError, with that as a note, when it fails."""
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
    """The arguments that say on which databases to measure."""
    parser.add_argument("--server", default=os.environ.get("TEST_DATABASE_URL", ""),
                        help="a PostgreSQL server, measured besides SQLite")  # fmt: skip
    parser.add_argument("--only", default="", help="sqlite or postgresql")


def databases(given: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """Names, and what `fresh` takes for them."""
    for name, server in {"sqlite": "", "postgresql": given.server}.items():
        if (name == "sqlite" or server) and given.only in ("", name):
            yield name, server


@contextmanager
def fresh(server: str = "", **settings: str) -> Iterator[Instance]:
    """An instance on SQLite, or on a new database of a PostgreSQL server; gone afterwards. Settings
    have their names in capitals.
    """
    with fresh_database(server) if server else nullcontext("") as url:
        instance = Instance(url, **settings)
        try:
            yield instance
        finally:
            instance.close()


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """The address of a new database of a PostgreSQL server; gone afterwards."""
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
    """A server that was started; `close` ends it."""

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
        """Of the process and all that it has started."""
        return sum(cpu_seconds(pid) for pid in family(self._process.pid))

    @property
    def pids(self) -> list[int]:
        """Of the process and all that it has started."""
        return family(self._process.pid)

    def memory_mib(self, name: str) -> float:
        """`VmHWM` (peak) or `VmRSS` of the largest of its processes, in MiB; nearly all that the one
        which keeps the others alive holds is shared with them.
        """
        return max(_memory_mib(pid, name) for pid in self.pids)

    def kill(self) -> list[int]:
        """SIGKILL for all of its processes, whose numbers it gives; nobody listens any more
        afterwards. A child that is still dying would let in those who come for its successor.
        """
        killed = self.pids
        for pid in killed:
            with suppress(ProcessLookupError):  # a child goes with its supervisor
                os.kill(pid, signal.SIGKILL)
        self._process.wait(timeout=30)
        silence(self.port)
        return killed

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=30)


@contextmanager
def changing(instance: Instance, often: int) -> Iterator[None]:
    """Something is stored so often a second meanwhile, so that nothing can be kept for long."""
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
    """One kept connection that speaks JSON.

    Each call of all callers is a second later than the one before, so that no rate limit is met.
    """

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

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
        """The ETag of an answer, when it has one."""
        self._connection.request("GET", path, None, headers)
        answer = self._connection.getresponse()
        answer.read()
        return answer.getheader("ETag")


def family(pid: int) -> list[int]:
    """The process and all that descend from it."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (fields := _fields(int(folder.name))):
            parents[int(folder.name)] = int(fields[1])
    found = [pid]
    for known in found:
        found += [child for child, parent in parents.items() if parent == known]
    return found


def _memory_mib(pid: int, name: str) -> float:
    with suppress(OSError):  # it has ended meanwhile
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
    """Seconds of CPU of so many processes, to the microsecond; threads that have ended are lost."""
    spent = 0
    for pid in pids:
        for file in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            spent += int(file.read_text().split()[0])
    return spent / 1e9


def _fields(pid: int) -> list[str]:
    """What /proc tells of a process, from its state on; nothing when it has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def later() -> str:
    """For `X-Test-Now`: a second behind the last one, so that no limit of a minute is met."""
    return clock.iso(BEGIN + timedelta(seconds=next(_SECONDS)))


def silence(port: int) -> None:
    """Until the last of those that were killed is gone."""
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
    """One that can be listened on again and again: no outgoing connection takes it meanwhile."""
    first = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    while True:
        port = random.randrange(first // 2, first)
        with suppress(OSError), socket.socket() as listener:
            listener.bind(("127.0.0.1", port))
            return port
