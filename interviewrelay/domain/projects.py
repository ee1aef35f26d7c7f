"""Projects."""

from collections.abc import Sequence

from sqlalchemy import select

from interviewrelay.database import db, transaction
from interviewrelay.domain import paging
from interviewrelay.domain.actors import Actor
from interviewrelay.models import Project


def create(actor: Actor, name: str, description: str | None = None) -> Project:
    with transaction():
        project = Project(org_id=actor.org_id, name=name, description=description)
        db.session.add(project)
    return project


def every(actor: Actor) -> Sequence[Project]:
    """All projects by name, for a choice."""
    mine = select(Project).where(Project.org_id == actor.org_id)
    return paging.every(mine.order_by(Project.name, Project.id))


def listing(actor: Actor, window: paging.Window = paging.Window()) -> paging.Page[Project]:
    mine = select(Project).where(Project.org_id == actor.org_id)
    return paging.page(mine, Project.created_at, Project.id, window)
