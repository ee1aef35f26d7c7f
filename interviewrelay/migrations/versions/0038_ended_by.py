"""Who ended an interview, and whether its guide was worked through.

Revision ID: 0038
Revises: 0037
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.core.db.session import Flag

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

# Of older rows the last turn tells it. After a question that nobody answered it was the End button;
# after a stop that was confirmed, the participant; else the interviewer, who closes an interview only
# when everything that must be asked was asked.
LAST = "(SELECT {what} FROM turn t WHERE t.interview_id = interview.id ORDER BY t.number DESC LIMIT 1)"
ENDED_BY = f"""
UPDATE interview SET ended_by = CASE
    WHEN status = 'abandoned' THEN 'time'
    WHEN safety_at IS NOT NULL THEN 'care'
    WHEN {LAST.format(what="t.speaker")} = 'ai' THEN 'participant'
    WHEN {LAST.format(what="t.reading -> 'sense' ->> 'response'")} = 'stop_now' THEN 'participant'
    ELSE 'interviewer' END
WHERE status IN ('completed', 'abandoned')
"""
COMPLETE = """
UPDATE interview SET complete = (status = 'completed' AND (
    ended_by = 'interviewer' OR (ended_by = 'participant' AND EXISTS (
        SELECT 1 FROM turn t WHERE t.interview_id = interview.id
        AND t.decision ->> 'act' = 'anything_to_add'))))
WHERE status IN ('completed', 'abandoned')
"""
EARLY = "i.status = 'completed' AND NOT i.complete AND NOT i.test"
OF_CAMPAIGNS = f"""
UPDATE campaign SET ended_early =
    (SELECT count(*) FROM interview i WHERE i.campaign_id = campaign.id AND {EARLY})
"""
OF_DAYS = f"""
UPDATE day_count SET ended_early = early.number FROM
    (SELECT i.org_id, {{place}} AS place, {{day}} AS day, count(*) AS number
     FROM interview i WHERE {EARLY} GROUP BY 1, 2, 3) AS early
WHERE day_count.org_id = early.org_id AND day_count.campaign_id = early.place
    AND day_count.day = early.day
"""


def upgrade() -> None:
    op.add_column("interview", sa.Column("ended_by", sa.Text(), nullable=True))
    op.add_column("interview", sa.Column("complete", Flag(), nullable=True))
    op.add_column(
        "erasure", sa.Column("ended_early", Flag(), server_default=sa.false(), nullable=False)
    )
    for table in ("campaign", "day_count"):
        none = sa.text("0")
        op.add_column(
            table, sa.Column("ended_early", sa.Integer(), server_default=none, nullable=False)
        )
    lite = op.get_bind().dialect.name == "sqlite"
    day = "substr({}, 1, 10)" if lite else "to_char(timezone('UTC', {}), 'YYYY-MM-DD')"
    for statement in (ENDED_BY, COMPLETE, OF_CAMPAIGNS):
        op.execute(statement)
    for place in ("''", "i.campaign_id"):
        op.execute(OF_DAYS.format(place=place, day=day.format("i.ended_at")))


def downgrade() -> None:
    for table in ("day_count", "campaign", "erasure"):
        op.drop_column(table, "ended_early")
    op.drop_column("interview", "complete")
    op.drop_column("interview", "ended_by")
