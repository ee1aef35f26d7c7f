"""What the first page tells: what is new, what ends soon, which mails stay."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text, update

from interviewrelay.campaigns.invites import invites
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.dashboard import last_visit, overview
from interviewrelay.mail import outbox
from interviewrelay.models import Campaign, Invite, LastVisit, Mail, Membership
from tests.factories import a_campaign, a_finished_interview, an_interview, an_invite

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def at(moment, actor):
    with clock.freeze_at(moment):
        return overview.get_overview(actor)


def test_on_the_first_visit_nothing_is_called_new(services, ann):
    a_finished_interview(services, a_campaign(ann), "Fine.")
    assert at(MONDAY, ann.actor).came_in is None
    assert at(MONDAY + timedelta(minutes=30), ann.actor).came_in is None


def test_what_came_in_since_the_visit_before_is_told_for_the_whole_visit(services, ann):
    campaign = a_campaign(ann)
    with clock.freeze_at(MONDAY):
        a_finished_interview(services, campaign, "Fine.", email="a@x.example")
    at(MONDAY, ann.actor)
    with clock.freeze_at(MONDAY + timedelta(hours=3)):
        a_finished_interview(services, campaign, "Fine.", email="b@x.example")
        an_interview(services, campaign, "Fine.", email="c@x.example")
    back = MONDAY + timedelta(days=1)
    for minutes in (0, 20, 40, 60, 75):
        told = at(back + timedelta(minutes=minutes), ann.actor).came_in
        assert (told.since, told.started, told.completed) == (MONDAY, 2, 1)
    # Gone for an hour, and back to a new visit.
    told = at(back + timedelta(hours=4), ann.actor).came_in
    assert (told.since, told.started, told.completed) == (back + timedelta(minutes=75), 0, 0)


def test_everybody_has_a_visit_of_their_own_and_it_goes_with_them(ann, vic):
    at(MONDAY, ann.actor)
    assert at(MONDAY + timedelta(days=1), vic.actor).came_in is None
    with transaction():
        db.session.execute(
            text("DELETE FROM membership WHERE id = :id"), {"id": vic.membership.id}
        )
    rows = db.session.execute(select(LastVisit.membership_id)).scalars().all()
    assert rows == [ann.membership.id]
    assert db.session.execute(select(Membership.id)).scalars().all() == [ann.membership.id]


def test_a_look_is_noted_every_five_minutes_at_most(ann):
    at(MONDAY, ann.actor)
    at(MONDAY + timedelta(minutes=4), ann.actor)
    (row,) = db.session.execute(select(LastVisit)).scalars()
    assert row.at == MONDAY
    at(MONDAY + last_visit.NOTED_EVERY, ann.actor)
    db.session.expire_all()
    assert row.at == MONDAY + last_visit.NOTED_EVERY


def ending(actor, moment):
    return [(e.campaign.name, e.waiting, e.last_at, e.left) for e in at(moment, actor).ending]


def test_a_campaign_whose_last_link_ends_within_two_days_is_told(services, ann):
    with clock.freeze_at(MONDAY):
        campaign = a_campaign(ann, name="Soon", invite_valid_hours=72)
        an_invite(services, campaign, "a@x.example")
        an_invite(services, campaign, "b@x.example")
    last = MONDAY + timedelta(hours=72)
    assert ending(ann.actor, MONDAY) == []
    assert ending(ann.actor, MONDAY + timedelta(hours=24)) == [("Soon", 2, last, None)]
    assert ending(ann.actor, last) == []


def test_nobody_waiting_means_nothing_to_do(services, ann):
    with clock.freeze_at(MONDAY):
        campaign = a_campaign(ann, invite_valid_hours=24)
        invite, _ = an_invite(services, campaign, "a@x.example")
        assert len(ending(ann.actor, MONDAY)) == 1
        invites.cancel_invite(invite)
        assert ending(ann.actor, MONDAY) == []


@pytest.mark.parametrize(
    ("most", "begun", "told"), [(10, 8, None), (10, 9, 1), (10, 10, 0), (None, 9, None)]
)
def test_a_campaign_that_is_nearly_full_is_told(services, ann, most, begun, told):
    with clock.freeze_at(MONDAY):
        campaign = a_campaign(ann, name="Full", max_sessions=most)
        for n in range(3):
            an_invite(services, campaign, f"p{n}@x.example")
        with transaction():
            db.session.execute(
                update(Campaign).values(
                    started=begun, invites_sent=Campaign.invites_sent + begun
                )
            )
        db.session.expire_all()
        found = ending(ann.actor, MONDAY)
    assert found == ([] if told is None else [("Full", 3, None, told)])


def test_a_paused_campaign_and_those_of_others_are_not_told(services, ann, ben):
    with clock.freeze_at(MONDAY):
        campaign = a_campaign(ann, invite_valid_hours=24)
        an_invite(services, campaign, "a@x.example")
        assert ending(ben.actor, MONDAY) == []
        from interviewrelay.campaigns import campaigns

        campaigns.set_campaign_status(campaign, "paused")
        assert ending(ann.actor, MONDAY) == []


def test_mails_that_stay_are_counted_by_state(services, ann, ben):
    campaign = a_campaign(ann)
    for n in range(3):
        an_invite(services, campaign, f"p{n}@x.example", send_email=True)
    assert outbox.count_stuck_mails(ann.actor, "kept", "failed") == [0, 0]
    first = select(Mail.id).order_by(Mail.id).limit(2).scalar_subquery
    with transaction():
        db.session.execute(update(Mail).values(state="kept"))
        db.session.execute(update(Mail).where(Mail.id.in_(first())).values(state="failed"))
    assert outbox.count_stuck_mails(ann.actor, "kept", "failed") == [1, 2]
    assert outbox.count_stuck_mails(ben.actor, "kept") == [0]


def test_a_mail_is_not_needed_once_its_interview_is_completed(services, ann):
    campaign = a_campaign(ann)
    done, _ = an_invite(services, campaign, "done@x.example", send_email=True)
    an_invite(services, campaign, "waits@x.example", send_email=True)
    with transaction():
        db.session.execute(update(Mail).values(state="kept"))
        db.session.execute(
            update(Invite).where(Invite.id == done.id).values(status="completed")
        )
    assert outbox.count_stuck_mails(ann.actor, "kept") == [2]
    assert overview.get_overview(ann.actor).kept_mails == 1


def test_they_are_found_by_an_index_of_their_own(app, ann):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("the plan is SQLite's")
    seen = []
    from sqlalchemy import event

    event.listen(db.engine, "before_cursor_execute", lambda *a: seen.append((a[2], a[3])))
    outbox.count_stuck_mails(ann.actor, "kept")
    statement, values = seen[-1]
    plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    assert "ix_mail_org_id_left" in " ".join(str(row) for row in plan)
