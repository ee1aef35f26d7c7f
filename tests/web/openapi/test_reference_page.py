"""The reference as a page."""

from typing import Any


def test_contents_are_folded_where_there_is_no_room_beside_the_text(client: Any) -> None:
    page = client.get("/api/docs").text
    folded = page.partition("<summary>Contents")[2].partition("</details>")[0]
    assert 'href="#get-invite"' in folded
    css = client.get("/static/app.css").text
    assert ".reference .contents .beside { display: none; }" in css.partition(".reference {")[2]
