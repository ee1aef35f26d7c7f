"""How well the closing summary of an interview got what its participant meant.

Revision ID: 0039
Revises: 0038
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Empty for older interviews: their participants were not asked.
    op.add_column("interview", sa.Column("summary_rating", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("interview", "summary_rating")
