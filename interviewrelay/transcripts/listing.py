"""Lists of sessions, as JSON straight from the database."""

from typing import Final

from sqlalchemy import (
    bindparam,
    case,
    exists,
    false,
    func,
)

from interviewrelay.core.db.json_listing import (
    Conditions,
    Given,
    Kind,
    Listing,
    filtered,
    moment,
)
from interviewrelay.core.db.read_queries import iso, spent, truth
from interviewrelay.interviews import counters
from interviewrelay.models import Campaign, Interview


def _interviews(given: Given) -> Conditions:
    # With a campaign its owner is asked for: beside the organization's own index, a database that
    # knows nothing of the numbers would not know which of both to take.
    of_campaign = Interview.campaign_id == bindparam("campaign_id")
    theirs = exists().where(
        Campaign.id == bindparam("campaign_id"), Campaign.org_id == bindparam("org")
    )
    whole = Interview.org_id == bindparam("org")
    return [
        *([of_campaign, theirs] if "campaign_id" in given else [whole]),
        *filtered(
            given,
            {
                "status": Interview.status == bindparam("status"),
                "since": Interview.started_at >= moment("since"),
                "before": Interview.started_at < moment("before"),
            },
        ),
    ]


_UNTIL: Final = case(
    (Interview.paused_at < Interview.last_at, Interview.paused_at), else_=Interview.last_at
)


INTERVIEWS: Final = Listing(
    Kind(
        key=Interview.id,
        moment=Interview.started_at,
        columns={
            "id": Interview.id,
            "campaign_id": Interview.campaign_id,
            "participant_email": Interview.participant_email,
            "status": Interview.status,
            "started_at": Interview.started_at,
            "ended_at": Interview.ended_at,
            "paused_at": Interview.paused_at,
            "language": Interview.language,
            "mode": Interview.mode,
            "test": Interview.test,
            "ended_by": Interview.ended_by,
            "complete": func.coalesce(Interview.complete, false()),
            "lasted": func.coalesce(
                Interview.duration_seconds,
                spent(Interview.started_at, _UNTIL, Interview.paused_seconds),
            ),
        },
        fields=lambda c: {
            "id": c.id,
            "campaign_id": c.campaign_id,
            "participant_email": c.participant_email,
            "status": c.status,
            "duration_minutes": case((c.lasted > 60, (c.lasted + 59) // 60), else_=1),
            "started_at": iso(c.started_at),
            "completed_at": case((c.status == "completed", iso(c.ended_at))),
            "duration_seconds": c.lasted,
            "paused_at": iso(c.paused_at),
            "language": c.language,
            "mode": c.mode,
            "test": truth(c.test),
            "ended_by": c.ended_by,
            "complete": truth(c.complete),
        },
        conditions=_interviews,
        total=lambda given, _: counters.total(given),
        capped=frozenset({"since", "before"}),
    )
)
"""As `represent_rows.session_item` shows one."""
