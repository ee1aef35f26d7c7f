"""One campaign, read without the ORM."""

from typing import Final

from sqlalchemy import bindparam, select

from interviewrelay.core.actor import Actor
from interviewrelay.core.db.read_queries import Quick, _named, _own
from interviewrelay.models import Campaign, ScriptVersion


def campaign(actor: Actor, campaign_id: str) -> Campaign:
    """For `represent.campaign_detail`. Raises NotFound."""
    return _own(_CAMPAIGN, actor, campaign_id)  # type: ignore[no-any-return]


_CAMPAIGN: Final = Quick(
    lambda _: (
        select(
            *_named(
                Campaign,
                *("id", "name", "script_id", "project_id", "status", "created_at"),
                *("invite_valid_hours", "settings", "extra", "reminder_hours_before"),
                *("starts_at", "ends_at", "max_sessions", "max_completed", "custom_message"),
                *("invites_sent", "opened_only", "started", "completed", "ended_early"),
                *("abandoned", "failed", "cancelled", "expired", "completed_seconds"),
            ),
            ScriptVersion.number.label("version_number"),
        )
        .join(ScriptVersion, ScriptVersion.id == Campaign.version_id)
        .where(Campaign.id == bindparam("id"), Campaign.org_id == bindparam("org"))
    )
)
