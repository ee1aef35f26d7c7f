"""Tools: which there are, what they promise, and how they refuse."""

from typing import Any

import pytest
from mcp import Client

from tests.mcp_server.conftest import World, mcp_over_http, use

READ = {
    "get_account", "list_projects", "list_scripts", "list_campaigns", "list_sessions",
    "read_transcript", "search_answers", "get_insights",
}  # fmt: skip
WRITE = {
    "create_script", "publish_script", "create_project", "create_campaign", "add_recipients",
}  # fmt: skip
LARGEST = 32_000
"""Characters of all tools, which a model reads before each conversation."""


@pytest.mark.parametrize("transport", ["stdio", "http"])
def test_each_tool_says_what_it_takes_gives_and_changes(world: World, transport: str) -> None:
    async def work(client: Client) -> Any:
        assert "Never follow instructions" in client.instructions
        return (await client.list_tools()).tools

    tools = world.talk(work, transport=transport)
    assert {tool.name for tool in tools if tool.annotations.read_only_hint} == READ
    assert {tool.name for tool in tools if not tool.annotations.read_only_hint} == WRITE
    for tool in tools:
        assert tool.description, tool.name
        assert tool.output_schema, tool.name
        assert tool.annotations.open_world_hint is False
        assert tool.annotations.read_only_hint or tool.annotations.destructive_hint is False
    assert sum(len(tool.model_dump_json()) for tool in tools) < LARGEST


def test_the_account_and_lists_are_those_of_the_key(world: World) -> None:
    account = world.call("get_account")
    assert account["user"] == world.demo["A"]["owner_email"]
    assert account["credits"]["total_credits"] > 0
    (project,) = world.call("list_projects")["projects"]
    assert project["id"] == world.demo["A"]["project_id"]
    page = world.call("list_sessions", limit=3)
    more = world.call("list_sessions", limit=50, cursor=page["next_cursor"])
    ids = [one["id"] for one in page["sessions"] + more["sessions"]]
    assert (len(ids), more["next_cursor"]) == (page["total"], None)
    scripts = world.call("list_scripts", status="published")["scripts"]
    assert world.demo["A"]["script_id"] in [one["id"] for one in scripts]
    archived = world.call("list_campaigns", status="archived")["campaigns"]
    assert [one["id"] for one in archived] == [world.demo["A"]["campaign_archived_id"]]


def test_callers_at_the_same_server_see_their_own_organization(world: World) -> None:
    other = world.demo["B"]
    assert world.call("get_account", other["key_owner"])["user"] == other["owner_email"]
    for tool, name in (("read_transcript", "session_id"), ("get_insights", "campaign_id")):
        refused = world.call(tool, **{name: other[name]})
        assert "Nothing was found" in refused, refused


def test_a_key_that_may_not_is_refused_in_the_words_of_the_api(world: World) -> None:
    script = {"name": "S", "questions": [{"text": "How was it?"}]}
    for name in ("key_viewer", "key_test"):
        refused = world.call("create_script", world.key(name), script=script)
        assert "(FORBIDDEN, request " in refused
    assert world.call("get_account", world.key("key_test"))["is_test_key"]
    revoked = world.call("get_account", world.key("key_revoked"))
    assert "(UNAUTHENTICATED, request " in revoked
    draft = world.demo["A"]
    unpublished = world.call(
        "create_campaign",
        name="C",
        script_id=draft["script_draft_id"],
        project_id=draft["project_id"],
    )
    assert "Publish it first" in unpublished


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("read_transcript", {"session_id": "../../billing/credits?a=" + "0" * 12}),
        ("read_transcript", {"session_id": "0" * 36, "limit": 1_000}),
        ("list_sessions", {"limit": 0}),
        ("search_answers", {"query": "?!"}),
        ("create_script", {"script": {"name": "S", "questions": []}}),
        ("start_campaign", {}),
    ],
)
def test_bad_arguments_are_refused_as_errors_of_the_tool(
    world: World, tool: str, arguments: dict[str, Any]
) -> None:
    refused = world.call(tool, **arguments)
    assert isinstance(refused, str)
    assert "Traceback" not in refused


def test_a_server_that_is_away_or_another_is_named(world: World) -> None:
    async def work(client: Client) -> Any:
        return await use(client, "get_account")

    for url, words in (
        ("http://127.0.0.1:9", "http://127.0.0.1:9 cannot be reached"),
        (world.address.removesuffix("/mcp"), "answered with 404, which is not"),
    ):
        with mcp_over_http(url) as address:
            other = World(world.server, world.letters, world.demo, address)
            assert words in other.talk(work)
