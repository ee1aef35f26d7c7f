"""What has happened, the webhooks that are told of it, and what is to be done after a change.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.core.db.session import Json, UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("job", "attempt", "delivery", "webhook", "event", "event_stream")


def upgrade() -> None:
    _events()
    _webhooks()
    _deliveries()
    op.create_table(
        "job",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _of("job", "org_id", "organization.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("kind", "subject", name=op.f("uq_job_kind_subject")),
        sqlite_strict=True,
    )
    op.create_index("ix_job_next_at", "job", ["next_at"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _of(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete="CASCADE")


def _events() -> None:
    op.create_table(
        "event_stream",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("last", BIG, nullable=False),
        _of("event_stream", "org_id", "organization.id"),
        sa.PrimaryKeyConstraint("org_id", name=op.f("pk_event_stream")),
        sqlite_strict=True,
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("position", BIG, nullable=False),
        sa.Column("project_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=True),
        sa.Column("invite_id", sa.Text(), nullable=True),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _of("event", "org_id", "organization.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("org_id", "position", name=op.f("uq_event_org_id_position")),
        sqlite_strict=True,
    )
    for column in ("created_at", "session_id", "invite_id"):
        op.create_index(f"ix_event_{column}", "event", [column])


def _webhooks() -> None:
    op.create_table(
        "webhook",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("kinds", Json(), nullable=False),
        sa.Column("sealed_key", sa.Text(), nullable=False),
        sa.Column("sealed_old_key", sa.Text(), nullable=True),
        sa.Column("old_key_until", UtcDateTime(), nullable=True),
        sa.Column("disabled_by", sa.Text(), nullable=False),
        sa.Column("disabled_at", UtcDateTime(), nullable=True),
        sa.Column("failing_since", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "disabled_by IN ('', 'hand', 'gone', 'failing')",
            name=op.f("ck_webhook_disabled_by"),
        ),
        sa.CheckConstraint(
            "(disabled_by = '') = (disabled_at IS NULL)", name=op.f("ck_webhook_disabled")
        ),
        _of("webhook", "org_id", "organization.id"),
        _of("webhook", "project_id", "project.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
        sqlite_strict=True,
    )
    op.create_index("ix_webhook_org_id_created_at", "webhook", ["org_id", "created_at"])


def _deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("webhook_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.Column("lease", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("delivered_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'sent', 'delivered', 'failed', 'cancelled')",
            name=op.f("ck_delivery_state"),
        ),
        _of("delivery", "org_id", "organization.id"),
        _of("delivery", "event_id", "event.id"),
        _of("delivery", "webhook_id", "webhook.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "event_id", "webhook_id", name=op.f("uq_delivery_event_id_webhook_id")
        ),
        sqlite_strict=True,
    )
    for columns in (
        ["state", "next_at"],
        ["webhook_id", "state", "next_at"],
        ["webhook_id", "created_at"],
    ):
        op.create_index(f"ix_delivery_{'_'.join(columns)}", "delivery", columns)
    op.create_table(
        "attempt",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("delivery_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(status IS NULL) = (fault IS NOT NULL)", name=op.f("ck_attempt_outcome")
        ),
        _of("attempt", "delivery_id", "delivery.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint(
            "delivery_id", "number", name=op.f("uq_attempt_delivery_id_number")
        ),
        sqlite_strict=True,
    )
