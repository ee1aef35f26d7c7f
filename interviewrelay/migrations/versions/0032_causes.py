"""Which request caused a mail, a job, an event or a change.

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

TABLES = ("event", "job", "mail", "audit_entry")


def upgrade() -> None:
    # What is there already stays without, and so does what an older server writes meanwhile.
    for table in TABLES:
        op.add_column(table, sa.Column("request_id", sa.Text(), nullable=True))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "request_id")
