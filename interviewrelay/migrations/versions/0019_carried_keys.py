"""What is carried along of secret keys that are dropped, so that marks and links outlive them.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.core.db.session import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "carried_key",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_carried_key")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("carried_key")
