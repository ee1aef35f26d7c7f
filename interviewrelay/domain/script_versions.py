"""The published versions of a script: looked at, compared, and taken up again."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import defer

from interviewrelay.database import db
from interviewrelay.domain import paging, script_changes
from interviewrelay.errors import NotFound
from interviewrelay.models import Script, ScriptVersion

LARGEST = 2**31 - 1


def listing(script: Script, window: paging.Window) -> paging.Page[ScriptVersion]:
    """Newest first, without what they say."""
    mine = select(ScriptVersion).where(ScriptVersion.script_id == script.id)
    rows = mine.options(defer(ScriptVersion.document))
    return paging.page(rows, ScriptVersion.created_at, ScriptVersion.id, window)


def get(script: Script, number: int) -> ScriptVersion:
    """One of them. Raises NotFound."""
    wanted = select(ScriptVersion).where(
        ScriptVersion.script_id == script.id, ScriptVersion.number == number
    )
    found = db.session.execute(wanted).scalar_one_or_none() if number <= LARGEST else None
    if found is None:
        raise NotFound
    return found


def difference(script: Script, old: int | None, new: int | None) -> script_changes.Difference:
    """Between two versions by their numbers, None being what the script says now. Raises NotFound."""
    return script_changes.between(_document(script, old), _document(script, new))


def _document(script: Script, number: int | None) -> Mapping[str, Any]:
    return script.document if number is None else get(script, number).document
