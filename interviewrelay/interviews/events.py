"""What is told of an interview, as it is when it is told."""

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
    """A building block."""
    turns = () if kind == "session.started" else None  # of which nothing is felt yet
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
