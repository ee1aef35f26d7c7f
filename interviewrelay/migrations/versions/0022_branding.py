"""How an organization looks to participants: its accent colour and its logo.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.core.db.session import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "branding",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("accent", sa.Text(), nullable=True),
        sa.Column("logo_id", sa.Text(), nullable=True),
        sa.Column("logo_width", sa.Integer(), nullable=True),
        sa.Column("logo_height", sa.Integer(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["organization.id"],
            name=op.f("fk_branding_org_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", name=op.f("pk_branding")),
        sa.UniqueConstraint("logo_id", name=op.f("uq_branding_logo_id")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("branding")
