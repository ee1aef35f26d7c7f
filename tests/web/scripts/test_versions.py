"""Versions of a script on their pages."""

from typing import Any

import pytest

from interviewrelay.core.db.session import db
from interviewrelay.models import Script
from interviewrelay.scripts import scripts
from interviewrelay.scripts.document import ScriptDocument
from tests import factories


@pytest.fixture
def script(ann: Any) -> Any:
    """Two versions, and a draft ahead of them."""
    script = factories.a_script(ann)
    for text in ("How long did the waiting last?", "What was the waiting like?"):
        document = {**factories.DOCUMENT, "questions": [*factories.DOCUMENT["questions"]]}
        document["questions"][1] = {**document["questions"][1], "text": text}
        scripts.change_script(script, ScriptDocument.model_validate(document))
        if "long" in text:
            scripts.publish_script(script)
    return script


def text_of(script: Any) -> str:
    db.session.expire_all()
    row = db.session.get(Script, script.id)
    return str(row.document["questions"][1]["text"])


def test_versions_are_listed_newest_first_with_the_draft(desk: Any, script: Any) -> None:
    page = desk.get(f"/scripts/{script.id}/versions").text
    assert (
        page.index("Current draft") < page.index("Version 2</a>") < page.index("Version 1</a>")
    )
    assert f"/scripts/{script.id}/versions" in desk.get(f"/scripts/{script.id}").text


def test_a_script_without_versions_says_how_to_get_one(desk: Any, ann: Any) -> None:
    page = desk.get(f"/scripts/{factories.a_draft(ann).id}/versions").text
    assert "No versions yet." in page


def test_an_old_version_is_read_as_it_was(desk: Any, script: Any) -> None:
    page = desk.get(f"/scripts/{script.id}/versions/1").text
    assert "How did the waiting go?" in page
    assert "How long did the waiting last?" not in page


def test_two_versions_are_compared_word_by_word(desk: Any, script: Any) -> None:
    page = desk.get(f"/scripts/{script.id}/versions/compare?from=1&to=2").text
    assert "How<ins> long</ins> did the waiting <del>go?</del><ins>last?</ins>" in page
    same = desk.get(f"/scripts/{script.id}/versions/compare?from=2&to=2").text
    assert "These versions are identical." in same
    assert "<ins>" in desk.get(f"/scripts/{script.id}/versions/compare").text  # the draft
    now = desk.get(f"/scripts/{script.id}/versions/compare?from=2&to=now").text
    assert "<ins>" in now


def test_a_version_is_taken_up_again_as_a_draft_and_that_is_undone(
    desk: Any, script: Any
) -> None:
    answer = desk.post(f"/scripts/{script.id}/versions/1/restore")
    assert answer.location == f"/scripts/{script.id}"
    assert text_of(script) == "How did the waiting go?"
    row = db.session.get(Script, script.id)
    assert (row.latest_version, row.changed_since_publication) == (2, True)
    scripts.undo_change(script)
    assert text_of(script) == "What was the waiting like?"


@pytest.mark.parametrize(
    "path",
    [
        "versions/3",
        "versions/0",
        "versions/99999999999999999999",
        "versions/compare?from=1&to=9",
        "versions/compare?from=x",
        "versions/compare?from=99999999999999999999",
        "versions/compare?from=²",
    ],
)
def test_what_is_no_version_is_not_there(desk: Any, script: Any, path: str) -> None:
    assert desk.get(f"/scripts/{script.id}/{path}").status_code == 404


def test_a_reload_of_a_restored_version_leads_back(desk: Any, script: Any) -> None:
    answer = desk.get(f"/scripts/{script.id}/versions/1/restore")
    assert (answer.status_code, answer.location) == (303, f"/scripts/{script.id}/versions/1")
