"""The organization and its settings in the API."""

from dataclasses import replace
from typing import Annotated

from flask import g
from flask.typing import ResponseReturnValue
from pydantic import Field, StringConstraints

from interviewrelay.core.field_types import AsWhole, RequestBody, Seen
from interviewrelay.organizations import branding, profile
from interviewrelay.organizations.representation import (
    Branding,
    Language,
    MailSettings,
    Organization,
    Retention,
)
from interviewrelay.privacy import retention
from interviewrelay.scripts.document import Name
from interviewrelay.web.http.blueprints import api, services
from interviewrelay.web.http.requests import read_payload
from interviewrelay.web.openapi.operation import operation

Days = Annotated[int, Field(ge=1, le=retention.MOST_DAYS), AsWhole]


Text = Annotated[str, StringConstraints(strip_whitespace=True), Seen]


class OrganizationChange(RequestBody):
    name: Name = ""
    time_zone: Annotated[Text, Field(max_length=100)] | None = Field(
        default=None, description="IANA time zone, such as Europe/Amsterdam. null: UTC."
    )
    language: Language | None = Field(
        default=None, description="Language of new scripts. null: English."
    )
    contact: Annotated[Text, Field(max_length=profile.LONGEST_CONTACT)] | None = Field(
        default=None, description="Contact that new scripts start with."
    )


class MailSettingsChange(RequestBody):
    sender_name: Annotated[Text, Field(max_length=profile.LONGEST_SENDER)] | None = Field(
        default=None, description="null: the organization’s name."
    )
    reply_to: Annotated[Text, Field(max_length=320)] | None = Field(
        default=None,
        description="null: the server’s address.",
        json_schema_extra={"format": "email"},
    )


class RetentionChange(RequestBody):
    transcript_days: Days | None = Field(default=None, description="null: indefinitely.")
    address_days: Days | None = Field(default=None, description="null: indefinitely.")
    audio_days: Days | None = Field(default=None, description="null: as long as transcripts.")
    agreed: Annotated[int, Field(ge=0, le=1_000_000_000), AsWhole] = Field(
        default=0,
        description="Number of records that may be erased. If the change would erase more, it is "
        "refused, and the error says how many.",
    )


class BrandingChange(RequestBody):
    accent: Annotated[str, StringConstraints(pattern="^#[0-9A-Fa-f]{6}$")] | None = Field(
        default=None,
        description="Accent colour. null: the default.",
        json_schema_extra={"expected": "colour such as #0f6674"},
    )


def _given(body: RequestBody) -> dict[str, str]:
    """Fields that the body contains; null is an empty text."""
    return {name: value or "" for name, value in body.model_dump(exclude_unset=True).items()}


@operation(api, "GET /organization", "organization:write", answers={200: Organization})
def get_organization() -> ResponseReturnValue:
    """Get organization

    The organization that the key belongs to.
    """
    return Organization.read(profile.get_organization(g.actor))


@operation(
    api,
    "PATCH /organization",
    "organization:write",
    body=OrganizationChange,
    partial=True,
    answers={200: Organization},
    sent={"name": "Alder Research", "time_zone": "Europe/Amsterdam"},
)
def change_organization() -> ResponseReturnValue:
    """Change organization

    Omitted fields keep their values. Participants see a new name at once. Existing scripts keep
    their language and contact.
    """
    given = _given(read_payload(OrganizationChange))
    kept = profile.get_details(profile.get_organization(g.actor))
    return Organization.read(profile.change_details(g.actor, replace(kept, **given)))


@operation(api, "GET /organization/mail", "organization:write", answers={200: MailSettings})
def get_mail_settings() -> ResponseReturnValue:
    """Get email settings

    The sender of emails to participants.
    """
    return MailSettings.read(profile.get_organization(g.actor))


@operation(
    api,
    "PATCH /organization/mail",
    "organization:write",
    body=MailSettingsChange,
    partial=True,
    answers={200: MailSettings},
    sent={"sender_name": "Alder Research", "reply_to": "research@alder.example"},
)
def change_mail_settings() -> ResponseReturnValue:
    """Change email settings

    Omitted fields keep their values. Emails that are still queued use the new settings.
    """
    given = _given(read_payload(MailSettingsChange))
    given = {name.removeprefix("sender_"): value for name, value in given.items()}
    kept = profile.get_sender(profile.get_organization(g.actor))
    return MailSettings.read(profile.change_sender(g.actor, replace(kept, **given)))


@operation(api, "GET /organization/retention", "organization:write", answers={200: Retention})
def get_retention() -> ResponseReturnValue:
    """Get retention

    How long data is kept before it is erased automatically.
    """
    return Retention.read(profile.get_organization(g.actor))


@operation(
    api,
    "PATCH /organization/retention",
    "organization:write",
    body=RetentionChange,
    partial=True,
    answers={200: Retention},
    sent={"transcript_days": 365, "address_days": 30, "agreed": 12},
)
def change_retention() -> ResponseReturnValue:
    """Change retention

    Omitted periods stay as they are. A shorter period erases data within an hour, for ever. If the
    change would erase more records than `agreed`, you get 400 and nothing changes. The key also
    needs `sessions:write`.
    """
    given = read_payload(RetentionChange).model_dump(exclude_unset=True)
    agreed = given.pop("agreed", 0)
    row = profile.get_organization(g.actor)
    periods = {name.removesuffix("_days"): days for name, days in given.items()}
    names = {"transcript": "transcripts", "address": "addresses", "audio": "audio"}
    wanted = replace(
        retention.get_terms(row), **{names[name]: days for name, days in periods.items()}
    )
    retention.set_terms(g.actor, row, wanted, agreed)
    return Retention.read(profile.get_organization(g.actor))


@operation(api, "GET /organization/branding", "organization:write", answers={200: Branding})
def get_branding() -> ResponseReturnValue:
    """Get branding

    The look of participants’ pages.
    """
    return Branding.read(branding.get_brand(g.actor.org_id))


@operation(
    api,
    "PATCH /organization/branding",
    "organization:write",
    body=BrandingChange,
    partial=True,
    answers={200: Branding},
    sent={"accent": "#0f6674"},
)
def change_branding() -> ResponseReturnValue:
    """Change branding

    Participants see the colour at once, in shades that are readable on light and dark pages.
    Upload a logo on the dashboard.
    """
    kept = branding.get_brand(g.actor.org_id)
    given = {"accent": kept.accent, **_given(read_payload(BrandingChange))}
    return Branding.read(branding.save_brand(services(), g.actor.org_id, given["accent"], None))
