"""A campaign in the making: kept step by step, sent off once, and nobody's address left behind."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from interviewrelay.campaigns import campaigns
from interviewrelay.campaigns.invites import invites
from interviewrelay.campaigns.setup import drafts
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import (
    Conflict,
    InvalidParameter,
    PlanLimitReached,
    ScriptNotPublished,
)
from interviewrelay.core.ids import new_id
from interviewrelay.mail import suppressions
from interviewrelay.models import (
    Campaign,
    Invite,
    Mail,
    Organization,
    Project,
    RecipientListRow,
)
from interviewrelay.privacy import erasure, subject_export
from interviewrelay.scripts import scripts
from interviewrelay.scripts.document import ScriptDocument
from tests.campaigns.invites.test_invite_lifecycle import at_once
from tests.factories import DOCUMENT, a_campaign, a_project, a_script, mails_by_state
from tests.web.everything import everything

LIST = "email,name\nada@x.example,Ada\nbo@x.example,Bo\nnobody,Cy\nADA@x.example,Ada"


@pytest.fixture
def draft(ann):
    return a_campaign(ann, status="draft")


@pytest.fixture
def plan(ann):
    return campaigns.CampaignPlan(
        "Spring", script_id=a_script(ann).id, project_id=a_project(ann).id
    )


def count(kind):
    return len(db.session.execute(select(kind)).scalars().all())


def test_a_form_makes_one_draft_and_changes_it_when_it_comes_again(ann, plan):
    form, other = new_id(), a_script(ann)
    first = drafts.create_draft(ann.actor, plan, form)
    assert (first.status, first.name) == ("draft", "Spring")
    from dataclasses import replace

    again = drafts.create_draft(
        ann.actor, replace(plan, name="Summer", script_id=other.id), form
    )
    assert (again.id, again.name, again.script_id) == (first.id, "Summer", other.id)
    assert drafts.create_draft(ann.actor, plan, new_id()).id != first.id
    with pytest.raises(InvalidParameter):
        drafts.create_draft(ann.actor, plan, "no id")


def test_a_form_makes_one_project_too(ann):
    plan = campaigns.CampaignPlan("S", a_script(ann).id, "", new_project="Visits")
    form = new_id()
    assert (
        drafts.create_draft(ann.actor, plan, form).id
        == drafts.create_draft(ann.actor, plan, form).id
    )
    assert count(Project) == 1


def test_the_same_form_of_somebody_else_makes_another(ann, ben, plan):
    form = new_id()
    theirs = campaigns.CampaignPlan("S", a_script(ben).id, a_project(ben).id)
    mine = drafts.create_draft(ann.actor, plan, form)
    assert drafts.create_draft(ben.actor, theirs, form).id != mine.id


def test_a_draft_keeps_its_version_until_its_first_step_is_saved_again(ann, plan):
    script = a_script(ann)
    made = drafts.create_draft(
        ann.actor, campaigns.CampaignPlan("S", script.id, plan.project_id)
    )
    changed = ScriptDocument.model_validate({**DOCUMENT, "name": "Changed"})
    scripts.publish_script(scripts.change_script(script, changed))
    db.session.refresh(made)
    assert made.version.number == 1
    anew = campaigns.CampaignPlan("S", script.id, plan.project_id)
    assert drafts.change_draft(ann.actor, made, anew).version.number == 2
    with pytest.raises(ScriptNotPublished):
        drafts.change_draft(
            ann.actor, made, campaigns.CampaignPlan("T", new_id(), plan.project_id)
        )


def test_the_list_is_kept_as_it_was_given(services, draft):
    assert drafts.get_list_text(draft) == ""
    drafts.save_recipient_list(draft, "a@x.example")
    drafts.save_recipient_list(draft, LIST.replace("\n", "\r\n"))
    assert drafts.get_list_text(draft) == LIST
    wanted = drafts.parse_draft_recipients(services.ring, draft)
    assert [one.person.email for one in wanted.people] == ["ada@x.example", "bo@x.example"]
    assert [one.line for one in wanted.listed.bad] == [4]
    assert [one.line for one in wanted.listed.twice] == [5]
    assert drafts.remove_invalid_lines(draft) == 1
    assert drafts.get_list_text(draft) == LIST.replace("nobody,Cy\n", "")


def test_who_is_not_to_be_written_to_is_told_and_left_out(services, ann, draft):
    suppressions.add_suppression(services.ring, ann.actor, "bo@x.example")
    drafts.save_recipient_list(draft, LIST)
    wanted = drafts.parse_draft_recipients(services.ring, draft)
    assert [one.person.email for one in wanted.kept_from] == ["bo@x.example"]
    outcome = drafts.launch_draft(services.ring, draft, {})
    assert (outcome.sent, outcome.errors) == (1, [])


def test_a_draft_is_sent_off_once_with_its_people(app, services, ann, draft):
    drafts.save_recipient_list(draft, LIST)

    def send():
        campaign = db.session.get(Campaign, draft.id)
        drafts.launch_draft(services.ring, campaign, {"custom_message": "Dear all"})

    refused = at_once(app, send, send, send)
    assert sorted(map(str, refused)) == ["CONFLICT", "CONFLICT", "None"]
    db.session.expire_all()
    assert (draft.status, draft.invites_sent, draft.custom_message) == ("active", 2, "Dear all")
    assert {row.email: row.name for row in invites.list_invites(draft).items} == {
        "ada@x.example": "Ada", "bo@x.example": "Bo",
    }  # fmt: skip
    mails = db.session.execute(select(Mail.custom_message)).scalars().all()
    assert mails == ["Dear all"] * 2
    assert count(RecipientListRow) == 0


def test_nothing_is_done_when_something_cannot_be(services, ann, draft):
    drafts.save_recipient_list(draft, LIST)
    for _ in range(3):
        a_campaign(ann)
    with transaction():
        db.session.execute(update(Organization).values(plan="free"))
    before = everything()
    with pytest.raises(PlanLimitReached):
        drafts.launch_draft(services.ring, draft, {"name": "Other"})
    with pytest.raises(InvalidParameter):
        times = {"starts_at": clock.now(), "ends_at": clock.now() - timedelta(days=1)}
        drafts.launch_draft(services.ring, draft, times)
    assert everything() == before
    assert mails_by_state() == {}


def test_a_draft_without_people_becomes_active(services, draft):
    assert drafts.launch_draft(services.ring, draft, {}).invites == []
    assert (draft.status, count(Invite)) == ("active", 0)


def test_what_was_sent_off_is_no_draft_any_more(services, ann, plan):
    form = new_id()
    sent = drafts.create_draft(ann.actor, plan, form)
    drafts.launch_draft(services.ring, sent, {})
    for act in (
        lambda: drafts.create_draft(ann.actor, plan, form),
        lambda: drafts.change_draft(ann.actor, sent, plan),
        lambda: drafts.save_recipient_list(sent, LIST),
        lambda: drafts.launch_draft(services.ring, sent, {}),
        lambda: drafts.delete_draft(sent),
    ):
        with pytest.raises(Conflict, match="no longer a draft"):
            act()
    assert count(RecipientListRow) == 0


def test_a_discarded_draft_leaves_nothing(ann, draft):
    drafts.save_recipient_list(draft, LIST)
    drafts.delete_draft(draft)
    assert (count(Campaign), count(RecipientListRow)) == (0, 0)
    assert "ada@x.example" not in everything()


def test_a_list_that_was_left_lying_is_forgotten(draft):
    drafts.save_recipient_list(draft, LIST)
    with clock.freeze_at(clock.now() + drafts.KEPT - timedelta(minutes=1)):
        assert drafts.delete_stale_lists() == 0
    with clock.freeze_at(clock.now() + drafts.KEPT):
        assert drafts.delete_stale_lists() == 1
    db.session.expire_all()
    assert (drafts.get_list_text(draft), draft.status) == ("", "draft")


def test_who_is_erased_stands_in_no_list_any_more(services, ann, ben, draft):
    theirs = a_campaign(ben, status="draft")
    for one in (draft, theirs):
        drafts.save_recipient_list(one, LIST)
    told = subject_export.build_subject_export(services, ann.actor, "Ada@x.example")["drafts"]
    assert told == [
        {"campaign_id": draft.id, "text": "ada@x.example,Ada\nADA@x.example,Ada"},
    ]
    erasure.erase_person(services, ann.actor, "Ada@x.example")
    db.session.expire_all()
    assert drafts.get_list_text(draft) == "email,name\nbo@x.example,Bo\nnobody,Cy"
    assert drafts.get_list_text(theirs) == LIST


def test_who_withdraws_stands_in_no_list_any_more(services, ann, draft):
    drafts.save_recipient_list(draft, LIST)
    people = [invites.Invitee("ada@x.example")]
    made = invites.create_invites(services.ring, a_campaign(ann), people, send_email=False)
    erasure.withdraw_participant(services, made.invites[0])
    db.session.expire_all()
    assert "ada" not in drafts.get_list_text(draft).lower()


def test_a_duplicate_takes_script_settings_and_mail_and_nobody(services, ann):
    campaign = a_campaign(
        ann, settings={"target_minutes": 5}, custom_message="Dear all", max_completed=3,
        reminder_hours_before=24, invite_valid_hours=48, ends_at=clock.now() + timedelta(days=1),
    )  # fmt: skip
    invites.create_invites(services.ring, campaign, [invites.Invitee("a@x.example")])
    form = new_id()
    copy = campaigns.duplicate_campaign(ann.actor, campaign, form)
    assert campaigns.duplicate_campaign(ann.actor, campaign, form).id == copy.id
    assert campaigns.duplicate_campaign(ann.actor, campaign).id != copy.id
    assert (copy.status, copy.name, copy.script_id) == (
        "draft", "Autumn (copy)", campaign.script_id,
    )  # fmt: skip
    assert (copy.settings, copy.custom_message) == ({"target_minutes": 5}, "Dear all")
    assert (copy.max_completed, copy.reminder_hours_before) == (3, 24)
    assert (copy.invite_valid_hours, copy.ends_at, copy.invites_sent) == (48, None, 0)
    assert (
        len(campaigns.duplicate_campaign(ann.actor, a_campaign(ann, name="n" * 200)).name)
        == 200
    )


def test_a_study_whose_script_is_gone_cannot_be_duplicated(ann):
    script = a_script(ann)
    campaign = a_campaign(ann, script=script)
    scripts.delete_script(script)
    with pytest.raises(ScriptNotPublished):
        campaigns.duplicate_campaign(ann.actor, campaign)


def test_what_is_archived_can_be_taken_out_again(ann):
    campaign = a_campaign(ann)
    assert campaigns.unarchive_campaign(campaign).status == "active"
    for status in ("completed", "archived"):
        campaigns.set_campaign_status(campaign, status)
    assert campaigns.unarchive_campaign(campaign).status == "completed"


def test_people_added_by_the_api_join_the_list_and_get_nothing(ann, services, draft):
    drafts.save_recipient_list(draft, "name;email\nBo;bo@x.example\n\n")
    people = [
        invites.Invitee("ada@x.example", 'Ada "A", Lovelace; Countess'),
        invites.Invitee("BO@x.example", "Another Bo"),
        invites.Invitee("cy@x.example"),
        invites.Invitee("nobody"),
    ]
    outcome = drafts.add_recipients(draft, people)
    assert (outcome.total, outcome.added) == (3, 2)
    assert outcome.errors == [{"email": "nobody", "reason": "INVALID_ADDRESS"}]
    again = drafts.add_recipients(draft, [*people, invites.Invitee("di@x.example", "Di")])
    assert (again.total, again.added) == (4, 1)
    assert drafts.get_list_text(draft).splitlines() == [
        "name;email",
        "Bo;bo@x.example",
        "email,name",
        'ada@x.example,"Ada ""A"", Lovelace; Countess"',
        "cy@x.example,",
        "di@x.example,Di",
    ]
    assert (count(Invite), count(Mail)) == (0, 0)
    drafts.launch_draft(services.ring, draft, {})
    names = {i.email: i.name for i in db.session.execute(select(Invite)).scalars()}
    assert names == {
        "ada@x.example": people[0].name,
        "bo@x.example": "Bo",
        "cy@x.example": "",
        "di@x.example": "Di",
    }


def test_nobody_is_added_to_a_broken_or_full_list_or_after_the_launch(ann, services, draft):
    ada = [invites.Invitee("ada@x.example", 'The "first"')]
    drafts.save_recipient_list(draft, 'email,name\nbo@x.example,"Bo')
    with pytest.raises(Conflict, match="quotation mark"):
        drafts.add_recipients(draft, ada)
    drafts.save_recipient_list(draft, "\n".join(f"p{n}@x.example" for n in range(1_000)))
    with pytest.raises(InvalidParameter, match=r"1,000"):
        drafts.add_recipients(draft, ada)
    drafts.save_recipient_list(draft, "")
    drafts.launch_draft(services.ring, draft, {})
    with pytest.raises(Conflict, match="no longer a draft"):
        drafts.add_recipients(draft, ada)
