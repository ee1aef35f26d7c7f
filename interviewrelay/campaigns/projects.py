"""Projects: folders of campaigns."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from interviewrelay.core.actor import Actor
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import Conflict
from interviewrelay.models import Campaign, Project
from interviewrelay.organizations import access


def create_project(actor: Actor, name: str, description: str | None = None) -> Project:
    with transaction():
        project = Project(org_id=actor.org_id, name=name, description=description)
        db.session.add(project)
    return project


def change_project(project: Project, changes: Mapping[str, str | None]) -> Project:
    """Change the given fields."""
    with transaction():
        project = access.lock_row(Project, project.id)
        for name, value in changes.items():
            setattr(project, name, value)
    return project


def delete_project(project: Project) -> None:
    """Delete an empty project. Raises NotFound when it is gone, Conflict while it has campaigns."""
    with transaction():
        project = access.lock_row(Project, project.id)
        filed = select(Campaign.id).where(Campaign.project_id == project.id).limit(1)
        if db.session.execute(filed).first():
            raise Conflict(
                "This project still has campaigns. You can only delete empty projects."
            )
        db.session.delete(project)


def list_all_projects(actor: Actor) -> Sequence[Project]:
    """All projects by name, for a select field."""
    mine = select(Project).where(Project.org_id == actor.org_id)
    return pagination.fetch_all(mine.order_by(Project.name, Project.id))


def list_projects(
    actor: Actor, window: pagination.Window = pagination.Window()
) -> pagination.Page[Project]:
    mine = select(Project).where(Project.org_id == actor.org_id)
    return pagination.fetch_page(mine, Project.created_at, Project.id, window)
