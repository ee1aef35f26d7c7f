"""Representations of projects and campaigns."""

from dataclasses import fields
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

from interviewrelay.campaigns import campaigns
from interviewrelay.core.field_types import (
    AsWhole,
    Hours,
    Id as FieldId,
    Message,
    Metadata,
    Moment,
    Origin,
    RequestBody,
    Seen,
    Text,
    ValidHours,
)
from interviewrelay.core.representation import (
    CAMPAIGN_ID,
    PROJECT_ID,
    Converter,
    Count,
    Id,
    Representation,
    Time,
    field,
)
from interviewrelay.interviewer.guide import Autonomy
from interviewrelay.models import Campaign as Row
from interviewrelay.scripts.document import Language, Name

_AGO = "2024-10-01T00:00:00Z"


def plain_number(value: float) -> float:
    """Convert a whole number to an integer, so that JSON shows no decimal point."""
    return int(value) if float(value).is_integer() else value


_PlainNumber = Annotated[float, Converter(plain_number)]


class Project(Representation):
    id: Id = field(example=PROJECT_ID)
    name: str = field(example="Onboarding")
    description: str | None = field(example="How the first month goes")
    created_at: Time


Term = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), Seen
]


class SettingsIn(RequestBody):
    mode: Literal["text", "voice", "both"] | None = Field(
        default=None,
        description="How people answer: in writing (`text`, the default), by voice (`voice`), or "
        "either (`both`). `voice` is refused if the server can't recognize speech in the interview's "
        "language; then `both` is offered in writing.",
    )
    language: Language | None = Field(
        default=None, description="Language to use instead of the script's."
    )
    target_minutes: Annotated[int, Field(ge=1, le=180), AsWhole] | None = Field(
        default=None, description="Target length to use instead of the script's."
    )
    recording: bool | None = Field(
        default=None,
        description="Whether recordings of spoken answers are kept (default: true). Otherwise each is "
        "deleted once it is transcribed.",
    )
    sentiment: bool | None = Field(default=None, description="Whether sentiment is estimated.")
    interviewer: Text | None = Field(default=None, description="The interviewer's name.")
    autonomy: Autonomy | None = Field(
        default=None,
        description="What the language model controls in adaptive interviews: `words` (only the "
        "wording), `probe` (follow-ups), `guide` (also the order of questions; the default), `open` "
        "(an open conversation with 10 to 20 follow-ups per question). Applies from the next answer.",
    )
    glossary: Annotated[list[Term], Field(max_length=50)] | None = Field(
        default=None,
        description="Names and terms that may come up in spoken answers, for the recognizer.",
    )


def _drop_repeats(origins: list[str]) -> list[str]:
    return list(dict.fromkeys(origins))


EmbedOrigins = Annotated[list[Origin], Field(max_length=20), AfterValidator(_drop_repeats)]
MaxSessions = Annotated[int, Field(ge=1, le=1_000_000), AsWhole]


class _New(RequestBody):
    name: Name = Field(description="Campaign name (internal use).")
    script_id: FieldId = Field(description="UUID of published script.")
    project_id: FieldId = Field(description="UUID of project.")


class _Renamed(RequestBody):
    name: Name = Field(default="", description="Campaign name (internal use).")


class _Changeable(RequestBody):
    """Fields of a campaign that can be set and changed; null removes an optional value."""

    invite_valid_hours: ValidHours = Field(
        default=168, description="Hours until invite expires (default: 168 = 7 days)."
    )
    settings: SettingsIn = Field(
        default=SettingsIn(),
        description="Interview settings. A new value replaces all of them.",
    )
    metadata: Metadata = Field(
        default={},
        description="Your own data, up to 50 strings. A new value replaces all of them.",
    )
    reminder_hours_before: Hours | None = Field(
        default=None,
        description="This many hours before a link expires, people who were emailed and haven't "
        "started get one reminder; null: no reminder.",
    )
    starts_at: Moment | None = Field(
        default=None, description="When interviews can start; null: at any time."
    )
    ends_at: Moment | None = Field(
        default=None,
        description="New interviews can't start after this time. Interviews in progress can finish. "
        "null: no end.",
    )
    max_sessions: MaxSessions | None = Field(
        default=None, description="Maximum number of interviews that can start; null: no limit."
    )
    max_completed: MaxSessions | None = Field(
        default=None,
        description="Stop after this many completed interviews; null: no limit. Interviews in "
        "progress count toward it. Once it is reached, no one is invited or reminded.",
    )
    custom_message: Message = Field(
        default="",
        description="Message in the email, for invites without their own `custom_message`.",
    )
    embed_origins: EmbedOrigins = Field(
        default=[],
        description="Sites that may show the interview in a frame, up to 20 origins such as "
        "`https://example.com`; empty: none. A new value replaces all of them.",
    )

    def given(self) -> dict[str, Any]:
        """Fields that were sent, by column name."""
        made = {name: getattr(self, name) for name in self.model_fields_set}
        if "metadata" in made:
            made["extra"] = made.pop("metadata")
        if "settings" in made:
            made["settings"] = self.settings.model_dump(exclude_none=True)
        return made


