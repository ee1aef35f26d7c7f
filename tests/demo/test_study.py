"""The demonstration data, from which tests of others start."""

import json
from dataclasses import replace
from itertools import groupby

import pytest
from sqlalchemy import select

from interviewrelay.accounts import accounts, api_keys
from interviewrelay.billing import ledger
from interviewrelay.campaigns.invites import invites
from interviewrelay.core.db.session import db, release_connection
from interviewrelay.core.errors import Conflict, Unauthenticated
from interviewrelay.core.ids import new_id
from interviewrelay.demo import content, study, voices
from interviewrelay.demo.content import SPOKEN_PEOPLE
from interviewrelay.interviewer.guide import build_guide
from interviewrelay.interviewer.understanding.coverage import find_needs
from interviewrelay.models import CreditEntry, Interview, Job, Mail, Script
from interviewrelay.operations import consistency_check, server_checks
from interviewrelay.organizations import access
from interviewrelay.recordings import session_recording
from interviewrelay.scripts import scripts
from interviewrelay.scripts.document import ScriptDocument
from interviewrelay.transcripts import transcripts
from interviewrelay.worker import schedule
from tests import factories
from tests.fakes import FakeStorage, speech_engines

A = {
    "org_id", "key_owner", "key_viewer", "key_revoked", "key_test", "project_id", "script_id",
    "script_draft_id", "campaign_id", "campaign_archived_id", "invite_token", "invite_token_expired",
    "invite_token_cancelled", "invite_token_completed", "session_id", "participant_email",
    "participant2_email", "webhook_id", "webhook_secret", "delivery_id", "owner_email", "owner_password",
}  # fmt: skip


@pytest.fixture
def made(services):
    return study.create_fixtures(services, sessions=2)


@pytest.mark.gate
def test_the_fixtures_have_the_shape_of_the_contract_and_hold_what_they_say(services, made):
    assert set(made) == {"A", "B", "FREE", "RACE", "POOR", "SYS", "ERASE", "ERASE2"}
    assert set(made["A"]) == set(made["B"]) == A
    assert set(made["FREE"]) == {"key_owner", "key_second"}
    assert {"key_owner", "invite_token", "balance"} <= set(made["RACE"])
    assert {"key_owner", "invite_token"} <= set(made["POOR"])
    assert set(made["SYS"]) == {"key_admin"}
    assert {"email", "answer_marker"} <= set(made["ERASE"])
    assert "email" in made["ERASE2"]
    assert json.loads(json.dumps(made)) == made
    not_yet = {"webhook_id", "webhook_secret", "delivery_id"}
    assert all(made["A"][name] for name in A - not_yet)

    def who(key):
        return api_keys.authenticate(services.ring, f"Bearer {key}")

    a = who(made["A"]["key_owner"])
    assert a.requests_per_hour is None
    assert who(made["A"]["key_viewer"]).role == "viewer"
    assert who(made["A"]["key_test"]).test
    with pytest.raises(Unauthenticated):
        who(made["A"]["key_revoked"])
    free, second = who(made["FREE"]["key_owner"]), who(made["FREE"]["key_second"])
    assert free.requests_per_hour == 100
    assert free.org_id == second.org_id
    assert ledger.balance(ledger.get_account(who(made["RACE"]["key_owner"]))) == 100
    assert ledger.balance(ledger.get_account(who(made["POOR"]["key_owner"]))) == 0
    assert who(made["SYS"]["key_admin"]).system_admin
    assert not a.system_admin
    statuses = {
        name: invites.get_status(access.get_invite(a, services.ring, made["A"][name]))
        for name in A
        if name.startswith("invite_token")
    }
    assert statuses == {
        "invite_token": "pending", "invite_token_expired": "expired",
        "invite_token_cancelled": "cancelled", "invite_token_completed": "completed",
    }  # fmt: skip
    assert access.get_script(a, made["A"]["script_draft_id"]).latest_version == 0
    assert access.get_campaign(a, made["A"]["campaign_archived_id"]).status == "archived"
    session = access.get_interview(a, made["A"]["session_id"])
    assert (session.status, session.participant_email) == (
        "completed",
        made["A"]["participant_email"],
    )
    assert len(transcripts.build_transcript(session).turns) > 6
    assert factories.log_in(services, made["A"]["owner_email"], made["A"]["owner_password"])
    said = [
        turn.text
        for row in transcripts.list_sessions(a).items
        if row.participant_email == made["ERASE"]["email"]
        for turn in transcripts.build_transcript(row).turns
    ]
    assert any(made["ERASE"]["answer_marker"] in text for text in said)
    assert not any(consistency_check.run_checks().values())
    assert list(server_checks.LOOKS["webhook delivery"](None)) == []


