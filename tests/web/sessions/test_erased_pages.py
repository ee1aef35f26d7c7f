"""What is seen of people who were erased."""

from typing import Any

import pytest

from interviewrelay.privacy import erasure
from tests import factories


@pytest.fixture
def erased(services: Any, ann: Any) -> tuple[Any, str]:
    """A campaign and the link of somebody the organization has erased before they began."""
    campaign = factories.a_campaign(ann)
    _, token = factories.an_invite(services, campaign, "gone@example.com")
    erasure.erase_person(services, ann.actor, "gone@example.com")
    return campaign, token


def test_the_pages_say_that_somebody_was_erased(desk: Any, erased: tuple[Any, str]) -> None:
    page = desk.get(f"/campaigns/{erased[0].id}").get_data(as_text=True)
    assert '<span class="quiet">Erased</span>' in page
    assert "erased.invalid" not in page


def test_the_api_tells_a_string_that_is_no_address(
    client: Any, ann: Any, erased: tuple[Any, str]
) -> None:
    path = f"/api/campaigns/{erased[0].id}/invites"
    (invite,) = client.get(path, headers=ann.auth).json["invites"]
    assert invite["email"].endswith("@erased.invalid")
    assert invite["status"] == "cancelled"


@pytest.mark.parametrize("verb", ["get", "post"])
def test_who_was_erased_by_others_is_not_told_to_have_withdrawn(
    client: Any, erased: tuple[Any, str], verb: str
) -> None:
    link = f"/interview/{erased[1]}"
    answer = client.get(link) if verb == "get" else client.post(f"{link}/start")
    assert answer.status_code == 410
    assert "This invitation is no longer open" in answer.text
    assert "withdrawn" not in answer.text


def test_cancelled_counts_those_who_had_not_begun(services: Any, ann: Any, client: Any) -> None:
    campaign = factories.a_campaign(ann)
    factories.an_interview(services, campaign, "Well.", email="begun@example.com")
    factories.an_invite(services, campaign, "waits@example.com")
    for email in ("begun@example.com", "waits@example.com"):
        erasure.erase_person(services, ann.actor, email)
    stats = client.get(f"/api/campaigns/{campaign.id}", headers=ann.auth).json["stats"]
    assert (stats["cancelled"], stats["started"], stats["pending"]) == (1, 1, 0)
    assert stats["invites_sent"] == 2
