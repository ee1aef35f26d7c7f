"""That an answer spoke of danger, and who has seen it.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.core.db.session import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

COLUMNS = ("safety_at", "safety_seen_at")
INDEX = "ix_interview_org_id_unseen_safety"
UNSEEN = sa.text("safety_at IS NOT NULL AND safety_seen_at IS NULL")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("interview", sa.Column(name, UtcDateTime(), nullable=True))
    op.add_column("interview", sa.Column("safety_seen_by", sa.Text(), nullable=True))
    op.create_index(
        INDEX, "interview", ["org_id"], sqlite_where=UNSEEN, postgresql_where=UNSEEN
    )


def downgrade() -> None:
    op.drop_index(INDEX, table_name="interview")
    for name in ("safety_seen_by", *reversed(COLUMNS)):
        op.drop_column("interview", name)
