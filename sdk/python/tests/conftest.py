"""A real server with the demonstration data, and both clients on it."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio.from_thread
import httpx
import pytest

from interviewrelay_client import AsyncClient, AsyncPages, Client

ROOT = Path(__file__).resolve().parents[3]
COMMAND = [sys.executable, "-P", "-m", "interviewrelay"]


class Server:
    """`interviewrelay serve` on a folder and a free loopback port of its own."""

    def __init__(self, folder: Path) -> None:
        # Stays bound, so that no other socket gets the port; a server reuses the address.
        self._held = socket.socket()
        self._held.bind(("127.0.0.1", 0))
        self._held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.port = self._held.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        dropped = (
            "DATABASE_URL",
            "REDIS_URL",
            "INTERVIEWRELAY_API_KEY",
            "INTERVIEWRELAY_BASE_URL",
        )
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in dropped},
            "INSTANCE_DIR": str(folder / "instance"),
            "PORT": str(self.port),
            "IR_TESTING": "1",
            "WEBHOOK_ALLOWED_CIDRS": "127.0.0.2/32",
        }
        self.log = folder / "server.log"
        made = subprocess.run(
            [*COMMAND, "demo", "--json"], cwd=ROOT, env=self.environment, timeout=300,
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        self.demo: dict[str, Any] = json.loads(made.stdout[made.stdout.index("{") :])

    @contextlib.contextmanager
    def running(self) -> Iterator["Server"]:
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [*COMMAND, "serve"], cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        try:
            self._wait(process)
            yield self
        finally:
            process.terminate()
            process.wait(120)

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + 120
        while True:
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{self.base}/readyz").status_code == 200:
                    return
            assert process.poll() is None, self.log.read_text()[-2000:]
            assert time.monotonic() < end, "the server did not become ready"
            time.sleep(0.1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("server")).running() as made:
        yield made


@pytest.fixture(scope="session")
def demo(server: Server) -> dict[str, Any]:
    return server.demo


@pytest.fixture(scope="session")
def document(server: Server) -> dict[str, Any]:
    found: dict[str, Any] = httpx.get(f"{server.base}/api/openapi.json", timeout=60).json()
    return found


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that a `Client` would have waited."""
    found: list[float] = []
    monkeypatch.setattr(time, "sleep", found.append)
    return found


class Blocking:
    """An `AsyncClient` that is called as a `Client`, so that one test serves both."""

    def __init__(self, portal: anyio.from_thread.BlockingPortal, target: Any) -> None:
        self._portal, self._target = portal, target

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._target, name)
        plain = found is None or isinstance(found, str | int | float | tuple)
        return found if plain or name == "rate_limit" else Blocking(self._portal, found)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        made = self._target(*arguments, **named)
        if hasattr(made, "__await__"):

            async def wait() -> Any:
                return await made

            return self._portal.call(wait)
        if isinstance(made, AsyncPages | AsyncClient) or hasattr(made, "__anext__"):
            return Blocking(self._portal, made)
        return made

    def __iter__(self) -> Iterator[Any]:
        steps = aiter(self._target)
        while True:
            try:
                yield self._portal.call(steps.__anext__)
            except StopAsyncIteration:
                return


@pytest.fixture(params=["sync", "async"])
def connect(request: pytest.FixtureRequest, server: Server) -> Iterator[Any]:
    """Function that makes a client of either kind, with the options of its class.

    `hook` is a function that sees each request before it is sent.
    """
    with contextlib.ExitStack() as stack:
        if request.param == "async":
            portal = stack.enter_context(anyio.from_thread.start_blocking_portal())

        def make(key: str, hook: Any = None, **options: Any) -> Any:
            options.setdefault("base_url", server.base)
            if request.param == "sync":
                http = httpx.Client(event_hooks={"request": [hook] if hook else []})
                stack.callback(http.close)
                return Client(key, http_client=http, **options)

            async def see(one: httpx.Request) -> None:
                if hook:
                    hook(one)

            ahttp = httpx.AsyncClient(event_hooks={"request": [see]})
            stack.callback(portal.call, ahttp.aclose)
            return Blocking(portal, AsyncClient(key, http_client=ahttp, **options))

        yield make


@pytest.fixture
def client(connect: Any, demo: dict[str, Any]) -> Any:
    """Client with an owner's key."""
    return connect(demo["A"]["key_owner"])
