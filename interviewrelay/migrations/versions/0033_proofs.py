"""How far the proof of counters and balances has come.

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.core.db.session import UtcDateTime

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proof",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("wrong_before", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_proof")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("proof")
