"""Scripts and their published versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, validates

from interviewrelay.core import text
from interviewrelay.core.db.session import Base, Json
from interviewrelay.models.mixins import Created, Key, OrganizationRow


class Script(OrganizationRow):
    """Script with its draft. `document` may be newer than the last published version."""

    __tablename__ = "script"
    __table_args__ = (Index("ix_script_org_id_created_at", "org_id", "created_at"),)

    document: Mapped[dict[str, Any]] = mapped_column(Json)
    previous: Mapped[dict[str, Any] | None] = mapped_column(Json, deferred=True)
    """Document before the last change."""
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(default="")
    """Name, folded for searching (`text.fold_text`)."""
    latest_version: Mapped[int] = mapped_column(default=0)
    changed_since_publication: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Created]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    @validates("name")
    def _fold(self, _field: str, value: str) -> str:
        self.folded = text.fold_text(value)
        return value


class ScriptVersion(Base):
    """Published version of a script; never changed."""

    __tablename__ = "script_version"
    __table_args__ = (UniqueConstraint("script_id", "number"),)

    id: Mapped[Key]
    script_id: Mapped[str] = mapped_column(ForeignKey("script.id", ondelete="CASCADE"))
    number: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(Json)
    created_at: Mapped[Created]
