"""A participant's link is their credential: who may invite sees it, who may only look does not."""

from typing import Any

import pytest

from interviewrelay.accounts import api_keys
from tests.conftest import logged_in
from tests.factories import a_campaign, an_invite


@pytest.fixture
def invited(services: Any, ann: Any) -> tuple[Any, str]:
    """A campaign with one invite whose mail is in the outbox, and the invite's token."""
    campaign = a_campaign(ann)
    return campaign, an_invite(services, campaign, send_email=True)[1]


def reads(client: Any, campaign: Any, token: str, auth: dict[str, str]) -> list[Any]:
    """Token and link as the list shows them, and as they are answered to who asks by the token."""
    listed = client.get(f"/api/campaigns/{campaign.id}/invites", headers=auth)
    one = client.get(f"/api/invites/{token}", headers=auth)
    assert (listed.status_code, one.status_code) == (200, 200)
    return [(row["token"], row["url"]) for row in (*listed.json["invites"], one.json)]


def linked(token: str) -> tuple[str, str]:
    return token, f"http://127.0.0.1:8000/interview/{token}"


def test_a_viewers_key_gets_a_list_without_links_and_by_the_token_what_it_has_already(
    client: Any, vic: Any, invited: Any
) -> None:
    assert reads(client, *invited, vic.auth) == [(None, None), linked(invited[1])]


def test_a_key_that_may_only_read_invites_is_shown_no_link_that_it_has_not_whoever_owns_it(
    client: Any, services: Any, ann: Any, invited: Any
) -> None:
    _, key = api_keys.create_api_key(
        services.ring, ann.membership, "Looks", permissions=["invites:read"]
    )
    auth = {"Authorization": f"Bearer {key}"}
    assert reads(client, *invited, auth) == [(None, None), linked(invited[1])]


def test_who_may_invite_gets_the_links(client: Any, ann: Any, invited: Any) -> None:
    assert reads(client, *invited, ann.auth) == [linked(invited[1])] * 2


def test_no_page_shows_a_viewer_a_link(app: Any, desk: Any, vic: Any, invited: Any) -> None:
    campaign, token = invited
    viewer = logged_in(app, vic)
    for path in (f"/campaigns/{campaign.id}", "/outbox"):
        page = viewer.get(path).text
        assert "pat<wbr>@example<wbr>.com" in page
        assert token not in page
        assert "/interview/" not in page
        assert f"/interview/{token}" in desk.get(path).text


def test_a_link_is_opened_where_no_mail_leaves(desk: Any, services: Any, invited: Any) -> None:
    campaign, token = invited
    opens = f'<a class="button" href="{linked(token)[1]}" target="_blank" rel="noopener">Open'
    for path in (f"/campaigns/{campaign.id}", "/outbox"):
        assert opens in desk.get(path).text
