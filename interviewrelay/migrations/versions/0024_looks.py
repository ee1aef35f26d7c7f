"""When members last looked at the overview; and the mails that need somebody, found without the others.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.core.db.session import UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "look",
        sa.Column("membership_id", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("completed", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=True),
        sa.Column("since_started", sa.Integer(), nullable=False),
        sa.Column("since_completed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_look_membership_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("membership_id", name=op.f("pk_look")),
        sqlite_strict=True,
    )
    left = sa.text("state IN ('kept', 'failed')")
    op.create_index(
        "ix_mail_org_id_left",
        "mail",
        ["org_id", "state"],
        sqlite_where=left,
        postgresql_where=left,
    )


def downgrade() -> None:
    op.drop_index("ix_mail_org_id_left", table_name="mail")
    op.drop_table("look")
