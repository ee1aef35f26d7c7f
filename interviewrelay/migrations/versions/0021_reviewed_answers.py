"""What participants did with their answers before the end: corrected, struck, not to be quoted.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.core.db.session import Flag

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("turn", sa.Column("original", sa.Text(), nullable=True))
    op.add_column(
        "turn", sa.Column("struck", Flag(), nullable=False, server_default=sa.false())
    )
    op.add_column(
        "turn", sa.Column("quotable", Flag(), nullable=False, server_default=sa.true())
    )


def downgrade() -> None:
    for name in ("quotable", "struck", "original"):
        op.drop_column("turn", name)
