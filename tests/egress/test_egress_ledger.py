"""The ledger of what left the server: every door is recorded, and no content is."""

import socket
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import text

from interviewrelay.adapters.http.address_guard import LOOPBACK, AddressGuard
from interviewrelay.adapters.http.webhook_client import HttpWebhookClient
from interviewrelay.adapters.language_models.openai import OpenAiModel
from interviewrelay.adapters.mail.mailer import SmtpMailer
from interviewrelay.adapters.speech import selection as speech_selection
from interviewrelay.core import clock, egress
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.ports.language_models import Endpoint, ModelPolicy
from interviewrelay.egress import egress_ledger
from interviewrelay.interviews import interviews, turn_store
from interviewrelay.models import Egress, Invite
from interviewrelay.notifications import mail_delivery
from interviewrelay.privacy import erasure
from interviewrelay.recordings import spoken_answers, spoken_questions
from interviewrelay.webhooks import delivery as webhook_delivery, endpoints
from tests import model_stand_in, speech_stand_in
from tests.conftest import logged_in
from tests.factories import a_campaign, a_clip, a_tone, an_interview, an_invite, by_voice

SAID = "I went there on Monday because my knee had been swollen for a week."


def rows() -> list[Egress]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.query(Egress).order_by(Egress.at))


def report(size: int = 10, **more: Any) -> None:
    egress.report_transfer("language_model", "model.example", size, **more)


def record(invite: Any, size: int = 10, **more: Any) -> None:
    subject = egress_ledger.EgressSubject(invite.campaign_id, invite.id)
    with egress_ledger.record_egress(subject, "conversation"):
        report(size, **more)


def test_a_model_that_is_asked_is_recorded(services: Any, ann: Any) -> None:
    campaign = a_campaign(ann)
    invite, _ = an_invite(services, campaign)
    interviews.start_interview(invite, agreed=True)
    with model_stand_in.serving() as endpoint:
        model = OpenAiModel(
            Endpoint(endpoint.base, "tiny", model_stand_in.KEY),
            guard=AddressGuard(allowed=LOOPBACK, ports=None),
        )
        interviews.answer_question(invite, 2, SAID, wording=ModelPolicy(model))
        calls = len(endpoint.calls())
    made = rows()
    assert len(made) == calls >= 1
    last = made[-1]
    interview_id = turn_store.get_snapshot(invite.id).id
    assert (last.service, last.content, last.host) == (
        "language_model",
        "conversation",
        "127.0.0.1",
    )
    assert (last.local, last.model, last.tokens) == (True, "tiny", 760)
    assert (last.session_id, last.campaign_id, last.failed) == (
        interview_id,
        campaign.id,
        False,
    )
    assert last.size > len(SAID)
    assert SAID[:20] not in str(vars(last))
    (total,) = egress_ledger.sum_campaign_transfers(campaign)
    assert (total.transfers, total.tokens, total.failed) == (calls, calls * 760, 0)


def test_a_model_that_does_not_answer_is_recorded_as_failed(services: Any, ann: Any) -> None:
    invite, _ = an_invite(services, a_campaign(ann))
    interviews.start_interview(invite, agreed=True)
    guard = AddressGuard(allowed=LOOPBACK, ports=None)
    model = OpenAiModel(Endpoint("http://127.0.0.1:1/v1", "tiny"), guard=guard)
    assert interviews.answer_question(invite, 2, SAID, wording=ModelPolicy(model)).turn
    assert {(row.failed, row.size, row.tokens) for row in rows()} == {(True, 0, None)}


