"""Every operation of the document, performed by both clients on a real server."""

import contextlib
import datetime as dt
import re
from typing import Any

import httpx
import pytest
from test_surface import operations

from interviewrelay_client import ApiError, ConflictError, NotFoundError, models

ANSWER = "We waited forty minutes in the corridor, because nobody had told the night shift."
REFUSED: dict[str, dict[str, Any]] = {
    "brand_stylesheet": {},  # the demonstration has no branding
    "logo": {},
    "ask_unsubscribe": {},  # the token is in an email
    "unsubscribe": {},
    "send_piece": {"clip": "clip-1234", "piece": 0, "number": 2, "content": b"sound"},
    "judge_pause": {"clip": "clip-1234", "pieces": 1},  # this server has no recognizer
    "answer_by_voice": {"number": 2, "clip": "clip-1234", "pieces": 1},
    "answer_by_file": {"number": 2, "audio": b"sound"},
    "speech": {"number": 1},  # nor a voice
}
"""Operations of participants that can't succeed here, with their arguments. They are called all the
same, if the server has them.
"""


AUDIO = "GET /api/session/{session_id}/audio"
"""Has a test of its own."""


class Record:
    """Operations that were called, by the document's paths."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._patterns = [
            (re.compile(re.sub(r"{\w+}", "[^/]+", key)), key)
            for key in sorted(operations(document), key=lambda key: key.count("{"))
        ]
        self.called: set[str] = set()

    def __call__(self, request: httpx.Request) -> None:
        told = f"{request.method} {request.url.path}"
        self.called |= {key for pattern, key in self._patterns if pattern.fullmatch(told)}


@pytest.fixture
def record(document: dict[str, Any]) -> Record:
    return Record(document)


def test_every_operation(
    connect: Any, demo: dict[str, Any], document: dict[str, Any], record: Record
) -> None:
    client = connect(demo["A"]["key_owner"], hook=record)
    project = manage_projects(client)
    script = manage_scripts(client)
    campaign = manage_campaigns(client, project, script)
    manage_invites(client, campaign)
    read_sessions(client, demo["A"])
    hold_interviews(client, campaign)
    manage_people(client, campaign)
    read_billing(client)
    manage_organization(client)
    manage_members(client)
    take_notes(client, demo["A"]["session_id"])
    read_results(client, demo["A"]["session_id"])
    summary = connect(demo["SYS"]["key_admin"], hook=record).admin.credit_summary()
    assert summary.summary.total_organizations > 1
    assert summary.low_balance_organizations[0].severity in ("warning", "critical")
    manage_webhooks(client)
    assert client.docs.openapi().openapi == "3.1.0"
    assert "<html" in client.docs.page()
    assert set(operations(document)) - record.called - {AUDIO} == set()


def manage_projects(client: Any) -> models.Project:
    project = client.projects.create(name="Waiting rooms", description="Of three clinics")
    assert isinstance(project, models.Project)
    assert isinstance(project.created_at, dt.datetime)
    assert project.created_at.tzinfo is not None
    changed = client.projects.update(project.id, name="Waiting")
    assert (changed.name, changed.description) == ("Waiting", "Of three clinics")
    assert client.projects.get(project.id) == changed
    assert project.id in [one.id for one in client.projects.list()]
    other = client.projects.create(name="Not needed")
    assert client.projects.delete(other.id) is None
    with pytest.raises(NotFoundError) as caught:
        client.projects.get(other.id)
    assert (caught.value.status, caught.value.code) == (404, "NOT_FOUND")
    assert caught.value.request_id
    result: models.Project = changed
    return result


def manage_scripts(client: Any) -> models.Script:
    script = client.scripts.create(
        name="Waiting",
        questions=[
            {"text": "How was your last visit?", "needs": [{"label": "how long it took"}]},
            {"text": "What would you change?", "expected": {"min_words": 5}},
        ],
        closing={"thank_text": "Thank you."},
    )
    assert script.questions[0].needs[0].label == "how long it took"
    changed = client.scripts.update(script.id, purpose="Your last visit to the clinic")
    assert changed.purpose == client.scripts.get(script.id).purpose
    published = client.scripts.publish(script.id)
    assert (published.status, published.version) == ("published", 1)
    assert script.id in [one.id for one in client.scripts.list(status="published", q="Waiting")]
    summary = next(iter(client.scripts.summaries(q="Waiting")))
    assert (summary.id, summary.version) == (script.id, 1)
    assert [one.version for one in client.scripts.versions(script.id)] == [1]
    assert client.scripts.version(script.id, 1).purpose == changed.purpose
    assert client.scripts.restore(script.id, 1).purpose == changed.purpose
    first = client.scripts.preview(script.id).turn
    assert first is not None
    assert first.speaker == "ai"
    assert client.scripts.preview(script.id, answers=[ANSWER]).next_number == 4
    draft = client.scripts.create(name="Not needed", questions=[{"text": "Why?"}])
    assert client.scripts.delete(draft.id) is None
    result: models.Script = script
    return result


def manage_campaigns(client: Any, project: models.Project, script: models.Script) -> str:
    made = client.campaigns.create(
        name="Q4",
        script_id=script.id,
        project_id=project.id,
        invite_valid_hours=48,
        settings={"mode": "text", "interviewer": "Robin"},
        metadata={"wave": "2"},
        reminder_hours_before=12,
        ends_at=dt.datetime(2050, 1, 1, tzinfo=dt.UTC),
    )
    assert (made.status, made.settings.interviewer, made.metadata) == (
        "active", "Robin", {"wave": "2"},
    )  # fmt: skip
    assert made.ends_at == dt.datetime(2050, 1, 1, tzinfo=dt.UTC)
    changed = client.campaigns.update(made.id, reminder_hours_before=None)
    assert (changed.reminder_hours_before, changed.name) == (None, "Q4")
    assert client.campaigns.get(made.id).stats.completion_rate == 0
    found = client.campaigns.list(project_id=project.id, status="active").page()
    assert ([one.id for one in found.items], found.total) == ([made.id], 1)
    draft = client.campaigns.duplicate(made.id)
    assert draft.status == "draft"
    people = [{"email": "ada@example.com", "name": "Ada"}, {"email": "nobody"}]
    listed = client.campaigns.add_recipients(draft.id, participants=people)
    assert (listed.total, listed.added, listed.failed) == (1, 1, 1)
    assert client.campaigns.insights(made.id).sessions_read == 0
    exported = client.campaigns.transcripts(made.id)
    assert (exported.campaign_id, exported.sessions) == (made.id, [])
    assert b"," in client.campaigns.export(made.id, format="csv")
    identifier: str = made.id
    return identifier


def manage_invites(client: Any, campaign: str) -> None:
    made = client.invites.create(
        campaign,
        emails=["kim@example.org", "not an address"],
        participants=[{"email": "lee@example.org", "name": "Lee", "metadata": {"site": "N"}}],
        send_email=False,
    )
    assert (made.sent, made.failed, made.errors[0].reason) == (2, 1, "INVALID_ADDRESS")
    token = made.invites[0].token
    invite = client.invites.get(token)
    assert (invite.status, invite.email) == ("pending", "kim@example.org")
    assert client.invites.extend(token, hours=24).expires_at > invite.expires_at
    assert client.invites.resend(token, custom_message="Please").status == "pending"
    assert client.invites.remind(campaign).sent >= 0
    assert client.invites.cancel(token).status == "cancelled"
    found = client.invites.list(campaign, status="pending", email_domain="example.org", q="lee")
    assert [one.name for one in found] == ["Lee"]


def read_sessions(client: Any, held: dict[str, Any]) -> None:
    listed = client.sessions.list(
        campaign_id=held["campaign_id"],
        status="completed",
        start_date=dt.date(2020, 1, 1),
        end_date=dt.datetime(2050, 1, 1, tzinfo=dt.UTC),
    )
    assert held["session_id"] in [one.id for one in listed]
    session = client.sessions.get(held["session_id"])
    assert (session.status, session.sentiment.label is not None) == ("completed", True)
    transcript = client.sessions.transcript(held["session_id"])
    assert transcript.turns[0].speaker == "ai"
    assert transcript.turns[0].decision is not None
    text = client.sessions.transcript_file(held["session_id"], format="txt")
    assert transcript.turns[1].text.split()[0] in text
    assert client.sessions.transcript_file(held["session_id"], format="vtt").startswith(
        "WEBVTT"
    )
    assert client.sessions.pdf(held["session_id"]).startswith(b"%PDF")


def hold_interviews(client: Any, campaign: str) -> None:
    emails = [f"person{number}@example.org" for number in range(3)]
    made = client.invites.create(campaign, emails=emails, send_email=False)
    token, skipping, leaving = (invite.token for invite in made.invites)
    interview = client.interview
    assert interview.open(token).campaign.purpose == "Your last visit to the clinic"
    interview.mark_opened(token)
    started = interview.start(token, consent=True, metadata={"ward": "3"})
    assert (started.turn.number, started.status) == (1, "in_progress")
    reply = interview.answer(token, number=2, text=ANSWER, client_turn_id="a")
    assert (reply.saved.text, reply.next_number) == (ANSWER, 4)
    assert interview.answer(token, number=2, text=ANSWER, client_turn_id="a") == reply
    assert interview.review(token).answers[0].text == ANSWER
    changed = interview.change_answer(token, number=2, act="correct", text="Ten minutes.")
    assert changed.answers[0].text == "Ten minutes."
    assert interview.pause(token).status == "paused"
    assert interview.resume(token).status == "in_progress"
    number = interview.state(token).next_number
    assert interview.skip(token, number=number).saved.skipped
    assert len(interview.state(token).turns) >= 4
    code = interview.create_code(token).code
    assert token in interview.enter_code(code=code).url
    assert "<form" in interview.code_page()
    assert interview.complete(token).status == "completed"
    assert interview.feedback(token, rating=5, comment="Kind").status == "completed"
    with pytest.raises(ConflictError, match="No email server"):
        interview.email_copy(token)
    interview.start(skipping, consent=True)
    assert client.sessions.delete(interview.state(skipping).session_id).erased.sessions == 1
    interview.start(leaving, consent=True)
    assert interview.withdraw(leaving).status == "withdrawn"
    for name, more in REFUSED.items():
        if hasattr(interview, name):
            with pytest.raises(ApiError):
                getattr(interview, name)(skipping, **more)


def manage_people(client: Any, campaign: str) -> None:
    assert client.suppressions.add(email="no@example.org").reason == "added"
    assert "added" in [one.reason for one in client.suppressions.list()]
    assert client.suppressions.remove(email="no@example.org").removed
    held = client.participants.export(email="person0@example.org")
    assert held.sessions[0].turns[1].text == "Ten minutes."
    erased = client.participants.erase(email="person0@example.org").erased
    assert (erased.sessions, erased.invites) >= (1, 1)


def read_billing(client: Any) -> None:
    balance = client.billing.credits()
    assert balance.total_credits == (
        balance.starter_credits + balance.monthly_credits + balance.topup_credits
    )
    assert balance.low_balance_warning.should_warn is False
    usage = client.billing.usage(start_date=dt.date(2020, 1, 1), limit=2)
    assert len(usage.transactions) == 2
    every = list(client.billing.transactions(start_date="2020-01-01", limit=2))
    assert len(every) == usage.pagination.total
    with contextlib.suppress(ApiError):
        client.with_options(max_retries=0).billing.top_up(pack=1000)


def manage_organization(client: Any) -> None:
    me = client.organization.me()
    assert (me.test, me.role) == (False, "owner")
    assert "organization:write" in me.permissions
    organization = client.organization.get()
    assert organization.id == me.organization.id
    assert client.organization.update(contact="Ann").contact == "Ann"
    assert client.organization.update_mail(sender_name="Ann").sender_name == "Ann"
    assert client.organization.mail().sender_name == "Ann"
    assert client.organization.update_retention(address_days=3000).address_days == 3000
    assert client.organization.retention().address_days == 3000
    assert client.organization.update_branding(accent="#123456").accent == "#123456"
    assert client.organization.branding().has_logo is False
    assert client.billing.update_alerts(warn_below=1).warn_below == 1
    assert client.billing.alerts().warn_below == 1
    entries = list(client.organization.audit_log(subject="settings", limit=2))
    assert {entry.via for entry in entries} == {"key"}
    email = next(iter(client.emails.list()))
    assert client.emails.resend(email.id).id == email.id


def manage_members(client: Any) -> None:
    key = client.keys.create(name="Wiki", permissions=["sessions:read"], valid_days=1)
    assert key.key.startswith("ir_live_")
    assert key.id in [one.id for one in client.keys.list()]
    assert client.keys.get(key.id).status == "active"
    assert client.keys.revoke(key.id).status == "revoked"
    invited = client.invitations.create(email="new@example.org", role="viewer")
    assert invited.id in [one.id for one in client.invitations.list()]
    assert client.invitations.resend(invited.id).email == "new@example.org"
    assert client.invitations.withdraw(invited.id) is None
    owner = client.organization.me()
    members = list(client.members.list())
    (me,) = (one for one in members if one.user_id == owner.user.id)
    assert client.members.get(me.id).role == "owner"
    assert client.members.update(me.id, role="owner").role == "owner"
    with pytest.raises(ApiError):  # the last owner stays
        client.members.remove(me.id)


def take_notes(client: Any, session: str) -> None:
    note = client.notes.create(session, turn=2, text="Long.", tags=["time"])
    assert client.notes.get(session, note.id).turn_number == 2
    assert client.notes.update(session, note.id, tags=["wait"]).tags == ["wait"]
    assert note.id in [one.id for one in client.notes.list(session)]
    campaign = client.sessions.get(session).campaign_id
    assert [one.id for one in client.notes.highlights(campaign, tag="wait")] == [note.id]
    assert client.notes.delete(session, note.id) is None
    assert client.sessions.mark_safety_seen(session).id == session
    view = client.filters.create(name="Done", filters={"status": "completed"})
    assert view.id in [one.id for one in client.filters.list()]
    assert client.filters.update(view.id, shared=True).shared is True
    assert client.filters.get(view.id).filters == {"status": "completed"}
    assert client.filters.delete(view.id) is None


def read_results(client: Any, session: str) -> None:
    campaign = client.sessions.get(session).campaign_id
    assert client.results.analyse(campaign).campaign_id == campaign
    assert client.results.analysis(campaign).interviews > 0
    assert client.results.cancel(campaign).status in ("cancelled", "completed")
    made = client.results.create_finding(campaign, text="People wait.")
    assert (made.statement, made.pinned, made.quotes) == ("People wait.", True, [])
    assert made.id in [one.id for one in client.results.findings(campaign).findings]
    changed = client.results.update_finding(campaign, made.id, text="People wait long.")
    assert client.results.finding(campaign, made.id) == changed
    other = client.results.create_finding(campaign, text="Nobody tells them why.")
    assert client.results.merge_findings(campaign, made.id, findings=[other.id]).id == made.id
    assert client.results.delete_finding(campaign, made.id) is None
    with pytest.raises(NotFoundError):
        client.results.finding(campaign, other.id)
    assert client.results.session(session).session_id == session
    rows = list(client.results.matrix(campaign))
    assert all(isinstance(row, models.Participant) for row in rows)
    for sent in (*client.campaigns.egress(campaign), *client.sessions.egress(session)):
        assert isinstance(sent, models.Transfer)


def manage_webhooks(client: Any) -> None:
    webhook = client.webhooks.create(
        url="http://127.0.0.2:9/hook", events=["webhook.ping"], enabled=True
    )
    assert webhook.secret.startswith("whsec_")
    assert client.webhooks.update(webhook.id, description="Mine").description == "Mine"
    assert client.webhooks.get(webhook.id).events == ["webhook.ping"]
    assert webhook.id in [one.id for one in client.webhooks.list()]
    delivery = client.webhooks.test(webhook.id)
    assert delivery.type == "webhook.ping"
    assert [one.id for one in client.webhooks.deliveries(webhook.id)] == [delivery.id]
    assert client.webhooks.redeliver(webhook.id, delivery.id).webhook_id == webhook.id
    assert client.webhooks.replay(webhook.id, since="2026-01-01").events >= 0
    rotated = client.webhooks.rotate_secret(webhook.id)
    assert rotated.secret != webhook.secret
    assert client.webhooks.delete(webhook.id) is None
    events = list(client.events.list(limit=3))
    assert len(events) > 3
    assert {type(one) for one in events} & {
        models.InviteCreatedEvent,
        models.SessionStartedEvent,
    }
    after = client.events.list(after=events[-2].id)
    assert [one.id for one in after] == [events[-1].id]


def test_audio(client: Any, demo: dict[str, Any]) -> None:
    session = client.sessions.get(demo["A"]["session_id"])
    assert session.audio_url
    whole = client.sessions.audio(session.id)
    assert len(whole) > 1000
    assert client.sessions.audio(session.id, range="bytes=0-99") == whole[:100]
