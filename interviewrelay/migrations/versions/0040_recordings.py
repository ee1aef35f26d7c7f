"""Recordings of spoken interviews, and how long organizations keep them.

Revision ID: 0040
Revises: 0001
"""

from alembic import op

from interviewrelay.migrations.table_helpers import (
    documents,
    flags,
    foreign_key,
    index,
    key,
    moments,
    numbers,
    org_key,
    reals,
    table,
    texts,
    unique,
)
from interviewrelay.models.mixins import one_of

revision = "0040"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    (days,) = numbers("audio_days", null=True, default="90")
    op.add_column("organization", days)
    table(
        "answer_recording",
        key(), org_key(), foreign_key("interview"), foreign_key("consent", ondelete=None),
        texts("client_id"), numbers("number"), texts("status", "container"),
        numbers("pieces", "size"), reals("seconds", null=True), texts("text", null=True),
        reals("confidence", null=True), documents("words", null=True), texts("engine", null=True),
        flags("used", default=False), moments("created_at"), moments("stored_at", null=True),
        one_of("status", "receiving", "stored", "transcribed", "waiting", "failed"),
        unique("interview_id", "client_id"),
    )  # fmt: skip
    index("answer_recording", "interview_id", "number")
    index("answer_recording", "status", "created_at")
    index("answer_recording", "org_id", name="org_id_kept", where="size > 0")
    table(
        "session_recording",
        key(), org_key(), foreign_key("interview"), foreign_key("consent", ondelete=None),
        texts("source"), reals("seconds"), documents("layout", "peaks", "sizes"),
        moments("created_at"),
        unique("interview_id"),
    )  # fmt: skip
    (column,) = flags("voice_agreed", default=False)
    op.add_column("interview", column)
