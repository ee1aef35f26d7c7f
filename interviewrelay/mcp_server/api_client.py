"""Client of the HTTP API for one caller. Errors become tool errors with the API's own message."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

import httpx2
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError

from interviewrelay import __version__

TIMEOUT: Final = 30.0
"""Seconds without an answer of the server."""
ATTEMPTS: Final = 2
"""Further attempts to connect."""


@dataclass(frozen=True, slots=True)
class Connection:
    """Connections to one server, shared by all callers. `key` is empty when each caller sends their
    own.
    """

    http: httpx2.AsyncClient
    url: str
    key: str


@asynccontextmanager
async def open_connection(url: str, key: str) -> AsyncIterator[Connection]:
    """Connections to the server at `url`, without a path."""
    async with httpx2.AsyncClient(
        base_url=url,
        timeout=TIMEOUT,
        transport=httpx2.AsyncHTTPTransport(retries=ATTEMPTS),
        headers={
            "Accept": "application/json",
            "User-Agent": f"interviewrelay-mcp/{__version__}",
        },
    ) as http:
        yield Connection(http, url, key)


class Api:
    """The API as seen by one caller."""

    def __init__(self, connection: Connection, authorization: str) -> None:
        self._http, self._url = connection.http, connection.url
        self._headers = {"Authorization": authorization}

    async def get(self, path: str, **query: Any) -> dict[str, Any]:
        """Resource at a path below `/api`; a query value of None is left out. Raises ToolError."""
        given = {name: value for name, value in query.items() if value is not None}
        return await self._call("GET", path, params=given)

    async def post(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Response to a change. Raises ToolError."""
        once = {"Idempotency-Key": str(uuid4())}
        return await self._call("POST", path, json=body or {}, headers=once)

    def link(self, path: str) -> str:
        """Address of a page of the dashboard."""
        return f"{self._url}{path}"

    async def _call(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        headers = self._headers | more.pop("headers", {})
        try:
            response = await self._http.request(method, f"/api{path}", headers=headers, **more)
            body = response.json()
        except httpx2.TransportError as fault:
            raise ToolError(
                f"The InterviewRelay server at {self._url} cannot be reached "
                f"({type(fault).__name__}). Check that it is running, and the option --url."
            ) from None
        except ValueError:
            raise ToolError(self._describe_stranger(response)) from None
        if response.is_success and isinstance(body, dict):
            return body
        raise ToolError(_describe_error(response, body))

    def _describe_stranger(self, response: httpx2.Response) -> str:
        whither = response.headers.get("location", "")
        to = f" and points to {whither[:200]}" if whither else ""
        return (
            f"The server at {self._url} answered with {response.status_code}{to}, which is not an "
            "answer of InterviewRelay's API. Check the option --url."
        )


def _describe_error(response: httpx2.Response, body: Any) -> str:
    """Message of the API's error, with all its problems, its code and the id of the request."""
    error = body.get("error", {}) if isinstance(body, dict) else {}
    message = str(error.get("message") or f"The server answered with {response.status_code}.")
    details = error.get("details")
    problems = details.get("errors", []) if isinstance(details, dict) else []
    others = [str(problem.get("message", "")) for problem in problems[:20]]
    words = "; ".join(dict.fromkeys([message, *filter(None, others)]))
    if wait := response.headers.get("retry-after"):
        words = f"{words} Try again in {wait} seconds."
    return f"{words} ({error.get('code', response.status_code)}, request {error.get('request_id')})"


def get_api(ctx: Context[Connection, Any]) -> Api:
    """The API with the key of this process, or with the one that the caller sent. Raises ToolError."""
    connection = ctx.request_context.lifespan_context
    sent = (ctx.headers or {}).get("authorization", "")
    authorization = f"Bearer {connection.key}" if connection.key else sent
    if not authorization:
        raise ToolError(
            "No API key was sent. Set the header 'Authorization: Bearer ir_live_…'."
        )
    return Api(connection, authorization)
