"""Until when a mail is tried, whom an organization does not write to, forgotten passwords, asked members.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.core.db.session import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mail", sa.Column("tried_until", UtcDateTime(), nullable=True))
    op.create_table(
        "suppression",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "reason IN ('unsubscribed', 'added')", name=op.f("ck_suppression_reason")
        ),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["organization.id"],
            name=op.f("fk_suppression_org_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppression")),
        sa.UniqueConstraint("org_id", "mark", name=op.f("uq_suppression_org_id_mark")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_suppression_org_id_created_at", "suppression", ["org_id", "created_at", "id"]
    )
    op.create_table(
        "password_link",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["person.id"],
            name=op.f("fk_password_link_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_link")),
        sa.UniqueConstraint("mark", name=op.f("uq_password_link_mark")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_password_link_user_id"), "password_link", ["user_id"])
    op.create_table(
        "password_ask",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_ask")),
        sqlite_strict=True,
    )
    op.create_index("ix_password_ask_mark_created_at", "password_ask", ["mark", "created_at"])
    op.create_table(
        "member_invite",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("invited_by", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "role IN ('owner', 'admin', 'researcher', 'viewer')",
            name=op.f("ck_member_invite_role"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["organization.id"],
            name=op.f("fk_member_invite_org_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_invite")),
        sa.UniqueConstraint("mark", name=op.f("uq_member_invite_mark")),
        sa.UniqueConstraint("org_id", "email", name=op.f("uq_member_invite_org_id_email")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("member_invite")
    # Mails about accounts are of no use to the code before, which would show them to others.
    op.execute("DELETE FROM mail WHERE kind IN ('password', 'password_changed', 'member')")
    op.drop_table("password_ask")
    op.drop_table("password_link")
    op.drop_table("suppression")
    op.drop_column("mail", "tried_until")
