"""The page tells of the first sign of a person on it."""

from interviewrelay.campaigns import representation as campaign_representation
from interviewrelay.core.db.session import db
from interviewrelay.models import Campaign


def opened(campaign):
    db.session.expire_all()
    return campaign_representation.Stats.read(db.session.get(Campaign, campaign.id))["opened"]


def test_the_page_says_where_to_tell_it_and_that_it_does(client, link):
    page = client.get(link).text
    assert f'data-opened="{link}/opened"' in page
    assert "We note when you first use this page." in page


def test_fetching_counts_nothing_and_telling_counts_once(client, campaign, link):
    client.get(link)
    assert opened(campaign) == 0
    for _ in range(2):
        answer = client.post(f"{link}/opened")
        assert (answer.status_code, answer.data) == (204, b"")
    assert opened(campaign) == 1
    assert client.post(f"{link}/start", json={"consent": True}).status_code in (201, 303)
    assert client.post(f"{link}/opened").status_code == 204
    assert opened(campaign) == 1


def test_the_page_of_a_question_tells_nothing(client, link):
    client.post(f"{link}/start", data={"consent": "true"})
    assert "data-opened" not in client.get(link).text


def test_another_site_cannot_tell_it(client, campaign, link):
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(f"{link}/opened", headers=headers).status_code == 403
    assert opened(campaign) == 0


def test_a_link_that_leads_nowhere_tells_nothing(client):
    assert client.post(f"/interview/{'A' * 32}/opened").status_code == 404


def test_the_campaign_shows_it_as_a_number(client, desk, campaign, link):
    client.post(f"{link}/opened")
    page = desk.get(f"/campaigns/{campaign.id}/live").text
    assert "1 invited, 1 opened, 0 started, 0 completed." in page
    assert "Automatic link checks by email scanners aren’t counted." in page
