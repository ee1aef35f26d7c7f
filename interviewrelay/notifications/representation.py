"""Emails as JSON."""

from typing import Literal

from interviewrelay.campaigns.invites import invites
from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.representation import (
    EMAIL_ID,
    Address,
    Count,
    Id,
    Representation,
    Shape,
    Time,
    Url,
    field,
)
from interviewrelay.mail import outbox
from interviewrelay.models import Mail
from interviewrelay.runtime.services import Services

State = Literal["queued", "sending", "sent", "kept", "failed"]


class Email(Representation):
    id: Id = field(example=EMAIL_ID)
    to: Address = field(example="user@example.com")
    kind: str = field(
        None, "What it is about, such as `invite` or `reminder`.", example="invite"
    )
    state: State = field(
        None,
        "`kept`: no email server is set up. `failed`: it could not be sent; see `last_error`.",
        example="sent",
    )
    attempts: Count = field(example=1)
    last_error: str | None
    created_at: Time
    sent_at: Time | None
    campaign_id: Id | None
    url: Url | None = field(
        None,
        "The link in the email. null for invitations, if the key may not see their links.",
    )


def mail(services: Services, actor: Actor, row: Mail) -> Shape:
    invite = row.invite
    token = invites.get_token(services.ring, actor, invite) if invite else None
    link = services.urls.interview_url(token) if token else None
    return {
        "id": row.id,
        "to": invite.email if invite else row.recipient,
        "kind": row.kind,
        "state": row.state,
        "attempts": row.attempts,
        "last_error": row.last_error,
        "created_at": clock.format_iso(row.created_at),
        "sent_at": clock.format_iso(row.sent_at) if row.sent_at else None,
        "campaign_id": invite.campaign_id if invite else None,
        "url": link if invite else services.urls.page_url(outbox.get_notice_path(row)),
    }
