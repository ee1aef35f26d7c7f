"""Webhooks in the document: what is sent for each kind of event, and how."""

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
    "invite.created": ("Somebody was invited.", Invite),
    "invite.expired": ("A link ended unused.", Invite),
    "session.started": ("An interview began.", SessionOutcome),
    "session.completed": (
        "An interview has ended; `ended_by` and `complete` say how.", SessionOutcome,
    ),
    "session.abandoned": (
        "An interview was left, or ended for want of an answer for 24 hours.", SessionOutcome,
    ),
    "session.feedback_submitted": (
        "The participant said what they thought of the interview.", SessionOutcome,
    ),
    "transcript.ready": ("A transcript can be read, at `data.transcript_url`.", Session),
    "analysis.ready": ("The summary and the themes of a session are there.", Session),
    "credits.low": ("The balance fell to a lower level.", Credits),
    "credits.depleted": ("No interview can begin any more, or one could not.", Credits),
    "participant.erased": ("What somebody said was erased.", ErasedPerson),
    "webhook.ping": ("You asked for a test.", Pinged),
}  # fmt: skip
"""Description and `data` of each kind of event."""
SIGNATURES: Final = {
    "webhook-id": "The `id` of the event; the same whenever it is sent again.",
    "webhook-timestamp": "When it was sent, in Unix seconds.",
    "webhook-signature": "As Standard Webhooks has it: one signature for each secret.",
}


@cache
def shapes() -> dict[str, type[Representation]]:
    """The class of each kind of event."""
    return {kind: _event(kind, data) for kind, (_, data) in KINDS.items()}


def webhooks(reference: Any) -> Node:
    """The `webhooks` of OpenAPI 3.1; `reference` leads to a class among the components."""
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
                    "2XX": {"description": "You have it."},
                    "410": {
                        "description": "You want no more of them: the webhook is disabled."
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
    raise RuntimeError("a kind of event is told of nowhere, or there is none of it")
