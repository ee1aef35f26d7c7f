"""Which secret key an API key is found by, so that an old one is dropped only when none needs it;
and for how long an organization keeps transcripts.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("api_key", sa.Column("marked_by", sa.Text(), nullable=True))
    op.add_column("organization", sa.Column("transcript_days", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("organization", "transcript_days")
    op.drop_column("api_key", "marked_by")
