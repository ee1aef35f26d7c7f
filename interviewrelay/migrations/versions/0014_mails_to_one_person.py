"""Whose a mail is, so that those to one person can be counted.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

INDEX = "ix_mail_org_id_to_mark"


def upgrade() -> None:
    # Mails that are there already stay without: they are a day old soon.
    op.add_column("mail", sa.Column("to_mark", sa.Text(), nullable=True))
    op.create_index(INDEX, "mail", ["org_id", "to_mark", "created_at"])


def downgrade() -> None:
    op.drop_index(INDEX, table_name="mail")
    op.drop_column("mail", "to_mark")
