"""Entries of the API reference for the search of the documentation."""

from collections.abc import Iterator
from typing import Any, Final

from interviewrelay.documentation.search_index import Entry
from interviewrelay.web.openapi import reference_page

PAGE: Final = "API reference"
URL: Final = "/api/docs"


def list_entries(document: dict[str, Any]) -> Iterator[Entry]:
    """Basics, operations and error codes of the document."""
    for part in reference_page.list_basics(document):
        words = " ".join(paragraph.striptags() for paragraph in part["paragraphs"])
        yield Entry(f"{URL}#{part['id']}", PAGE, part["title"], words)
    for code in document["x-codes"]:
        yield Entry(f"{URL}#{code['code']}", PAGE, code["code"], code["text"], 0.8)
    for chapter in reference_page.list_chapters(document):
        for entry in chapter["entries"]:
            fields = " ".join(
                f"{field.name}: {field.words}" for field in entry["body"] + entry["query"]
            )
            words = f"{entry['method']} {entry['path']} {entry['words'].striptags()} {fields}"
            yield Entry(f"{URL}#{entry['id']}", PAGE, entry["title"], words)
