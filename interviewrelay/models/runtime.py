"""Runtime tables: stored responses for idempotency keys, and jobs."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.models.mixins import Cause, Created, OrganizationRow, one_of


class StoredResponse(OrganizationRow):
    """Stored response of an idempotency key. `running` occurs only for calls to the outside; all
    others are written as `done`.

    Key and path are stored as digests, because both may name people.
    """

    __tablename__ = "kept_answer"
    __table_args__ = (one_of("state", "running", "done"),)

    mark: Mapped[str] = mapped_column(unique=True)
    fingerprint: Mapped[str]
    state: Mapped[str]
    running_until: Mapped[datetime | None]
    status: Mapped[int | None]
    sealed: Mapped[str | None]
    """Headers and body, encrypted because responses hold links and keys. None once erased."""
    created_at: Mapped[Created] = mapped_column(index=True)


class Job(OrganizationRow):
    """Job: work that follows a change and is written with it; unique by `kind` and `subject`."""

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("kind", "subject"),
        Index("ix_job_next_at", "next_at"),
    )

    kind: Mapped[str]
    subject: Mapped[str]
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    created_at: Mapped[Created]
    request_id: Mapped[Cause]
