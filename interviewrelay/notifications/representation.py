"""Emails as JSON."""

from interviewrelay.campaigns.invites import invites
from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.representation import Shape
from interviewrelay.mail import outbox
from interviewrelay.models import Mail
from interviewrelay.runtime.services import Services


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
