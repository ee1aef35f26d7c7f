"""Scripts: written, changed, and published as versions that never change."""

from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import select, update

from interviewrelay import clock
from interviewrelay.analysis import linter
from interviewrelay.database import db, transaction
from interviewrelay.domain import access, paging
from interviewrelay.domain.actors import Actor
from interviewrelay.domain.script_document import ScriptDocument
from interviewrelay.errors import Conflict, InvalidParameter
from interviewrelay.interviewer.guide import guide_of
from interviewrelay.models import Script, ScriptVersion

State = Literal["draft", "published"]


def create(actor: Actor, document: ScriptDocument) -> Script:
    now = clock.now()
    with transaction():
        script = Script(
            org_id=actor.org_id,
            name=document.name,
            document=document.document(),
            created_at=now,
            updated_at=now,
        )
        db.session.add(script)
    return script


def change(script: Script, document: ScriptDocument, *, seen: str | None = None) -> Script:
    """Replace what it says. Published versions stay as they are; campaigns keep theirs.

    `seen` is the `mark` of what the author had before them: raises Conflict when somebody else has
    changed the script since.
    """
    with transaction():
        script = access.locked(Script, script.id)
        if seen is not None and seen != mark(script):
            raise Conflict("Somebody else has changed this script in the meantime.")
        made = document.document()
        if made != script.document:
            script.document, script.name = made, document.name
            script.changed_since_publication = script.latest_version > 0
            script.updated_at = clock.now()
    return script


def publish(script: Script) -> tuple[Script, list[linter.Remark]]:
    """Make the next numbered version, unless nothing changed; with the linter's warnings.

    Raises InvalidParameter when the linter finds an error: the script could not be held.
    """
    remarks = remarks_on(script.document)
    if errors := [r for r in remarks if r.level == "error"]:
        raise InvalidParameter.several(
            [{"field": _path(r), "expected": r.rule, "message": r.message} for r in errors]
        )
    with transaction():
        script = access.locked(Script, script.id)
        if script.latest_version == 0 or script.changed_since_publication:
            number = script.latest_version + 1
            db.session.add(
                ScriptVersion(script_id=script.id, number=number, document=script.document)
            )
            script.latest_version = number
            script.changed_since_publication = False
            script.updated_at = clock.now()
    return script, remarks


def mark(script: Script) -> str:
    """Names what a script says at the moment."""
    return clock.iso_millis(script.updated_at)


def remarks_on(document: dict[str, Any]) -> list[linter.Remark]:
    return linter.lint(guide_of(document))


def listing(
    actor: Actor, window: paging.Window = paging.Window(), *, state: State | None = None
) -> paging.Page[Script]:
    mine = select(Script).where(Script.org_id == actor.org_id, Script.deleted_at.is_(None))
    if state is not None:
        published = Script.latest_version > 0
        mine = mine.where(published if state == "published" else ~published)
    return paging.page(mine, Script.created_at, Script.id, window)


def published(actor: Actor) -> Sequence[Script]:
    """All scripts that a campaign can be made from, by name."""
    mine = select(Script).where(
        Script.org_id == actor.org_id, Script.deleted_at.is_(None), Script.latest_version > 0
    )
    return paging.every(mine.order_by(Script.name, Script.id))


def delete(script: Script) -> None:
    """It is shown no more. Campaigns go on with the version that they were made with."""
    with transaction():
        db.session.execute(
            update(Script)
            .where(Script.id == script.id, Script.deleted_at.is_(None))
            .values(deleted_at=clock.now())
        )


def _path(remark: linter.Remark) -> str:
    return (
        f"questions.{remark.question_id}.{remark.field}" if remark.question_id else remark.field
    )
