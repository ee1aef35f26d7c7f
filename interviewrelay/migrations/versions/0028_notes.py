"""What members note at interviews, with tags.

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.core.db.session import UtcDateTime

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "note",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Text(), nullable=False),
        sa.Column("interview_id", sa.Text(), nullable=False),
        sa.Column("turn_id", sa.Text(), nullable=True),
        sa.Column("quote_start", sa.Integer(), nullable=True),
        sa.Column("quote_end", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=True),
        sa.Column("changed_by", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(quote_start IS NULL) = (quote_end IS NULL)", name=op.f("ck_note_quote")
        ),
        sa.CheckConstraint(
            "quote_start IS NULL OR turn_id IS NOT NULL", name=op.f("ck_note_quoted_turn")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [target],
                name=op.f(f"fk_note_{column}"),
                ondelete="SET NULL" if column == "user_id" else "CASCADE",
            )
            for column, target in (
                ("org_id", "organization.id"),
                ("campaign_id", "campaign.id"),
                ("interview_id", "interview.id"),
                ("turn_id", "turn.id"),
                ("user_id", "person.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sqlite_strict=True,
    )
    op.create_index("ix_note_org_id_interview_id", "note", ["org_id", "interview_id"])
    op.create_index(
        "ix_note_campaign_id_created_at", "note", ["campaign_id", "created_at", "id"]
    )
    for column in ("interview_id", "turn_id", "user_id"):
        op.create_index(f"ix_note_{column}", "note", [column])
    op.create_table(
        "note_tag",
        sa.Column("note_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["note_id"], ["note.id"], name=op.f("fk_note_tag_note_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("note_id", "name", name=op.f("pk_note_tag")),
        sqlite_strict=True,
    )
    op.create_index("ix_note_tag_name", "note_tag", ["name"])


def downgrade() -> None:
    op.drop_table("note_tag")
    op.drop_table("note")
