"""Lists of campaigns, as JSON straight from the database."""

from typing import Final

from sqlalchemy import (
    bindparam,
    func,
    select,
)

from interviewrelay.core.db.json_listing import Kind, Listing, filtered
from interviewrelay.core.db.read_queries import iso
from interviewrelay.models import Campaign

CAMPAIGNS: Final = Listing(
    Kind(
        key=Campaign.id,
        moment=Campaign.created_at,
        columns={
            "id": Campaign.id,
            "name": Campaign.name,
            "status": Campaign.status,
            "invites_sent": Campaign.invites_sent,
            "completed": Campaign.completed,
            "ended_early": Campaign.ended_early,
            "created_at": iso(Campaign.created_at),
            "started": Campaign.started,
            "project_id": Campaign.project_id,
            "script_id": Campaign.script_id,
        },
        fields=lambda c: {name: c[name] for name in c.keys() if name != "its_end"},  # noqa: SIM118
        conditions=lambda given: [
            Campaign.org_id == bindparam("org"),
            *filtered(
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
"""As `represent.campaign_item` shows one."""
