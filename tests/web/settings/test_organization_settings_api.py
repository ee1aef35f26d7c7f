"""Settings of the organization by the API."""

from datetime import timedelta

import pytest

from interviewrelay.core import clock
from tests.factories import a_campaign, a_finished_interview

SETTINGS = {
    "": {"name": "Birch", "time_zone": "Europe/Berlin", "language": "de", "contact": "Bo"},
    "/mail": {"sender_name": "Birch team", "reply_to": "bo@birch.example"},
    "/retention": {"transcript_days": 400, "address_days": 30, "audio_days": 20},
    "/branding": {"accent": "#123456"},
}
FIELDS = [
    (part, name, value) for part, all_ in SETTINGS.items() for name, value in all_.items()
]


@pytest.mark.parametrize(("part", "name", "value"), FIELDS)
def test_a_change_changes_its_field_and_no_other(client, ann, part, name, value):
    path = f"/api/organization{part}"
    assert client.patch(path, json=SETTINGS[part], headers=ann.auth).status_code == 200
    before = client.get(path, headers=ann.auth).json
    assert {n: before[n] for n in SETTINGS[part]} == SETTINGS[part]
    if name == "name":
        return
    changed = client.patch(path, json={name: None}, headers=ann.auth)
    assert changed.status_code == 200, changed.text
    assert changed.json == {**before, name: None}
    assert client.patch(path, json={name: value}, headers=ann.auth).json == before
    assert client.get(path, headers=ann.auth).json == before


@pytest.mark.parametrize(
    ("part", "body", "field"),
    [
        ("", {"name": ""}, "name"),
        ("", {"name": None}, "name"),
        ("", {"name": "x" * 201}, "name"),
        ("", {"time_zone": "Mars/Base"}, "time_zone"),
        ("", {"language": "tlh"}, "language"),
        ("", {"contact": "x" * 501}, "contact"),
        ("/mail", {"sender_name": "=?utf-8?q?x?="}, "sender_name"),
        ("/mail", {"reply_to": "nobody"}, "reply_to"),
        ("/retention", {"transcript_days": 0}, "transcript_days"),
        ("/retention", {"audio_days": "30"}, "audio_days"),
        ("/retention", {"agreed": -1}, "agreed"),
        ("/branding", {"accent": "red"}, "accent"),
    ],
)
def test_a_wrong_value_is_named(client, ann, part, body, field):
    refused = client.patch(f"/api/organization{part}", json=body, headers=ann.auth)
    assert refused.status_code == 400, refused.text
    assert refused.json["error"]["details"]["field"] == field


def test_a_shorter_retention_erases_no_more_than_was_agreed(client, services, ann):
    with clock.freeze_at(clock.now() - timedelta(days=40)):
        a_finished_interview(services, a_campaign(ann), "It was long ago.")
    path = "/api/organization/retention"
    refused = client.patch(path, json={"transcript_days": 30}, headers=ann.auth)
    assert refused.status_code == 400
    assert refused.json["error"]["details"] == {"field": "agreed", "expected": "the number 1"}
    assert client.get(path, headers=ann.auth).json["transcript_days"] is None
    sent = {"transcript_days": 30, "agreed": 1}
    assert client.patch(path, json=sent, headers=ann.auth).json["transcript_days"] == 30


def test_the_audit_log_tells_what_a_key_did(client, ann):
    client.patch("/api/organization", json={"name": "Birch"}, headers=ann.auth)
    found = client.get("/api/audit-log?subject=settings", headers=ann.auth).json
    (entry,) = found["entries"]
    assert (entry["act"], entry["via"], entry["email"]) == (
        "settings_organization", "key", ann.email,
    )  # fmt: skip
    assert entry["text"] == "Changed the organization settings for Birch"
    day = entry["at"][:10]
    for query, total in (
        (f"subject=settings&start_date={day}&end_date={day}", 1),
        ("subject=settings&end_date=2001-01-01", 0),
        ("subject=webhook", 0),
    ):
        found = client.get(f"/api/audit-log?{query}", headers=ann.auth).json
        assert found["total"] == total, query
    assert client.get("/api/audit-log?subject=soup", headers=ann.auth).status_code == 400


def test_alerts_are_set_in_credits(client, ann):
    path = "/api/billing/alerts"
    assert client.get(path, headers=ann.auth).json == {"warn_below": None}
    for level in (400, None):
        changed = client.patch(path, json={"warn_below": level}, headers=ann.auth)
        assert changed.json == client.get(path, headers=ann.auth).json == {"warn_below": level}
    assert client.patch(path, json={}, headers=ann.auth).status_code == 400
    assert client.patch(path, json={"warn_below": 0}, headers=ann.auth).status_code == 400
