"""A real server with the demonstration data and a mail server, and MCP clients of both transports."""

import asyncio
import contextlib
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import httpx2
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from tests.flows.mail_sink import Letters, serving
from tests.flows.server import ROOT, Server

COMMAND = [sys.executable, "-P", "-m", "interviewrelay", "mcp"]
ORIGIN = "https://assistant.example"


@dataclass(frozen=True)
class World:
    server: Server
    letters: Letters
    demo: dict[str, Any]
    address: str
    """Of the MCP server over HTTP."""

    def key(self, name: str = "key_owner", organization: str = "A") -> str:
        return str(self.demo[organization][name])

    @contextlib.asynccontextmanager
    async def connect(self, transport: str, key: str) -> AsyncIterator[Client]:
        if transport == "stdio":
            own = {"INTERVIEWRELAY_API_KEY": key, "BASE_URL": self.server.base}
            command = StdioServerParameters(
                command=COMMAND[0], args=COMMAND[1:], env=own, cwd=str(ROOT)
            )
            async with Client(command) as client:
                yield client
            return
        headers = {"Authorization": f"Bearer {key}"}
        async with (
            httpx2.AsyncClient(headers=headers, timeout=60) as http,
            Client(streamable_http_client(self.address, http_client=http)) as client,
        ):
            yield client

    def talk(
        self,
        work: Callable[[Client], Awaitable[Any]],
        key: str | None = None,
        transport: str = "http",
    ) -> Any:
        """What `work` returns for a client of one connection."""

        async def whole() -> Any:
            async with self.connect(transport, key or self.key()) as client:
                return await work(client)

        return asyncio.run(asyncio.wait_for(whole(), 60))

    def call(self, tool: str, key: str | None = None, **arguments: Any) -> Any:
        """Structured result of one tool, or its error as a text."""

        async def work(client: Client) -> Any:
            return await use(client, tool, **arguments)

        return self.talk(work, key)

    def dashboard(self) -> "Dashboard":
        return Dashboard(self.server.base, self.demo["A"])


async def use(client: Client, tool: str, **arguments: Any) -> Any:
    """Structured result of one tool, or its error as a text."""
    result = await client.call_tool(tool, arguments)
    return result.content[0].text if result.is_error else result.structured_content


class Dashboard:
    """A person who has signed in."""

    def __init__(self, base: str, demo: dict[str, Any]) -> None:
        self._http = httpx.Client(base_url=base, follow_redirects=True)
        self.send("/login", email=demo["owner_email"], password=demo["owner_password"])

    def get(self, path: str) -> str:
        return self._http.get(path).text

    def send(self, path: str, **fields: str) -> httpx.Response:
        """Send the form on a page."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self._http.get(path).text)
        assert found, f"no form on {path}"
        sent = self._http.post(path, data={**fields, "csrf_token": found[1]})
        assert sent.status_code == 200, sent.text
        return sent


@contextlib.contextmanager
def mcp_over_http(url: str, *options: str) -> Iterator[str]:
    """Address of an MCP server for the server at `url`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        at = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen(
        [*COMMAND, "--url", url, "--http", at, *options], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + 30
        while True:
            with contextlib.suppress(httpx.TransportError):
                httpx.get(f"http://{at}/mcp")
                break
            assert process.poll() is None
            assert time.monotonic() < end, "the MCP server did not start"
            time.sleep(0.05)
        yield f"http://{at}/mcp"
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("mcp")
    with (
        serving() as letters,
        Server(folder, SMTP_URL=letters.url) as server,
        mcp_over_http(
            server.base, "--allow-host", "mcp.example", "--allow-origin", ORIGIN
        ) as address,
    ):
        printed = server.command("demo", "--json")
        demo = json.loads(printed[printed.index("{") :])
        server.start()
        yield World(server, letters, demo, address)
