"""The reference as a page."""

from typing import Any

from interviewrelay.organizations.access import TEST_KEY_OPERATIONS
from interviewrelay.web.openapi import reference_page
from interviewrelay.web.openapi.openapi_document import PUBLISHED, build_document
from interviewrelay.web.openapi.registry import OPERATIONS


def test_contents_are_folded_where_there_is_no_room_beside_the_text(client: Any) -> None:
    page = client.get("/api/docs").text
    folded = page.partition("<summary>Contents")[2].partition("</details>")[0]
    assert 'href="#get-invite"' in folded
    css = client.get("/static/app.css").text
    assert ".reference .contents .beside { display: none; }" in css.partition(".reference {")[2]


def test_operations_have_examples_in_three_languages(client: Any) -> None:
    page = client.get("/api/docs").text
    part = page.partition('id="create-campaign"')[2].partition("</section>\n")[0]
    assert "curl -X POST" in part
    assert "await client.campaigns.create({" in part
    assert "client.campaigns.create(\n" in part


def test_what_a_test_key_may_not_call_cannot_be_tried(client: Any) -> None:
    chapters = reference_page.list_chapters(build_document(PUBLISHED))
    entries = [entry for chapter in chapters for entry in chapter["entries"]]
    tried = {entry["id"].replace("-", "_") for entry in entries if entry["trial"]}
    keyed = [entry for entry in entries if "Authorization: Bearer" in entry["calls"]["sh"]]
    reads = {e["id"].replace("-", "_") for e in keyed if e["method"] == "GET"}
    assert tried == reads | TEST_KEY_OPERATIONS


def test_every_operation_has_its_heading(client: Any) -> None:
    page = client.get("/api/docs").text
    names = [one.endpoint.partition(".")[2].replace("_", "-") for one in OPERATIONS]
    assert [name for name in names if f'<h3 id="{name}">' not in page] == []
