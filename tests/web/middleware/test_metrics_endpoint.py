"""Who may read the figures, and what they tell."""

from datetime import timedelta

import pytest

from interviewrelay import factory
from interviewrelay.core import clock
from interviewrelay.core.config import settings
from interviewrelay.core.db.session import transaction
from interviewrelay.webhooks import endpoints, events
from tests.factories import a_campaign, an_invite

TOKEN = "a-token-of-more-than-16"


def lines(answer):
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    return dict(
        line.rsplit(" ", 1)
        for line in answer.get_data(as_text=True).splitlines()
        if not line.startswith("#")
    )


def test_this_machine_reads_what_was_done_and_what_waits(client, services, ann):
    _, token = an_invite(services, a_campaign(ann), "waits@example.com", send_email=True)
    client.get("/api/projects", headers=ann.auth)
    client.post(f"/interview/{token}/start", json={"consent": True})
    answer = client.get("/metrics")
    told = lines(answer)
    listed = 'interviewrelay_requests_total{method="GET",route="/api/projects",status="200"}'
    assert told[listed] == "1.0"
    assert told["interviewrelay_interviews_in_progress"] == "1.0"
    assert told['interviewrelay_mails{state="queued"}'] == "1.0"
    assert float(told["interviewrelay_mails_late_seconds"]) >= 0
    assert token not in answer.get_data(as_text=True)


def test_webhooks_that_nobody_calls_are_late(client, services, ann):
    late = "interviewrelay_webhooks_late_seconds"
    assert float(lines(client.get("/metrics"))[late]) == 0
    with clock.freeze_at(clock.now() - timedelta(minutes=5)):
        endpoints.create_webhook(
            services, ann.actor, endpoints.WebhookSettings("https://hooks.example/a")
        )
        with transaction():
            events.emit_events(ann.actor.org_id, events.EventPayload("credits.low", {}))
    assert 300 <= float(lines(client.get("/metrics"))[late]) < 400


def test_a_method_of_ones_own_making_is_no_name(client):
    client.open("/livez", method='X"y')
    assert any('method="other"' in name for name in lines(client.get("/metrics")))


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
def test_who_comes_through_a_proxy_on_this_machine_is_not_here(client, header):
    refused = client.get("/metrics", headers={header: "127.0.0.1"})
    assert refused.status_code == 401
    assert refused.json["error"]["code"] == "UNAUTHENTICATED"


def test_another_machine_needs_the_token(tmp_path):
    app = factory.create_app(
        settings.read_settings({"INSTANCE_DIR": str(tmp_path), "METRICS_TOKEN": TOKEN})
    )
    client = app.test_client()

    def asked(**headers):
        there = {"REMOTE_ADDR": "192.0.2.1"}
        return client.get("/metrics", headers=headers, environ_overrides=there).status_code

    assert asked() == 401
    assert asked(Authorization=f"Bearer {TOKEN}x") == 401
    assert asked(Authorization="Bearer ") == 401
    # With it the figures are read; that there is no table yet is another matter.
    assert asked(Authorization=f"Bearer {TOKEN}") != 401


def test_without_a_token_no_token_opens(client):
    there = {"REMOTE_ADDR": "192.0.2.1"}
    for given in ("Bearer ", "Bearer", ""):
        answer = client.get(
            "/metrics", headers={"Authorization": given}, environ_overrides=there
        )
        assert answer.status_code == 401
