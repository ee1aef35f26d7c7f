"""An answer that speaks of danger: who hears of it, and who has seen it."""

import pytest
from sqlalchemy import select

from interviewrelay.accounts import members
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import NotFound
from interviewrelay.dashboard import overview
from interviewrelay.demo.content import SCRIPT
from interviewrelay.interviews import interviews, safety_alerts
from interviewrelay.models import Interview, Mail, TurnRow
from interviewrelay.notifications import mail_delivery
from interviewrelay.organizations import access
from interviewrelay.transcripts import representation, transcripts
from tests.factories import a_campaign, a_script, an_invite

SAID = "My husband beats me when he drinks."
HELP = {"NL": "113, day and night"}


@pytest.fixture
def campaign(ann):
    script = a_script(ann, **{**SCRIPT, "resources": HELP})
    return a_campaign(ann, script=script)


def held(services, campaign, *said, **more):
    invite, _ = an_invite(services, campaign, "p@x.example", **more)
    interviews.start_interview(invite, agreed=True)
    for number, text in enumerate(said or (SAID,), 1):
        interviews.answer_question(invite, 2 * number, text)
    return db.session.execute(
        select(Interview).where(Interview.invite_id == invite.id)
    ).scalar_one()


def last_said(interview):
    turns = select(TurnRow).where(TurnRow.interview_id == interview.id)
    last = turns.order_by(TurnRow.number.desc()).limit(1)
    return db.session.execute(last).scalar_one().text


def notices():
    rows = db.session.execute(
        select(Mail).where(Mail.kind == "safety").order_by(Mail.recipient)
    )
    return list(rows.scalars())


def test_the_answer_is_replied_to_with_addresses_for_help_and_the_interview_is_marked(
    services, ann, campaign
):
    interview = held(services, campaign)
    assert (interview.status, interview.ended_at) == ("in_progress", None)
    assert interview.safety_at is not None
    assert "113, day and night" in last_said(interview)
    assert interview.safety_seen_at is None


def test_danger_once_more_ends_it_and_has_to_be_seen_anew(services, ann, campaign):
    interview = held(services, campaign)
    safety_alerts.mark_seen(ann.actor, interview.id)
    interviews.answer_question(interview.invite, 4, SAID)
    db.session.refresh(interview)
    assert (interview.status, interview.safety_at) == ("completed", interview.ended_at)
    assert "113, day and night" in interview.closing_text
    assert interview.safety_seen_at is None


def test_whoever_says_that_nobody_is_in_danger_goes_on(services, ann, campaign):
    interview = held(services, campaign, SAID, "You misunderstood me, nobody is in danger.")
    assert interview.status == "in_progress"
    assert "Please tell me about your last visit" in last_said(interview)
    assert safety_alerts.list_open_alerts(ann.actor) == [
        interview
    ]  # somebody has to look all the same


def test_what_was_said_to_them_is_in_the_transcript(services, ann, campaign):
    made = transcripts.build_transcript(held(services, campaign, SAID, SAID))
    assert made.danger
    assert "113, day and night" in made.closing
    assert representation.Transcript.read(made)["closing"] == made.closing


def test_owners_and_admins_are_told_without_a_word_of_what_was_said(services, ann, campaign):
    organization = ann.membership.organization
    for role in ("admin", "researcher", "viewer"):
        members.create_member(
            organization, f"{role}@x.example", role, "correct horse battery", role
        )
    interview = held(services, campaign)
    told = notices()
    assert [mail.recipient for mail in told] == ["admin@x.example", ann.email]
    for mail in told:
        assert mail_delivery.deliver_mail(services, mail.id)
    letters = services.mailer.letters[-2:]
    for letter in letters:
        assert letter.facts["url"].endswith(f"/sessions/{interview.id}")
        assert "beats" not in str(letter)
        assert "p@x.example" not in str(letter)


def test_an_ordinary_answer_and_a_test_alarm_nobody(services, ann, campaign):
    assert held(services, campaign, "This job is killing me.").safety_at is None
    tested = held(services, campaign, test=True)
    assert tested.safety_at is not None
    assert notices() == []
    assert safety_alerts.list_open_alerts(ann.actor) == []


def test_it_stands_on_the_overview_until_somebody_has_seen_it(services, ann, ben, campaign):
    interview = held(services, campaign)
    assert [row.id for row in overview.get_overview(ann.actor).alerts] == [interview.id]
    assert safety_alerts.list_open_alerts(ben.actor) == []
    with pytest.raises(NotFound):
        safety_alerts.mark_seen(ben.actor, interview.id)
    first = safety_alerts.mark_seen(ann.actor, interview.id).safety_seen_at
    assert safety_alerts.mark_seen(ann.actor, interview.id).safety_seen_at == first
    assert access.get_interview(ann.actor, interview.id).safety_seen_by == ann.email
    assert safety_alerts.list_open_alerts(ann.actor) == []
