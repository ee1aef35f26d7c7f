"""Session lists as JSON, written by the database."""

from typing import Final

from sqlalchemy import bindparam, case, exists, false, func

from interviewrelay.core.db.json_listing import (
    Conditions,
    Given,
    JsonListing,
    ListingKind,
    bind_moment,
    build_conditions,
    columns,
    written,
)
from interviewrelay.core.db.read_queries import elapsed_seconds, iso_timestamp
from interviewrelay.interviews import interview_counts
from interviewrelay.interviews.event_payload import SessionItem
from interviewrelay.models import Campaign, Interview


def _interviews(given: Given) -> Conditions:
    # Also filter by the owner: with two possible indexes and no statistics, the planner may
    # pick the wrong one.
    of_campaign = Interview.campaign_id == bindparam("campaign_id")
    theirs = exists().where(
        Campaign.id == bindparam("campaign_id"), Campaign.org_id == bindparam("org")
    )
    whole = Interview.org_id == bindparam("org")
    return [
        *([of_campaign, theirs] if "campaign_id" in given else [whole]),
        *build_conditions(
            given,
            {
                "status": Interview.status == bindparam("status"),
                "since": Interview.started_at >= bind_moment("since"),
                "before": Interview.started_at < bind_moment("before"),
            },
        ),
    ]


_UNTIL: Final = case(
    (Interview.paused_at < Interview.last_at, Interview.paused_at), else_=Interview.last_at
)


INTERVIEWS: Final = JsonListing(
    ListingKind(
        key=Interview.id,
        moment=Interview.started_at,
        columns={
            **columns(SessionItem, Interview),
            "ended_at": Interview.ended_at,
            "complete": func.coalesce(Interview.complete, false()),
            "lasted": func.coalesce(
                Interview.duration_seconds,
                elapsed_seconds(Interview.started_at, _UNTIL, Interview.paused_seconds),
            ),
        },
        fields=lambda c: written(
            SessionItem,
            c,
            duration_minutes=case((c.lasted > 60, (c.lasted + 59) // 60), else_=1),
            completed_at=case((c.status == "completed", iso_timestamp(c.ended_at))),
            duration_seconds=c.lasted,
        ),
        conditions=_interviews,
        total=lambda given, _: interview_counts.build_count_query(given),
        capped=frozenset({"since", "before"}),
    )
)
