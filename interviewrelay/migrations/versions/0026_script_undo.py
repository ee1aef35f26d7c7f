"""What a script said before its last change, so that this can be undone.

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.core.db.session import Json

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("script", sa.Column("previous", Json(), nullable=True))


def downgrade() -> None:
    op.drop_column("script", "previous")
