"""Demonstration webhook."""

from sqlalchemy import select

from interviewrelay.core.db.session import db, transaction
from interviewrelay.models import Event, Membership
from interviewrelay.runtime.services import Services
from interviewrelay.webhooks import endpoints, events


def create_demo_webhook(
    services: Services, owner: Membership, session_id: str
) -> dict[str, str]:
    """A webhook with a delivery for a session; its URL does not exist, so nothing is called."""
    wanted = endpoints.WebhookSettings(
        "https://hooks.invalid/interviewrelay", description="Wiki"
    )
    with transaction():
        row, secret = endpoints.add_webhook(services, owner.org_id, wanted)
        told = select(Event.id).where(Event.session_id == session_id)
        made = events.deliver_to(row, db.session.execute(told).scalars().all()[-1:])
    return {"webhook_id": row.id, "webhook_secret": secret, "delivery_id": made[0]}
