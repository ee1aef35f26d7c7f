"""Ledger of what left the server, by study and interview.

Revision ID: 0045
Revises: 0044
"""

from interviewrelay.migrations.table_helpers import (
    flags,
    foreign_key,
    index,
    key,
    moments,
    numbers,
    org_key,
    table,
    texts,
)
from interviewrelay.models.mixins import one_of

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "egress",
        key(), org_key(), foreign_key("campaign"),
        foreign_key("invite", ondelete="SET NULL", null=True), moments("at"),
        texts("service", "content", "host"), flags("local"), texts("model"), numbers("size"),
        numbers("tokens", null=True), flags("failed"),
        one_of(
            "service", "language_model", "speech_to_text", "text_to_speech", "email", "webhook"
        ),
    )  # fmt: skip
    index("egress", "campaign_id", "at", "id")
    index("egress", "invite_id", "at", "id")
    index("egress", "at")
