"""What organizations have chosen to have their questions worded by.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.core.db.session import Flag, UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_choice",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("whose", sa.Text(), nullable=False),
        sa.Column("base_url", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sealed_key", sa.Text(), nullable=True),
        sa.Column("last_four", sa.Text(), nullable=False),
        sa.Column("hides_personal_data", Flag(), nullable=False),
        sa.Column("daily_tokens", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "whose IN ('server', 'own', 'none')", name=op.f("ck_model_choice_whose")
        ),
        sa.CheckConstraint(
            "whose <> 'own' OR (base_url <> '' AND name <> '')",
            name=op.f("ck_model_choice_own"),
        ),
        sa.CheckConstraint("daily_tokens >= 0", name=op.f("ck_model_choice_tokens")),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["organization.id"],
            name=op.f("fk_model_choice_org_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", name=op.f("pk_model_choice")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("model_choice")
