"""Invites whose page somebody has touched without starting.

Revision ID: 0036
Revises: 0035
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.core.db.session import UtcDateTime

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Both begin empty, for older servers too: what has begun is counted as started, and of what was
    # opened before nobody knows.
    op.add_column("invite", sa.Column("opened_at", UtcDateTime(), nullable=True))
    op.add_column(
        "campaign",
        sa.Column("opened_only", sa.Integer(), server_default=sa.text("0"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("campaign", "opened_only")
    op.drop_column("invite", "opened_at")
