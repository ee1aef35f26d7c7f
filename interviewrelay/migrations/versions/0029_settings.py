"""What an organization says of itself and to those it writes to, which browser a log-in is of, and who
has changed what.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.core.db.session import UtcDateTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

UNUSED = "status IN ('pending', 'cancelled') AND email NOT LIKE '%@erased.invalid'"
TEXTS = ("time_zone", "language", "contact", "sender_name", "reply_to")


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("door", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=True),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "door IN ('page', 'key', 'command', 'server')", name=op.f("ck_audit_entry_door")
        ),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["organization.id"],
            name=op.f("fk_audit_entry_org_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sqlite_strict=True,
    )
    op.create_index("ix_audit_entry_org_id_at", "audit_entry", ["org_id", "at", "id"])
    op.create_index("ix_audit_entry_at", "audit_entry", ["at"])
    for name in TEXTS:
        op.add_column("organization", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("organization", sa.Column("address_days", sa.Integer(), nullable=True))
    op.create_index("ix_organization_created_at", "organization", ["created_at", "id"])
    op.add_column("login", sa.Column("device", sa.Text(), nullable=True))
    op.create_index(
        "ix_invite_org_id_unused",
        "invite",
        ["org_id", "expires_at"],
        sqlite_where=sa.text(UNUSED),
        postgresql_where=sa.text(UNUSED),
    )


def downgrade() -> None:
    op.drop_index("ix_invite_org_id_unused", "invite")
    op.drop_column("login", "device")
    op.drop_index("ix_organization_created_at", "organization")
    for name in ("address_days", *TEXTS):
        op.drop_column("organization", name)
    op.drop_table("audit_entry")
