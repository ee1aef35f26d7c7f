"""What the docs say is there, is there; and the other way round."""

import ast
import re
from pathlib import Path

from interviewrelay.core import errors
from interviewrelay.core.config import settings
from interviewrelay.web.openapi.openapi_document import PUBLISHED, build_document
from interviewrelay.webhooks import events

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
DECISIONS = DOCS / "decisions"


def every_refusal(kind: type[errors.Refusal] = errors.Refusal) -> set[tuple[str, int]]:
    found = {(kind.code, kind.status)}
    for below in kind.__subclasses__():
        found |= every_refusal(below)
    return found


def test_every_setting_is_told() -> None:
    told = set(
        re.findall(r"^\| `([A-Z0-9_]+)`", (DOCS / "settings.md").read_text(), re.MULTILINE)
    )
    assert told == {field.name.upper() for field in settings.list_settable_fields()}


def test_every_event_is_told() -> None:
    told = re.findall(r"^\| `([a-z_.]+)`", (DOCS / "webhooks.md").read_text(), re.MULTILINE)
    assert sorted(told) == sorted(events.KINDS)


def test_every_error_code_is_told_with_its_status() -> None:
    rows = re.findall(
        r"^\| (\d+) \| `([A-Z_]+)`", (DOCS / "errors.md").read_text(), re.MULTILINE
    )
    assert {(code, int(status)) for status, code in rows} == every_refusal()


def kinds(kind: type[errors.Refusal] = errors.Refusal) -> set[str]:
    return {kind.__name__}.union(*map(kinds, kind.__subclasses__()))


def test_every_refusal_that_is_told_is_made_somewhere() -> None:
    package = DOCS.parent / "interviewrelay"
    used = {
        node.id
        for path in package.rglob("*.py")
        if path != package / "errors.py" and "reference" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Name)
    }
    assert kinds() - used == set()


def test_the_document_of_the_api_knows_the_same_codes() -> None:
    told = build_document(PUBLISHED)["components"]["schemas"]["ErrorBody"]["properties"]["code"]
    assert set(told["enum"]) == {code for code, _ in every_refusal()}


def test_decisions_are_numbered_and_listed() -> None:
    names = sorted(path.name for path in DECISIONS.glob("[0-9]*.md"))
    numbers = [int(name[:4]) for name in names]
    assert numbers == sorted(set(numbers))  # each its own; some may still be on their way
    listed = re.findall(r"\]\((\d{4}-[a-z-]+\.md)\)", (DECISIONS / "README.md").read_text())
    assert listed == names


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{path.name}: {target}"
        for path in [*DOCS.rglob("*.md"), DOCS.parent / "README.md"]
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", path.read_text())
        if not (path.parent / target).exists()
    ]
    assert broken == []


def slugs(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    words = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {word.replace(" ", "-") for word in words}


def test_links_to_headings_lead_somewhere() -> None:
    broken = [
        f"{path.name}: {file}#{heading}"
        for path in [*DOCS.rglob("*.md"), DOCS.parent / "README.md"]
        for file, heading in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", path.read_text())
        if heading not in slugs(path.parent / file if file else path)
    ]
    assert broken == []
