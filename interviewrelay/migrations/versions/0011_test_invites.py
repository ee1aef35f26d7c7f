"""The test invites of a campaign, found without looking at all the others.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NAME = "ix_invite_campaign_id_test"


def upgrade() -> None:
    op.create_index(
        NAME,
        "invite",
        ["campaign_id"],
        sqlite_where=sa.text("test IS 1"),
        postgresql_where=sa.text("test IS true"),
    )


def downgrade() -> None:
    op.drop_index(NAME, table_name="invite")
