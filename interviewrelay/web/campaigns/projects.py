"""Projects in the API and on the dashboard."""

from typing import Annotated, Any, Final

from flask import g, render_template
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from interviewrelay.campaigns import (
    campaigns,
    projects,
    representation as campaign_representation,
)
from interviewrelay.campaigns.representation import Project
from interviewrelay.core.errors import Conflict, InvalidParameter
from interviewrelay.core.field_types import Seen
from interviewrelay.core.representation import list_of
from interviewrelay.dashboard import view_models
from interviewrelay.organizations import access
from interviewrelay.scripts.document import Name
from interviewrelay.web.http.blueprints import api, pages, requires
from interviewrelay.web.http.requests import (
    json_response,
    list_response,
    read_payload,
    read_window,
)
from interviewrelay.web.http.validation import validate
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.openapi.parameters import WINDOW
from interviewrelay.web.ui import page_helpers


class ProjectIn(BaseModel):
    model_config = ConfigDict(strict=True)

    name: Name = Field(description="Project name.")
    description: Annotated[
        str | None, StringConstraints(strip_whitespace=True, max_length=5_000), Seen
    ] = Field(default=None, description="Optional project description.")


class ProjectChange(ProjectIn):
    """Change of a project. Omitted fields stay."""

    name: Name = Field(default="", description="Project name.")

    def changes(self) -> dict[projects.ProjectField, str | None]:
        made: dict[projects.ProjectField, str | None] = {}
        if "name" in self.model_fields_set:
            made["name"] = self.name
        if "description" in self.model_fields_set:
            made["description"] = self.description or None
        return made


@operation(
    api,
    "POST /projects",
    "projects:write",
    body=ProjectIn,
    answers={201: Project},
    gives={"project_id": "/id"},
    sent={"name": "Onboarding", "description": "How the first month goes"},
)
def create_project() -> ResponseReturnValue:
    """Create project

    Create a new project.
    """
    wanted = read_payload(ProjectIn)
    project = projects.create_project(g.actor, wanted.name, wanted.description or None)
    return json_response(campaign_representation.project(project), 201)


@operation(
    api,
    "GET /projects",
    "projects:read",
    query=WINDOW,
    answers={200: list_of("projects", Project)},
)
def list_projects() -> ResponseReturnValue:
    """List projects

    Retrieve all projects.
    """
    return list_response(
        "projects",
        projects.list_projects(g.actor, read_window()).map_items(
            campaign_representation.project
        ),
    )


@operation(api, "GET /projects/<project_id>", "projects:read", answers={200: Project})
def get_project(project_id: str) -> ResponseReturnValue:
    """Get project"""
    return json_response(
        campaign_representation.project(access.get_project(g.actor, project_id))
    )


@operation(
    api,
    "PATCH /projects/<project_id>",
    "projects:write",
    body=ProjectChange,
    partial=True,
    answers={200: Project},
    sent={"name": "First month"},
    changes={"name": "First month"},
)
def change_project(project_id: str) -> ResponseReturnValue:
    """Change project

    What is left out stays; a description of null is taken away.
    """
    project = access.get_project(g.actor, project_id)
    return json_response(
        campaign_representation.project(
            projects.change_project(project, read_payload(ProjectChange).changes())
        )
    )


@operation(
    api,
    "DELETE /projects/<project_id>",
    "projects:write",
    answers={204: None},
    refusals=(Conflict,),
)
def delete_project(project_id: str) -> ResponseReturnValue:
    """Delete project

    Remove an empty project. While campaigns are in it: 409 `CONFLICT`.
    """
    projects.delete_project(access.get_project(g.actor, project_id))
    return "", 204


SENTENCES: Final = {
    "name": "Enter a name for the project, up to 200 characters.",
    "description": "Shorten the description to 5,000 characters or fewer.",
}


@pages.get("/projects")
@requires("projects:read")
def show_projects() -> ResponseReturnValue:
    return render_template("campaigns/projects.html", errors=[], values={}, **_projects())


@pages.post("/projects")
@requires("projects:write")
def send_project() -> ResponseReturnValue:
    values = page_helpers.read_typed("name", "description")
    try:
        wanted = validate(ProjectIn, values)
    except InvalidParameter as refusal:
        return page_helpers.render_again(
            "campaigns/projects.html", refusal, SENTENCES, values=values, **_projects()
        )
    project = projects.create_project(g.actor, wanted.name, wanted.description or None)
    return page_helpers.redirect_with_message(
        f"/projects/{project.id}", f"Project “{project.name}” created."
    )


@pages.get("/projects/<project_id>")
@requires("projects:read")
def show_project(project_id: str) -> ResponseReturnValue:
    project = access.get_project(g.actor, project_id)
    page = campaigns.list_campaigns(g.actor, page_helpers.read_window(), project_id=project.id)
    return render_template(
        "campaigns/project.html",
        project=campaign_representation.project(project),
        campaigns=page.map_items(view_models.build_campaign_row).items,
        pager=page_helpers.build_pager(page, "campaigns"),
    )


def _projects() -> dict[str, Any]:
    page = projects.list_projects(g.actor, page_helpers.read_window())
    shown = page.map_items(campaign_representation.project).items
    return {"projects": shown, "pager": page_helpers.build_pager(page, "projects")}
