"""What came of interviews on each day, counted from what is there.

Of an erased interview the end is known by its hold, which outlives it.

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

COMPLETED = """
SELECT org_id, campaign_id, {ended} AS day, 1 AS completed, 0 AS charged, 0 AS minutes, 0 AS credits
FROM interview WHERE status = 'completed' AND test IS {no}
UNION ALL
SELECT e.org_id, e.campaign_id, {resolved} AS day, 1, 0, 0, 0
FROM erasure e JOIN credit_hold h ON h.session_id = e.session_id
WHERE e.status = 'completed' AND e.test IS {no}
UNION ALL
SELECT h.org_id, coalesce(h.campaign_id, '-'), {resolved} AS day, 0, 1, coalesce(h.minutes, 0),
       coalesce(h.charged, 0)
FROM credit_hold h WHERE h.state = 'posted'
"""


def upgrade() -> None:
    op.create_table(
        "day_count",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("completed", "charged", "minutes", "credits")
        ),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["organization.id"],
            name=op.f("fk_day_count_org_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "campaign_id", "day", name=op.f("pk_day_count")),
        sqlite_strict=True,
    )
    op.create_index("ix_day_count_org_id_day", "day_count", ["org_id", "day"])
    lite = op.get_bind().dialect.name == "sqlite"
    day = "substr({}, 1, 10)" if lite else "to_char(timezone('UTC', {}), 'YYYY-MM-DD')"
    rows = COMPLETED.format(
        ended=day.format("ended_at"),
        resolved=day.format("h.resolved_at"),
        no="0" if lite else "false",
    )
    for place in ("''", "campaign_id"):
        op.execute(
            "INSERT INTO day_count (org_id, campaign_id, day, completed, charged, minutes, credits) "
            f"SELECT org_id, {place}, day, sum(completed), sum(charged), sum(minutes), sum(credits) "
            f"FROM ({rows}) AS each WHERE day IS NOT NULL GROUP BY 1, 2, 3"
        )


def downgrade() -> None:
    op.drop_table("day_count")
