"""Webhooks in the document: the payload and headers of each kind of event."""

from functools import cache
from typing import Any, Final, Literal

from pydantic import create_model

from interviewrelay.billing.representation import Credits
from interviewrelay.campaigns.invites.event_payload import Invite
from interviewrelay.core.representation import Representation, field
from interviewrelay.interviews.event_payload import SessionOutcome
from interviewrelay.privacy.representation import ErasedPerson
from interviewrelay.transcripts.representation import Session
from interviewrelay.webhooks import events
from interviewrelay.webhooks.representation import Event, Pinged

Node = dict[str, Any]

KINDS: Final[dict[str, tuple[str, type[Representation]]]] = {
    "invite.created": ("A person was invited.", Invite),
    "invite.expired": ("A link expired without being used.", Invite),
    "session.started": ("An interview started.", SessionOutcome),
    "session.completed": (
        "An interview ended. `ended_by` and `complete` show how.", SessionOutcome,
    ),
    "session.abandoned": (
        "An interview was abandoned, or got no answer for 24 hours.", SessionOutcome,
    ),
    "session.feedback_submitted": (
        "The participant gave feedback on the interview.", SessionOutcome,
    ),
    "transcript.ready": ("A transcript is available at `data.transcript_url`.", Session),
    "analysis.ready": ("The summary and themes of a session are available.", Session),
    "credits.low": ("The balance dropped to a lower alert level.", Credits),
    "credits.depleted": ("There aren’t enough credits to start an interview.", Credits),
    "participant.erased": ("A participant’s data was erased.", ErasedPerson),
    "webhook.ping": ("A test event that you requested.", Pinged),
}  # fmt: skip
"""Description and `data` of each kind of event."""
SIGNATURES: Final = {
    "webhook-id": "The `id` of the event. It stays the same when the event is resent.",
    "webhook-timestamp": "When it was sent, in Unix seconds.",
    "webhook-signature": "As defined by Standard Webhooks: one signature for each secret.",
}


@cache
def shapes() -> dict[str, type[Representation]]:
    """Payload class of each kind of event."""
    return {kind: _event(kind, data) for kind, (_, data) in KINDS.items()}


def webhooks(reference: Any) -> Node:
    """The `webhooks` section of the document; `reference` builds a reference to a component."""
    headers = [
        {"name": name, "in": "header", "required": True, "schema": {"type": "string"},
         "description": said}
        for name, said in SIGNATURES.items()
    ]  # fmt: skip
    return {
        kind: {
            "post": {
                "operationId": f"on_{kind.replace('.', '_')}",
                "tags": ["Webhooks"],
                "summary": kind,
                "description": KINDS[kind][0],
                "security": [],
                "parameters": headers,
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": reference(shape.__name__)}},
                },
                "responses": {
                    "2XX": {"description": "You received the event."},
                    "410": {
                        "description": "You don’t want more events. The webhook is disabled."
                    },
                },
            }
        }
        for kind, shape in shapes().items()
    }


def _event(kind: str, data: type[Representation]) -> type[Representation]:
    name = "".join(part.capitalize() for part in kind.replace(".", "_").split("_"))
    said: Any = (Literal[kind], field(example=kind))
    fields: dict[str, Any] = {"type": said, "event": said, "data": (data, ...)}
    return create_model(f"{name}Event", __base__=Event, **fields)


if KINDS.keys() != set(events.KINDS):
    raise RuntimeError("KINDS must describe exactly the kinds of events in events.KINDS")
