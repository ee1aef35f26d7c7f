"""Invites and scripts as they are looked for: without case and accents, alike on both databases.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.core import text

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

CHUNK = 2_000
TEXTS = {"invite": ("email", "name"), "script": ("name",)}


def upgrade() -> None:
    for table, columns in TEXTS.items():
        op.add_column(
            table, sa.Column("folded", sa.Text(), server_default=sa.text("''"), nullable=False)
        )
        _fill(table, columns)


def downgrade() -> None:
    for table in TEXTS:
        op.drop_column(table, "folded")


def _fill(table: str, columns: tuple[str, ...]) -> None:
    """In Python, for want of a function that both databases have."""
    bind = op.get_bind()
    rows = sa.table(table, *(sa.column(name, sa.Text()) for name in ("id", "folded", *columns)))
    part = sa.select(rows).where(rows.c.id > sa.bindparam("last")).order_by(rows.c.id)
    change = (
        sa.update(rows)
        .where(rows.c.id == sa.bindparam("row"))
        .values(folded=sa.bindparam("made"))
    )
    last = ""
    while found := bind.execute(part.limit(CHUNK), {"last": last}).all():
        last = found[-1].id
        made = ["\n".join(text.folded(getattr(row, n)) for n in columns) for row in found]
        bind.execute(
            change,
            [{"row": row.id, "made": one} for row, one in zip(found, made, strict=True)],
        )