class CampaignIn(_Changeable, _New):
    status: Literal["draft", "active"] = Field(
        default="active", description="No one can be invited to a draft."
    )

    def plan(self) -> campaigns.CampaignPlan:
        known = {field.name for field in fields(campaigns.CampaignPlan)}
        told = {"project_id": self.project_id, **self.given()}
        return campaigns.CampaignPlan(**{name: told[name] for name in told.keys() & known})


class CampaignChange(_Changeable, _Renamed):
    """Omitted fields keep their values; null removes an optional value."""

    status: campaigns.CampaignStatus = Field(
        default="active",
        description="Possible changes: draft → active ⇄ paused → completed → archived.",
    )


class Campaign(Representation):
    id: Id = field(example=CAMPAIGN_ID)
    name: str = field(example="Q4 Customer Feedback")
    script_id: Id
    project_id: Id
    status: campaigns.CampaignStatus = field(example="active")
    created_at: Time
    script_version: int = field(
        "version_number", "Version of the script that the campaign uses.", example=1
    )
    invite_valid_hours: _PlainNumber = field(example=168)
    settings: SettingsIn = field(example={})
    metadata: dict[str, str] = field("extra")
    reminder_hours_before: int | None
    starts_at: Time | None
    ends_at: Time | None
    max_sessions: int | None
    max_completed: int | None
    custom_message: str
    embed_origins: list[str]


class CampaignItem(
    Representation
):  # the list query builds it in SQL: `campaigns.list_campaigns`
    id: Id = field(example=CAMPAIGN_ID)
    name: str = field(example="Q4 Feedback")
    status: campaigns.CampaignStatus = field(example="active")
    invites_sent: Count = field(example=50)
    completed: Count = field(example=32)
    ended_early: Count = field(example=2)
    created_at: Time = field(example=_AGO)
    started: Count = field(example=40)
    project_id: Id
    script_id: Id


def _rate(part: int, whole: int) -> float:
    return plain_number(round(part / whole, 2) if whole else 0)


def _complete(row: Row) -> int:
    """Complete interviews: `completed` also counts those that ended early."""
    return row.completed - row.ended_early


def _pending(row: Row) -> int:
    """Pending invites. An interview that has begun counts as started, never as cancelled, so the
    invites sent are the started, pending, cancelled and expired ones together.
    """
    return row.invites_sent - row.started - row.cancelled - row.expired


def _average_minutes(row: Row) -> float:
    return plain_number(
        round(row.completed_seconds / row.completed / 60, 1) if row.completed else 0
    )


class Stats(Representation):
    invites_sent: Count = field(example=100)
    opened: Count = field(
        lambda row: row.opened_only + row.started,
        "Invites whose page a person has used or started from. Automatic requests, such as by "
        "email scanners, are not counted.",
        example=72,
    )
    started: Count = field(example=65)
    completed: Count = field(example=48)
    completion_rate: float = field(
        lambda row: _rate(row.completed, row.started),
        "completed ÷ started.", example=0.74, ge=0, le=1,
    )  # fmt: skip
    complete: Count = field(
        _complete, "Completed sessions in which `complete` is true.", example=44
    )
    ended_early: Count = field(
        None, "Completed sessions in which `complete` is false.", example=4
    )
    complete_rate: float = field(
        lambda row: _rate(_complete(row), row.started),
        "complete ÷ started.", example=0.68, ge=0, le=1,
    )  # fmt: skip
    pending: Count = field(_pending, "Open invites that have not been used yet.", example=35)
    abandoned: Count = field(example=5)
    failed: Count = field(None, "Emails that could not be delivered.")
    cancelled: Count = field(None, "Invites that were cancelled before an interview started.")
    expired: Count
    average_duration_minutes: float = field(_average_minutes, example=11.5, ge=0)


class CampaignDetail(Campaign):
    created_at: Time = field(example=_AGO)
    stats: Stats = field(lambda row: row)
