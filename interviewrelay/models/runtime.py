"""Runtime tables: stored responses for idempotency keys, and jobs."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.core.db.session import Base
from interviewrelay.models.mixins import Cause, Created, Key, OfOrganization


class StoredResponse(Base):
    """Stored response of an idempotency key. `running` occurs only for calls to the outside; all
    others are written as `done`.

    Key and path are stored as digests, because both may name people.
    """

    __tablename__ = "kept_answer"
    __table_args__ = (CheckConstraint("state IN ('running', 'done')", name="state"),)

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]
    mark: Mapped[str] = mapped_column(unique=True)
    fingerprint: Mapped[str]
    state: Mapped[str]
    running_until: Mapped[datetime | None]
    status: Mapped[int | None]
    sealed: Mapped[str | None]
    """Headers and body, encrypted because responses hold links and keys. None once erased."""
    created_at: Mapped[Created] = mapped_column(index=True)


class Job(Base):
    """Job: work that follows a change and is written with it; unique by `kind` and `subject`."""

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("kind", "subject"),
        Index("ix_job_next_at", "next_at"),
    )

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]
    kind: Mapped[str]
    subject: Mapped[str]
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    created_at: Mapped[Created]
    request_id: Mapped[Cause]
