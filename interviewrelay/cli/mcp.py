"""Command `mcp`: an MCP server for AI assistants."""

import importlib.util
from typing import Any, Final

import click

from interviewrelay.core.config import settings as config_settings
from interviewrelay.core.config.parsers import SettingsError, origin, whole

MISSING: Final = (
    "The MCP server needs the optional extra 'mcp'. Install it with "
    "pip install 'interviewrelay[mcp]', or scripts/setup requirements-mcp.lock in a checkout."
)
NO_KEY: Final = (
    "Set INTERVIEWRELAY_API_KEY to an API key. You create keys on the page 'API keys' of the "
    "dashboard."
)
NO_HOST: Final = (
    "Name the host by which clients reach this server with --allow-host, for example "
    "--allow-host mcp.example.com. Others are refused."
)


@click.command("mcp")
@click.option("--url", help="Address of the InterviewRelay server (default: of this instance).")
@click.option(
    "--http",
    "address",
    metavar="[HOST:]PORT",
    help="Serve over HTTP, at /mcp, instead of standard input and output. Each client sends its own "
    "key.",
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="HOST[:PORT]",
    help="With --http: a name by which clients reach this server, besides localhost.",
)
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="With --http: an origin whose web pages may call this server.",
)
def mcp(
    url: str | None, address: str | None, hosts: tuple[str, ...], origins: tuple[str, ...]
) -> None:
    """Serve AI assistants by the Model Context Protocol (MCP).

    They prepare studies and read interviews with the permissions of an API key, which is read from
    INTERVIEWRELAY_API_KEY. They cannot start campaigns, send emails, spend credits or delete anything.
    """
    settings = config_settings.read_client_settings(url)
    if address is None:
        if hosts or origins:
            raise click.UsageError("--allow-host and --allow-origin require --http.")
        if not settings.api_key:
            raise click.ClickException(NO_KEY)
        _load().serve_stdio(settings.url, settings.api_key)
        return
    host, port = _parse_address(address)
    if not (config_settings.is_loopback(host) or hosts):
        raise click.UsageError(NO_HOST)
    allowed = [origin("--allow-origin", one) for one in origins]
    shown = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    server = _load()
    click.echo(f"MCP server for {settings.url} on http://{shown}/mcp. Press Ctrl-C to stop it.")
    server.serve_http(settings.url, host, port, hosts, allowed)


def _load() -> Any:
    """Module of the server. Raises ClickException without the extra."""
    if importlib.util.find_spec("mcp") is None:
        raise click.ClickException(MISSING)
    from interviewrelay.mcp_server import server

    return server


def _parse_address(address: str) -> tuple[str, int]:
    """Host and port. Raises UsageError."""
    host, _, port = address.rpartition(":")
    try:
        return host.strip("[]") or "127.0.0.1", whole(1, 65535)("The port of --http", port)
    except SettingsError as fault:
        raise click.UsageError(str(fault)) from None
