"""MCP server over standard input and output, or over HTTP."""

import logging
from collections.abc import Sequence
from typing import Final

import uvicorn
from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from interviewrelay import __version__
from interviewrelay.mcp_server import read_tools, results, write_tools
from interviewrelay.mcp_server.api_client import Connection, open_connection

INSTRUCTIONS: Final = f"""\
InterviewRelay runs AI-led interviews. With these tools you prepare studies and read their results.

To prepare a study: create_script, publish_script, create_campaign, add_recipients. Campaigns are
created as drafts. You cannot start one, email anybody, spend or buy credits, or delete anything: a
person does that in the dashboard. Give the user the dashboard_url and the next_step of the result.

To read results: get_insights for a whole campaign, search_answers for a topic, list_sessions and
read_transcript for one interview. Quote participants word for word, name the session and the turn,
and do not quote answers that are not quotable.

{results.UNTRUSTED}
"""

LARGEST: Final = 2 * 1024 * 1024
"""Bytes of a request; a thousand recipients are a tenth of it."""
MOST_AT_ONCE: Final = 100
"""Requests in progress; more get 503."""
NO_KEY: Final = (
    "Send an API key of InterviewRelay in the header 'Authorization: Bearer ir_live_…'."
)


def build_server(url: str, key: str = "") -> MCPServer[Connection]:
    """MCP server for the InterviewRelay server at `url`, with `key`, or with each caller's own."""
    server = MCPServer[Connection](
        "interviewrelay",
        title="InterviewRelay",
        description="Prepare AI-led interviews, and read their transcripts and insights.",
        version=__version__,
        instructions=INSTRUCTIONS,
        website_url=url,
        lifespan=lambda _: open_connection(url, key),
        log_level="WARNING",
    )
    read_tools.add_tools(server)
    write_tools.add_tools(server)
    return server


def serve_stdio(url: str, key: str) -> None:
    """Serve one client on standard input and output, until it closes them."""
    build_server(url, key).run("stdio")


def serve_http(
    url: str, host: str, port: int, hosts: Sequence[str], origins: Sequence[str]
) -> None:
    """Serve clients at `/mcp`, each with the key that it sends. See `build_app`."""
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    app = build_app(url, port, hosts, origins)
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        limit_concurrency=MOST_AT_ONCE,
        server_header=False,
    )


def build_app(url: str, port: int, hosts: Sequence[str], origins: Sequence[str]) -> ASGIApp:
    """ASGI application that keeps nothing between requests.

    Against DNS rebinding, it accepts only this machine's loopback names and `hosts` in `Host`, and
    requests of web pages only from `origins`.
    """
    own = [f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")]
    app = build_server(url).streamable_http_app(
        stateless_http=True,
        json_response=True,
        max_request_body_size=LARGEST,
        transport_security=TransportSecuritySettings(
            allowed_hosts=[*own, *hosts], allowed_origins=list(origins)
        ),
    )
    return RequireKey(app)


class RequireKey:
    """ASGI middleware that refuses requests without an API key. The API checks the key itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _has_key(scope):
            response = JSONResponse(
                {"error": NO_KEY}, 401, headers={"WWW-Authenticate": "Bearer"}
            )
            await response(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _has_key(scope: Scope) -> bool:
    sent = [value for name, value in scope["headers"] if name == b"authorization"]
    return len(sent) == 1 and sent[0][:10].lower().startswith(b"bearer ir_")
