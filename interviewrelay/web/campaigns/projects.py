"""Projects on the dashboard."""

from typing import Any, Final

from flask import g, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.campaigns import campaigns, projects
from interviewrelay.campaigns.representation import Project
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.dashboard import view_models
from interviewrelay.organizations import access
from interviewrelay.web.campaigns.projects_api import ProjectIn
from interviewrelay.web.http.blueprints import pages, requires
from interviewrelay.web.http.validation import validate
from interviewrelay.web.ui import page_helpers

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
        project=Project.read(project),
        campaigns=[view_models.build_campaign_row(row) for row in page.items],
        pager=page_helpers.build_pager(page, "campaigns"),
    )


def _projects() -> dict[str, Any]:
    page = projects.list_projects(g.actor, page_helpers.read_window())
    shown = [Project.read(row) for row in page.items]
    return {"projects": shown, "pager": page_helpers.build_pager(page, "projects")}
