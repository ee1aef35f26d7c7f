"""The answers of the API as schemas: projects, scripts, campaigns, invites.

`domain.represent` makes them; a test holds every answer of the API's tests to these, so that the
two cannot part.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from interviewrelay.campaigns import campaigns
from interviewrelay.campaigns.invites import invites
from interviewrelay.interviewer.guide import Autonomy
from interviewrelay.scripts.document import ScriptDocument
from interviewrelay.web.campaigns.campaigns import SettingsIn

Id = Annotated[str, Field(json_schema_extra={"format": "uuid"})]
Time = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Address = Annotated[str, Field(json_schema_extra={"format": "email"})]
Url = Annotated[str, Field(json_schema_extra={"format": "uri"})]
Count = Annotated[int, Field(ge=0)]


class Answer(BaseModel):
    model_config = ConfigDict(
        json_schema_serialization_defaults_required=False, defer_build=True
    )


class Fault(Answer):
    field: str
    expected: str
    message: str


class Pagination(Answer):
    total: Count
    limit: Count
    offset: Count
    has_more: bool
    next_cursor: str | None = Field(description="Send it as `cursor` for what follows.")
    total_is_capped: bool = Field(
        default=False,
        description="true where there are more than `total`, which was counted no further; "
        "otherwise left out.",
    )


def listed(name: str, item: type[BaseModel]) -> type[BaseModel]:
    """A list in both documented forms at once."""
    fields: dict[str, Any] = {
        name: (list[item], ...),  # type: ignore[valid-type]
        "total": (Count, ...),
        "limit": (Count, ...),
        "offset": (Count, ...),
        "total_is_capped": (bool, False),
        "data": (list[item], Field(description=f"The same array as `{name}`.")),  # type: ignore[valid-type]
        "pagination": (Pagination, ...),
    }
    return create_model(f"{name.capitalize()}List", __base__=Answer, **fields)


class Project(Answer):
    id: Id
    name: str
    description: str | None
    created_at: Time


class Script(ScriptDocument):
    """The script's whole document, and where it stands."""

    id: Id
    status: Literal["draft", "published"]
    version: int | None = Field(description="Of the newest published version.")
    changed_since_publication: bool
    created_at: Time
    updated_at: Time


class Remark(Answer):
    question_id: str | None
    field: str
    rule: str
    level: Literal["warning", "error"]
    message: str


class PublishedScript(Script):
    warnings: list[Remark]


class ProposedMove(Answer):
    """A move that a language model proposed, with the words of the participant that it is based on
    (`evidence`), and by what rule it was `refused` (or its acknowledgement `dropped`, or a question
    of the guide left in its own words, `unworded`), if it was.
    """

    act: str
    target: str = ""
    evidence: str = ""
    acknowledgement: str = ""
    question: str = ""
    refused: str = ""
    because: str = ""
    dropped: str = ""
    unworded: str = ""


class NotedWords(Answer):
    """Words of the participant, and why the model noted them."""

    quote: str
    why: str


class ModelCall(Answer):
    """What a language model made of the answer before this turn, and what came of it. Its reply is
    left out where there was none, and once that answer was struck.
    """

    name: str = Field(description="The model's.")
    used: bool = Field(description="Whether a move of its was made.")
    reason: str = Field(
        description="Why it was made or not: `refused: leading: it suggests the answer`, `timeout`."
    )
    ms: Count = Field(description="Milliseconds that the participant waited for it.")
    tokens: Count
    calls: Count
    rest: str | None = Field(description="Names the rest of an endpoint that failed too often.")
    prompt: str = Field(default="", description="Version and hash of what it was asked.")
    autonomy: Autonomy | None = Field(
        default=None, description="What it could choose then, as the campaign had it."
    )
    reply: str = Field(default="", description="Its last reply, as it came.")
    heard: str = Field(default="", description="What the answer tells the study.")
    moves: list[ProposedMove] = Field(default=[], description="In its order of preference.")
    threads: list[NotedWords] = []
    wants: list[str] = []
    care: str = "none"
    contradiction: list[str] = []
    incident: NotedWords | None = None


