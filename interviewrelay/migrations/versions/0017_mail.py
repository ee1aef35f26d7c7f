"""Until when a mail is tried.

Revision ID: 0017
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.database import UtcDateTime

revision = "0017"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mail", sa.Column("tried_until", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("mail", "tried_until")
