"""Projects: what campaigns are filed under."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from interviewrelay.database import Base
from interviewrelay.models.columns import Created, Key, OfOrganization


class Project(Base):
    __tablename__ = "project"
    __table_args__ = (Index("ix_project_org_id_created_at", "org_id", "created_at"),)

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]
    name: Mapped[str]
    description: Mapped[str | None]
    created_at: Mapped[Created]