@pytest.mark.gate
def test_so_many_more_sessions_are_made_as_asked_for(made):
    emails = list(db.session.execute(select(Interview.participant_email)).scalars())
    assert sum(email.endswith("@load.example") for email in emails) == 2


def test_a_study_to_look_at_says_who_may_log_in_and_which_link_is_unused(services):
    made = study.create_demo_study(services)
    assert set(made) == {"email", "password", "invite_token", "api_key"}
    assert factories.log_in(services, made["email"], made["password"])
    invite = access.get_participant_invite(services.ring, made["invite_token"])
    assert invites.get_status(invite) == "pending"
    assert not any(consistency_check.run_checks().values())


@pytest.mark.gate
def test_the_study_is_coherent_in_time(made):
    """What leads to something is never younger than it, and the ledger goes on in time."""
    order = select(CreditEntry).order_by(CreditEntry.org_id, CreditEntry.seq)
    entries = list(db.session.execute(order).scalars())
    for _, own in groupby(entries, key=lambda entry: entry.org_id):
        times = [entry.created_at for entry in own]
        assert times == sorted(times)
    for row in db.session.execute(select(Interview)).scalars():
        campaign, invite = row.campaign, row.invite
        script = db.session.get(Script, campaign.script_id)
        organization = campaign.organization
        story = (organization, script, campaign, invite, row)
        times = [thing.created_at for thing in story]
        assert times == sorted(times)
        assert campaign.project.created_at <= campaign.created_at
        assert row.started_at < invite.expires_at


@pytest.mark.parametrize("document", [content.SCRIPT, content.DRAFT])
def test_the_linter_has_nothing_to_remark_on_what_is_shown(document):
    made = ScriptDocument.model_validate(document).model_dump()
    assert scripts.list_remarks(made) == []


@pytest.mark.parametrize("make", [study.create_demo_study, study.create_fixtures])
def test_demonstration_data_goes_into_an_empty_database_only(services, ann, make):
    release_connection()
    with pytest.raises(Conflict, match="can only be added to an empty database"):
        make(services)
    assert len(accounts.list_all_memberships()) == 1


@pytest.mark.parametrize(
    ("need", "said"),
    [
        ("waiting/told", "They told me the doctor was late, so I waited an hour."),
        ("waiting/told", "Nobody told me anything for two hours."),
        ("waiting/told", "About forty minutes, and they told me nothing."),
        ("waiting/told", "Half an hour. The receptionist said there was an emergency."),
        (
            "arrival/finding",
            "I went in through the main entrance and a volunteer pointed me to the right desk.",
        ),
    ],
)
def test_what_the_study_wants_to_learn_is_seen_when_told(need, said):
    guide = build_guide(ScriptDocument.model_validate(content.SCRIPT).model_dump())
    assert find_needs(guide, said)[need].status == "covered"


@pytest.mark.gate
@pytest.mark.parametrize("configured", [False, True])
def test_its_people_get_no_mail_where_mails_leave(services, mailer, configured):
    mailer.configured = configured
    study.create_demo_study(services)
    waiting = db.session.query(Mail).filter(Mail.kind == "invite").count()
    assert waiting == (0 if configured else len(content.WAITING))


def test_a_spoken_study_is_shown_where_the_server_has_a_voice(app, services, mailer):
    made = replace(services, storage=FakeStorage(), speech=speech_engines())
    app.extensions["services"] = made
    told = study.create_demo_study(made)
    assert invites.get_status(
        access.get_participant_invite(made.ring, told["spoken_token"])
    ) == ("pending")
    assert study.get_open_link(made, told["spoken_token"]) == told["spoken_token"]
    spoken = select(Interview).where(Interview.mode == "voice")
    held = db.session.scalars(spoken).all()
    assert len(held) == len(SPOKEN_PEOPLE)
    assert not any(map(session_recording.get_recording, held))
    while schedule._do_sound_jobs(made):
        pass
    for row in held:
        recording = session_recording.get_recording(row)
        answers = [turn for turn in transcripts.build_transcript(row).turns if turn.text]
        assert recording is not None
        assert all(turn.duration for turn in answers)
        assert all(turn.confidence in (None, voices.SURE) for turn in answers)
    before = dict(made.storage.files)
    job = Job(id=new_id(), org_id=held[0].org_id, kind=voices.SPEAK, subject=held[0].id)
    voices.speak_in_job(made, job.id, held[0].id)  # again, after a crash
    assert made.storage.files == before
    assert not any(consistency_check.run_checks().values())


def test_without_a_voice_the_demonstration_is_as_it_was(services, mailer):
    assert "spoken_token" not in study.create_demo_study(services)
    assert db.session.scalars(select(Interview).where(Interview.mode == "voice")).all() == []
