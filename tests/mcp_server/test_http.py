"""Streamable HTTP: who is let in. What is said is tested with the official client."""

from typing import Any

import httpx
import pytest

from tests.mcp_server.conftest import ORIGIN, World

LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}


def post(world: World, call: dict[str, Any] = LIST, **headers: str | None) -> httpx.Response:
    whole = {
        "Accept": "application/json, text/event-stream",
        "Authorization": f"Bearer {world.key()}",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    sent = {name: value for name, value in whole.items() if value is not None}
    return httpx.post(world.address, json=call, headers=sent)


def test_a_call_with_a_key_is_answered_and_leaves_no_session(world: World) -> None:
    answer = post(world)
    assert answer.status_code == 200
    assert len(answer.json()["result"]["tools"]) > 10
    assert "mcp-session-id" not in answer.headers


def test_a_client_of_an_earlier_version_of_the_protocol_calls_tools(world: World) -> None:
    call = {"method": "tools/call", "params": {"name": "get_account", "arguments": {}}}
    for key, email in (
        (world.key(), world.demo["A"]["owner_email"]),
        (world.key(organization="B"), world.demo["B"]["owner_email"]),
    ):
        answer = post(world, LIST | call, Authorization=f"Bearer {key}")
        assert answer.json()["result"]["structuredContent"]["user"] == email


@pytest.mark.parametrize("sent", [None, "", "Basic abc", "Bearer other"])
def test_who_sends_no_key_is_told_what_to_send(world: World, sent: str | None) -> None:
    answer = post(world, Authorization=sent)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert "Bearer ir_live_" in answer.json()["error"]


def test_other_hosts_and_web_pages_are_refused(world: World) -> None:
    port = httpx.URL(world.address).port
    assert post(world, Host="evil.example").status_code == 421
    assert post(world, Host="mcp.example").status_code == 200
    assert post(world, Host=f"localhost:{port}").status_code == 200
    assert post(world, Host="localhost:1").status_code == 421
    for origin in ("https://evil.example", f"http://127.0.0.1:{port}", "null"):
        assert post(world, Origin=origin).status_code == 403
    assert post(world, Origin=ORIGIN).status_code == 200


def test_a_body_that_is_too_large_or_no_json_is_refused(world: World) -> None:
    headers = {
        "Authorization": f"Bearer {world.key()}",
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
    }
    large = httpx.post(world.address, content=b" " * 3_000_000, headers=headers)
    assert large.status_code == 413
    assert httpx.post(world.address, content=b"{", headers=headers).status_code == 400
