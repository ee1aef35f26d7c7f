"""Invite counters of a campaign, updated where an invite changes; tests are never counted."""

from collections.abc import Iterable, Iterator
from typing import Literal

from sqlalchemy import select, update

from interviewrelay.campaigns.invites import event_payload as invite_event_payload, validity
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, require_transaction, transaction
from interviewrelay.models import Campaign, Invite
from interviewrelay.organizations import access
from interviewrelay.webhooks import events


def mark_opened(invite: Invite) -> None:
    """Count an invite whose page was opened without starting, once. Raises like
    `validity.ensure_invite_usable`.
    """
    validity.ensure_invite_usable(invite)
    if invite.test or invite.status != "pending" or invite.opened_at is not None:
        return
    with transaction():
        campaign = access.lock_row(Campaign, invite.campaign_id)
        invite = access.lock_row(Invite, invite.id)
        if invite.status == "pending" and invite.opened_at is None:
            invite.opened_at = clock.now()
            campaign.opened_only += 1


def mark_started(campaign: Campaign, invite: Invite) -> None:
    """Building block: count a start. Campaign and invite are locked, as for all functions here.

    An invite that started no longer counts as only opened.
    """
    reopen(campaign, invite)
    campaign.opened_only -= invite.opened_at is not None
    invite.opened_at = None
    invite.status = "started"
    campaign.started += not invite.test


def mark_cancelled(campaign: Campaign, invite: Invite) -> None:
    """Building block: count an invite that can no longer be used."""
    reopen(campaign, invite)
    campaign.cancelled += invite.status == "pending" and not invite.test
    invite.status, invite.open_address = "cancelled", None


def reopen(campaign: Campaign, invite: Invite) -> None:
    """Building block: undo the count of an expired invite."""
    require_transaction()
    campaign.expired -= invite.expired_at is not None and not invite.test
    invite.expired_at = None


def mark_expired(most: int = 500) -> int:
    """Count the invites that expired unused since the last run; returns how many."""
    due: dict[str, list[str]] = {}
    rows = db.session.execute(
        select(Invite.id, Invite.campaign_id)
        .where(
            Invite.status == "pending",
            Invite.expired_at.is_(None),
            Invite.expires_at <= clock.now(),
        )
        .order_by(Invite.expires_at)
        .limit(most)
    )
    for invite_id, campaign_id in rows:
        due.setdefault(campaign_id, []).append(invite_id)
    return sum(_note(campaign_id, ids) for campaign_id, ids in due.items())


def _note(campaign_id: str, ids: list[str]) -> int:
    now = clock.now()
    with transaction():
        campaign = access.lock_row(Campaign, campaign_id)
        noted = db.session.execute(
            update(Invite)
            .where(
                Invite.id.in_(ids),
                Invite.status == "pending",
                Invite.expired_at.is_(None),
                Invite.expires_at <= now,
            )
            .values(expired_at=now)
            .returning(Invite)
            .execution_options(synchronize_session=False, populate_existing=True)
        ).scalars()
        expired = list(noted)
        campaign.expired += sum(not invite.test for invite in expired)
        events.emit_events(
            campaign.org_id, *event_payloads("invite.expired", campaign, expired)
        )
    return len(expired)


def event_payloads(
    kind: Literal["invite.created", "invite.expired"],
    campaign: Campaign,
    invites: Iterable[Invite],
) -> Iterator[events.EventPayload]:
    """Event payloads of a campaign's invites."""
    state: invite_event_payload.Status = "pending" if kind == "invite.created" else "expired"
    for invite in invites:
        shape = invite_event_payload.build_invite_payload(invite, state)
        yield events.EventPayload(kind, shape, campaign.project_id, invite_id=invite.id)
