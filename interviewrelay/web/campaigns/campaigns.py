"""Campaigns, for the API and for the dashboard."""

from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal, get_args

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from interviewrelay.campaigns import (
    campaigns,
    detail_query as campaign_detail_query,
    listing,
    projects,
    representation as campaign_representation,
)
from interviewrelay.core.errors import (
    Conflict,
    InvalidParameter,
    PlanLimitReached,
    ScriptNotPublished,
)
from interviewrelay.dashboard import view_models as shapes
from interviewrelay.interviewer.guide import Autonomy
from interviewrelay.organizations import access
from interviewrelay.scripts.document import AsWhole, Language, Name
from interviewrelay.web.http.blueprints import api, needs, pages
from interviewrelay.web.http.field_types import (
    Hours,
    Id,
    Message,
    Metadata,
    Moment,
    Text,
    ValidHours,
)
from interviewrelay.web.http.requests import (
    answer,
    chosen,
    filter_value,
    listed_text,
    payload,
    window,
)
from interviewrelay.web.middleware.etags import kept
from interviewrelay.web.ui import page_helpers

MaxSessions = Annotated[int, Field(ge=1, le=1_000_000), AsWhole]
VALID: Final = "Hours until invite expires (default: 168 = 7 days)."
REMINDER: Final = (
    "So many hours before a link ends, who was mailed it and has not started is reminded once."
)
MAX_SESSIONS: Final = "How many interviews may start."
MAX_COMPLETED: Final = (
    "How many completed interviews are wanted. Who is under way holds a place, and nobody is "
    "invited or reminded once there are as many."
)
ENDS: Final = "From then on no interview can start; those that have begun go on."
MESSAGE: Final = "Stands in the mail of every invite that brings no message of its own."


