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
    shape = event_payload.build_session(interview, turns)
    events.emit_events(interview.org_id, build_event_payload(kind, campaign, interview, shape))


def build_event_payload(
    kind: str, campaign: Campaign, interview: Interview, shape: dict[str, object]
) -> events.EventPayload:
    return events.EventPayload(
        kind,
        shape,
        campaign.project_id,
        session_id=interview.id,
        invite_id=interview.invite_id,
    )
