"""Consent to spoken answers.

Revision ID: 0041
Revises: 0040
"""

from alembic import op

from interviewrelay.migrations.table_helpers import flags

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    (column,) = flags("voice_agreed", default=False)
    op.add_column("interview", column)
