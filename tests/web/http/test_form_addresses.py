"""An address that a form was sent to, opened by a reload."""

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/campaigns/c/invites", "/campaigns/c"),
        ("/campaigns/c/invites/i/cancel", "/campaigns/c"),
        ("/campaigns/c/status", "/campaigns/c"),
        ("/campaigns/c/invites/selected", "/campaigns/c"),
        ("/campaigns/c/duplicate", "/campaigns/c"),
        ("/campaigns/c/draft/discard", "/campaigns/c/draft"),
        ("/scripts/s/delete", "/scripts/s"),
        ("/scripts/import", "/scripts/new"),
        ("/credits/topups", "/credits"),
        ("/outbox/m/again", "/outbox"),
        ("/interview/inv_x/turns", "/interview/inv_x"),
    ],
)
def test_it_leads_to_the_page_of_the_form(desk: Any, address: str, page: str) -> None:
    answer = desk.get(address)
    assert (answer.status_code, answer.location) == (303, page)


def test_an_address_without_a_page_of_its_own_stays_closed(desk: Any, client: Any) -> None:
    assert desk.get("/logout").status_code == 405
    json = {"Accept": "application/json"}
    assert client.get("/interview/inv_x/turns", headers=json).status_code == 405
    assert client.get("/api/scripts/s/publish").status_code == 405
