"""Beginning a script with a template or a file, and getting it out again."""

import io
import json
import re
from typing import Any

import pytest
from sqlalchemy import select

from interviewrelay.core.db.session import db
from interviewrelay.models import Script
from interviewrelay.scripts import scripts, templates
from interviewrelay.scripts.document import ScriptDocument
from interviewrelay.web.scripts.uploads import read_script
from tests.web.dashboard.test_pages import RICH, Form
from tests.web.everything import everything

CHOICE = re.compile(r'href="/scripts/new\?from=\w+"')
SHORT = "name: Imported\nquestions:\n- text: What happened?\n"


def only() -> Any:
    return db.session.execute(select(Script)).scalar_one()


def test_a_new_script_begins_with_a_choice(desk: Any) -> None:
    page = desk.get("/scripts/new").text
    for template in templates.list_templates():
        assert f'href="/scripts/new?from={template.key}"' in page
    unknown = desk.get("/scripts/new?from=nothing")
    assert unknown.status_code == 200
    assert CHOICE.findall(unknown.text) == CHOICE.findall(page)


def test_a_template_is_written_as_ones_own(desk: Any) -> None:
    before = everything()
    page = desk.get("/scripts/new?from=exit").text
    assert everything() == before
    answer = desk.post("/scripts", data={**Form(page, "script").fields, "name": "Ours"})
    assert answer.status_code == 303
    wanted = dict(templates.find_template("exit").document)  # type: ignore[union-attr]
    assert only().document == {**wanted, "name": "Ours"}


@pytest.mark.parametrize("way", ["file", "text"])
def test_a_file_or_its_text_is_imported(desk: Any, way: str) -> None:
    sent: Any = (
        {"file": (io.BytesIO(SHORT.encode()), "s.yaml")} if way == "file" else {"text": SHORT}
    )
    answer = desk.post("/scripts/import", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 303
    assert answer.location == f"/scripts/{only().id}"
    assert only().document["questions"][0]["text"] == "What happened?"


def test_what_is_wrong_with_a_file_is_told_and_its_text_kept(desk: Any) -> None:
    text = SHORT + "  depth: deeper\ntone: <b>loud</b>\n"
    answer = desk.post("/scripts/import", data={"text": text})
    assert answer.status_code == 400
    assert "Line 4: The &#39;questions.0.depth&#39; field" in answer.text
    assert "Line 5: The &#39;tone&#39; field" in answer.text
    assert "tone: &lt;b&gt;loud&lt;/b&gt;" in answer.text
    assert db.session.execute(select(Script)).first() is None


def test_a_file_that_is_no_text_is_refused_in_words(desk: Any) -> None:
    sent = {"file": (io.BytesIO(b"\xff\xfe\x00"), "s.docx")}
    answer = desk.post("/scripts/import", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 400
    assert "The text isn’t UTF-8" in answer.text
    assert desk.post("/scripts/import", data={}).status_code == 400


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_an_export_imports_as_the_same_script(desk: Any, ann: Any, form: str) -> None:
    script = scripts.create_script(ann.actor, ScriptDocument.model_validate(RICH))
    answer = desk.get(f"/scripts/{script.id}/export?format={form}")
    assert answer.mimetype == f"application/{form}"
    disposition = answer.headers["Content-Disposition"]
    assert re.fullmatch(rf'attachment; filename="everything-at-once\.{form}"', disposition)
    assert read_script(answer.data).document() == script.document
    if form == "json":  # and by the API
        assert json.loads(answer.data)["name"] == RICH["name"]
