"""Where the servers of several machines count while Redis is away.

PostgreSQL only, and no table of the models: it is not logged, not backed up, and may be emptied.

Revision ID: 0034
Revises: 0033
"""

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("""
            CREATE UNLOGGED TABLE rate_window (
                key TEXT CONSTRAINT pk_rate_window PRIMARY KEY,
                known BIGINT NOT NULL, untold BIGINT NOT NULL,
                ends BIGINT NOT NULL, seconds INTEGER NOT NULL
            )
        """)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TABLE rate_window")
