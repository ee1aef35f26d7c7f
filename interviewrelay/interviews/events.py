"""Interview events, with the state at the time of sending."""

from typing import Literal

from interviewrelay.interviews import event_payload
from interviewrelay.models import Campaign, Interview
from interviewrelay.webhooks import events

Kind = Literal[
    "session.started",
    "session.completed",
    "session.abandoned",
    "session.feedback_submitted",
]


def emit(kind: Kind, campaign: Campaign, interview: Interview) -> None:
    """Building block: emit an event about an interview."""
    turns = () if kind == "session.started" else None  # no sentiment yet
    shape = event_payload.session(interview, turns)
    events.emit(interview.org_id, told(kind, campaign, interview, shape))


def told(
    kind: str, campaign: Campaign, interview: Interview, shape: dict[str, object]
) -> events.Told:
    return events.Told(
        kind,
        shape,
        campaign.project_id,
        session_id=interview.id,
        invite_id=interview.invite_id,
    )
