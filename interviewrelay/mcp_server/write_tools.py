"""Tools that prepare studies. None of them starts a campaign, emails anybody or uses credits."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final

from mcp.server.mcpserver import MCPServer
from mcp_types import ToolAnnotations
from pydantic import BaseModel, Field

from interviewrelay.mcp_server import results
from interviewrelay.mcp_server.api_client import Connection, get_api
from interviewrelay.mcp_server.read_tools import Caller, Id, script_fields
from interviewrelay.scripts.document import ScriptDocument

Name = Annotated[str, Field(min_length=1, max_length=200)]

PUBLISHED: Final = (
    "The script is published. Create a campaign with it, or ask the user to read it first at "
    "dashboard_url, where it can be edited and previewed."
)
UNPUBLISHED: Final = (
    "The script is a draft. Publish it with publish_script, or ask the user to read and edit it first "
    "at dashboard_url."
)
START: Final = (
    "This campaign is a draft: nobody is invited, no email is sent, and no interview can start. You "
    "cannot start it. Ask the user to open dashboard_url, check the people and the email, and start "
    "the campaign there."
)


class Recipient(BaseModel):
    email: str = Field(max_length=400)
    name: str = Field(default="", max_length=200)


async def create_script(
    ctx: Caller,
    script: Annotated[
        ScriptDocument,
        Field(
            description="Write open, neutral questions, one topic each. Put what the user wants to "
            "learn from a question in its `needs`, each with `cues`, words that show that an answer "
            "meets it: the interviewer asks for what an answer leaves out."
        ),
    ],
) -> results.SavedScript:
    """Create an interview script as a draft, from the user's goals or from a text. Only `name` and one
    question with `text` are required; five to ten questions fit 20 minutes.
    """
    api = get_api(ctx)
    made = await api.post("/scripts", script.model_dump(mode="json", exclude_unset=True))
    fields = script_fields(api, made)
    return results.SavedScript(**fields, warnings=[], next_step=UNPUBLISHED)


async def publish_script(ctx: Caller, script_id: Id) -> results.SavedScript:
    """Publish a script as a new version that never changes, so that campaigns can use it. Campaigns
    that already exist keep their version. The result has suggestions for better wording.
    """
    api = get_api(ctx)
    made = await api.post(f"/scripts/{script_id}/publish")
    warnings = [_describe_warning(one) for one in made["warnings"]]
    fields = script_fields(api, made) | {"warnings": warnings}
    return results.SavedScript(**fields, next_step=PUBLISHED)


def _describe_warning(warning: Any) -> str:
    if not isinstance(warning, dict):
        return str(warning)
    where = warning.get("question_id") or warning.get("question")
    return f"{where}: {warning.get('message')}" if where else str(warning.get("message"))


async def create_project(
    ctx: Caller,
    name: Name,
    description: Annotated[str, Field(max_length=1_000)] = "",
) -> results.Project:
    """Create a project, to group the campaigns of a study. Look for an existing one first."""
    body = {"name": name} | ({"description": description} if description else {})
    return results.Project(**await get_api(ctx).post("/projects", body))


async def create_campaign(
    ctx: Caller,
    name: Name,
    script_id: Annotated[Id, Field(description="UUID of a published script.")],
    project_id: Annotated[Id, Field(description="UUID of a project.")],
    custom_message: Annotated[
        str, Field(max_length=5_000, description="Message in the invitation email.")
    ] = "",
) -> results.DraftCampaign:
    """Create a campaign as a draft. Nothing is sent and no interview can start until a person starts
    it in the dashboard: tell the user, with the link in the result.
    """
    api = get_api(ctx)
    body = {
        "name": name, "script_id": script_id, "project_id": project_id,
        "custom_message": custom_message, "status": "draft",
    }  # fmt: skip
    made = await api.post("/campaigns", body)
    link = api.link(f"/campaigns/{made['id']}/draft/people")
    return results.DraftCampaign(**made, dashboard_url=link, next_step=START)


async def add_recipients(
    ctx: Caller,
    campaign_id: Annotated[Id, Field(description="UUID of a draft campaign.")],
    people: Annotated[list[Recipient], Field(min_length=1, max_length=1_000)],
) -> results.DraftRecipients:
    """Put people on the list of a draft campaign. They are invited by email once a person has reviewed
    the list and started the campaign in the dashboard, not before. Only add people whom the user
    named. A campaign that was started takes no more: the user invites them in the dashboard.
    """
    api = get_api(ctx)
    wanted = {"participants": [one.model_dump() for one in people]}
    made = await api.post(f"/campaigns/{campaign_id}/recipients", wanted)
    return results.DraftRecipients(
        campaign_id=campaign_id,
        **made,
        rejected=made["errors"],
        dashboard_url=api.link(f"/campaigns/{campaign_id}/draft/people"),
        next_step=START,
    )


TOOLS: Final[Mapping[Callable[..., Any], bool]] = {
    create_script: False,
    publish_script: True,
    create_project: False,
    create_campaign: False,
    add_recipients: True,
}
"""Tools, and whether calling one again with the same arguments changes nothing more."""


def add_tools(server: MCPServer[Connection]) -> None:
    """Add the tools that prepare studies. They only add: none changes or deletes what is there."""
    for tool, repeatable in TOOLS.items():
        hints = ToolAnnotations(
            read_only_hint=False,
            destructive_hint=False,
            idempotent_hint=repeatable,
            open_world_hint=False,
        )
        server.add_tool(tool, annotations=hints, structured_output=True)
