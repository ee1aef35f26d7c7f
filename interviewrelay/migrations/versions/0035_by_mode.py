"""An index for sessions that are filtered by how they were held.

Revision ID: 0035
Revises: 0033
"""

from alembic import op

revision = "0035"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    columns = ["org_id", "mode", "started_at", "id"]
    op.create_index("ix_interview_org_id_mode", "interview", columns)


def downgrade() -> None:
    op.drop_index("ix_interview_org_id_mode", table_name="interview")
