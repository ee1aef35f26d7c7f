"""A model of the server's own machine, chosen on its pages; who wants no reminder of it; and which
interviews were agreed to as structured ones.

Revision ID: 0037
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.core.db.session import Flag, UtcDateTime

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "server_model",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_server_model_one")),
        sa.CheckConstraint("port BETWEEN 1 AND 65535", name=op.f("ck_server_model_port")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_server_model_name")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_server_model")),
    )
    op.add_column("membership", sa.Column("no_model_reminder_at", UtcDateTime(), nullable=True))
    # Interviews of before were agreed to in words that say nothing of a model.
    op.add_column(
        "interview",
        sa.Column("structured", Flag(), server_default=sa.false(), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("interview", "structured")
    op.drop_column("membership", "no_model_reminder_at")
    op.drop_table("server_model")
