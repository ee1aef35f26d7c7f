"""Passages of answers that carry findings, codes and reports.

Revision ID: 0042
Revises: 0041
"""

from interviewrelay.migrations.table_helpers import (
    check,
    foreign_key,
    index,
    key,
    moments,
    numbers,
    org_key,
    table,
    unique,
)

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "evidence",
        key(), org_key(), foreign_key("interview"), foreign_key("turn"),
        numbers("quote_start", "quote_end"), moments("created_at"),
        unique("turn_id", "quote_start", "quote_end"),
        check("quote", "0 <= quote_start AND quote_start < quote_end"),
    )  # fmt: skip
    index("evidence", "interview_id")