class Decision(Answer):
    """Why the interviewer said it."""

    act: str
    question_id: str | None
    target: str | None
    reason: str
    source: str = Field(description="Whose words: `author`, `template` or `model`.")
    details: dict[str, Any]
    model: ModelCall | None = Field(
        default=None, description="Left out where no model was asked."
    )


class Progress(Answer):
    asked: Count
    total: Count
    minutes_left: Count


class PreviewTurn(Answer):
    number: Count
    speaker: Literal["ai", "participant"]
    text: str
    skipped: bool
    question_id: str | None
    decision: Decision | None


class Preview(Answer):
    status: Literal["in_progress", "completed"]
    turn: PreviewTurn | None
    turns: list[PreviewTurn]
    next_number: int | None
    progress: Progress
    closing: str | None


class Campaign(Answer):
    id: Id
    name: str
    script_id: Id
    project_id: Id
    status: campaigns.Status
    created_at: Time
    script_version: int = Field(description="The version that it was made with and keeps.")
    invite_valid_hours: float
    settings: SettingsIn
    metadata: dict[str, str]
    reminder_hours_before: int | None
    starts_at: Time | None
    ends_at: Time | None
    max_sessions: int | None
    max_completed: int | None
    custom_message: str


class CampaignItem(Answer):
    id: Id
    name: str
    status: campaigns.Status
    invites_sent: Count
    completed: Count
    ended_early: Count
    created_at: Time
    started: Count
    project_id: Id
    script_id: Id


class Stats(Answer):
    invites_sent: Count
    opened: Count = Field(
        description="Invites whose page somebody has touched, or started from. That a link was "
        "fetched, as mail scanners do, is not counted."
    )
    started: Count
    completed: Count
    completion_rate: float = Field(ge=0, le=1, description="completed ÷ started.")
    complete: Count = Field(description="The completed sessions that are `complete`.")
    ended_early: Count = Field(description="The completed sessions that are not.")
    complete_rate: float = Field(ge=0, le=1, description="complete ÷ started.")
    pending: Count = Field(description="Open invites whose interview has not begun.")
    abandoned: Count
    failed: Count = Field(description="Mails that could not be delivered.")
    cancelled: Count = Field(description="Invites that ended before an interview began.")
    expired: Count
    average_duration_minutes: float = Field(ge=0)


class CampaignDetail(Campaign):
    stats: Stats


class NewInvite(Answer):
    id: Id
    email: Address
    token: str | None = Field(description="null for a key that may not write invites.")
    url: Url | None
    expires_at: Time


class Invite(NewInvite):
    status: invites.Status
    campaign_id: Id
    created_at: Time
    name: str
    metadata: dict[str, str]
    reminded_at: Time | None
    test: bool


class BadAddress(Answer):
    email: str
    reason: Literal["INVALID_ADDRESS", "TOO_MANY_MAILS", "DO_NOT_WRITE"]


class InvitesMade(Answer):
    invites: list[NewInvite]
    sent: Count
    failed: Count
    errors: list[BadAddress]


class Reminded(Answer):
    sent: Count


class Suppression(Answer):
    id: Id
    reason: Literal["unsubscribed", "added"] = Field(
        description="Asked for by the person, by the link in a mail; or added by hand."
    )
    created_at: Time


class SuppressionRemoved(Answer):
    removed: bool = Field(description="False when it was not on the list.")


class Unsubscribing(Answer):
    organization: str
    unsubscribed: bool


PROJECTS = listed("projects", Project)
SCRIPTS = listed("scripts", Script)
CAMPAIGNS = listed("campaigns", CampaignItem)
INVITES = listed("invites", Invite)
SUPPRESSIONS = listed("suppressions", Suppression)


class Document(Answer):
    """OpenAPI 3.1."""

    openapi: str
    info: dict[str, Any]
    paths: dict[str, Any]
    components: dict[str, Any]
