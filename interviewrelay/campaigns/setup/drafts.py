"""Draft campaign: its script, its recipients, and launching it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import delete, select

from interviewrelay.campaigns import campaigns
from interviewrelay.campaigns.invites import invites
from interviewrelay.campaigns.invites.invites import Invitee
from interviewrelay.campaigns.setup import recipient_lists
from interviewrelay.campaigns.setup.recipient_lists import NamedRecipient, RecipientList
from interviewrelay.core import clock, text as texts
from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import db, require_transaction, transaction, unit_of_work
from interviewrelay.core.errors import Conflict, InvalidParameter
from interviewrelay.core.ports.speech import SpeechEngines
from interviewrelay.core.security import tokens
from interviewrelay.mail import suppressions
from interviewrelay.models import Campaign, RecipientListRow
from interviewrelay.organizations import access

KEPT: Final = timedelta(days=30)
"""Age after which an untouched recipient list is deleted; the draft stays."""
SENT: Final = "This campaign is no longer a draft. It was already launched."


@dataclass(frozen=True, slots=True)
class DraftRecipients:
    """Recipients of a draft; `kept_from` are those on its list who are suppressed."""

    text: str
    listed: RecipientList
    people: Sequence[NamedRecipient]
    kept_from: Sequence[NamedRecipient]


@dataclass(frozen=True, slots=True)
class AddedRecipients:
    """Result: `total` people are on the list, `added` of them are new; `errors` are `{email,
    reason}`.
    """

    total: int
    added: int
    errors: Sequence[dict[str, str]]


def create_draft(actor: Actor, plan: campaigns.CampaignPlan, form: str = "") -> Campaign:
    """Create a draft; the same form id changes the draft that it created.

    Raises like `campaigns.create_campaign`, and Conflict when that draft was launched.
    """
    key = campaigns.build_form_key(actor, form, "draft")
    made = db.session.get(Campaign, key) if key else None
    if made is None:
        return campaigns.create_campaign(actor, replace(plan, status="draft"), key)
    if plan.new_project:  # a repeated form has already created it
        plan = replace(plan, project_id=made.project_id, new_project="")
    return change_draft(actor, made, plan)


def change_draft(actor: Actor, campaign: Campaign, plan: campaigns.CampaignPlan) -> Campaign:
    """Update name, project and script of a draft, with the script as published now.

    Raises like `create_draft`.
    """
    with transaction():
        campaign = _draft(campaign)
        project, script, version = campaigns.get_project_and_script(actor, plan)
        campaign.name, campaign.project = plan.name, project
        campaign.script_id, campaign.version = script.id, version
    return campaign


def save_recipient_list(campaign: Campaign, text: str) -> None:
    """Store the recipient list unchanged, even if it has errors. Raises Conflict, and
    InvalidParameter above 1 MiB.
    """
    recipient_lists.require_size(text)
    with transaction():
        campaign = _draft(campaign)
        row = db.session.get(RecipientListRow, campaign.id) or RecipientListRow(
            campaign_id=campaign.id, org_id=campaign.org_id
        )
        row.text, row.changed_at = texts.normalize_line_feeds(text), clock.now()
        db.session.add(row)


def add_recipients(campaign: Campaign, people: Sequence[Invitee]) -> AddedRecipients:
    """Add people to the recipient list; those who are on it stay as they are. Nobody gets an email
    before the draft is launched.

    Raises Conflict when it was already launched, and InvalidParameter above 1,000 people.
    """
    wanted, errors = invites.normalize_people(people)
    with transaction():
        campaign = _draft(campaign)
        row = db.session.get(RecipientListRow, campaign.id) or RecipientListRow(
            campaign_id=campaign.id, org_id=campaign.org_id, text=""
        )
        listed = recipient_lists.parse_recipients(row.text).people
        known = {named.person.email.lower() for named in listed}
        fresh = [person for key, person in wanted.items() if key not in known]
        text = recipient_lists.append_people(row.text, fresh)
        recipient_lists.require_size(text)
        row.text, row.changed_at = text, clock.now()
        db.session.add(row)
    return AddedRecipients(len(listed) + len(fresh), len(fresh), errors)


def get_list_text(campaign: Campaign) -> str:
    """Recipient list of a draft, as entered."""
    row = db.session.get(RecipientListRow, campaign.id)
    return row.text if row else ""


def parse_draft_recipients(ring: tokens.KeyRing, campaign: Campaign) -> DraftRecipients:
    """People on the list. Raises InvalidParameter for a list that is too large."""
    text = get_list_text(campaign)
    listed = recipient_lists.parse_recipients(text)
    emails = [named.person.email.lower() for named in listed.people]
    silent = suppressions.find_suppressed(ring, campaign.org_id, emails)
    away = [named for named in listed.people if named.person.email.lower() in silent]
    there = [named for named in listed.people if named not in away]
    return DraftRecipients(text, listed, there, away)


def is_ready(ring: tokens.KeyRing, campaign: Campaign) -> bool:
    """True if the list is valid and each of its lines has a recipient."""
    try:
        return not parse_draft_recipients(ring, campaign).listed.bad
    except InvalidParameter:
        return False


def remove_invalid_lines(campaign: Campaign) -> int:
    """Remove all entries without a recipient from the list; returns the number of lines. Raises
    Conflict.
    """
    text, touched = recipient_lists.remove_invalid_lines(get_list_text(campaign))
    save_recipient_list(campaign, text)
    return touched


def launch_draft(
    ring: tokens.KeyRing,
    campaign: Campaign,
    changes: Mapping[str, Any],
    *,
    speech: SpeechEngines | None = None,
) -> invites.InviteResult:
    """Launch: activate the draft and invite its recipients, all or nothing.

    Raises Conflict when it was already launched, and like `campaigns.change_campaign` and
    `invites.create_invites`.
    """
    with unit_of_work():
        with transaction():
            campaign = _draft(campaign)
        wanted = parse_draft_recipients(ring, campaign)
        wholly = {**changes, "status": "active"}
        campaign = campaigns.change_campaign(campaign, wholly, speech=speech)
        outcome = invites.InviteResult([], 0, [])
        if wanted.people:
            outcome = invites.create_invites(
                ring, campaign, [one.person for one in wanted.people]
            )
        with transaction():
            db.session.execute(
                delete(RecipientListRow).where(RecipientListRow.campaign_id == campaign.id)
            )
    return outcome


def delete_draft(campaign: Campaign) -> None:
    """Delete a draft with its list. Raises Conflict."""
    with transaction():
        campaign = _draft(campaign)
        db.session.execute(
            delete(RecipientListRow).where(RecipientListRow.campaign_id == campaign.id)
        )
        db.session.delete(campaign)


def erase_address(org_id: str, email: str) -> None:
    """Building block: remove this address from all lists of the organization."""
    require_transaction()
    for row in _naming(org_id, email):
        row.text = recipient_lists.remove_lines(row.text, email)


def find_address(org_id: str, email: str) -> list[dict[str, str]]:
    """Entries of an address in the lists of drafts, for the person's data export."""
    return [
        {"campaign_id": row.campaign_id, "text": recipient_lists.find_lines(row.text, email)}
        for row in _naming(org_id, email)
    ]


def delete_stale_lists() -> int:
    """Delete abandoned lists; returns how many."""
    with transaction():
        gone = db.session.execute(
            delete(RecipientListRow)
            .where(RecipientListRow.changed_at <= clock.now() - KEPT)
            .returning(RecipientListRow.campaign_id)
        ).all()
    return len(gone)


def _naming(org_id: str, email: str) -> list[RecipientListRow]:
    """Lists that name an address. Drafts are few, and an address can be written in several ways, so
    all are read.
    """
    rows = db.session.execute(
        select(RecipientListRow).where(RecipientListRow.org_id == org_id)
    ).scalars()
    return [row for row in rows if recipient_lists.find_lines(row.text, email)]


def _draft(campaign: Campaign) -> Campaign:
    """The draft, locked. Raises Conflict."""
    campaign = access.lock_row(Campaign, campaign.id)
    if campaign.status != "draft":
        raise Conflict(SENT, details={"status": campaign.status})
    return campaign
