"""A real server process on a folder of its own."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from interviewrelay.core.db import sqlite
from tests.conftest import SERVER, copied
from tests.flows.waiting import PATIENCE, hold_port, until

ROOT = Path(__file__).resolve().parent.parent.parent


def children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(word) for word in text.split()]


def alive(pid: int) -> bool:
    """One that has ended and that nobody has asked for yet still has its place in /proc."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def changed(module: str, **constants: Any) -> Sequence[str]:
    """The program with other constants in a module of `interviewrelay`, where seconds of the product's
    own are too few for a busy machine."""
    code = (
        "import importlib, sys\n"
        f"vars(importlib.import_module('interviewrelay.{module}')).update({constants!r})\n"
        "from interviewrelay.cli import main\n"
        "main(prog_name='interviewrelay')"
    )
    return sys.executable, "-P", "-c", code


def waiting_for_writers() -> Sequence[str]:
    """The program whose changes wait for others as long as they have to, on SQLite."""
    pragmas = {**dict(sqlite.PRAGMAS), "busy_timeout": str(round(PATIENCE * 1000))}
    return changed(
        "core.db.sqlite",
        PATIENCE=PATIENCE,
        BUSY_MS=round(PATIENCE * 1000),
        PRAGMAS=tuple(pragmas.items()),
    )


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def headers_of(answer: Any) -> dict[str, str]:
    """Headers by name in small letters, since their case means nothing."""
    return {name.lower(): value for name, value in answer.headers.items()}


class Server:
    """`interviewrelay serve` on a free loopback port, with the test clock."""

    program: Sequence[str] = (sys.executable, "-P", "-m", "interviewrelay")
    cwd = ROOT

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self._held = hold_port()
        self.port = self._held.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "INSTANCE_DIR": str(folder / "instance"),
            "PORT": str(self.port),
            "IR_TESTING": "1",
            **settings,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def command(self, *words: str, status: int = 0) -> str:
        """What `interviewrelay WORDS` prints."""
        done = subprocess.run(
            [*self.program, *words],
            cwd=self.cwd,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=2 * PATIENCE,
            check=False,
        )
        assert done.returncode == status, done.stdout[-20_000:] + done.stderr
        return done.stdout

    def start(self, *words: str) -> "Server":
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.program, "serve", *words],
                cwd=self.cwd,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        process = self.process
        until(lambda: process.poll() is not None or self.is_ready())
        assert process.poll() is None, self.log.read_text()[-1000:]
        return self

    def memory(self) -> int:
        """KiB that the processes hold which answer."""
        held = 0
        for pid in self.children():
            status = Path(f"/proc/{pid}/status").read_text()
            held += int(status.partition("VmRSS:")[2].split()[0])
        return held

    def children(self) -> list[int]:
        """The processes that answer; the first one only keeps them alive."""
        assert self.process is not None
        return children(self.process.pid)

    def kill9(self) -> None:
        """Its processes go with the first one."""
        assert self.process is not None
        family = self.children()
        self.process.kill()
        self.process.wait(PATIENCE)
        until(lambda: not any(alive(pid) for pid in family))

    def term(self) -> int:
        """End it as an administrator would; its exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def restart(self) -> "Server":
        self.kill9()
        return self.start()

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        **headers: str,
    ) -> Answer:
        """One JSON request; a refusal is an answer too."""
        told = {
            "Accept": "application/json",
            **{n.replace("_", "-"): v for n, v in headers.items()},
        }
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            told.setdefault("Content-Type", "application/json")
        if key:
            told["Authorization"] = f"Bearer {key}"
        request = urllib.request.Request(self.base + path, data, told, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return Answer(answer.status, headers_of(answer), answer.read())
        except urllib.error.HTTPError as refusal:
            with refusal:
                return Answer(refusal.code, headers_of(refusal), refusal.read())

    def is_ready(self) -> bool:
        try:
            return self.call("GET", "/readyz").status == 200
        except OSError:
            return False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process is not None and self.process.poll() is None:
            self.term()
        self._held.close()


@contextlib.contextmanager
def demonstration(
    template: str, folder: Path, **settings: str
) -> Iterator[tuple[Server, dict[str, Any]]]:
    """A server with the demonstration data, on whichever database the tests are for, and what it holds."""
    url, drop = copied(template, folder)
    if SERVER:
        settings["DATABASE_URL"] = url
    try:
        with Server(folder, **settings) as server:
            printed = server.command("demo", "--json")
            yield server.start(), json.loads(printed[printed.index("{") :])
    finally:
        drop()
