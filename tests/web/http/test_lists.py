"""Every list, in both documented shapes at once."""

import pytest

from interviewrelay.accounts import accounts, api_keys, member_invitations
from interviewrelay.campaigns import projects
from interviewrelay.core import egress
from interviewrelay.core.db.session import transaction
from interviewrelay.egress import egress_ledger
from interviewrelay.mail import suppressions
from interviewrelay.notes import notes, saved_filters
from interviewrelay.transcripts import transcripts
from interviewrelay.webhooks import delivery_log, endpoints
from tests.conftest import HASHED
from tests.factories import a_campaign, a_project, a_script, an_interview, an_invite


@pytest.fixture
def lists(services, ann):
    """The address and name of each list, with three things in it."""
    campaign = a_campaign(ann)
    for number in range(3):
        an_interview(services, campaign, email=f"n{number}@x.example")
    other, _ = (a_campaign(ann, script=a_script(ann), project=a_project(ann)) for _ in range(2))
    more = more_lists(services, ann, campaign, other)
    made = [  # only now, since invites are events
        endpoints.create_webhook(
            services, ann.actor, endpoints.WebhookSettings(f"https://hooks.example/{number}")
        )[0]
        for number in range(3)
    ]
    for number in range(3):
        delivery_log.send_ping(made[0])
        suppressions.add_suppression(services.ring, ann.actor, f"no{number}@x.example")
    return {
        "webhooks": "/api/webhooks",
        "deliveries": f"/api/webhooks/{made[0].id}/deliveries",
        "suppressions": "/api/suppressions",
        "projects": "/api/projects",
        "scripts": "/api/scripts",
        "campaigns": "/api/campaigns",
        "sessions": "/api/sessions",
        "invites": f"/api/campaigns/{campaign.id}/invites",
        **more,
    }


def more_lists(services, ann, campaign, other):
    """Three of each of what belongs to the organization; the first key, member and mail are there."""
    session = transcripts.list_sessions(ann.actor).items[0]
    for number in range(3):
        notes.add_note(ann.actor, session.id, notes.NoteDraft(f"Note {number}"))
        saved_filters.save_filter(ann.actor, f"V{number}", {"tag": "a"}, shared=True)
        member_invitations.invite_member(services, ann.actor, f"i{number}@x.example", "viewer")
        with egress_ledger.record_egress(egress_ledger.EgressSubject(campaign.id), "event"):
            egress.report_transfer("webhook", "hooks.example", number)
    for number in range(2):
        api_keys.create_api_key(services.ring, ann.membership, f"K{number}")
        with transaction():
            user = accounts.add_user(f"m{number}@x.example", "M", HASHED())
            accounts.add_member(ann.membership.organization, user, "viewer")
    for number in range(3):
        an_invite(services, other, f"mailed{number}@x.example", send_email=True)
    return {
        "keys": "/api/keys",
        "members": "/api/members",
        "invitations": "/api/member-invitations",
        "notes": f"/api/sessions/{session.id}/notes",
        "highlights": f"/api/campaigns/{campaign.id}/highlights",
        "filters": "/api/saved-filters",
        "emails": "/api/emails",
        "transfers": f"/api/campaigns/{campaign.id}/egress",
    }


def test_every_list_has_both_shapes(app, client, ann, lists):
    for name, path in lists.items():
        found = client.get(f"{path}?limit=2&offset=1", headers=ann.auth).json
        assert len(found[name]) == 2, name
        assert found["data"] == found[name]
        assert (found["total"], found["limit"], found["offset"]) == (3, 2, 1)
        assert found["pagination"] == {
            "total": 3, "limit": 2, "offset": 1, "has_more": False, "next_cursor": None,
        }  # fmt: skip


def test_every_list_is_walked_by_offset_and_by_cursor_alike(client, ann, lists):
    for name, path in lists.items():
        whole = client.get(path, headers=ann.auth).json[name]
        by_offset, by_cursor, cursor = [], [], None
        for offset in range(3):
            found = client.get(f"{path}?limit=1&offset={offset}", headers=ann.auth).json
            by_offset += found[name]
            query = {"limit": 1} | ({"cursor": cursor} if cursor else {})
            found = client.get(path, query_string=query, headers=ann.auth).json
            by_cursor += found[name]
            cursor = found["pagination"]["next_cursor"]
            assert found["pagination"]["has_more"] == (offset < 2) == (cursor is not None)
        assert by_offset == by_cursor == whole


def test_every_list_of_the_api_is_among_these(app, lists):
    listing = {
        rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api.list_")
    }
    assert listing == {
        "/api/projects", "/api/scripts", "/api/campaigns", "/api/sessions",
        "/api/campaigns/<campaign_id>/invites", "/api/suppressions", "/api/webhooks",
        "/api/webhooks/<webhook_id>/deliveries", "/api/keys", "/api/members",
        "/api/member-invitations", "/api/sessions/<session_id>/notes", "/api/saved-filters",
        "/api/campaigns/<campaign_id>/highlights", "/api/emails", "/api/audit-log",
        "/api/sessions/<session_id>/egress", "/api/campaigns/<campaign_id>/egress",
        "/api/script-summaries", "/api/scripts/<script_id>/versions",
        "/api/events",  # by position, oldest first: a list of its own kind (tests/webhooks/test_events.py)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "limit", "offset"),
    [
        ("", 50, 0), ("limit=1", 1, 0), ("limit=100", 100, 0), ("limit=101", 100, 0),
        ("limit=1000", 100, 0), ("limit=007", 7, 0), (f"limit={'9' * 16}", 100, 0), (f"limit={'9' * 5_000}", 100, 0),
        (f"limit={'0' * 5_000}7", 7, 0), ("offset=0", 50, 0), ("offset=100000", 50, 100_000),
    ],
)  # fmt: skip
def test_limit_and_offset_are_taken_and_echoed(client, ann, query, limit, offset):
    found = client.get(f"/api/projects?{query}", headers=ann.auth)
    assert found.status_code == 200
    assert (found.json["limit"], found.json["offset"]) == (limit, offset)


@pytest.mark.parametrize("name", ["limit", "offset"])
@pytest.mark.parametrize(
    "value",
    ["abc", "", " 1", "-1", "+1", "1_0", "１０", "1.0", "1e1", "0x1", "1;2", "٣"],
)
def test_a_limit_or_offset_that_is_no_plain_number_is_refused(client, ann, name, value):
    response = client.get("/api/projects", query_string={name: value}, headers=ann.auth)
    assert response.status_code == 400
    assert response.json["error"]["details"]["field"] == name


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=00",
        "offset=100001",
        "offset=9999999999999999",
        "cursor=abc",
        "cursor=",
    ],
)
def test_what_leads_nowhere_is_refused(client, ann, query):
    response = client.get(f"/api/projects?{query}", headers=ann.auth)
    assert response.status_code == 400
    assert response.json["error"]["details"]["field"] == query.partition("=")[0]


def test_lists_are_ordered_newest_first(client, services, ann):
    made = [projects.create_project(ann.actor, f"P{number}").id for number in range(5)]
    found = client.get("/api/projects", headers=ann.auth).json["projects"]
    assert [item["id"] for item in found] == made[::-1]
    campaign = a_campaign(ann)
    an_invite(services, campaign, "a@x.example")
    assert (
        client.get(f"/api/campaigns/{campaign.id}/invites", headers=ann.auth).json["total"] == 1
    )
