"""Organization profile: its details, and the sender of emails to participants."""

import logging
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from interviewrelay.core import clock, email_addresses, translations
from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.email_addresses import normalize_address
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.models import Organization
from interviewrelay.organizations import access, audit_log

log = logging.getLogger(__name__)

LONGEST_NAME: Final = 200
LONGEST_CONTACT: Final = 500
LONGEST_SENDER: Final = 120


@dataclass(frozen=True, slots=True)
class OrganizationDetails:
    """Details; empty fields mean UTC, English and no contact."""

    name: str
    time_zone: str = ""
    language: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class MailSender:
    """Sender; empty fields mean the organization's name and the server's address."""

    name: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class ScriptDefaults:
    """Defaults of a new script."""

    language: str
    contact: str


def get_organization(actor: Actor) -> Organization:
    """The actor's organization."""
    query = select(Organization).where(Organization.id == actor.org_id)
    return db.session.execute(query).scalar_one()


def get_details(row: Organization) -> OrganizationDetails:
    return OrganizationDetails(
        row.name, row.time_zone or "", row.language or "", row.contact or ""
    )


def get_sender(row: Organization) -> MailSender:
    return MailSender(row.sender_name or "", row.reply_to or "")


def get_script_defaults(row: Organization) -> ScriptDefaults:
    return ScriptDefaults(row.language or "en", row.contact or "")


def change_details(actor: Actor, wanted: OrganizationDetails) -> Organization:
    """Change the details. Participants see the new name at once; existing scripts stay as they are.

    Raises InvalidParameter that lists every invalid field.
    """
    name, contact = " ".join(wanted.name.split()), wanted.contact.strip()
    problems: list[tuple[str, str]] = []
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        problems.append(("name", "Enter a name for the organization, up to 200 characters."))
    if wanted.time_zone and wanted.time_zone not in clock.list_time_zones():
        problems.append(
            ("time_zone", "Choose a time zone from the list, such as Europe/Amsterdam.")
        )
    if wanted.language and wanted.language not in translations.LANGUAGES:
        problems.append(("language", "Choose a language from the list."))
    if len(contact) > LONGEST_CONTACT:
        problems.append(("contact", "Shorten the contact to 500 characters or fewer."))
    InvalidParameter.raise_for(problems)
    with transaction():
        row = _locked(actor)
        row.name, row.contact = name, contact or None
        row.time_zone, row.language = wanted.time_zone or None, wanted.language or None
        audit_log.add_entry(actor.org_id, "settings_organization", name)
    log.warning("organization_changed", extra={"org": actor.org_id, "user": actor.user_id})
    return row


def change_sender(actor: Actor, wanted: MailSender) -> Organization:
    """Change the sender of emails to participants, including queued ones.

    Raises InvalidParameter.
    """
    name, reply_to = " ".join(wanted.name.split()), wanted.reply_to.strip()
    known = normalize_address(reply_to) if reply_to else ""
    problems: list[tuple[str, str]] = []
    # Mail programs would decode a name that looks encoded (`adapters.mail`).
    if len(name) > LONGEST_SENDER or not name.isprintable() or "=?" in name:
        problems.append(("sender_name", "Enter a name of up to 120 characters without “=?”."))
    if known is None:
        problems.append(("reply_to", email_addresses.WANTED))
    InvalidParameter.raise_for(problems)
    with transaction():
        row = _locked(actor)
        row.sender_name, row.reply_to = name or None, known or None
        audit_log.add_entry(actor.org_id, "settings_mail", name or row.name)
    log.warning("sender_changed", extra={"org": actor.org_id, "user": actor.user_id})
    return row


def _locked(actor: Actor) -> Organization:
    access.lock_organization(actor.org_id)
    query = select(Organization).where(Organization.id == actor.org_id)
    return db.session.execute(query.execution_options(populate_existing=True)).scalar_one()
