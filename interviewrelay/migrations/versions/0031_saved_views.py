"""Filters of sessions kept under a name; and indexes for what sessions are filtered by.

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.core.db.session import Flag, Json, UtcDateTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("membership_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("filters", Json(), nullable=False),
        sa.Column("shared", Flag(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["organization.id"],
            name=op.f("fk_saved_view_org_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_saved_view_membership_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sqlite_strict=True,
    )
    op.create_index("ix_saved_view_org_id_name", "saved_view", ["org_id", "name"])
    op.create_index("ix_saved_view_membership_id", "saved_view", ["membership_id"])
    for column in ("sentiment_label", "language"):
        op.create_index(
            f"ix_interview_org_id_{column}", "interview", ["org_id", column, "started_at", "id"]
        )


def downgrade() -> None:
    for column in ("language", "sentiment_label"):
        op.drop_index(f"ix_interview_org_id_{column}", table_name="interview")
    op.drop_table("saved_view")
