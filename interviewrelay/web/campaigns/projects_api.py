"""Projects in the API."""

from typing import Annotated

from flask import g
from flask.typing import ResponseReturnValue
from pydantic import Field, StringConstraints

from interviewrelay.campaigns import (
    projects,
)
from interviewrelay.campaigns.representation import Project
from interviewrelay.core.errors import Conflict
from interviewrelay.core.field_types import RequestBody, Seen
from interviewrelay.core.representation import list_of
from interviewrelay.organizations import access
from interviewrelay.scripts.document import Name
from interviewrelay.web.http.blueprints import api
from interviewrelay.web.http.requests import (
    list_response,
    read_payload,
    read_window,
)
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.openapi.parameters import WINDOW


class ProjectIn(RequestBody):
    name: Name = Field(description="Project name.")
    description: Annotated[
        str | None, StringConstraints(strip_whitespace=True, max_length=5_000), Seen
    ] = Field(default=None, description="Optional project description.")


class ProjectChange(ProjectIn):
    """Change of a project. Omitted fields keep their values."""

    name: Name = Field(default="", description="Project name.")

    def changes(self) -> dict[str, str | None]:
        return {name: getattr(self, name) or None for name in self.model_fields_set}


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
    return Project.read(project), 201


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
        projects.list_projects(g.actor, read_window()),
        Project.read,
    )


@operation(api, "GET /projects/<project_id>", "projects:read", answers={200: Project})
def get_project(project_id: str) -> ResponseReturnValue:
    """Get project"""
    return Project.read(access.get_project(g.actor, project_id))


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

    Omitted fields keep their values. Send null to remove the description.
    """
    project = access.get_project(g.actor, project_id)
    return Project.read(projects.change_project(project, read_payload(ProjectChange).changes()))


@operation(
    api,
    "DELETE /projects/<project_id>",
    "projects:write",
    answers={204: None},
    refusals=(Conflict,),
)
def delete_project(project_id: str) -> ResponseReturnValue:
    """Delete project

    Delete an empty project. If it still has campaigns, you get 409 `CONFLICT`.
    """
    projects.delete_project(access.get_project(g.actor, project_id))
    return "", 204
