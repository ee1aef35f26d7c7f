"""Campaign form fields shared by several forms: name, dates, limit and email text.

A form changes the fields that it has, and no others: `templates/campaigns/settings.html` and
`sending.html` show different ones.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from flask import current_app, request

from interviewrelay.adapters.mail import mailer
from interviewrelay.campaigns import voice_availability
from interviewrelay.campaigns.representation import CampaignChange, plain_number
from interviewrelay.notifications import messages
from interviewrelay.web.http.blueprints import services
from interviewrelay.web.http.validation import validate
from interviewrelay.web.ui import page_helpers

MINUTES: Final = "settings.target_minutes"
AUTONOMY: Final = "settings.autonomy"
MODE: Final = "settings.mode"
RECORDING: Final = "settings.recording"
GLOSSARY: Final = "settings.glossary"
SETTINGS: Final = (MINUTES, AUTONOMY, MODE, RECORDING, GLOSSARY)
USUAL: Final = "guide"
FIELDS: Final = (
    "name", "invite_valid_hours", "unit", *SETTINGS, "starts_at", "ends_at", "max_completed",
    "reminder_hours_before", "custom_message", "embed_origins",
)  # fmt: skip
SENTENCES: Final = {
    "name": "Enter a name for the campaign, up to 200 characters.",
    "invite_valid_hours": "Enter a time between 1 hour and 365 days.",
    MINUTES: "Enter a whole number of minutes from 1 to 180, or leave the field empty.",
    AUTONOMY: "Choose what the language model controls.",
    RECORDING: "Choose what happens to recordings.",
    GLOSSARY: "Enter up to 50 names or terms of up to 60 characters, each on its own line.",
    "starts_at": "Enter a date and time, or leave the field empty.",
    "ends_at": "Enter a date and time after the start, or leave the field empty.",
    "max_completed": "Enter a whole number from 1 to 1,000,000, or leave the field empty.",
    "reminder_hours_before": "Choose when to send the reminder.",
    "custom_message": "Shorten the message to 5,000 characters or fewer.",
    "embed_origins": "Enter up to 20 addresses like https://www.example.com, each on its own line and "
    "without a path.",
}
REMINDERS: Final = (12, 24, 48, 72, 168)


def get_values(campaign: Any) -> dict[str, str]:
    """Form values of a campaign, of every field."""
    hours = campaign.invite_valid_hours
    days = hours % 24 == 0
    return {
        "name": campaign.name,
        "invite_valid_hours": str(plain_number(hours / 24 if days else hours)),
        "unit": "24" if days else "1",
        MINUTES: str(campaign.settings.get("target_minutes") or ""),
        AUTONOMY: campaign.settings.get("autonomy") or USUAL,
        MODE: campaign.settings.get("mode") or "text",
        RECORDING: "false" if campaign.settings.get("recording") is False else "true",
        GLOSSARY: "\n".join(campaign.settings.get("glossary") or ()),
        "starts_at": _local(campaign.starts_at),
        "ends_at": _local(campaign.ends_at),
        "max_completed": str(campaign.max_completed or ""),
        "reminder_hours_before": str(campaign.reminder_hours_before or ""),
        "custom_message": campaign.custom_message,
        "embed_origins": "\n".join(campaign.embed_origins),
    }


def read_typed() -> dict[str, str]:
    """Fields of the sent form, as typed; a field that the form lacks is left out.

    A browser leaves out a checkbox that is not checked, so a hidden field of its name comes before
    it: the last value counts.
    """
    return {name: request.form.getlist(name)[-1] for name in FIELDS if name in request.form}


def parse_changes(campaign: Any, values: dict[str, str]) -> dict[str, Any]:
    """Changes from the form, validated as the API does; fields that are not in `values` stay as they
    are. Raises InvalidParameter.
    """
    sent = {name: parse(values[name]) for name, parse in _PARSERS.items() if name in values}
    if "invite_valid_hours" in values:
        hours = page_helpers.decimal(values["invite_valid_hours"])
        days = values.get("unit", get_values(campaign)["unit"]) == "24"
        sent["invite_valid_hours"] = hours * 24 if days and isinstance(hours, float) else hours
    if not set(SETTINGS).isdisjoint(values):
        sent["settings"] = _change_settings(campaign.settings, values)
    return validate(CampaignChange, sent).given()


def _change_settings(settings: Mapping[str, Any], values: dict[str, str]) -> dict[str, Any]:
    """The settings, which are replaced as a whole, with the changes from the form."""
    changed = dict(settings)
    if MINUTES in values:
        changed["target_minutes"] = _number(values[MINUTES])
    if AUTONOMY in values and (values[AUTONOMY] != USUAL or "autonomy" in settings):
        changed["autonomy"] = values[AUTONOMY]
    if MODE in values and (values[MODE] != "text" or "mode" in settings):
        changed["mode"] = values[MODE]
    if RECORDING in values and (values[RECORDING] != "true" or "recording" in settings):
        kept = values[RECORDING]
        changed["recording"] = {"true": True, "false": False}.get(kept, kept)
    if GLOSSARY in values and (values[GLOSSARY].strip() or "glossary" in settings):
        terms = (term.strip() for term in re.split(r"[\n,;]", values[GLOSSARY]))
        changed["glossary"] = list(dict.fromkeys(term for term in terms if term)) or None
    return changed


def describe_missing_speech(campaign: Any) -> str:
    """Sentence for a campaign whose language this server cannot recognize; otherwise empty."""
    language = voice_availability.get_language(campaign.settings, campaign.version.document)
    known = voice_availability.can_recognize(services().speech, language)
    return "" if known else voice_availability.NO_ENGINE.format(language=language)


def _number(text: str) -> int | str | None:
    return page_helpers.parse_number(text) if text.strip() else None


def _moment(text: str) -> str | None:
    return text.strip() or None


_PARSERS: Final[dict[str, Callable[[str], Any]]] = {
    "name": str,
    "starts_at": _moment,
    "ends_at": _moment,
    "max_completed": _number,
    "reminder_hours_before": _number,
    "custom_message": str,
    "embed_origins": str.split,
}


def list_reminder_choices(chosen: str) -> list[tuple[str, str]]:
    """Options of a reminder, including the current one."""
    own = int(chosen) if chosen.isascii() and chosen.isdigit() else 24
    hours = sorted({*REMINDERS, own})
    return [
        ("", "No reminder"),
        *((str(n), f"{_ahead(n)} before the link expires") for n in hours),
    ]


def build_sample_mail(campaign: Any, name: str = "") -> dict[str, Any]:
    """Email preview in paragraphs."""
    written = messages.build_sample(services(), campaign, name)
    text = mailer.render_as_text(Path(str(current_app.template_folder)), written)
    return {
        "subject": written.subject,
        "sender": written.sender_name,
        "language": written.language,
        "paragraphs": _paragraphs(text),
    }


def _ahead(hours: int) -> str:
    number, noun = (hours, "hour") if hours % 24 else (hours // 24, "day")
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _paragraphs(text: str) -> Sequence[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def _local(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}" if moment else ""
