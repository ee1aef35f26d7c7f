"""Representations of organizations, their settings and their audit log."""

from collections.abc import Mapping
from typing import Final, Literal, get_args

from interviewrelay.core import clock
from interviewrelay.core.representation import (
    ORGANIZATION_ID,
    OTHER_ID,
    Address,
    Id,
    Representation,
    Shape,
    Time,
    field,
)
from interviewrelay.models import AuditEntry as EntryRow
from interviewrelay.organizations import audit_log, plans

Language = Literal["en", "nl", "de", "fr", "es", "ar"]
Door = Literal["page", "key", "command", "server"]
Subject = Literal["member", "key", "webhook", "settings", "credits", "privacy"]
SUBJECTS: Final = get_args(Subject)


class Organization(Representation):
    id: Id = field(example=ORGANIZATION_ID)
    name: str = field(example="Alder Research")
    slug: str = field(example="alder-research")
    plan: Literal["free", "starter", "professional", "enterprise"]
    requests_per_hour: int | None = field(
        lambda row: plans.get_requests_per_hour(row.plan, row.requests_per_hour),
        "API calls per hour, shared by all keys. null: no limit.",
        example=100,
    )
    time_zone: str | None = field(
        None, "IANA time zone of emails and pages. null: UTC.", example="Europe/Amsterdam"
    )
    language: Language | None = field(None, "Language of new scripts. null: English.")
    contact: str | None = field(None, "Contact that new scripts start with.")
    created_at: Time


class MailSettings(Representation):
    sender_name: str | None = field(
        None, "Name of the sender. null: the organization’s name.", example="Alder Research"
    )
    reply_to: Address | None = field(
        None, "Address for replies. null: the server’s.", example="research@alder.example"
    )


class Retention(Representation):
    transcript_days: int | None = field(
        None,
        "Days that transcripts are kept after the interview. null: indefinitely.",
        example=365,
    )
    address_days: int | None = field(
        None,
        "Days that email addresses are kept after their link ended unused. null: indefinitely.",
        example=30,
    )
    audio_days: int | None = field(
        None,
        "Days that recordings are kept after the interview. null: as long as transcripts.",
        example=90,
    )


class Branding(Representation):
    accent: str | None = field(
        lambda brand: brand.accent or None,
        "Accent colour of participants’ pages, `#rrggbb`. null: the default.",
        example="#0f6674",
    )
    has_logo: bool = field(lambda brand: bool(brand.logo))


class AuditEntry(Representation):
    id: Id = field(example=OTHER_ID)
    at: Time
    act: str = field(None, "What was done, as a name.", example="key_made")
    subject: Subject = field(example="key")
    text: str = field(
        None, "The same as a sentence.", example="Created the API key “Research wiki”"
    )
    about: str = field(None, "What it was done to.", example="“Research wiki”")
    via: Door = field(
        None,
        "`page`: on the dashboard. `key`: with an API key. `command`: by the server or a command on "
        "it. `server`: by the server’s administrator.",
    )
    email: Address | None = field(
        None,
        "The member who did it. null: no member, or no longer one.",
        example="ann@alder.example",
    )
    request_id: str | None = field(None, "`X-Request-Id` of the request.")


def audit_entry(row: EntryRow, addresses: Mapping[str, str]) -> Shape:
    """Audit entry; `addresses` are those of `audit_log.get_addresses`."""
    return {
        "id": row.id,
        "at": clock.format_iso(row.at),
        "act": row.act,
        "subject": row.act.partition("_")[0],
        "text": audit_log.ACTS[row.act].format(row.about),
        "about": row.about,
        "via": row.door,
        "email": None if row.door == "server" else addresses.get(row.user_id or ""),
        "request_id": row.request_id,
    }
