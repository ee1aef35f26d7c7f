"""Lists by pages: more than 250 objects, each once, with both clients."""

import time
from typing import Any


def test_a_list_of_many_pages(client: Any, demo: dict[str, Any]) -> None:
    script, project = demo["A"]["script_id"], demo["A"]["project_id"]
    campaign = client.campaigns.create(name="Many", script_id=script, project_id=project)
    domain = f"many{time.monotonic()}.example.org"
    emails = [f"p{number}@{domain}" for number in range(260)]
    assert client.invites.create(campaign.id, emails=emails, send_email=False).sent == 260

    found = [one.email for one in client.invites.list(campaign.id, limit=100)]
    assert (len(found), sorted(found)) == (260, sorted(emails))
    pages = list(client.invites.list(campaign.id, limit=100).pages())
    assert [len(one.items) for one in pages] == [100, 100, 60]
    assert [one.has_more for one in pages] == [True, True, False]
    assert {one.total for one in pages} == {260}
    assert [one.email for page in pages for one in page.items] == found

    first = client.invites.list(campaign.id, limit=100).page()
    rest = client.invites.list(campaign.id, limit=100, cursor=first.next_cursor)
    assert [one.email for one in rest] == found[100:]
    assert [one.email for one in client.invites.list(campaign.id, offset=250)] == found[250:]
    assert list(client.invites.list(campaign.id, q="nobody")) == []
    events = client.events.list(type="invite.created", limit=100)
    told = [one.data.email for one in events if one.data.campaign_id == campaign.id]
    assert sorted(told) == sorted(emails)


def test_iterating_requests_no_more_pages_than_needed(
    connect: Any, demo: dict[str, Any]
) -> None:
    sent: list[Any] = []
    client = connect(demo["A"]["key_owner"], hook=sent.append)
    listing = client.sessions.list(limit=1)
    assert sent == []
    next(iter(listing))
    assert len(sent) == 1
