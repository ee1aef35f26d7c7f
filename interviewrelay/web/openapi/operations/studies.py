"""The operations on projects, scripts and campaigns."""

from typing import Final, get_args

from interviewrelay.campaigns import campaigns
from interviewrelay.core.errors import (
    Conflict,
    PlanLimitReached,
    ScriptNotPublished,
    SessionAlreadyCompleted,
)
from interviewrelay.scripts import scripts
from interviewrelay.scripts.document import ScriptDocument
from interviewrelay.web.campaigns.campaigns import CampaignChange, CampaignIn
from interviewrelay.web.campaigns.projects import ProjectChange, ProjectIn
from interviewrelay.web.openapi.examples import studies as examples
from interviewrelay.web.openapi.operations.operation import Operation, Parameter
from interviewrelay.web.openapi.operations.parameters import TEXT, WINDOW, WORDS, choice
from interviewrelay.web.openapi.schemas import studies
from interviewrelay.web.scripts.trials import PreviewIn

PROJECTS: Final = (
    Operation(
        view="create_project",
        method="POST",
        path="/api/projects",
        tag="Projects",
        summary="Create project",
        words="Create a new project.",
        permission="projects:write",
        body=ProjectIn,
        answers={201: studies.Project},
        gives={"project_id": "/id"},
        sent=examples.PROJECT_SENT,
        example=examples.PROJECT,
    ),
    Operation(
        view="list_projects",
        method="GET",
        path="/api/projects",
        tag="Projects",
        summary="List projects",
        words="Retrieve all projects.",
        permission="projects:read",
        query=WINDOW,
        answers={200: studies.PROJECTS},
        example=examples.listed("projects", examples.PROJECT, limit=10),
    ),
    Operation(
        view="get_project",
        method="GET",
        path="/api/projects/{project_id}",
        tag="Projects",
        summary="Get project",
        permission="projects:read",
        answers={200: studies.Project},
        example=examples.PROJECT,
    ),
    Operation(
        view="change_project",
        method="PATCH",
        path="/api/projects/{project_id}",
        tag="Projects",
        summary="Change project",
        words="What is left out stays; a description of null is taken away.",
        permission="projects:write",
        body=ProjectChange,
        partial=True,
        answers={200: studies.Project},
        sent={"name": "First month"},
        example={**examples.PROJECT, "name": "First month"},
    ),
    Operation(
        view="delete_project",
        method="DELETE",
        path="/api/projects/{project_id}",
        tag="Projects",
        summary="Delete project",
        words="Remove an empty project. While campaigns are in it: 409 `CONFLICT`.",
        permission="projects:write",
        answers={204: None},
        refusals=(Conflict,),
    ),
)

SCRIPTS: Final = (
    Operation(
        view="create_script",
        method="POST",
        path="/api/scripts",
        tag="Scripts",
        summary="Create script",
        words="Create a draft. Only `name` and one question with `text` are required.",
        permission="scripts:write",
        body=ScriptDocument,
        answers={201: studies.Script},
        gives={"script_id": "/id"},
        sent=examples.SCRIPT_SENT,
        example=examples.SCRIPT,
    ),
    Operation(
        view="list_scripts",
        method="GET",
        path="/api/scripts",
        tag="Scripts",
        summary="List scripts",
        words="Retrieve all scripts.",
        permission="scripts:read",
        query=(
            choice("status", get_args(scripts.State), "Filter by status.", "published"),
            Parameter(
                "q",
                WORDS,
                "Words in the name, or parts of them, whatever their case and accents.",
            ),
            *WINDOW,
        ),
        answers={200: studies.SCRIPTS},
        example=examples.listed("scripts", examples.PUBLISHED, limit=10),
    ),
    Operation(
        view="get_script",
        method="GET",
        path="/api/scripts/{script_id}",
        tag="Scripts",
        summary="Get script",
        words="One script with its whole document.",
        permission="scripts:read",
        answers={200: studies.Script},
        example=examples.PUBLISHED,
    ),
    Operation(
        view="change_script",
        method="PATCH",
        path="/api/scripts/{script_id}",
        tag="Scripts",
        summary="Change script",
        words="Fields that are given replace those that are there; the rest stays. "
        "`questions` are replaced as a whole.",
        permission="scripts:write",
        body=ScriptDocument,
        partial=True,
        answers={200: studies.Script},
        sent={"target_minutes": 15},
        example={**examples.SCRIPT, "target_minutes": 15},
    ),
    Operation(
        view="delete_script",
        method="DELETE",
        path="/api/scripts/{script_id}",
        tag="Scripts",
        summary="Delete script",
        words="It is shown no more. Campaigns go on with the version they have.",
        permission="scripts:write",
        answers={204: None},
    ),
    Operation(
        view="publish_script",
        method="POST",
        path="/api/scripts/{script_id}/publish",
        tag="Scripts",
        summary="Publish script",
        words="Make the next version, unless nothing changed, with `warnings`: remarks on its "
        "wording. Errors, such as a condition that names an unknown or later question, refuse "
        "it with 400.",
        permission="scripts:write",
        answers={200: studies.PublishedScript},
        example={**examples.PUBLISHED, "warnings": []},
    ),
    Operation(
        view="preview_script",
        method="POST",
        path="/api/scripts/{script_id}/preview",
        tag="Scripts",
        summary="Preview script",
        words="Hold an interview with what the script says now, published or not. Nothing is "
        "stored and nothing is charged: send all answers each time, and the same ones give the "
        "same interview. Its time is reckoned from the length of the answers. After the end, "
        "another answer is 409 `SESSION_ALREADY_COMPLETED`. Answers that take more than five "
        "seconds of processor time are 400; more than 60 previews a minute are 429.",
        permission="scripts:read",
        body=PreviewIn,
        body_required=False,
        answers={200: studies.Preview},
        refusals=(SessionAlreadyCompleted,),
        sent={"answers": []},
        example=examples.PREVIEW,
    ),
)

