"""Representations of scripts."""

from dataclasses import asdict
from typing import ClassVar, Final, Literal

from interviewrelay.analysis.linter import Remark as Found
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
from interviewrelay.models import Script as Row
from interviewrelay.scripts.document import ScriptDocument

_QUESTION: Final[Shape] = {
    "id": "q1",
    "text": "How has the first month been?",
    "kind": "open",
    "options": [],
    "importance": "should",
    "depth": "standard",
    "sensitivity": 0,
    "expected": {"min_words": 0, "wants": []},
    "needs": [],
    "probes": [],
    "rephrase": [],
    "explain": "",
    "avoid": [],
    "ask_if": None,
    "skip_if": None,
    "seconds": None,
}
DRAFT: Final[Shape] = {
    "id": SCRIPT_ID,
    "status": "draft",
    "version": None,
    "changed_since_publication": False,
    "created_at": EXAMPLE_TIME,
    "updated_at": EXAMPLE_TIME,
    "name": "Onboarding study",
    "language": "en",
    "target_minutes": 20,
    "tone": "neutral",
    "purpose": "",
    "consent_text": "",
    "contact": "",
    "resources": {},
    "reporting": {},
    "questions": [_QUESTION],
    "closing": {"anything_to_add": True, "check_back": True, "thank_text": ""},
}
PUBLISHED: Final[Shape] = {**DRAFT, "status": "published", "version": 1}


class Script(ScriptDocument):
    """The script's whole document, and where it stands."""

    EXAMPLE: ClassVar[Shape] = PUBLISHED

    id: Id
    status: Literal["draft", "published"]
    version: int | None = field(None, "Of the newest published version.")
    changed_since_publication: bool
    created_at: Time
    updated_at: Time


class Remark(Representation):
    question_id: str | None
    field: str
    rule: str
    level: Literal["warning", "error"]
    message: str


class PublishedScript(Script):
    EXAMPLE: ClassVar[Shape] = {**PUBLISHED, "warnings": []}

    warnings: list[Remark]


def script(row: Row) -> Shape:
    """With its whole document; `status` is published once there is a version."""
    return {
        "id": row.id,
        "status": "published" if row.latest_version else "draft",
        "version": row.latest_version or None,
        "changed_since_publication": row.changed_since_publication,
        "created_at": clock.format_iso(row.created_at),
        "updated_at": clock.format_iso(row.updated_at),
        "reporting": {},  # missing in scripts that were last saved before the field existed
        **row.document,
    }


def remark(value: Found) -> Shape:
    return asdict(value)
