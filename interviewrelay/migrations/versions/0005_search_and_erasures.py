"""Words to search, and what was erased.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.analysis import search_terms
from interviewrelay.core.db.session import Flag, UtcDateTime
from interviewrelay.migrations import search_tables
from interviewrelay.models.search import Words

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("test", Flag(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_erasure_org_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_erasure_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("session_id", name=op.f("uq_erasure_session_id")),
        sqlite_strict=True,
    )
    op.create_index("ix_erasure_org_id", "erasure", ["org_id"])
    op.create_index("ix_erasure_campaign_id", "erasure", ["campaign_id"])
    op.create_table(
        "said",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.INTEGER(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("interview_id", sa.Text(), nullable=False),
        sa.Column("words", Words(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_said_interview_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_said")),
        sqlite_strict=True,
    )
    op.create_index("ix_said_interview_id", "said", ["interview_id"])
    search_tables.fill(op.get_bind(), _words)
    search_tables.make_index(op.get_bind(), "")


def downgrade() -> None:
    search_tables.drop_index(op.get_bind())
    op.drop_table("said")
    op.drop_table("erasure")


def _words(org_id: str, campaign_id: str, spoken: str) -> list[str]:
    """As they were kept by then."""
    labels = ["o" + org_id.replace("-", ""), "c" + campaign_id.replace("-", "")]
    return labels + search_terms.words(spoken)
