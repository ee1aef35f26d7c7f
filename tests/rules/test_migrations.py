"""The migrations make the tables that the code expects, and can be taken back."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from interviewrelay import migrations
from interviewrelay.billing import daily_counts
from interviewrelay.campaigns.invites import invites
from interviewrelay.core import clock
from interviewrelay.core.db.session import Base, db, transaction
from interviewrelay.interviews import completion, counters
from interviewrelay.operations import consistency_check
from interviewrelay.privacy import erasure
from interviewrelay.scripts import scripts
from interviewrelay.transcripts import transcripts
from tests.factories import (
    a_campaign,
    a_finished_interview,
    a_script,
    a_whole_interview,
    an_interview,
)
from tests.web.everything import everything


def test_a_migrated_database_is_what_the_models_say(app: Any) -> None:
    with db.engine.connect() as connection:
        options = {"include_object": migrations.of_the_models}
        context = MigrationContext.configure(connection, opts=options)
        difference = compare_metadata(context, Base.metadata)
    assert difference == []
    assert migrations.current(db.engine) == migrations.head()


def test_down_to_nothing_and_up_again(app: Any) -> None:
    db.session.remove()
    migrations.downgrade(db.engine, "base")
    left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    assert left == set()
    migrations.upgrade(db.engine)
    assert set(Base.metadata.tables) <= set(inspect(db.engine).get_table_names())


@pytest.mark.parametrize("revision", ["0001", "0006"])
def test_answers_from_before_the_search_are_found_afterwards(
    app: Any, office: Any, ann: Any, revision: str
) -> None:
    campaign = a_campaign(ann)
    for number in range(3):
        email = f"n{number}@x.example"
        a_finished_interview(
            office, campaign, "It took an hour.", "Café!", email=email, test=True
        )
    query = text("SELECT * FROM said ORDER BY id")
    before = db.session.execute(query).all()
    db.session.remove()
    migrations.downgrade(db.engine, revision)
    migrations.upgrade(db.engine)
    assert db.session.execute(query).all() == before
    assert transcripts.listing(ann.actor, q="cafe").total == 3
    assert transcripts.listing(ann.actor, q='"took an hour"').total == 3
    assert consistency_check.examine()["every answer can be found"] == []
    with transaction():
        db.session.execute(text("DELETE FROM interview"))
    assert db.session.execute(text("SELECT count(*) FROM said")).scalar_one() == 0


def test_invites_and_scripts_from_before_are_found_by_their_folded_words(
    app: Any, office: Any, ann: Any
) -> None:
    campaign = a_campaign(ann, script=a_script(ann, name="Élan vital"))
    person = invites.Person("pat@x.example", "Élodie Müller")
    invites.create(office.ring, campaign, [person], send_email=False)
    db.session.remove()
    migrations.downgrade(db.engine, "0012")
    migrations.upgrade(db.engine)
    assert invites.listing(campaign, words="MULLER pat@").total == 1
    assert scripts.listing(ann.actor, words="elan").total == 1


def test_a_database_of_a_newer_version_is_refused(app: Any) -> None:
    with transaction():
        db.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(migrations.SchemaTooNew, match="newer version"):
        migrations.upgrade(db.engine)
    with transaction():
        now = {"head": migrations.head()}
        db.session.execute(text("UPDATE alembic_version SET version_num = :head"), now)


@pytest.mark.parametrize(
    "change", ["UPDATE credit_entry SET amount = 1", "DELETE FROM credit_entry"]
)
def test_the_ledger_cannot_be_changed(app: Any, office: Any, ann: Any, change: str) -> None:
    a_finished_interview(office, a_campaign(ann), "It took an hour.")
    with pytest.raises(DatabaseError, match="append-only"), transaction():
        db.session.execute(text(change))


def test_the_ledger_comes_over_the_newest_revision_as_it_was(
    app: Any, office: Any, ann: Any
) -> None:
    a_finished_interview(office, a_campaign(ann), "It took an hour.")
    query = text("SELECT * FROM credit_entry ORDER BY seq")
    before = db.session.execute(query).all()
    db.session.remove()
    migrations.downgrade(db.engine, "0001")
    migrations.upgrade(db.engine)
    assert db.session.execute(query).all() == before
    with pytest.raises(DatabaseError, match="append-only"), transaction():
        db.session.execute(text("DELETE FROM credit_entry"))


def test_sessions_from_before_the_counters_are_counted(app: Any, office: Any, ann: Any) -> None:
    campaign = a_campaign(ann)
    a_finished_interview(office, campaign, "It took an hour.", email="a@x.example")
    an_interview(office, a_campaign(ann), email="b@x.example")
    db.session.remove()
    migrations.downgrade(db.engine, "0006")
    migrations.upgrade(db.engine)
    assert counters.of(ann.actor, None, None) == 2
    assert counters.of(ann.actor, campaign.id, "completed") == 1
    assert consistency_check.examine()["sessions are counted"] == []


def everything_but_the_audit_log() -> list[str]:
    """In an order of its own: what a migration changes, PostgreSQL hands out later than the rest. Nobody
    noted before who did what, nor which interviews were agreed to as structured ones.
    """
    lines = everything().replace("'structured': True", "'structured': False").splitlines()
    return sorted(line for line in lines if not line.startswith("audit_entry "))


def test_what_came_before_the_days_were_counted_is_counted(
    app: Any, office: Any, ann: Any
) -> None:
    campaign, other = a_campaign(ann), a_campaign(ann)
    with clock.standing_at(datetime(2026, 3, 1, 23, 50, tzinfo=UTC)):
        a_finished_interview(office, campaign, "It took an hour.", email="a@x.example")
        gone = a_whole_interview(office, campaign, "It took an hour.", email="b@x.example")
        an_interview(office, other, email="c@x.example")
    with clock.standing_at(datetime(2026, 3, 4, tzinfo=UTC)):
        erasure.erase_session(office, ann.actor, gone.id)
    before = everything_but_the_audit_log()
    db.session.remove()
    migrations.downgrade(db.engine, "0019")
    migrations.upgrade(db.engine)
    assert everything_but_the_audit_log() == before
    with clock.standing_at(datetime(2026, 3, 5, tzinfo=UTC)):
        counts = daily_counts.completions(ann.actor.org_id, campaign.id)
    on = date(2026, 3, 1)
    assert [[one for one in kind if one[1]] for kind in counts] == [[(on, 1)], [(on, 1)]]
    assert consistency_check.examine()["days are counted"] == []


def test_how_older_interviews_ended_is_worked_out_from_their_last_turns(
    app: Any, office: Any, ann: Any
) -> None:
    campaign = a_campaign(ann)
    said = ("I want to stop now.", "Yes, stop.")
    with clock.standing_at(datetime(2026, 3, 1, 9, tzinfo=UTC)):
        an_interview(office, campaign, "An hour.", email="left@x.example")
    with clock.standing_at(datetime(2026, 3, 3, 9, tzinfo=UTC)):
        completion.abandon_stale()
        a_whole_interview(office, campaign, "It took an hour.", email="whole@x.example")
        a_finished_interview(office, campaign, "It took an hour.", email="button@x.example")
        an_interview(office, campaign, *said, email="stop@x.example")
        danger = ("I am going to kill myself.", "I will kill myself.")
        an_interview(office, campaign, *danger, email="care@x.example")
        an_interview(office, campaign, email="open@x.example")
    query = text("SELECT participant_email, ended_by, complete FROM interview")
    before = sorted(tuple(row) for row in db.session.execute(query))
    assert [(row[0].split("@")[0], *row[1:]) for row in before] == [
        ("button", "participant", 0),
        ("care", "care", 0),
        ("left", "time", 0),
        ("open", None, None),
        ("stop", "participant", 0),
        ("whole", "interviewer", 1),
    ]
    db.session.remove()
    migrations.downgrade(db.engine, "0036")
    migrations.upgrade(db.engine)
    assert sorted(tuple(row) for row in db.session.execute(query)) == before
    assert [found for found in consistency_check.examine().values() if found] == []
