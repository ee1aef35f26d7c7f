"""Representations of scripts."""

from typing import ClassVar, Final, Literal

from interviewrelay.core import clock
from interviewrelay.core.representation import (
    EXAMPLE_TIME,
    SCRIPT_ID,
    Id,
    Representation,
    Shape,
    Time,
    field,
)
from interviewrelay.models import Script as Row, ScriptVersion as VersionRow
from interviewrelay.scripts.document import ScriptDocument

_DOCUMENT: Final = ScriptDocument.model_validate(
    {"name": "Onboarding study", "questions": [{"text": "How has the first month been?"}]}
).document()
_PUBLISHED: Final[Shape] = {
    "id": SCRIPT_ID,
    "status": "published",
    "version": 1,
    "changed_since_publication": False,
    "created_at": EXAMPLE_TIME,
    "updated_at": EXAMPLE_TIME,
    **_DOCUMENT,
}


def _status(row: Row) -> str:
    return "published" if row.latest_version else "draft"


class Script(ScriptDocument):
    """The script's full document and its status."""

    EXAMPLE: ClassVar[Shape] = _PUBLISHED

    id: Id
    status: Literal["draft", "published"]
    version: int | None = field(None, "Number of the newest published version.")
    changed_since_publication: bool
    created_at: Time
    updated_at: Time


class ScriptSummary(Representation):
    """Script without its document."""

    id: Id = field(example=SCRIPT_ID)
    name: str = field(example="Onboarding study")
    status: Literal["draft", "published"] = field(_status)
    version: int | None = field(
        lambda row: row.latest_version or None, "Number of the newest published version."
    )
    changed_since_publication: bool
    created_at: Time
    updated_at: Time


class ScriptVersionItem(Representation):
    version: int = field("number", example=1)
    created_at: Time = field(None, "When it was published.")


class ScriptVersion(ScriptDocument):
    """Published version with its document."""

    EXAMPLE: ClassVar[Shape] = {"version": 1, "created_at": EXAMPLE_TIME, **_DOCUMENT}

    version: int
    created_at: Time


class Remark(Representation):
    question_id: str | None
    field: str
    rule: str
    level: Literal["warning", "error"]
    message: str


class PublishedScript(Script):
    EXAMPLE: ClassVar[Shape] = {**_PUBLISHED, "warnings": []}

    warnings: list[Remark]


def script(row: Row) -> Shape:
    """Script with its whole document; `status` is published once there is a version."""
    return {
        "id": row.id,
        "status": _status(row),
        "version": row.latest_version or None,
        "changed_since_publication": row.changed_since_publication,
        "created_at": clock.format_iso(row.created_at),
        "updated_at": clock.format_iso(row.updated_at),
        "reporting": {},  # missing in scripts that were last saved before the field existed
        **row.document,
    }


def version(row: VersionRow) -> Shape:
    """Published version with its document."""
    return {
        "version": row.number,
        "created_at": clock.format_iso(row.created_at),
        "reporting": {},
        **row.document,
    }
