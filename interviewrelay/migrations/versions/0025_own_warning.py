"""From how few credits on an organization wants to be warned, beside the plan's own rule.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("credit_account", sa.Column("warn_below", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("credit_account", "warn_below")
