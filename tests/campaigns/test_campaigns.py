"""Campaigns and the projects that they are filed under."""

import pytest

from interviewrelay.campaigns import (
    campaigns,
    projects,
    representation as campaign_representation,
)
from interviewrelay.core.errors import InvalidParameter, ScriptNotPublished
from interviewrelay.core.ids import new_id
from interviewrelay.interviews import state
from tests.factories import (
    a_campaign,
    a_draft,
    a_finished_interview,
    a_project,
    a_script,
    an_interview,
    an_invite,
)


def test_a_campaign_is_active_and_valid_for_a_week_unless_told_otherwise(ann):
    campaign = a_campaign(ann)
    assert (campaign.status, campaign.invite_valid_hours) == ("active", 168)
    assert (campaign.settings, campaign.extra) == ({}, {})
    assert campaign.version.number == 1


def test_a_campaign_keeps_everything_it_is_told(ann):
    campaign = a_campaign(
        ann, invite_valid_hours=1, settings={"language": "de", "target_minutes": 5},
        extra={"wave": "2"}, reminder_hours_before=24, max_sessions=3, max_completed=2,
        custom_message="Hello",
    )  # fmt: skip
    assert campaign.extra == {"wave": "2"}
    assert (campaign.reminder_hours_before, campaign.max_sessions) == (24, 3)
    assert (campaign.max_completed, campaign.custom_message) == (2, "Hello")
    guide = state.get_script(campaign)
    assert (guide.language, guide.target_minutes) == ("de", 5)


def test_a_draft_cannot_be_put_to_people(ann):
    with pytest.raises(ScriptNotPublished) as refusal:
        a_campaign(ann, script=a_draft(ann))
    assert refusal.value.details["field"] == "script_id"


@pytest.mark.parametrize("field", ["script_id", "project_id"])
@pytest.mark.parametrize("kind", ["foreign", "random", "no uuid"])
def test_a_script_or_project_that_is_not_ones_own_is_refused(ann, ben, field, kind):
    given = {"script_id": a_script(ann).id, "project_id": a_project(ann).id}
    foreign = {"script_id": a_script(ben).id, "project_id": a_project(ben).id}
    given[field] = {"foreign": foreign[field], "random": new_id(), "no uuid": "abc123"}[kind]
    unpublished = field == "script_id" and kind != "no uuid"
    with pytest.raises(ScriptNotPublished if unpublished else InvalidParameter) as refusal:
        campaigns.create_campaign(ann.actor, campaigns.CampaignPlan("X", **given))
    assert refusal.value.details["field"] == field
    assert campaigns.list_campaigns(ann.actor).total == 0


def test_campaigns_are_listed_by_project_status_and_organization(ann, ben):
    here, there = a_project(ann), a_project(ann)
    one, other = a_campaign(ann, project=here), a_campaign(ann, project=there)
    a_campaign(ben)

    def listed(**more):
        return [row.id for row in campaigns.list_campaigns(ann.actor, **more).items]

    assert listed() == [other.id, one.id]
    assert listed(project_id=here.id) == [one.id]
    assert listed(project_id="abc123") == []
    assert listed(status="active") == [other.id, one.id]
    assert listed(status="archived") == []


def test_figures_are_counted_with_their_causes(services, ann):
    campaign = a_campaign(ann)
    assert campaign_representation.Stats.read(campaign)["completion_rate"] == 0
    an_invite(services, campaign, "waits@example.com")
    an_interview(services, campaign, email="open@example.com")
    for number in (1, 2):
        a_finished_interview(
            services, campaign, "It was fine.", email=f"done{number}@example.com"
        )
    assert campaign_representation.Stats.read(campaign) == {
        "invites_sent": 4, "opened": 3, "started": 3, "completed": 2, "completion_rate": 0.67,
        "complete": 0, "ended_early": 2, "complete_rate": 0,
        "pending": 1, "abandoned": 0, "failed": 0, "cancelled": 0, "expired": 0, "average_duration_minutes": 0,
    }  # fmt: skip


def test_projects_are_listed_newest_first_in_their_own_organization(ann, ben):
    one, other = a_project(ann, "One"), a_project(ann, "Other")
    a_project(ben)
    listed = projects.list_projects(ann.actor)
    assert [row.id for row in listed.items] == [other.id, one.id]
    assert one.description == "What for"


def test_a_campaign_made_while_its_project_is_deleted_leaves_nothing_half_done(app, ann):
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    from interviewrelay.core.errors import Conflict
    from interviewrelay.organizations import access

    project, script, barrier = a_project(ann), a_script(ann), Barrier(2)

    def make():
        plan = campaigns.CampaignPlan("X", script_id=script.id, project_id=project.id)
        campaigns.create_campaign(ann.actor, plan)

    def delete():
        projects.delete_project(access.get_project(ann.actor, project.id))

    def run(act):
        with app.app_context():
            barrier.wait()
            try:
                act()
            except (InvalidParameter, Conflict) as refusal:
                return refusal.code
            return None

    with ThreadPoolExecutor(2) as threads:
        outcome = list(threads.map(run, [make, delete]))
    assert outcome in ([None, "CONFLICT"], ["INVALID_PARAMETER", None])
    assert campaigns.list_campaigns(ann.actor).total == (outcome[0] is None)


def test_of_many_at_once_only_as_many_become_active_as_the_plan_allows(app, ann):
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    from sqlalchemy import update

    from interviewrelay.core.db.session import db, transaction
    from interviewrelay.core.errors import PlanLimitReached
    from interviewrelay.models import Organization

    with transaction():
        db.session.execute(update(Organization).values(plan="free"))
    project, script, barrier = a_project(ann), a_script(ann), Barrier(6)

    def make(_):
        with app.app_context():
            barrier.wait()
            plan = campaigns.CampaignPlan("X", script_id=script.id, project_id=project.id)
            try:
                campaigns.create_campaign(ann.actor, plan)
            except PlanLimitReached:
                return False
            return True

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(make, range(6))) == 3
