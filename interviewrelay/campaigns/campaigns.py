"""Campaigns: a published script that people are invited to."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import select

from interviewrelay.campaigns import voice_availability
from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import Conflict, InvalidParameter, NotFound, ScriptNotPublished
from interviewrelay.core.ids import is_id, new_id
from interviewrelay.core.ports.speech import SpeechEngines
from interviewrelay.models import Campaign, Project, Script, ScriptVersion
from interviewrelay.organizations import access, plan_limits
from interviewrelay.runtime import form_ids, job_queue

CampaignStatus = Literal["draft", "active", "paused", "completed", "archived"]

MOVES: Final[Mapping[str, tuple[CampaignStatus, ...]]] = {
    "draft": ("active",),
    "active": ("paused", "completed"),
    "paused": ("active", "completed"),
    "completed": ("archived",),
    "archived": (),
}
"""Allowed status transitions."""


LONGEST_NAME: Final = 200
COPY: Final = " (copy)"


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """Campaign to create; `settings` and `extra` (the API's `metadata`) as in the contract."""

    name: str
    script_id: str
    project_id: str
    invite_valid_hours: float = 168
    settings: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    reminder_hours_before: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    max_sessions: int | None = None
    max_completed: int | None = None
    custom_message: str = ""
    embed_origins: Sequence[str] = ()
    status: Literal["draft", "active"] = "active"
    new_project: str = ""
    """Name of a project to create with the campaign, instead of `project_id`."""


def create_campaign(
    actor: Actor,
    plan: CampaignPlan,
    key: str | None = None,
    *,
    speech: SpeechEngines | None = None,
) -> Campaign:
    """Create a campaign with the script's current version. The same secret `key`, a UUID, creates
    it once.

    With `speech`, interviews by voice only must be possible. Raises InvalidParameter if they aren't,
    for an unknown project or an end before the start, ScriptNotPublished
    for an unknown or unpublished script, and PlanLimitReached.
    """
    with transaction():
        if key and (made := db.session.get(Campaign, key)):
            return made
        _in_order(plan.starts_at, plan.ends_at)
        project, script, version = get_project_and_script(actor, plan)
        _check_voice(speech, plan.settings, version)
        if plan.status == "active":
            plan_limits.require_campaign_slot(actor.org_id)
        campaign = Campaign(
            id=key or new_id(),
            org_id=actor.org_id,
            project=project,
            script_id=script.id,
            version=version,
            **_columns(plan),
            created_at=clock.now(),
        )
        db.session.add(campaign)
        _prepare_voice(campaign)
    return campaign


def _columns(plan: CampaignPlan) -> dict[str, Any]:
    """Columns of the campaign's own row for a plan; its script, version and project cannot change."""
    material = ("script_id", "project_id", "new_project")
    return {name: value for name, value in asdict(plan).items() if name not in material}


def change_campaign(
    campaign: Campaign, changes: Mapping[str, Any], *, speech: SpeechEngines | None = None
) -> Campaign:
    """Change the given fields, all of them or none; other fields keep their values.

    Links stay valid in every status. Only an active campaign lets new interviews start; interviews
    in progress continue. New validity hours apply to later invites. With `speech`, interviews by
    voice only must be possible. Raises Conflict for an invalid status transition, InvalidParameter
    for such a mode or an end before the start, and PlanLimitReached.
    """
    with transaction():
        campaign = access.lock_row(Campaign, campaign.id)
        if "starts_at" in changes or "ends_at" in changes:
            start = changes.get("starts_at", campaign.starts_at)
            _in_order(start, changes.get("ends_at", campaign.ends_at))
        if "settings" in changes or changes.get("status") == "active":
            settings = changes.get("settings", campaign.settings)
            _check_voice(speech, settings, campaign.version)
        if "status" in changes:
            _move(campaign, changes["status"])
        for name, value in changes.items():
            if getattr(campaign, name) != value:
                setattr(campaign, name, value)
        if not {"status", "settings"}.isdisjoint(changes):
            _prepare_voice(campaign)
    return campaign


def _prepare_voice(campaign: Campaign) -> None:
    """Building block: have the questions of an active campaign by voice spoken ahead."""
    if campaign.status == "active" and voice_availability.is_spoken_mode(campaign.settings):
        job_queue.enqueue_job(campaign.org_id, voice_availability.SPEAK_AHEAD, campaign.id)


def _check_voice(
    speech: SpeechEngines | None, settings: Mapping[str, Any], version: ScriptVersion
) -> None:
    if speech is not None:
        language = voice_availability.get_language(settings, version.document)
        voice_availability.ensure_voice_available(speech, language, settings.get("mode"))


def set_campaign_status(
    campaign: Campaign, status: CampaignStatus, *, speech: SpeechEngines | None = None
) -> Campaign:
    """Move to a status; no change if it already has it. Raises like `change_campaign`."""
    return change_campaign(campaign, {"status": status}, speech=speech)


def duplicate_campaign(actor: Actor, campaign: Campaign, form: str = "") -> Campaign:
    """Duplicate as a draft: the script as published now, settings and email text, but no invites
    and no dates. The same form id creates it once.

    Raises ScriptNotPublished when the script was deleted.
    """
    own = {name: getattr(campaign, name) for name in _columns(CampaignPlan("", "", ""))}
    own |= {"starts_at": None, "ends_at": None, "status": "draft"}
    own["name"] = f"{campaign.name[: LONGEST_NAME - len(COPY)]}{COPY}"
    plan = CampaignPlan(script_id=campaign.script_id, project_id=campaign.project_id, **own)
    return create_campaign(actor, plan, build_form_key(actor, form, f"copy of {campaign.id}"))


def build_form_key(actor: Actor, form: str, what: str) -> str | None:
    """Idempotency key for a campaign from a form id and the actor; None without a form."""
    return form_ids.build_id(form, actor.org_id, actor.user_id, what)


def unarchive_campaign(campaign: Campaign) -> Campaign:
    """Unarchive a campaign; others stay as they are."""
    with transaction():
        campaign = access.lock_row(Campaign, campaign.id)
        if campaign.status == "archived":
            campaign.status = "completed"
    return campaign


def list_all_campaigns(actor: Actor) -> Sequence[Campaign]:
    """All campaigns by name, for a select field."""
    mine = select(Campaign).where(Campaign.org_id == actor.org_id)
    return pagination.fetch_all(mine.order_by(Campaign.name, Campaign.id))


def list_campaigns(
    actor: Actor,
    window: pagination.Window = pagination.Window(),
    *,
    project_id: str | None = None,
    status: CampaignStatus | None = None,
) -> pagination.Page[Campaign]:
    """List campaigns; an invalid or unknown project id matches none."""
    mine = select(Campaign).where(Campaign.org_id == actor.org_id)
    if project_id is not None:
        mine = mine.where(Campaign.project_id == project_id)
    if status is not None:
        mine = mine.where(Campaign.status == status)
    return pagination.fetch_page(mine, Campaign.created_at, Campaign.id, window)


def list_newest_campaigns(
    actor: Actor, most: int, status: CampaignStatus
) -> Sequence[Campaign]:
    """The newest campaigns of a status, without a count."""
    mine = select(Campaign).where(Campaign.org_id == actor.org_id, Campaign.status == status)
    return pagination.fetch_newest(mine, Campaign.created_at, Campaign.id, most)


def _move(campaign: Campaign, status: CampaignStatus) -> None:
    moves = MOVES[campaign.status]
    if status == campaign.status:
        return
    if status not in moves:
        possible = f"can only become {' or '.join(moves)}" if moves else "cannot be changed"
        raise Conflict(
            f"This campaign is {campaign.status} and cannot become {status}. It {possible}.",
            details={"status": campaign.status, "moves": list(moves)},
        )
    if status == "active":
        plan_limits.require_campaign_slot(campaign.org_id)


def get_project_and_script(
    actor: Actor, plan: CampaignPlan
) -> tuple[Project, Script, ScriptVersion]:
    """Building block: the project and the published script of a plan. Raises like `create_campaign`."""
    project = _new_project(actor, plan.new_project) or _known_project(actor, plan)
    return project, *_published(actor, plan.script_id)


def _in_order(starts_at: datetime | None, ends_at: datetime | None) -> None:
    if ends_at is not None and starts_at is not None and ends_at <= starts_at:
        words = "The 'ends_at' field must be later than 'starts_at'"
        raise InvalidParameter.field("ends_at", "ISO 8601 date after 'starts_at'", words)


def _new_project(actor: Actor, name: str) -> Project | None:
    if not name:
        return None
    project = Project(org_id=actor.org_id, name=name)
    db.session.add(project)
    return project


def _known_project(actor: Actor, plan: CampaignPlan) -> Project:
    """Project of a plan, locked. Raises InvalidParameter."""
    if not is_id(plan.project_id):
        raise InvalidParameter.field("project_id", "UUID")
    try:
        return access.lock_row(Project, access.get_project(actor, plan.project_id).id)
    except NotFound:
        words = "There is no project with this 'project_id'"
        raise InvalidParameter.field("project_id", "UUID of a project", words) from None


def _published(actor: Actor, script_id: str) -> tuple[Script, ScriptVersion]:
    """A script of the organization and its newest version. Raises ScriptNotPublished."""
    if not is_id(script_id):
        raise InvalidParameter.field("script_id", "UUID")
    expected = {"field": "script_id", "expected": "UUID of a published script"}
    try:
        script = access.get_script(actor, script_id)
    except NotFound:
        words = "There is no script with this 'script_id'. Check the ID."
        raise ScriptNotPublished(words, details=expected) from None
    version = db.session.execute(
        select(ScriptVersion)
        .where(ScriptVersion.script_id == script.id)
        .order_by(ScriptVersion.number.desc())
        .limit(1)
    ).scalar_one_or_none()
    if version is None:
        raise ScriptNotPublished(details=expected)
    return script, version
