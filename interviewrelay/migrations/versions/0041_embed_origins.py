"""Sites that may show a campaign's interviews in a frame.

Revision ID: 0041
Revises: 0040
"""

from alembic import op

from interviewrelay.migrations.table_helpers import documents

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    (origins,) = documents("embed_origins", default="'[]'")
    op.add_column("campaign", origins)
