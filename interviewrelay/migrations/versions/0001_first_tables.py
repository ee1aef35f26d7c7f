"""First tables.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.core.db.session import Flag, Json, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "organization",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("requests_per_hour", sa.Integer(), nullable=True),
        sa.Column("monthly_credits", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "plan IN ('free', 'starter', 'professional', 'enterprise')",
            name=op.f("ck_organization_plan"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
        sa.UniqueConstraint("slug", name=op.f("uq_organization_slug")),
        sqlite_strict=True,
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("system_admin", Flag(), nullable=False),
        sa.Column("failed_logins", sa.Integer(), nullable=False),
        sa.Column("locked_until", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sqlite_strict=True,
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("agreed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_consent_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sqlite_strict=True,
    )
    op.create_table(
        "credit_account",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("starter", sa.Integer(), nullable=False),
        sa.Column("monthly", sa.Integer(), nullable=False),
        sa.Column("topup", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("monthly_amount", sa.Integer(), nullable=False),
        sa.Column("monthly_reset_at", UtcDateTime(), nullable=False),
        sa.Column("last_low_balance_warning_at", UtcDateTime(), nullable=True),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "starter >= 0 AND monthly >= 0 AND topup >= 0 AND held >= 0",
            name=op.f("ck_credit_account_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["organization.id"],
            name=op.f("fk_credit_account_org_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", name=op.f("pk_credit_account")),
        sqlite_strict=True,
    )
    op.create_table(
        "credit_entry",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("pool", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("pool_after", sa.Integer(), nullable=False),
        sa.Column("balance_after", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=True),
        sa.Column("payment_intent_id", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('grant', 'reset', 'purchase', 'charge', 'refund', 'adjust', 'expire')",
            name=op.f("ck_credit_entry_kind"),
        ),
        sa.CheckConstraint(
            "pool IN ('starter', 'monthly', 'topup')", name=op.f("ck_credit_entry_pool")
        ),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_credit_entry_amount")),
        sa.CheckConstraint(
            "balance_after >= 0 AND pool_after >= 0", name=op.f("ck_credit_entry_balance")
        ),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["organization.id"],
            name=op.f("fk_credit_entry_org_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_entry")),
        sa.UniqueConstraint(
            "org_id", "reference", "pool", name=op.f("uq_credit_entry_org_id_reference_pool")
        ),
        sa.UniqueConstraint("org_id", "seq", name=op.f("uq_credit_entry_org_id_seq")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("credit_entry", schema=None) as batch_op:
        batch_op.create_index(
            "ix_credit_entry_org_id_created_at", ["org_id", "created_at"], unique=False
        )
        batch_op.create_index("ix_credit_entry_session_id", ["session_id"], unique=False)

    op.create_table(
        "credit_hold",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("resolved_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'posted', 'voided', 'expired')",
            name=op.f("ck_credit_hold_state"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_credit_hold_amount")),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["organization.id"],
            name=op.f("fk_credit_hold_org_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_hold")),
        sa.UniqueConstraint("session_id", name=op.f("uq_credit_hold_session_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("credit_hold", schema=None) as batch_op:
        batch_op.create_index("ix_credit_hold_org_id_state", ["org_id", "state"], unique=False)

    op.create_table(
        "membership",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "role IN ('owner', 'admin', 'researcher', 'viewer')",
            name=op.f("ck_membership_role"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["organization.id"],
            name=op.f("fk_membership_org_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["person.id"], name=op.f("fk_membership_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("org_id", "user_id", name=op.f("uq_membership_org_id_user_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_user_id"), ["user_id"], unique=False)

    op.create_table(
        "project",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_project_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.create_index(
            "ix_project_org_id_created_at", ["org_id", "created_at"], unique=False
        )

    op.create_table(
        "script",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("document", Json(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("latest_version", sa.Integer(), nullable=False),
        sa.Column("changed_since_publication", Flag(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("deleted_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_script_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_script")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("script", schema=None) as batch_op:
        batch_op.create_index(
            "ix_script_org_id_created_at", ["org_id", "created_at"], unique=False
        )

    op.create_table(
        "api_key",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("membership_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("last_four", sa.Text(), nullable=False),
        sa.Column("permissions", Json(), nullable=False),
        sa.Column("test", Flag(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("last_used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_api_key_membership_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_api_key_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_api_key_public_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("api_key", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_api_key_membership_id"), ["membership_id"], unique=False
        )
        batch_op.create_index(
            "ix_api_key_org_id_created_at", ["org_id", "created_at"], unique=False
        )

    op.create_table(
        "login",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("membership_id", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_login_membership_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login")),
        sa.UniqueConstraint("mark", name=op.f("uq_login_mark")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("login", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_login_membership_id"), ["membership_id"], unique=False
        )

    op.create_table(
        "script_version",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("script_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", Json(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["script_id"],
            ["script.id"],
            name=op.f("fk_script_version_script_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_script_version")),
        sa.UniqueConstraint(
            "script_id", "number", name=op.f("uq_script_version_script_id_number")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "campaign",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Text(), nullable=False),
        sa.Column("script_id", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("invite_valid_hours", sa.Integer(), nullable=False),
        sa.Column("settings", Json(), nullable=False),
        sa.Column("metadata", Json(), nullable=False),
        sa.Column("reminder_hours_before", sa.Integer(), nullable=True),
        sa.Column("starts_at", UtcDateTime(), nullable=True),
        sa.Column("max_sessions", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("invites_sent", sa.Integer(), nullable=False),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("completed", sa.Integer(), nullable=False),
        sa.Column("abandoned", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("completed_seconds", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('draft', 'active', 'paused', 'completed', 'archived')",
            name=op.f("ck_campaign_status"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_campaign_org_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_campaign_project_id")
        ),
        sa.ForeignKeyConstraint(
            ["script_id"], ["script.id"], name=op.f("fk_campaign_script_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["script_version.id"], name=op.f("fk_campaign_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.create_index(
            "ix_campaign_org_id_created_at", ["org_id", "created_at", "id"], unique=False
        )
        batch_op.create_index(
            "ix_campaign_project_id_created_at",
            ["project_id", "created_at", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_campaign_script_id"), ["script_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_campaign_version_id"), ["version_id"], unique=False
        )

    op.create_table(
        "invite",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("metadata", Json(), nullable=False),
        sa.Column("open_address", sa.Text(), nullable=True),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("sealed_token", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("test", Flag(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "status IN ('pending', 'started', 'completed', 'cancelled')",
            name=op.f("ck_invite_status"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_invite_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_invite_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invite")),
        sa.UniqueConstraint(
            "campaign_id", "open_address", name=op.f("uq_invite_campaign_id_open_address")
        ),
        sa.UniqueConstraint("mark", name=op.f("uq_invite_mark")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("invite", schema=None) as batch_op:
        batch_op.create_index(
            "ix_invite_campaign_id_created_at",
            ["campaign_id", "created_at", "id"],
            unique=False,
        )

    op.create_table(
        "interview",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Text(), nullable=False),
        sa.Column("invite_id", sa.Text(), nullable=False),
        sa.Column("consent_id", sa.Text(), nullable=False),
        sa.Column("participant_email", sa.Text(), nullable=False),
        sa.Column("participant_name", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("interviewer", sa.Text(), nullable=False),
        sa.Column("test", Flag(), nullable=False),
        sa.Column("metadata", Json(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("paused_at", UtcDateTime(), nullable=True),
        sa.Column(
            "paused_seconds", sa.Double().with_variant(sa.REAL(), "sqlite"), nullable=False
        ),
        sa.Column("duration_seconds", sa.Integer(), nullable=True),
        sa.Column("credits_charged", sa.Integer(), nullable=True),
        sa.Column("closing_text", sa.Text(), nullable=True),
        sa.Column("sentiment_label", sa.Text(), nullable=True),
        sa.Column(
            "sentiment_score", sa.Double().with_variant(sa.REAL(), "sqlite"), nullable=True
        ),
        sa.Column("feedback_rating", sa.Integer(), nullable=True),
        sa.Column("feedback_comment", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "status IN ('in_progress', 'completed', 'abandoned', 'failed')",
            name=op.f("ck_interview_status"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_interview_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consent.id"], name=op.f("fk_interview_consent_id")
        ),
        sa.ForeignKeyConstraint(
            ["invite_id"],
            ["invite.id"],
            name=op.f("fk_interview_invite_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["organization.id"],
            name=op.f("fk_interview_org_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
        sa.UniqueConstraint("consent_id", name=op.f("uq_interview_consent_id")),
        sa.UniqueConstraint("invite_id", name=op.f("uq_interview_invite_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.create_index(
            "ix_interview_campaign_id_started_at",
            ["campaign_id", "started_at", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_interview_org_id_started_at", ["org_id", "started_at", "id"], unique=False
        )
        batch_op.create_index(
            "ix_interview_status_last_at", ["status", "last_at"], unique=False
        )

    op.create_table(
        "mail",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("invite_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("dedupe", sa.Text(), nullable=False),
        sa.Column("custom_message", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'kept', 'failed')",
            name=op.f("ck_mail_state"),
        ),
        sa.ForeignKeyConstraint(
            ["invite_id"], ["invite.id"], name=op.f("fk_mail_invite_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_mail_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("dedupe", name=op.f("uq_mail_dedupe")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_invite_id"), ["invite_id"], unique=False)
        batch_op.create_index(
            "ix_mail_org_id_created_at", ["org_id", "created_at"], unique=False
        )
        batch_op.create_index("ix_mail_state_next_at", ["state", "next_at"], unique=False)

    op.create_table(
        "turn",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("interview_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("elapsed", sa.Double().with_variant(sa.REAL(), "sqlite"), nullable=False),
        sa.Column("skipped", Flag(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=True),
        sa.Column("decision", Json(), nullable=True),
        sa.Column("reading", Json(), nullable=True),
        sa.Column("sentiment_label", sa.Text(), nullable=True),
        sa.Column(
            "sentiment_score", sa.Double().with_variant(sa.REAL(), "sqlite"), nullable=True
        ),
        sa.Column("client_turn_id", sa.Text(), nullable=True),
        sa.CheckConstraint("speaker IN ('ai', 'participant')", name=op.f("ck_turn_speaker")),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_turn_interview_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turn")),
        sa.UniqueConstraint("interview_id", "number", name=op.f("uq_turn_interview_id_number")),
        sqlite_strict=True,
    )

    _append_only()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_ledger_change() CASCADE")
    op.drop_table("turn")
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.drop_index("ix_mail_state_next_at")
        batch_op.drop_index("ix_mail_org_id_created_at")
        batch_op.drop_index(batch_op.f("ix_mail_invite_id"))

    op.drop_table("mail")
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.drop_index("ix_interview_status_last_at")
        batch_op.drop_index("ix_interview_org_id_started_at")
        batch_op.drop_index("ix_interview_campaign_id_started_at")

    op.drop_table("interview")
    with op.batch_alter_table("invite", schema=None) as batch_op:
        batch_op.drop_index("ix_invite_campaign_id_created_at")

    op.drop_table("invite")
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_version_id"))
        batch_op.drop_index(batch_op.f("ix_campaign_script_id"))
        batch_op.drop_index("ix_campaign_project_id_created_at")
        batch_op.drop_index("ix_campaign_org_id_created_at")

    op.drop_table("campaign")
    op.drop_table("script_version")
    with op.batch_alter_table("login", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_membership_id"))

    op.drop_table("login")
    with op.batch_alter_table("api_key", schema=None) as batch_op:
        batch_op.drop_index("ix_api_key_org_id_created_at")
        batch_op.drop_index(batch_op.f("ix_api_key_membership_id"))

    op.drop_table("api_key")
    with op.batch_alter_table("script", schema=None) as batch_op:
        batch_op.drop_index("ix_script_org_id_created_at")

    op.drop_table("script")
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.drop_index("ix_project_org_id_created_at")

    op.drop_table("project")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_user_id"))

    op.drop_table("membership")
    with op.batch_alter_table("credit_hold", schema=None) as batch_op:
        batch_op.drop_index("ix_credit_hold_org_id_state")

    op.drop_table("credit_hold")
    with op.batch_alter_table("credit_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_credit_entry_session_id")
        batch_op.drop_index("ix_credit_entry_org_id_created_at")

    op.drop_table("credit_entry")
    op.drop_table("credit_account")
    op.drop_table("consent")
    op.drop_table("person")
    op.drop_table("organization")


def _append_only() -> None:
    """The ledger's entries can be added, never changed or removed."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER credit_entry_no_{act.lower()} BEFORE {act} ON credit_entry "
                "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER credit_entry_append_only BEFORE UPDATE OR DELETE ON credit_entry "
            "FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change()"
        )
