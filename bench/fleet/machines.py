"""Processes of several machines on this one: servers, workers, Redis and nginx."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any, Final

from bench.commands import COMMAND, ROOT, begun
from bench.fleet.proxy import NAME, Nginx
from bench.server import fixed_port

SERVERS: Final = 2
WORKERS: Final = 2
READY: Final = 60.0
"""Seconds until a part must be ready, on a shared machine."""
STOP: Final = 60.0
"""Seconds within which a part must stop: TimeoutStopSec of the shipped units."""
RECEIVER: Final = "127.0.0.2"


class Part:
    """Process of the product on its own machine, which here means its own folder."""

    def __init__(self, words: list[str], environment: dict[str, str], log: Path) -> None:
        self._words, self._environment, self._log = words, environment, log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = begun(self._environment, *self._words, log=self._log)

    def kill(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait(10)

    def stop(self) -> int:
        """Stop the process in order, and return its exit status."""
        if self._process is None:
            return 0
        self._process.send_signal(signal.SIGTERM)
        try:
            return self._process.wait(STOP)
        except subprocess.TimeoutExpired:
            self.kill()
            return -signal.SIGKILL

    @property
    def ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    @property
    def last(self) -> str:
        """Last line of the log."""
        return "".join(self._log.read_text().splitlines()[-1:])

    def faults(self) -> list[str]:
        """Exceptions in the log."""
        return [line for line in self._log.read_text().splitlines() if '"exception"' in line]


class Server(Part):
    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.port = int(environment["PORT"])
        super().__init__(["serve"], environment, log)

    def wait_ready(self) -> None:
        """Wait until the part is ready. Raises TimeoutError."""
        until = time.monotonic() + READY
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/readyz", headers={"Host": NAME}
        )
        while True:
            try:
                with urllib.request.urlopen(asked, timeout=5):
                    return
            except OSError:
                if self.ended or time.monotonic() > until:
                    raise TimeoutError(f"a server did not become ready: {self.last}") from None
                time.sleep(0.1)


class Redis:
    """Redis without persistence: its data is gone when it stops."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.port = folder, fixed_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "",
             "--dir", str(self._folder)],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + READY
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)
            else:
                return

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)


class Fleet:
    """Fleet with the demo data, on an empty database of a PostgreSQL server."""

    def __init__(self, database_url: str) -> None:
        self.database_url = database_url
        self.folder = Path(tempfile.mkdtemp(prefix="fleet-"))
        self.redis = Redis(self.folder)
        self._common = {
            **os.environ,
            "DATABASE_URL": database_url,
            "REDIS_URL": self.redis.url,
            "BASE_URL": f"https://{NAME}",
            "SECRET_KEYS": secrets.token_hex(32),
            "TRUSTED_PROXIES": "1",
            "WEBHOOK_ALLOWED_CIDRS": f"{RECEIVER}/32",
            "LOG_LEVEL": "WARNING",
            "SEMANTIC": "off",
        }
        self.servers = [
            Server(self._machine(f"server{n}", PORT=str(fixed_port())), self._log(f"server{n}"))
            for n in range(SERVERS)
        ]
        self.workers = [
            Part(["worker"], self._machine(f"worker{n}"), self._log(f"worker{n}"))
            for n in range(WORKERS)
        ]
        self._nginx: Nginx | None = None
        self.fixtures: dict[str, Any] = {}

    def start(self) -> None:
        self.redis.start()
        made = self.command("demo", "--json")
        self.fixtures = json.loads(made[made.index("{") :])
        for part in (*self.servers, *self.workers):
            part.start()
        for server in self.servers:
            server.wait_ready()
        ports = [server.port for server in self.servers]
        self._nginx = Nginx(self.folder / "nginx", fixed_port(), fixed_port(), ports)

    @property
    def nginx(self) -> Nginx:
        if self._nginx is None:
            raise LookupError("nginx has not been started")
        return self._nginx

    def command(self, *words: str) -> str:
        """Output of `interviewrelay WORDS`, also if it reports problems."""
        done = subprocess.run(
            [*COMMAND, *words],
            cwd=ROOT,
            env=self._machine("desk"),
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        return done.stdout

    def faults(self) -> list[str]:
        """Exceptions in all logs: responses with 500, failed work."""
        return [line for part in (*self.servers, *self.workers) for line in part.faults()]

    def close(self) -> None:
        for part in (*self.servers, *self.workers):
            part.kill()
        if self._nginx is not None:
            self._nginx.close()
        self.redis.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _machine(self, name: str, **settings: str) -> dict[str, str]:
        (self.folder / name).mkdir(exist_ok=True)
        return {**self._common, "INSTANCE_DIR": str(self.folder / name), **settings}

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"
