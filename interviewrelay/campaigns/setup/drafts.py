"""Draft campaign: its script, its recipients, and launching it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import delete, select

from interviewrelay.campaigns import campaigns
from interviewrelay.campaigns.invites import invites
from interviewrelay.campaigns.setup import recipient_lists
from interviewrelay.campaigns.setup.recipient_lists import Listed, Named
from interviewrelay.core import clock, text as texts
from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import db, require_transaction, transaction, unit
from interviewrelay.core.errors import Conflict, InvalidParameter
from interviewrelay.core.security import tokens
from interviewrelay.mail import suppressions
from interviewrelay.models import Campaign, Roster
from interviewrelay.organizations import access

KEPT: Final = timedelta(days=30)
"""A list that nobody has touched for so long is forgotten; the draft stays."""
SENT: Final = "This campaign is no longer a draft. It has already been sent."


@dataclass(frozen=True, slots=True)
class Wanted:
    """Recipients of a draft; `kept_from` are those on its list who are suppressed."""

    text: str
    listed: Listed
    people: Sequence[Named]
    kept_from: Sequence[Named]


def begin(actor: Actor, plan: campaigns.Plan, form: str = "") -> Campaign:
    """Create a draft; the same form id changes the draft that it created.

    Raises like `campaigns.create`, and Conflict when that draft was launched.
    """
    key = campaigns.key_of(actor, form, "draft")
    made = db.session.get(Campaign, key) if key else None
    if made is None:
        return campaigns.create(actor, replace(plan, status="draft"), key)
    if plan.new_project:  # a repeated form has already created it
        plan = replace(plan, project_id=made.project_id, new_project="")
    return describe(actor, made, plan)


def describe(actor: Actor, campaign: Campaign, plan: campaigns.Plan) -> Campaign:
    """Update name, project and script of a draft, with the script as published now.

    Raises like `begin`.
    """
    with transaction():
        campaign = _draft(campaign)
        project, script, version = campaigns.material(actor, plan)
        campaign.name, campaign.project = plan.name, project
        campaign.script_id, campaign.version = script.id, version
    return campaign


def list_people(campaign: Campaign, text: str) -> None:
    """Store the recipient list unchanged, even if it has errors. Raises Conflict, and
    InvalidParameter above 1 MiB.
    """
    recipient_lists.fits(text)
    with transaction():
        campaign = _draft(campaign)
        row = db.session.get(Roster, campaign.id) or Roster(
            campaign_id=campaign.id, org_id=campaign.org_id
        )
        row.text, row.changed_at = texts.with_line_feeds(text), clock.now()
        db.session.add(row)


def text_of(campaign: Campaign) -> str:
    """Recipient list of a draft, as entered."""
    row = db.session.get(Roster, campaign.id)
    return row.text if row else ""


def people(ring: tokens.KeyRing, campaign: Campaign) -> Wanted:
    """People on the list. Raises InvalidParameter for a list that is too large."""
    text = text_of(campaign)
    listed = recipient_lists.read(text)
    emails = [named.person.email.lower() for named in listed.people]
    silent = suppressions.among(ring, campaign.org_id, emails)
    away = [named for named in listed.people if named.person.email.lower() in silent]
    there = [named for named in listed.people if named not in away]
    return Wanted(text, listed, there, away)


def ready(ring: tokens.KeyRing, campaign: Campaign) -> bool:
    """True if the list is valid and every line names a person."""
    try:
        return not people(ring, campaign).listed.bad
    except InvalidParameter:
        return False


def leave_out(campaign: Campaign) -> int:
    """Remove everything from the list that names nobody; returns the number of lines. Raises
    Conflict.
    """
    text, touched = recipient_lists.cleaned(text_of(campaign))
    list_people(campaign, text)
    return touched


def send_off(
    ring: tokens.KeyRing, campaign: Campaign, changes: Mapping[str, Any]
) -> invites.Outcome:
    """Launch: activate the draft and invite its recipients, all or nothing.

    Raises Conflict when it was already launched, and like `campaigns.change` and `invites.create`.
    """
    with unit():
        with transaction():
            campaign = _draft(campaign)
        wanted = people(ring, campaign)
        wholly = {**changes, "status": "active"}
        campaign = campaigns.change(campaign, wholly)
        outcome = invites.Outcome([], 0, [])
        if wanted.people:
            outcome = invites.create(ring, campaign, [one.person for one in wanted.people])
        with transaction():
            db.session.execute(delete(Roster).where(Roster.campaign_id == campaign.id))
    return outcome


def discard(campaign: Campaign) -> None:
    """Delete a draft with its list. Raises Conflict."""
    with transaction():
        campaign = _draft(campaign)
        db.session.execute(delete(Roster).where(Roster.campaign_id == campaign.id))
        db.session.delete(campaign)


def forget(org_id: str, email: str) -> None:
    """Building block: remove this address from all lists of the organization."""
    require_transaction()
    for row in _naming(org_id, email):
        row.text = recipient_lists.without(row.text, email)


def naming(org_id: str, email: str) -> list[dict[str, str]]:
    """Entries of an address in the lists of drafts, for the person's data export."""
    return [
        {"campaign_id": row.campaign_id, "text": recipient_lists.naming(row.text, email)}
        for row in _naming(org_id, email)
    ]


def sweep() -> int:
    """Delete abandoned lists; returns how many."""
    with transaction():
        gone = db.session.execute(
            delete(Roster)
            .where(Roster.changed_at <= clock.now() - KEPT)
            .returning(Roster.campaign_id)
        ).all()
    return len(gone)


def _naming(org_id: str, email: str) -> list[Roster]:
    """Lists that name an address. Drafts are few, and an address can be written in several ways, so
    all are read.
    """
    rows = db.session.execute(select(Roster).where(Roster.org_id == org_id)).scalars()
    return [row for row in rows if recipient_lists.naming(row.text, email)]


def _draft(campaign: Campaign) -> Campaign:
    """The draft, locked. Raises Conflict."""
    campaign = access.locked(Campaign, campaign.id)
    if campaign.status != "draft":
        raise Conflict(SENT, details={"status": campaign.status})
    return campaign
