"""Counters that leave tests out, expiries that are noted, reminders.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.core.db.session import Flag, UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# What was counted before: test invites and test interviews too.
_RECOUNT = (
    """UPDATE campaign SET invites_sent = (
        SELECT count(*) FROM invite WHERE campaign_id = campaign.id AND NOT {test})""",
    """UPDATE campaign SET started = started - (
        SELECT count(*) FROM interview WHERE campaign_id = campaign.id AND {test})""",
    """UPDATE campaign SET
        completed = completed - (SELECT count(*) FROM interview
            WHERE campaign_id = campaign.id AND {test} AND status = 'completed'),
        completed_seconds = completed_seconds - (SELECT coalesce(sum(duration_seconds), 0)
            FROM interview
            WHERE campaign_id = campaign.id AND {test} AND status = 'completed'),
        abandoned = abandoned - (SELECT count(*) FROM interview
            WHERE campaign_id = campaign.id AND {test} AND status = 'abandoned')""",
    """UPDATE campaign SET cancelled = invites_sent - started - (
        SELECT count(*) FROM invite
        WHERE campaign_id = campaign.id AND NOT {test} AND status = 'pending')""",
    "UPDATE campaign SET cancelled = 0 WHERE cancelled < 0",
    """UPDATE campaign SET failed = (
        SELECT count(*) FROM mail JOIN invite ON invite.id = mail.invite_id
        WHERE invite.campaign_id = campaign.id AND mail.state = 'failed')""",
    """UPDATE invite SET open_address = 'test:' || open_address
        WHERE {test} AND open_address IS NOT NULL""",
)


def upgrade() -> None:
    zero = sa.text("0")
    op.add_column(
        "campaign", sa.Column("cancelled", sa.Integer(), server_default=zero, nullable=False)
    )
    op.add_column(
        "campaign", sa.Column("expired", sa.Integer(), server_default=zero, nullable=False)
    )
    op.add_column("invite", sa.Column("expired_at", UtcDateTime(), nullable=True))
    op.add_column("invite", sa.Column("reminded_at", UtcDateTime(), nullable=True))
    op.add_column(
        "invite",
        sa.Column("reminder_over", Flag(), server_default=sa.false(), nullable=False),
    )
    op.create_index(
        "ix_campaign_org_id_status", "campaign", ["org_id", "status", "created_at", "id"]
    )
    op.create_index(
        "ix_invite_campaign_id_status", "invite", ["campaign_id", "status", "expires_at"]
    )
    op.create_index(
        "ix_invite_status_expired_at", "invite", ["status", "expired_at", "expires_at"]
    )
    test = "test = 1" if op.get_bind().dialect.name == "sqlite" else "test"
    for statement in _RECOUNT:
        op.execute(statement.replace("{test}", test))


def downgrade() -> None:
    op.execute(
        "UPDATE invite SET open_address = substr(open_address, 6) "
        "WHERE open_address LIKE 'test:%' AND NOT EXISTS ("
        "SELECT 1 FROM invite AS other WHERE other.campaign_id = invite.campaign_id "
        "AND other.open_address = substr(invite.open_address, 6))"
    )
    op.execute("UPDATE invite SET open_address = NULL WHERE open_address LIKE 'test:%'")
    op.drop_index("ix_invite_status_expired_at", "invite")
    op.drop_index("ix_invite_campaign_id_status", "invite")
    op.drop_index("ix_campaign_org_id_status", "campaign")
    for name in ("reminder_over", "reminded_at", "expired_at"):
        op.drop_column("invite", name)
    for name in ("expired", "cancelled"):
        op.drop_column("campaign", name)
