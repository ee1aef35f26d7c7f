"""When a campaign ends, how many completed interviews it wants, and what its mails say.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.core.db.session import UtcDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("campaign", sa.Column("ends_at", UtcDateTime(), nullable=True))
    op.add_column("campaign", sa.Column("max_completed", sa.Integer(), nullable=True))
    empty = sa.text("''")
    op.add_column(
        "campaign", sa.Column("custom_message", sa.Text(), server_default=empty, nullable=False)
    )


def downgrade() -> None:
    for name in ("custom_message", "max_completed", "ends_at"):
        op.drop_column("campaign", name)
