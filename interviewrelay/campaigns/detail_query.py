"""Detail query: one campaign, read without the ORM."""

from typing import Final

from sqlalchemy import bindparam, inspect, select

from interviewrelay.core.actor import Actor
from interviewrelay.core.db.read_queries import CompiledQuery, _named, _own
from interviewrelay.models import Campaign, ScriptVersion


def get_campaign_detail(actor: Actor, campaign_id: str) -> Campaign:
    """Read a campaign for `representation.CampaignDetail`. Raises NotFound."""
    return _own(_CAMPAIGN, actor, campaign_id)  # type: ignore[no-any-return]


_CAMPAIGN: Final = CompiledQuery(
    lambda _: (
        select(
            *_named(Campaign, *(column.key for column in inspect(Campaign).column_attrs)),
            ScriptVersion.number.label("version_number"),
        )
        .join(ScriptVersion, ScriptVersion.id == Campaign.version_id)
        .where(Campaign.id == bindparam("id"), Campaign.org_id == bindparam("org"))
    )
)
