"""Invites: create, list, resend, extend and cancel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import false, select, true, update

from interviewrelay.campaigns import availability
from interviewrelay.campaigns.invites import counters, event_payload
from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.email_addresses import normalize_address, normalize_domain
from interviewrelay.core.errors import Conflict, InvalidParameter
from interviewrelay.core.ids import new_id
from interviewrelay.core.security import tokens
from interviewrelay.mail import outbox, sending_limits, suppressions
from interviewrelay.models import Campaign, Invite
from interviewrelay.organizations import access
from interviewrelay.webhooks import events

InviteStatus = event_payload.Status

LONGEST_SHOWN: Final = 320
"""Maximum characters of an invalid address in a response."""
LONGEST: Final = timedelta(days=3_653)
"""Maximum time that an invite may be extended to."""


@dataclass(frozen=True, slots=True)
class Invitee:
    """Person to invite."""

    email: str
    name: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InviteResult:
    """Result: `invites` in the order of the request; `sent` counts new ones; `errors` are `{email,
    reason}`.
    """

    invites: Sequence[Invite]
    sent: int
    errors: Sequence[dict[str, str]]


def create_invites(
    ring: tokens.KeyRing,
    campaign: Campaign,
    people: Sequence[Invitee],
    *,
    send_email: bool = True,
    custom_message: str = "",
    test: bool = False,
) -> InviteResult:
    """Invite each person once, and queue an email for each new invite in the same transaction.

    A person with an open invite keeps it and gets no second email. Invalid addresses go into
    `errors`, as do new people who have reached their daily email limit and people on the
    suppression list. A test invite sends no email, is not counted, and does not block a real one.
    Before the campaign starts, emails wait for its start. Raises like `availability.require_invitable`
    and
    `sending_limits.reserve`.
    """
    wanted, errors = normalize_people(people)
    with transaction():
        campaign = access.lock_row(Campaign, campaign.id)
        availability.require_invitable(campaign)
        known = _still_open(campaign, list(wanted), test=test)
        if send_email and not test:
            why = sending_limits.undeliverable(ring, campaign.org_id, wanted, known)
            errors += [{"email": wanted[key].email, "reason": why[key]} for key in why]
            wanted = {key: p for key, p in wanted.items() if key in known or key not in why}
        fresh = [
            _new(ring, campaign, person, key, test)
            for key, person in wanted.items()
            if key not in known
        ]
        db.session.add_all(fresh)
        if send_email and not test:
            db.session.flush()  # the emails refer to the invites
            for invite in fresh:
                outbox.enqueue_invitation(campaign, invite, custom_message)
        if not test:
            campaign.invites_sent += len(fresh)
        events.emit_events(
            campaign.org_id, *counters.event_payloads("invite.created", campaign, fresh)
        )
    known |= {invite.email.lower(): invite for invite in fresh}
    return InviteResult([known[key] for key in wanted], len(fresh), errors)


def normalize_people(
    people: Sequence[Invitee],
) -> tuple[dict[str, Invitee], list[dict[str, str]]]:
    """People by lower-case address, each once, and `{email, reason}` for each invalid address."""
    wanted: dict[str, Invitee] = {}
    errors = []
    for person in people:
        email = normalize_address(person.email)
        if email is None:
            errors.append({"email": person.email[:LONGEST_SHOWN], "reason": "INVALID_ADDRESS"})
        else:
            wanted.setdefault(email.lower(), Invitee(email, person.name, person.extra))
    return wanted, errors


def get_status(invite: Invite, now: datetime | None = None) -> InviteStatus:
    """Current status of an invite; an unused one expires by the clock."""
    if invite.status == "pending" and invite.expires_at <= (now or clock.now()):
        return "expired"
    return invite.status  # type: ignore[return-value]


def list_invites(
    campaign: Campaign,
    window: pagination.Window = pagination.Window(),
    *,
    wanted: InviteStatus | None = None,
    email_domain: str | None = None,
    words: str | None = None,
) -> pagination.Page[Invite]:
    """Invites of a campaign, newest first: by status, by email domain, or with these words in
    address or name, ignoring case and accents.
    """
    query = select(Invite).where(Invite.campaign_id == campaign.id)
    if wanted is not None:
        past = Invite.expires_at <= clock.now()
        query = query.where(Invite.status == ("pending" if wanted == "expired" else wanted))
        if wanted in ("pending", "expired"):
            query = query.where(past if wanted == "expired" else ~past)
    if email_domain is not None:
        host = normalize_domain(email_domain)
        at = Invite.email.endswith(f"@{host}", autoescape=True) if host else false()
        query = query.where(at)
    if words:
        query = query.where(pagination.contains_words(Invite.folded, words))
    whole = wanted is None and email_domain is None and not words
    total = _how_many(campaign) if whole else None
    return pagination.fetch_page(query, Invite.created_at, Invite.id, window, total)


def _how_many(campaign: Campaign) -> int:
    """Number of invites of a campaign: the counted ones, and the tests, which are few."""
    tests = select(Invite.id).where(Invite.campaign_id == campaign.id, Invite.test.is_(true()))
    return campaign.invites_sent + pagination.count_rows(tests)


def get_token(ring: tokens.KeyRing, actor: Actor, invite: Invite) -> str | None:
    """Token of an invite for an actor who may change it; None for all others.

    Its holder can answer, read and withdraw as the invited person (decision 0008), so API and pages
    show a link only through this function. A test key therefore sees only links of test invites.
    """
    if not actor.may("invites:write") or not access.may_change(actor, invite):
        return None
    return ring.decrypt(invite.sealed_token)


def resend_invite(
    ring: tokens.KeyRing,
    invite: Invite,
    custom_message: str = "",
    *,
    key: str | None = None,
) -> Invite:
    """Resend the same link by email. A test invite sends none.

    The same `key`, a UUID, sends it once. Raises Conflict when the link is no longer valid or the
    person is suppressed, and like `availability.require_invitable` and `sending_limits.reserve_one`.
    """
    with transaction():
        campaign, invite = _locked(invite)
        state = get_status(invite)
        if state not in ("pending", "started"):
            todo = " Extend it first." if state == "expired" else ""
            raise Conflict(f"This invite is {state}, so its link no longer works.{todo}")
        availability.require_invitable(campaign)
        if not (invite.test or outbox.mail_exists(key)):
            suppressions.require_not_suppressed(ring, invite)
            sending_limits.reserve_one(invite)
            outbox.enqueue_invitation(campaign, invite, custom_message, again=True, key=key)
    return invite


def extend_invite(invite: Invite, hours: int) -> Invite:
    """Extend the link by so many hours, from now or from its current end, whichever is later.

    An invite that expired unused becomes valid again. Raises Conflict when it is completed or
    cancelled or the person has a newer one, and InvalidParameter beyond ten years.
    """
    with transaction():
        campaign, invite = _locked(invite)
        now = clock.now()
        until = max(now.replace(microsecond=0), invite.expires_at) + timedelta(hours=hours)
        if until > now + LONGEST:
            words = "An invite can be valid for up to ten years. Choose fewer 'hours'"
            raise InvalidParameter.field("hours", "whole number from 1 to 8760", words)
        _reach(campaign, invite, until)
    return invite


def extend_invite_until(invite: Invite, until: datetime) -> Invite:
    """Extend the link until a moment; idempotent. Raises like `extend_invite`, and Conflict when it is
    already valid for longer.
    """
    with transaction():
        campaign, invite = _locked(invite)
        _reach(campaign, invite, until)
    return invite


def cancel_invite(invite: Invite) -> Invite:
    """Cancel the link at once, also for an interview in progress.

    No change if it is already cancelled or ended.
    """
    with transaction():
        campaign, invite = _locked(invite)
        if invite.status in ("pending", "started"):
            counters.mark_cancelled(campaign, invite)
            outbox.drop_queued(invite)
    return invite


def _locked(invite: Invite) -> tuple[Campaign, Invite]:
    """Campaign and invite, locked in this order to avoid deadlocks."""
    campaign = access.lock_row(Campaign, invite.campaign_id)
    return campaign, access.lock_row(Invite, invite.id)


def _reach(campaign: Campaign, invite: Invite, until: datetime) -> None:
    if invite.status not in ("pending", "started"):
        raise Conflict(f"This invite is {invite.status} and cannot be extended.")
    if until < invite.expires_at:
        raise Conflict("This invite is already valid for longer. Choose a later date.")
    if invite.open_address is None:
        _take_the_address(invite)
    counters.reopen(campaign, invite)
    invite.expires_at = until


def _take_the_address(invite: Invite) -> None:
    key = _key(invite.email, test=invite.test)
    other = select(Invite.id).where(
        Invite.campaign_id == invite.campaign_id, Invite.open_address == key
    )
    if db.session.execute(other).first():
        raise Conflict("This person has a newer invite in the same campaign. Extend that one.")
    invite.open_address = key


def _key(email: str, *, test: bool) -> str:
    """Unique key among the open invites of a campaign."""
    return f"test:{email.lower()}" if test else email.lower()


def _still_open(campaign: Campaign, emails: list[str], *, test: bool) -> dict[str, Invite]:
    keys = [_key(email, test=test) for email in emails]
    rows = db.session.execute(
        select(Invite)
        .where(Invite.campaign_id == campaign.id, Invite.open_address.in_(keys))
        .execution_options(populate_existing=True)
    ).scalars()
    known = {row.email.lower(): row for row in rows}
    over = {key: row for key, row in known.items() if get_status(row) == "expired"}
    if over:
        db.session.execute(
            update(Invite)
            .where(Invite.id.in_([row.id for row in over.values()]))
            .values(open_address=None)
        )
    return {key: row for key, row in known.items() if key not in over}


def _new(
    ring: tokens.KeyRing, campaign: Campaign, person: Invitee, key: str, test: bool
) -> Invite:
    token, now = tokens.new_invite_token(), clock.now()
    since = max(now, campaign.starts_at or now).replace(microsecond=0)
    return Invite(
        id=new_id(),
        org_id=campaign.org_id,
        campaign_id=campaign.id,
        email=person.email,
        name=person.name,
        extra=dict(person.extra),
        open_address=_key(key, test=test),
        mark=ring.digest("invite", token),
        sealed_token=ring.encrypt(token),
        test=test,
        created_at=now,
        expires_at=since + timedelta(hours=campaign.invite_valid_hours),
    )
