"""Published versions of a script: list, compare, restore."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import defer

from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import NotFound
from interviewrelay.models import Script, ScriptVersion
from interviewrelay.scripts import diff

LARGEST = 2**31 - 1


def list_versions(script: Script, window: pagination.Window) -> pagination.Page[ScriptVersion]:
    """Versions, newest first, without their documents."""
    mine = select(ScriptVersion).where(ScriptVersion.script_id == script.id)
    rows = mine.options(defer(ScriptVersion.document))
    return pagination.fetch_page(rows, ScriptVersion.created_at, ScriptVersion.id, window)


def get_version(script: Script, number: int) -> ScriptVersion:
    """A version. Raises NotFound."""
    wanted = select(ScriptVersion).where(
        ScriptVersion.script_id == script.id, ScriptVersion.number == number
    )
    found = db.session.execute(wanted).scalar_one_or_none() if number <= LARGEST else None
    if found is None:
        raise NotFound
    return found


def compare_versions(script: Script, old: int | None, new: int | None) -> diff.ScriptDiff:
    """Diff of two versions by number; None is the draft. Raises NotFound."""
    return diff.compare_documents(_document(script, old), _document(script, new))


def _document(script: Script, number: int | None) -> Mapping[str, Any]:
    return script.document if number is None else get_version(script, number).document
