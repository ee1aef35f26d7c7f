"""Credits: payments, what an interview cost beside its hold, warnings, and mails without an invite.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.core.db.session import Json, UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "payment",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("checkout_id", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("payment_intent_id", sa.Text(), nullable=True),
        sa.Column("refund_seen", sa.Integer(), nullable=False),
        sa.Column("refund_done", sa.Integer(), nullable=False),
        sa.Column("refunded_credits", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("paid_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'paid', 'expired', 'failed', 'mismatch')",
            name=op.f("ck_payment_state"),
        ),
        sa.CheckConstraint("credits > 0 AND cents > 0", name=op.f("ck_payment_amount")),
        sa.CheckConstraint(
            "refund_seen >= 0 AND refunded_credits >= 0", name=op.f("ck_payment_refund")
        ),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["organization.id"],
            name=op.f("fk_payment_org_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("payment_intent_id", name=op.f("uq_payment_payment_intent_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_payment_org_id"), "payment", ["org_id"], unique=False)

    with op.batch_alter_table("credit_account", table_kwargs={"sqlite_strict": True}) as table:
        table.add_column(
            sa.Column("period_amount", sa.Integer(), nullable=False, server_default="0")
        )
        table.add_column(sa.Column("warned", sa.Text(), nullable=False, server_default="info"))
        table.create_check_constraint(
            op.f("ck_credit_account_warned"), "warned IN ('info', 'warning', 'critical')"
        )
    op.execute("UPDATE credit_account SET period_amount = monthly_amount")
    with op.batch_alter_table("credit_account", table_kwargs={"sqlite_strict": True}) as table:
        table.alter_column("period_amount", server_default=None)
        table.alter_column("warned", server_default=None)

    # Not by batch: that would rebuild the ledger's table without its triggers.
    op.create_index(
        "ix_credit_entry_created_at_id", "credit_entry", ["created_at", "id"], unique=False
    )

    op.add_column("credit_hold", sa.Column("campaign_id", sa.Text(), nullable=True))
    op.add_column("credit_hold", sa.Column("minutes", sa.Integer(), nullable=True))
    op.add_column("credit_hold", sa.Column("charged", sa.Integer(), nullable=True))
    op.create_index(
        "ix_credit_hold_org_id_resolved_at",
        "credit_hold",
        ["org_id", "resolved_at"],
        unique=False,
    )
    op.execute(
        "UPDATE credit_hold SET campaign_id = (SELECT interview.campaign_id FROM interview "
        "WHERE interview.id = credit_hold.session_id)"
    )
    op.execute(
        "UPDATE credit_hold SET charged = (SELECT coalesce(-sum(credit_entry.amount), 0) "
        "FROM credit_entry WHERE credit_entry.org_id = credit_hold.org_id "
        "AND credit_entry.session_id = credit_hold.session_id "
        "AND credit_entry.kind = 'charge'), "
        "minutes = coalesce((SELECT CASE WHEN interview.duration_seconds <= 60 THEN 1 "
        "ELSE (interview.duration_seconds + 59) / 60 END FROM interview "
        "WHERE interview.id = credit_hold.session_id), 1) WHERE state = 'posted'"
    )

    with op.batch_alter_table("mail", table_kwargs={"sqlite_strict": True}) as table:
        table.alter_column("invite_id", existing_type=sa.Text(), nullable=True)
        table.add_column(sa.Column("recipient", sa.Text(), nullable=True))
        table.add_column(sa.Column("facts", Json(), nullable=True))
        table.create_check_constraint(
            op.f("ck_mail_to_whom"),
            "(invite_id IS NULL) = (recipient IS NOT NULL AND facts IS NOT NULL)",
        )


def downgrade() -> None:
    op.execute("DELETE FROM mail WHERE invite_id IS NULL")
    with op.batch_alter_table("mail", table_kwargs={"sqlite_strict": True}) as table:
        table.drop_constraint(op.f("ck_mail_to_whom"), type_="check")
        table.drop_column("facts")
        table.drop_column("recipient")
        table.alter_column("invite_id", existing_type=sa.Text(), nullable=False)

    op.drop_index("ix_credit_hold_org_id_resolved_at", table_name="credit_hold")
    with op.batch_alter_table("credit_hold", table_kwargs={"sqlite_strict": True}) as table:
        table.drop_column("charged")
        table.drop_column("minutes")
        table.drop_column("campaign_id")

    op.drop_index("ix_credit_entry_created_at_id", table_name="credit_entry")

    with op.batch_alter_table("credit_account", table_kwargs={"sqlite_strict": True}) as table:
        table.drop_constraint(op.f("ck_credit_account_warned"), type_="check")
        table.drop_column("warned")
        table.drop_column("period_amount")

    op.drop_index(op.f("ix_payment_org_id"), table_name="payment")
    op.drop_table("payment")
