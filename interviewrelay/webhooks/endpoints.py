"""Webhook endpoints of an organization."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import select, update

from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import (
    db,
    release_connection,
    require_transaction,
    transaction,
)
from interviewrelay.core.errors import (
    Conflict,
    InvalidParameter,
    NotFound,
    WebhookUrlNotAllowed,
)
from interviewrelay.core.ids import new_id
from interviewrelay.core.ports.webhook_client import WebhookUrlRefused
from interviewrelay.models import Delivery, Webhook
from interviewrelay.organizations import access, audit_log
from interviewrelay.runtime import form_ids
from interviewrelay.runtime.services import Services
from interviewrelay.webhooks import events, signing
from interviewrelay.webhooks.delivery_leases import LeasedDelivery

MOST: Final = 20
OVERLAP: Final = timedelta(hours=24)
"""Overlap in which the old secret still signs beside the new one."""


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """Webhook settings as requested."""

    url: str
    kinds: tuple[str, ...] = (events.EVERYTHING,)
    project_id: str | None = None
    description: str = ""
    enabled: bool = True


def create_webhook(
    services: Services, actor: Actor, wanted: WebhookSettings, key: str | None = None
) -> tuple[Webhook, str]:
    """Create a webhook; returns it with its secret, which cannot be shown again.

    The same `key`, a UUID, creates it once and returns the same secret until that is rotated.
    Raises WebhookUrlNotAllowed, InvalidParameter, and Conflict at the limit of 20 or after a
    rotation.
    """
    wanted = _checked(services, actor, wanted)
    with transaction():
        # Two concurrent requests must not both take the last place.
        access.lock_organization(actor.org_id)
        if key and (made := db.session.get(Webhook, key)):
            if made.sealed_old_key:
                raise Conflict(
                    "This webhook was already created, and its secret has been rotated since. To get "
                    "a secret, rotate it again."
                )
            return made, services.ring.decrypt(made.sealed_key)
        mine = select(Webhook.id).where(Webhook.org_id == actor.org_id)
        if pagination.count_rows(mine) >= MOST:
            raise Conflict(f"An organization can have up to {MOST} webhooks. Delete one first.")
        audit_log.add_entry(actor.org_id, "webhook_made", wanted.url)
        return add_webhook(services, actor.org_id, wanted, key)


def build_form_key(actor: Actor, form: str, wanted: WebhookSettings) -> str | None:
    """Idempotency key for a webhook from the form id, its content and the actor.

    Nobody else can compute it, and no other webhook has it as id.
    """
    return form_ids.build_id(form, actor.org_id, actor.user_id, asdict(wanted))


def add_webhook(
    services: Services, org_id: str, wanted: WebhookSettings, key: str | None = None
) -> tuple[Webhook, str]:
    """Building block: create a webhook from checked settings."""
    require_transaction()
    secret = signing.new_secret()
    row = Webhook(
        id=key or new_id(),
        org_id=org_id,
        project_id=wanted.project_id,
        url=wanted.url,
        description=wanted.description,
        kinds=list(wanted.kinds),
        sealed_key=services.ring.encrypt(secret),
        disabled_by="",
        created_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()  # deliveries refer to it
    return row, secret


def get_settings(row: Webhook) -> WebhookSettings:
    """Current settings, as a base for partial changes."""
    enabled = not row.disabled_by
    return WebhookSettings(row.url, tuple(row.kinds), row.project_id, row.description, enabled)


def change_webhook(
    services: Services, actor: Actor, row: Webhook, wanted: WebhookSettings
) -> Webhook:
    """Change the settings; they apply from the next event on.

    Enabling resets the failures; missed events can be replayed. Raises like `create_webhook`.
    """
    wanted = _checked(services, actor, wanted, was=row.url)
    with transaction():
        row = access.lock_row(Webhook, row.id)
        row.url, row.description = wanted.url, wanted.description
        row.kinds, row.project_id = list(wanted.kinds), wanted.project_id
        audit_log.add_entry(row.org_id, "webhook_changed", row.url)
        _switch(row, on=wanted.enabled)
    return row


def switch_webhook(row: Webhook, *, on: bool) -> Webhook:
    """Enable or disable; no change if it already is."""
    with transaction():
        row = access.lock_row(Webhook, row.id)
        _switch(row, on=on)
    return row


def disable_webhook(row: Webhook, by: Literal["hand", "gone", "failing"]) -> None:
    """Building block: disable a locked webhook and cancel its waiting deliveries."""
    require_transaction()
    row.disabled_by, row.disabled_at = by, clock.now()
    waiting = Delivery.state.in_(Delivery.ON_THE_WAY)
    db.session.execute(
        update(Delivery)
        .where(Delivery.webhook_id == row.id, waiting)
        .values(state="cancelled", lease=None)
    )


def delete_webhook(row: Webhook) -> None:
    """Delete a webhook with its log; a repeat changes nothing."""
    with transaction():
        found = db.session.get(Webhook, row.id)
        if found is not None:
            audit_log.add_entry(found.org_id, "webhook_deleted", found.url)
            db.session.delete(found)


def rotate_secret(services: Services, row: Webhook) -> tuple[Webhook, str]:
    """Rotate the secret, which is shown once; the old one also signs for a day."""
    secret = signing.new_secret()
    with transaction():
        row = access.lock_row(Webhook, row.id)
        row.sealed_old_key = row.sealed_key
        row.old_key_until = clock.now() + OVERLAP
        row.sealed_key = services.ring.encrypt(secret)
        audit_log.add_entry(row.org_id, "webhook_secret", row.url)
    return row, secret


def list_secrets(services: Services, row: Webhook | LeasedDelivery, at: datetime) -> list[str]:
    """Valid secrets at a moment, newest first. Raises ValueError when a secret key is lost."""
    sealed = [row.sealed_key]
    if row.sealed_old_key and row.old_key_until and row.old_key_until > at:
        sealed.append(row.sealed_old_key)
    return [services.ring.decrypt(text) for text in sealed]


def list_webhooks(
    actor: Actor, window: pagination.Window = pagination.Window()
) -> pagination.Page[Webhook]:
    mine = select(Webhook).where(Webhook.org_id == actor.org_id)
    return pagination.fetch_page(mine, Webhook.created_at, Webhook.id, window)


def _switch(row: Webhook, *, on: bool) -> None:
    if on and row.disabled_by:
        row.disabled_by, row.disabled_at, row.failing_since = "", None, None
        audit_log.add_entry(row.org_id, "webhook_on", row.url)
    if not on and not row.disabled_by:
        disable_webhook(row, "hand")
        audit_log.add_entry(row.org_id, "webhook_off", row.url)


def _checked(
    services: Services, actor: Actor, wanted: WebhookSettings, was: str = ""
) -> WebhookSettings:
    kinds = tuple(dict.fromkeys(wanted.kinds))
    known = (events.EVERYTHING, *events.KINDS, *events.ALIASES)
    if unknown := [kind for kind in kinds if kind not in known]:
        words = f"There is no event '{unknown[0]}'. Choose from: {', '.join(known)}."
        raise InvalidParameter.field("events", "list of event names", words)
    if not kinds:
        raise InvalidParameter.missing("events", "list of event names")
    if wanted.project_id is not None:
        _own_project(actor, wanted.project_id)
    if wanted.url != was:
        _check_url(services, wanted.url)
    return replace(wanted, kinds=kinds)


def _check_url(services: Services, url: str) -> None:
    release_connection()  # no transaction stays open during the DNS look-up
    try:
        services.webhook_client.check_url(url)
    except WebhookUrlRefused as refused:
        words = f"This URL can’t be used: {refused}."
        details = {"field": "url", "expected": "https URL on the public internet"}
        raise WebhookUrlNotAllowed(words, details={**details, "rule": refused.rule}) from None


def _own_project(actor: Actor, project_id: str) -> None:
    try:
        access.get_project(actor, project_id)
    except NotFound:
        words = "This project does not exist in your organization"
        raise InvalidParameter.field("project_id", "UUID of a project", words) from None