class Sink:
    """Takes every email."""

    async def handle_DATA(self, _server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        return "250 OK"


def test_an_email_to_a_participant_is_recorded(app: Any, services: Any, ann: Any) -> None:
    invite, _ = an_invite(services, a_campaign(ann), send_email=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(Sink(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        mailer = SmtpMailer(
            f"smtp://127.0.0.1:{port}", "A <a@b.example>", Path(app.template_folder)
        )
        assert mail_delivery.deliver_due_mails(replace(services, mailer=mailer)) == 1
    finally:
        server.stop()
    (row,) = rows()
    assert (row.service, row.content, row.host, row.local) == (
        "email",
        "email",
        "127.0.0.1",
        True,
    )
    assert (row.invite_id, row.session_id, row.failed) == (invite.id, None, False)
    assert row.size > 500


def test_sound_and_text_for_speech_services_are_recorded(
    app: Any, services: Any, ann: Any
) -> None:
    campaign = a_campaign(ann, settings={"mode": "voice"})
    interview = an_interview(services, campaign, "It took me an hour.")
    by_voice(interview)
    with speech_stand_in.serving() as stand_in:
        told = replace(
            app.extensions["settings"],
            voice="auto",
            stt_base_url=stand_in.base,
            stt_model="ears",
            tts_base_url=stand_in.base,
            tts_model="voice",
        )
        voiced = replace(services, speech=speech_selection.open_engines(told))
        snapshot = turn_store.get_snapshot(interview.invite_id)
        clip = a_clip(services, interview, 4, a_tone(1), status="stored")
        spoken_answers.transcribe_recording(voiced, snapshot, clip)
        spoken_questions.speak_turn(voiced, snapshot, 1)
    made = {(row.service, row.content, row.model, row.session_id) for row in rows()}
    assert ("speech_to_text", "answer_sound", "ears", interview.id) in made
    assert ("text_to_speech", "question_text", "voice", interview.id) in made


def test_events_of_a_session_are_recorded(services: Any, ann: Any, local_hook: Any) -> None:
    url, received, networks = local_hook
    services = replace(services, webhook_client=HttpWebhookClient(networks))
    endpoints.create_webhook(services, ann.actor, endpoints.WebhookSettings(url))
    interview = an_interview(services, a_campaign(ann))
    assert webhook_delivery.deliver_due_webhooks(services) >= 1
    made = rows()
    assert len(made) == len(received) >= 2
    assert {(row.service, row.content, row.failed) for row in made} == {
        ("webhook", "event", False)
    }
    assert {row.session_id for row in made} == {interview.id}
    assert sorted(row.size for row in made) == sorted(map(len, received))
    received.refuse = True
    interviews.complete_interview(interview.invite)
    webhook_delivery.deliver_due_webhooks(services)
    assert rows()[-1].failed


def test_an_erased_person_is_not_named_any_more(services: Any, ann: Any) -> None:
    campaign = a_campaign(ann)
    interview = an_interview(services, campaign, SAID)
    record(interview.invite, 10)
    with clock.freeze_at(clock.now() + timedelta(days=1)):
        record(interview.invite, 20)
    assert {row.session_id for row in rows()} == {interview.id}
    erasure.withdraw_participant(services, interview.invite)
    made = rows()
    assert [(row.invite_id, row.session_id, row.size) for row in made] == [
        (None, None, 10),
        (None, None, 20),
    ]
    assert all(row.at.time().isoformat() == "00:00:00" for row in made)
    assert egress_ledger.sum_campaign_transfers(campaign)[0].size == 30
    record(db.session.get(Invite, interview.invite_id), 5)  # sent meanwhile
    assert {row.invite_id for row in rows()} == {None}


def test_a_failure_to_record_fails_nothing_else(services: Any, ann: Any, caplog: Any) -> None:
    invite, _ = an_invite(services, a_campaign(ann))
    with transaction():
        db.session.execute(text("ALTER TABLE egress RENAME TO other"))
    try:
        record(invite)
    finally:
        with transaction():
            db.session.execute(text("ALTER TABLE other RENAME TO egress"))
    assert "egress_not_recorded" in caplog.text
    record(invite)
    assert len(rows()) == 1


def test_nothing_is_recorded_for_a_campaign_that_is_gone(services: Any, ann: Any) -> None:
    with egress_ledger.record_egress(egress_ledger.EgressSubject("gone"), "event"):
        report()
    with egress_ledger.record_egress(None, "event"):
        report()
    report()  # nobody collects it
    assert rows() == []


def test_old_records_are_deleted(services: Any, ann: Any) -> None:
    invite, _ = an_invite(services, a_campaign(ann))
    with clock.freeze_at(clock.now() - egress_ledger.KEPT - timedelta(days=1)):
        record(invite)
    record(invite)
    assert egress_ledger.delete_old_records() == 1
    assert len(rows()) == 1


@pytest.mark.parametrize("kind", ["sessions", "campaigns"])
def test_the_api_lists_and_sums(client: Any, services: Any, ann: Any, kind: str) -> None:
    interview = an_interview(services, a_campaign(ann), SAID)
    owner = interview.id if kind == "sessions" else interview.campaign_id
    path = f"/api/{kind}/{owner}/egress"
    empty = client.get(path, headers=ann.auth).json
    assert (empty["totals"], empty["transfers"], empty["total"]) == ([], [], 0)
    for size in (1, 2, 3):
        record(interview.invite, size, failed=size == 2)
    told = client.get(f"{path}?limit=2", headers=ann.auth).json
    assert (told["total"], [one["size"] for one in told["transfers"]]) == (3, [3, 2])
    assert told["totals"][0]["failed"] == 1
    assert told["totals"][0]["size"] == 6
    cursor = told["pagination"]["next_cursor"]
    rest = client.get(f"{path}?limit=2&cursor={cursor}", headers=ann.auth).json["transfers"]
    assert [(one["size"], one["session_id"]) for one in rest] == [(1, interview.id)]


def test_pages_say_what_left(app: Any, services: Any, ann: Any) -> None:
    interview = an_interview(services, a_campaign(ann), SAID)
    desk = logged_in(app, ann)
    pages = [f"/sessions/{interview.id}", f"/campaigns/{interview.campaign_id}"]
    for page in pages:
        assert "Nothing left this server." in desk.get(page).text
    record(interview.invite, 12_400, model="<tiny>", local=True)
    for page in pages:
        shown = desk.get(page).text
        assert "Nothing left this server." not in shown
        assert "12\u202fkB" in shown
        assert "&lt;tiny&gt;" in shown
        assert "(this machine)" in shown