class SettingsIn(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")

    mode: Literal["text", "voice", "both"] | None = None
    language: Language | None = Field(default=None, description="In place of the script's own.")
    target_minutes: Annotated[int, Field(ge=1, le=180), AsWhole] | None = Field(
        default=None, description="In place of the script's own."
    )
    recording: bool | None = Field(default=None, description="Whether the voice is kept.")
    sentiment: bool | None = Field(default=None, description="Whether moods are told.")
    interviewer: Text | None = Field(default=None, description="The interviewer's name.")
    autonomy: Autonomy | None = Field(
        default=None,
        description="What a language model may choose, where one listens: `words` (it words what "
        "the built-in interviewer chooses), `probe` (follow-ups; so without this field), `guide` "
        "(also the order of the questions), `open` (an open conversation with 10 to 20 "
        "follow-ups to a question). Holds from the next answer on.",
    )


class CampaignIn(BaseModel):
    model_config = ConfigDict(strict=True)

    name: Name = Field(description="Campaign name (internal use).")
    script_id: Id = Field(description="UUID of published script.")
    project_id: Id = Field(description="UUID of project.")
    invite_valid_hours: ValidHours = Field(default=168, description=VALID)
    settings: SettingsIn = Field(default=SettingsIn(), description="How interviews are held.")
    metadata: Metadata = Field(default={}, description="At most 50 texts of your own.")
    reminder_hours_before: Hours | None = Field(default=None, description=REMINDER)
    starts_at: Moment | None = Field(
        default=None, description="Interviews can start from then on."
    )
    ends_at: Moment | None = Field(default=None, description=ENDS)
    max_sessions: MaxSessions | None = Field(default=None, description=MAX_SESSIONS)
    max_completed: MaxSessions | None = Field(default=None, description=MAX_COMPLETED)
    custom_message: Message = Field(default="", description=MESSAGE)
    status: Literal["draft", "active"] = Field(
        default="active", description="A draft takes no invites yet."
    )

    def plan(self) -> campaigns.Plan:
        return campaigns.Plan(
            name=self.name,
            script_id=self.script_id,
            project_id=self.project_id,
            invite_valid_hours=self.invite_valid_hours,
            settings=self.settings.model_dump(exclude_none=True),
            extra=self.metadata,
            reminder_hours_before=self.reminder_hours_before,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            max_sessions=self.max_sessions,
            max_completed=self.max_completed,
            custom_message=self.custom_message,
            status=self.status,
        )


class CampaignChange(BaseModel):
    """What is left out stays; null takes away what may be missing."""

    model_config = ConfigDict(strict=True)

    name: Name = Field(default="", description="Campaign name (internal use).")
    invite_valid_hours: ValidHours = Field(
        default=168, description="For invites made from now on."
    )
    settings: SettingsIn = Field(default=SettingsIn(), description="Replaced as a whole.")
    metadata: Metadata = Field(default={}, description="Replaced as a whole.")
    reminder_hours_before: Hours | None = Field(
        default=None, description=f"{REMINDER} null: never."
    )
    starts_at: Moment | None = Field(
        default=None, description="Interviews can start from then on; null: at any time."
    )
    ends_at: Moment | None = Field(default=None, description=f"{ENDS} null: never.")
    max_sessions: MaxSessions | None = Field(
        default=None, description=f"{MAX_SESSIONS} null: any."
    )
    max_completed: MaxSessions | None = Field(
        default=None, description=f"{MAX_COMPLETED} null: any."
    )
    custom_message: Message = Field(default="", description=MESSAGE)
    status: campaigns.Status = Field(
        default="active", description="draft → active ⇄ paused → completed → archived."
    )

    def changes(self) -> dict[campaigns.Changeable, Any]:
        given = self.model_dump(exclude_unset=True)
        made: dict[campaigns.Changeable, Any] = {}
        for name in get_args(campaigns.Changeable):
            sent = "metadata" if name == "extra" else name
            if sent in given:
                made[name] = given[sent]
        if "settings" in made:
            made["settings"] = self.settings.model_dump(exclude_none=True)
        return made


@api.post("/campaigns")
def create_campaign() -> ResponseReturnValue:
    campaign = campaigns.create(g.actor, payload(CampaignIn).plan())
    return answer(campaign_representation.campaign(campaign), 201)


@api.get("/campaigns")
@kept
def list_campaigns() -> ResponseReturnValue:
    page = listing.CAMPAIGNS.page(
        g.actor,
        window(),
        project_id=filter_value("project_id"),
        status=chosen("status", get_args(campaigns.Status)),
    )
    return listed_text("campaigns", page)


@api.get("/campaigns/<campaign_id>")
@kept
def get_campaign(campaign_id: str) -> ResponseReturnValue:
    return answer(
        campaign_representation.campaign_detail(
            campaign_detail_query.campaign(g.actor, campaign_id)
        )
    )


@api.post("/campaigns/<campaign_id>/duplicate")
def duplicate_campaign(campaign_id: str) -> ResponseReturnValue:
    copy = campaigns.duplicate(g.actor, access.campaign(g.actor, campaign_id))
    return answer(campaign_representation.campaign(copy), 201)


@api.patch("/campaigns/<campaign_id>")
def change_campaign(campaign_id: str) -> ResponseReturnValue:
    campaign = access.campaign(g.actor, campaign_id)
    changed = campaigns.change(campaign, payload(CampaignChange).changes())
    return answer(campaign_representation.campaign_detail(changed))


SURE: Final = "end"
"""What is typed before a campaign is completed, which cannot be undone."""
DONE: Final = {
    "active": "The campaign is active. People with a link can start.",
    "paused": "The campaign is paused. Links stay valid, but new interviews can’t start.",
    "completed": "The campaign has ended. New interviews can’t start.",
    "archived": "The campaign is archived.",
}


@pages.get("/campaigns")
@needs("campaigns:read")
def show_campaigns() -> ResponseReturnValue:
    wanted = {"status": page_helpers.picked("status", get_args(campaigns.Status)) or ""}
    wanted["project_id"] = page_helpers.asked("project_id") or ""
    page = campaigns.listing(
        g.actor,
        page_helpers.part(),
        project_id=wanted["project_id"] or None,
        status=wanted["status"] or None,  # type: ignore[arg-type]
    )
    return render_template(
        "campaigns/list.html",
        campaigns=page.shaped(shapes.campaign_row).items,
        pager=page_helpers.pager(page, "campaigns"),
        projects=choices(projects.every(g.actor)),
        statuses=get_args(campaigns.Status),
        wanted=wanted,
        filtered=any(wanted.values()),
    )


@pages.post("/campaigns/<campaign_id>/status")
@needs("campaigns:write")
def move_campaign(campaign_id: str) -> ResponseReturnValue:
    campaign = access.campaign(g.actor, campaign_id)
    address, wanted = f"/campaigns/{campaign.id}", request.form.get("status", "")
    if wanted not in DONE:
        return page_helpers.done(address, "Choose one of the available statuses.", "error")
    typed = request.form.get("typed", "").strip().casefold()
    if wanted == "completed" and typed != SURE:
        return page_helpers.done(
            address, f"The campaign was not ended. Type “{SURE}” to confirm.", "warning"
        )
    try:
        campaigns.set_status(campaign, wanted)  # type: ignore[arg-type]
    except (Conflict, PlanLimitReached) as refusal:
        return page_helpers.done(address, refusal.message, "error")
    return page_helpers.done(address, DONE[wanted])


@pages.post("/campaigns/<campaign_id>/unarchive")
@needs("campaigns:write")
def take_out_of_archive(campaign_id: str) -> ResponseReturnValue:
    campaign = campaigns.unarchive(access.campaign(g.actor, campaign_id))
    return page_helpers.done(f"/campaigns/{campaign.id}", "The campaign is no longer archived.")


@pages.post("/campaigns/<campaign_id>/duplicate")
@needs("campaigns:write")
def copy_campaign(campaign_id: str) -> ResponseReturnValue:
    campaign = access.campaign(g.actor, campaign_id)
    try:
        copy = campaigns.duplicate(g.actor, campaign, request.form.get("once", ""))
    except (ScriptNotPublished, InvalidParameter) as refusal:
        return page_helpers.done(f"/campaigns/{campaign.id}", refusal.message, "error")
    words = "Draft created with the same script, settings and email. No one is invited yet."
    return page_helpers.done(f"/campaigns/{copy.id}/draft", words)


def choices(rows: Sequence[Any]) -> list[tuple[str, str]]:
    """Rows by their names, for a choice."""
    return [(row.id, row.name) for row in rows]