CAMPAIGNS: Final = (
    Operation(
        view="create_campaign",
        method="POST",
        path="/api/campaigns",
        tag="Campaigns",
        summary="Create campaign",
        words="Create a new interview campaign. It is active at once, unless it is made as a "
        "draft. More active campaigns than the plan allows: 402 `PLAN_LIMIT_REACHED`.",
        permission="campaigns:write",
        body=CampaignIn,
        answers={201: studies.Campaign},
        refusals=(ScriptNotPublished, PlanLimitReached),
        gives={"campaign_id": "/id"},
        sent=examples.CAMPAIGN_SENT,
        example=examples.CAMPAIGN,
    ),
    Operation(
        view="list_campaigns",
        method="GET",
        path="/api/campaigns",
        tag="Campaigns",
        summary="List campaigns",
        words="Retrieve all campaigns.",
        permission="campaigns:read",
        query=(
            Parameter("project_id", TEXT, "Filter by project UUID.", examples.PROJECT_ID),
            choice("status", get_args(campaigns.Status), "Filter by status."),
            *WINDOW,
        ),
        answers={200: studies.CAMPAIGNS},
        example=examples.CAMPAIGNS,
    ),
    Operation(
        view="get_campaign",
        method="GET",
        path="/api/campaigns/{campaign_id}",
        tag="Campaigns",
        summary="Get campaign details",
        words="Get detailed information about a campaign. An invite that expires leaves "
        "`pending` within a minute.",
        permission="campaigns:read",
        answers={200: studies.CampaignDetail},
        example=examples.CAMPAIGN_DETAIL,
    ),
    Operation(
        view="duplicate_campaign",
        method="POST",
        path="/api/campaigns/{campaign_id}/duplicate",
        tag="Campaigns",
        summary="Duplicate campaign",
        words="A draft of the same study: the script as it is published now, project, settings, "
        "message and numbers, without its times and without anybody who was invited.",
        permission="campaigns:write",
        answers={201: studies.Campaign},
        refusals=(ScriptNotPublished,),
        example={**examples.CAMPAIGN, "name": "Q4 Customer Feedback (copy)", "status": "draft"},
    ),
    Operation(
        view="change_campaign",
        method="PATCH",
        path="/api/campaigns/{campaign_id}",
        tag="Campaigns",
        summary="Change campaign",
        words="What is left out stays. While a campaign is paused, links stay valid, nobody can "
        "start, and interviews that have begun go on. A move that its state does not allow: 409 "
        "`CONFLICT` with the possible `moves` in `details`; then nothing is changed.",
        permission="campaigns:write",
        body=CampaignChange,
        partial=True,
        answers={200: studies.CampaignDetail},
        refusals=(Conflict, PlanLimitReached),
        sent={"status": "paused"},
        example={**examples.CAMPAIGN_DETAIL, "status": "paused"},
    ),
)
