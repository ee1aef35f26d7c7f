"""Analyses of a study, and claims with their evidence.

Revision ID: 0043
Revises: 0042
"""

from interviewrelay.migrations.table_helpers import (
    documents,
    flags,
    foreign_key,
    index,
    key,
    moments,
    numbers,
    org_key,
    table,
    texts,
)
from interviewrelay.models.mixins import one_of

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "analysis",
        key(), org_key(), foreign_key("campaign"),
        texts("status", "engine", "step"), numbers("done", "total"), texts("fault", null=True),
        numbers("token_limit", null=True), numbers("tokens", "statements", "unproven"),
        documents("refused"), texts("created_by"), moments("created_at"),
        moments("started_at", "ended_at", null=True),
        one_of("status", "queued", "running", "completed", "failed", "cancelled"),
    )  # fmt: skip
    index("analysis", "campaign_id", "created_at", "id")
    table(
        "interview_analysis",
        foreign_key("interview", key=True), foreign_key("campaign"),
        texts("engine", "input_hash"), moments("analysed_at"),
    )  # fmt: skip
    index("interview_analysis", "campaign_id")
    table(
        "claim",
        key(), org_key(), foreign_key("campaign"), foreign_key("interview", null=True),
        texts("kind"), texts("key", default="''"), texts("status", null=True),
        texts("text", default="''"), numbers("position"), texts("made_by"),
        flags("pinned", "dismissed", default=False), moments("created_at"),
        moments("changed_at", null=True), texts("changed_by", null=True),
        one_of("kind", "finding", "summary", "goal", "incident"),
    )  # fmt: skip
    index("claim", "campaign_id", "kind", "key", "position", "id", name="campaign_id_kind")
    index("claim", "interview_id", "kind", name="interview_id")
    table(
        "claim_evidence",
        foreign_key("claim", key=True), foreign_key("evidence", key=True),
        texts("role"), numbers("position"),
        one_of("role", "support", "counter"),
    )  # fmt: skip
    index("claim_evidence", "evidence_id")
