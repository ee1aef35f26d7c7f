"""The published versions of a script: looked at, compared, and taken up again."""

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


def listing(script: Script, window: pagination.Window) -> pagination.Page[ScriptVersion]:
    """Newest first, without what they say."""
    mine = select(ScriptVersion).where(ScriptVersion.script_id == script.id)
    rows = mine.options(defer(ScriptVersion.document))
    return pagination.page(rows, ScriptVersion.created_at, ScriptVersion.id, window)


def get(script: Script, number: int) -> ScriptVersion:
    """One of them. Raises NotFound."""
    wanted = select(ScriptVersion).where(
        ScriptVersion.script_id == script.id, ScriptVersion.number == number
    )
    found = db.session.execute(wanted).scalar_one_or_none() if number <= LARGEST else None
    if found is None:
        raise NotFound
    return found


def difference(script: Script, old: int | None, new: int | None) -> diff.Difference:
    """Between two versions by their numbers, None being what the script says now. Raises NotFound."""
    return diff.between(_document(script, old), _document(script, new))


def _document(script: Script, number: int | None) -> Mapping[str, Any]:
    return script.document if number is None else get(script, number).document
