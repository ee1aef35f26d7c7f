"""Scripts: created, changed, and published as versions that never change."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal

from sqlalchemy import select, update
from sqlalchemy.orm import defer

from interviewrelay.analysis import linter
from interviewrelay.analysis.estimate import LengthEstimate, estimate_length
from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import Conflict, InvalidParameter, NotFound
from interviewrelay.interviewer.guide import build_guide
from interviewrelay.models import Script, ScriptVersion
from interviewrelay.organizations import access
from interviewrelay.scripts.document import ScriptDocument

ScriptState = Literal["draft", "published"]

_EXPECTED: Final = {
    "no-question": "list of 1 to 100 items",
    "no-text": "string",
    "duplicate-id": "unique id",
    "unknown-question": "id of a question in this script",
    "later-question": "id of an earlier question",
}
"""Expected value for each of the linter's errors."""


def create_script(actor: Actor, document: ScriptDocument) -> Script:
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


def change_script(
    script: Script, document: ScriptDocument, *, seen: str | None = None
) -> Script:
    """Replace the document. Published versions and the campaigns that use them do not change.

    `seen` is the `get_fingerprint` of the document that the author edited (optimistic lock): raises
    Conflict when the script has changed since.
    """
    with transaction():
        script = _locked(script)
        if seen is not None and seen != get_fingerprint(script):
            raise Conflict("Someone else has changed this script in the meantime.")
        _replace(script, document)
    return script


def patch_script(
    script: Script,
    fields: Mapping[str, Any],
    read: Callable[[Mapping[str, Any]], ScriptDocument],
) -> Script:
    """Replace the given fields of the current document.

    `read` validates the merged fields and raises their errors.
    """
    with transaction():
        script = _locked(script)
        _replace(script, read({**script.document, **fields}))
    return script


def undo_change(script: Script) -> Script:
    """Undo the last change; a second undo restores it.

    Raises Conflict without a change.
    """
    with transaction():
        script = _locked(script)
        if script.previous is None:
            raise Conflict("This script has not been changed since it was created.")
        _replace(script, ScriptDocument.model_validate(script.previous))
    return script


def tell_likely_length(script: Script) -> Script:
    """Set the stated duration to the estimate for all questions."""
    with transaction():
        script = _locked(script)
        longest = estimate_document(script.document).longest
        _replace(
            script,
            ScriptDocument.model_validate({**script.document, "target_minutes": longest}),
        )
    return script


def restore_version(script: Script, version: ScriptVersion) -> Script:
    """Restore a version's document as the draft; campaigns keep theirs."""
    with transaction():
        script = _locked(script)
        _replace(script, ScriptDocument.model_validate(version.document))
    return script


def publish_script(script: Script) -> tuple[Script, list[linter.Remark]]:
    """Publish the next version, unless nothing changed; returns it with the linter's warnings.

    Raises InvalidParameter on a linter error, which means that no interview can run.
    """
    with transaction():
        script = _locked(script)
        remarks = require_publishable(script.document)
        if script.latest_version == 0 or script.changed_since_publication:
            number = script.latest_version + 1
            db.session.add(
                ScriptVersion(script_id=script.id, number=number, document=script.document)
            )
            script.latest_version = number
            script.changed_since_publication = False
            script.updated_at = clock.now()
    return script, remarks


def get_fingerprint(script: Script) -> str:
    """Digest of the current document."""
    return clock.format_iso_millis(script.updated_at)


def list_remarks(document: dict[str, Any]) -> list[linter.Remark]:
    return linter.lint_guide(build_guide(document))


def estimate_document(document: dict[str, Any]) -> LengthEstimate:
    """Estimated duration of an interview."""
    return estimate_length(build_guide(document))


def require_publishable(document: dict[str, Any]) -> list[linter.Remark]:
    """Warnings on a valid script. Raises InvalidParameter for an invalid one."""
    remarks = list_remarks(document)
    if errors := [r for r in remarks if r.level == "error"]:
        raise InvalidParameter.several(
            [
                {
                    "field": _path(r),
                    "expected": _EXPECTED[r.rule],
                    "message": r.message,
                    "rule": r.rule,
                }
                for r in errors
            ]
        )
    return remarks


def list_scripts(
    actor: Actor,
    window: pagination.Window = pagination.Window(),
    *,
    state: ScriptState | None = None,
    words: str | None = None,
    documents: bool = True,
) -> pagination.Page[Script]:
    """Scripts, newest first: of one state, or with these words in the name, ignoring case and
    accents; with or without their documents, which can be long.
    """
    mine = select(Script).where(Script.org_id == actor.org_id, Script.deleted_at.is_(None))
    if state is not None:
        published = Script.latest_version > 0
        mine = mine.where(published if state == "published" else ~published)
    if words:
        mine = mine.where(pagination.contains_words(Script.folded, words))
    if not documents:
        mine = mine.options(defer(Script.document))
    return pagination.fetch_page(mine, Script.created_at, Script.id, window)


def list_published(actor: Actor) -> Sequence[Script]:
    """All scripts that a campaign can use, by name."""
    mine = select(Script).where(
        Script.org_id == actor.org_id, Script.deleted_at.is_(None), Script.latest_version > 0
    )
    return pagination.fetch_all(mine.order_by(Script.name, Script.id))


def delete_script(script: Script) -> None:
    """Delete: hide the script. Campaigns keep the version that they were created with."""
    with transaction():
        db.session.execute(
            update(Script)
            .where(Script.id == script.id, Script.deleted_at.is_(None))
            .values(deleted_at=clock.now())
        )


def _locked(script: Script) -> Script:
    found = access.lock_row(Script, script.id)
    if found.deleted_at is not None:
        raise NotFound
    return found


def _replace(script: Script, document: ScriptDocument) -> None:
    made = document.document()
    if made != script.document:
        script.document, script.previous = made, script.document
        script.name = document.name
        script.changed_since_publication = script.latest_version > 0
        script.updated_at = clock.now()


def _path(remark: linter.Remark) -> str:
    return (
        f"questions.{remark.question_id}.{remark.field}" if remark.question_id else remark.field
    )
