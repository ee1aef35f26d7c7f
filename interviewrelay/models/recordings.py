"""Recordings: spoken answers, and the recording of a whole interview."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.core.db.session import Json
from interviewrelay.models.mixins import Created, OrganizationRow, one_of


class AnswerRecording(OrganizationRow):
    """Recording of a spoken answer, stored in pieces before anything is recognised.

    An answer may have several, if the participant spoke again; `used` marks those whose words are in
    the stored answer.
    """

    __tablename__ = "answer_recording"
    __table_args__ = (
        one_of("status", "receiving", "stored", "transcribed", "waiting", "failed"),
        UniqueConstraint("interview_id", "client_id"),
        Index("ix_answer_recording_interview_id_number", "interview_id", "number"),
        Index("ix_answer_recording_status_created_at", "status", "created_at"),
        Index(
            "ix_answer_recording_org_id_kept",
            "org_id",
            sqlite_where=text("size > 0"),
            postgresql_where=text("size > 0"),
        ),
    )

    interview_id: Mapped[str] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"))
    consent_id: Mapped[str] = mapped_column(ForeignKey("consent.id"))
    """The consent that it was recorded under."""
    client_id: Mapped[str]
    """The page's own id for it, so that pieces can be sent again."""
    number: Mapped[int]
    """Number of the answer."""
    status: Mapped[str] = mapped_column(default="receiving")
    """`receiving` pieces, `stored` as a whole, `transcribed`, `waiting` for a recogniser that was
    away, or `failed`: it cannot be decoded.
    """
    container: Mapped[str] = mapped_column(default="")
    """`webm`, `ogg`, `mp4` or `wav`; empty before the first piece."""
    pieces: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(default=0)
    """Size in bytes; 0 once the files were deleted after their time."""
    seconds: Mapped[float | None]
    text: Mapped[str | None]
    """Recognised text; None before it was recognised."""
    confidence: Mapped[float | None]
    words: Mapped[list[Any] | None] = mapped_column(Json)
    """Recognised words, each as [text, start, end, confidence]; None if the engine told none."""
    engine: Mapped[str | None]
    """Name of the recogniser."""
    used: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[Created]
    stored_at: Mapped[datetime | None]


class SessionRecording(OrganizationRow):
    """Recording of a whole interview: both voices in their order, in one file for each format.

    Its files are named after its id; building it again makes a new row.
    """

    __tablename__ = "session_recording"

    interview_id: Mapped[str] = mapped_column(
        ForeignKey("interview.id", ondelete="CASCADE"), unique=True
    )
    consent_id: Mapped[str] = mapped_column(ForeignKey("consent.id"))
    source: Mapped[str]
    """Digest of everything that it was built from; empty once its files were deleted after their
    time.
    """
    seconds: Mapped[float]
    layout: Mapped[list[Any]] = mapped_column(Json)
    """Place of each turn as [number, start, end, confidence]: seconds, and how sure the recogniser was
    of an answer that stands as recognised, otherwise null.
    """
    peaks: Mapped[list[Any]] = mapped_column(Json)
    """Wave picture: loudness from 0 to 100 in equal parts of the recording."""
    sizes: Mapped[dict[str, int]] = mapped_column(Json)
    """Size in bytes of each file, by format; empty once they were deleted after their time."""
    created_at: Mapped[Created]
