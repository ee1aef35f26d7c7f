"""Chain over the turns of an interview: salts, digests and links, and later events of turns.

Revision ID: 0044
Revises: 0043
"""

from alembic import op

from interviewrelay.migrations.table_helpers import (
    foreign_key,
    moments,
    numbers,
    table,
    texts,
)
from interviewrelay.models.mixins import one_of

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in texts("salt", "digest", "link", null=True):
        op.add_column("turn", column)
    (head,) = texts("chain_head", null=True)
    op.add_column("interview", head)
    table(
        "turn_event",
        foreign_key("interview", key=True), numbers("position", key=True), numbers("number"),
        texts("kind"), moments("at"), texts("salt", null=True), texts("digest", "link"),
        one_of("kind", "found", "corrected", "extended", "redacted", "struck", "ended"),
    )  # fmt: skip
