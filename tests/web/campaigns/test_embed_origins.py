"""Which sites may show a campaign's interviews in a frame: API, dashboard, and the header."""

import pytest

from interviewrelay.core.db.session import db
from interviewrelay.models import Campaign
from tests.conftest import logged_in
from tests.factories import a_campaign, an_invite

SITE = "https://www.example.com"


def policy(answer):
    parts = answer.headers["Content-Security-Policy"].split("; ")
    return next(part for part in parts if part.startswith("frame-ancestors"))


def stored(campaign):
    return db.session.get(Campaign, campaign.id, populate_existing=True).embed_origins


def test_origins_are_set_changed_and_read_by_api(client, ann):
    known = a_campaign(ann)
    sent = {
        "name": "C", "script_id": known.script_id, "project_id": known.project_id,
        "embed_origins": ["https://Shop.example:443/", SITE, SITE],
    }  # fmt: skip
    made = client.post("/api/campaigns", json=sent, headers=ann.auth)
    assert made.status_code == 201
    assert made.json["embed_origins"] == ["https://shop.example", SITE]
    path = f"/api/campaigns/{made.json['id']}"
    changed = client.patch(path, json={"embed_origins": []}, headers=ann.auth)
    assert changed.json["embed_origins"] == []
    assert client.get(path, headers=ann.auth).json["embed_origins"] == []


@pytest.mark.parametrize(
    ("origins", "field"),
    [
        (["https://example.com/path"], "embed_origins.0"),
        ([SITE, "*"], "embed_origins.1"),
        ([f"https://s{n}.example" for n in range(21)], "embed_origins"),
        (SITE, "embed_origins"),
        ([1], "embed_origins.0"),
    ],
)
def test_wrong_origins_are_refused(client, ann, origins, field):
    path = f"/api/campaigns/{a_campaign(ann).id}"
    refused = client.patch(path, json={"embed_origins": origins}, headers=ann.auth)
    assert refused.status_code == 400
    assert refused.json["error"]["details"]["field"] == field


def test_the_settings_page_takes_one_origin_on_each_line(app, ann):
    campaign, desk = a_campaign(ann), logged_in(app, ann)
    path = f"/campaigns/{campaign.id}/settings"
    assert desk.post(path, data={"embed_origins": f"{SITE}\r\nhttps://b.example\r\n"}).location
    assert stored(campaign) == [SITE, "https://b.example"]
    assert f"{SITE}\nhttps://b.example" in desk.get(path).text
    refused = desk.post(path, data={"embed_origins": "www.example.com"})
    assert refused.status_code == 400
    assert "addresses like https://www.example.com" in refused.text
    assert ">www.example.com</textarea>" in refused.text.replace("\n", "")
    assert stored(campaign) == [SITE, "https://b.example"]


def test_only_these_sites_may_show_the_participants_pages(client, services, ann):
    closed = an_invite(services, a_campaign(ann))[1]
    campaign = a_campaign(ann, embed_origins=[SITE, "https://b.example:8443"])
    allowed = f"frame-ancestors {SITE} https://b.example:8443"
    token = an_invite(services, campaign)[1]
    assert policy(client.get(f"/interview/{closed}")) == "frame-ancestors 'none'"
    assert policy(client.get(f"/interview/{token}")) == allowed
    client.post(f"/interview/{token}/start", data={"consent": "true"})
    assert policy(client.get(f"/interview/{token}")) == allowed
    assert policy(client.get(f"/interview/{token}/review")) == allowed
    refused = client.post(f"/interview/{token}/turns", data={"number": "2", "text": " "})
    assert (refused.status_code, policy(refused)) == (400, allowed)
    for path in ("/interview/inv_x", "/interview", "/login", "/livez"):
        assert policy(client.get(path)) == "frame-ancestors 'none'", path
    assert "X-Frame-Options" not in client.get(f"/interview/{token}").headers
