"""Campaign lists as JSON, written by the database."""

from typing import Final

from sqlalchemy import bindparam, func, select

from interviewrelay.campaigns.representation import CampaignItem
from interviewrelay.core.db.json_listing import (
    JsonListing,
    ListingKind,
    build_conditions,
    columns,
    written,
)
from interviewrelay.models import Campaign

CAMPAIGNS: Final = JsonListing(
    ListingKind(
        key=Campaign.id,
        moment=Campaign.created_at,
        columns=columns(CampaignItem, Campaign),
        fields=lambda c: written(CampaignItem, c),
        conditions=lambda given: [
            Campaign.org_id == bindparam("org"),
            *build_conditions(
                given,
                {
                    "project_id": Campaign.project_id == bindparam("project_id"),
                    "status": Campaign.status == bindparam("status"),
                },
            ),
        ],
        total=lambda _, mine: select(func.count()).select_from(Campaign).where(*mine),
    )
)
