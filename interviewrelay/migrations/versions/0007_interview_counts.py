"""How many interviews there are by status, and their order within one.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "interview_count",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["organization.id"],
            name=op.f("fk_interview_count_org_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "org_id", "campaign_id", "status", name=op.f("pk_interview_count")
        ),
        sqlite_strict=True,
    )
    for place in ("''", "campaign_id"):
        op.execute(
            "INSERT INTO interview_count (org_id, campaign_id, status, number) "
            f"SELECT org_id, {place}, status, count(*) FROM interview GROUP BY 1, 2, 3"
        )
    for place in ("org_id", "campaign_id"):
        op.create_index(
            f"ix_interview_{place}_status", "interview", [place, "status", "started_at", "id"]
        )


def downgrade() -> None:
    for place in ("org_id", "campaign_id"):
        op.drop_index(f"ix_interview_{place}_status", table_name="interview")
    op.drop_table("interview_count")
