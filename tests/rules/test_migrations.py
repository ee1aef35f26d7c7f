"""The migrations make the tables that the code expects."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from interviewrelay import migrations
from interviewrelay.core.db.session import Base, db, transaction
from interviewrelay.transcripts import transcripts
from tests.factories import a_campaign, a_finished_interview


def test_a_migrated_database_is_what_the_models_say(app: Any) -> None:
    with db.engine.connect() as connection:
        options = {"include_object": migrations.include_in_comparison}
        context = MigrationContext.configure(connection, opts=options)
        difference = compare_metadata(context, Base.metadata)
    assert difference == [], (
        "The models and the migrations differ. Write a revision: "
        f"interviewrelay/migrations/versions/{migrations.get_next_number()}_….py"
    )
    assert migrations.get_current(db.engine) == migrations.get_head()


def test_revisions_do_not_take_a_number_from_before_the_first_release() -> None:
    first, *later = migrations.list_revisions()
    assert first == "0001"
    assert migrations.BEFORE.isdisjoint(later), (
        f"0002 to {max(migrations.BEFORE)} are taken by databases from before the first release: "
        f"name the revision {migrations.get_next_number()}"
    )


def test_checks_and_defaults_are_what_the_models_say(app: Any) -> None:
    """Alembic compares neither."""
    found = inspect(db.engine)
    for table in Base.metadata.sorted_tables:
        checks = {str(one.name) for one in table.constraints if hasattr(one, "sqltext")}
        assert {one["name"] for one in found.get_check_constraints(table.name)} == checks
        defaults = {one.name for one in table.columns if one.server_default is not None}
        told = found.get_columns(table.name)
        assert {one["name"] for one in told if one["default"] is not None} == defaults
        if db.engine.dialect.name == "sqlite":
            made = text("SELECT sql FROM sqlite_master WHERE name = :name")
            sql = db.session.execute(made, {"name": table.name}).scalar_one()
            assert sql.rstrip().endswith("STRICT"), table.name


def test_words_leave_the_search_with_their_interview(app: Any, services: Any, ann: Any) -> None:
    campaign = a_campaign(ann)
    a_finished_interview(services, campaign, "It took an hour.", "Café!", test=True)
    assert transcripts.list_sessions(ann.actor, q='"took an hour"').total == 1
    with transaction():
        db.session.execute(text("DELETE FROM interview"))
    assert db.session.execute(text("SELECT count(*) FROM said")).scalar_one() == 0
    if db.engine.dialect.name == "sqlite":
        query = text("SELECT count(*) FROM said_words WHERE said_words MATCH 'hour'")
        assert db.session.execute(query).scalar_one() == 0


@pytest.fixture
def revised(app: Any) -> Any:
    """Lets the database say that it has another revision."""

    def say(revision: str) -> None:
        with transaction():
            query = text("UPDATE alembic_version SET version_num = :revision")
            db.session.execute(query, {"revision": revision})

    yield say
    say(migrations.get_head())


def test_a_database_of_a_newer_version_is_refused(revised: Any) -> None:
    revised("9999")
    with pytest.raises(migrations.SchemaTooNew, match="newer version"):
        migrations.upgrade(db.engine)


@pytest.mark.parametrize("revision", ["0002", "0012", "0039"])
def test_a_database_from_before_the_first_release_is_refused(
    revised: Any, revision: str
) -> None:
    revised(revision)
    for act in (migrations.upgrade, migrations.needs_upgrade):
        with pytest.raises(migrations.SchemaTooOld, match="before the first release") as told:
            act(db.engine)
    assert str(told.value).endswith("an empty database.")
    assert "\n" not in str(told.value)


def test_the_first_revision_from_before_the_first_release_is_known(app: Any) -> None:
    """It had our number and fewer tables."""
    with transaction():
        db.session.execute(text("ALTER TABLE server_model RENAME TO something_else"))
        db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(migrations.SchemaTooOld):
        migrations.upgrade(db.engine)
    with transaction():
        db.session.execute(text("ALTER TABLE something_else RENAME TO server_model"))
        db.session.execute(
            text("UPDATE alembic_version SET version_num = :head"),
            {"head": migrations.get_head()},
        )
    assert not migrations.upgrade(db.engine)


@pytest.mark.parametrize(
    "change", ["UPDATE credit_entry SET amount = 1", "DELETE FROM credit_entry"]
)
def test_the_ledger_cannot_be_changed(app: Any, services: Any, ann: Any, change: str) -> None:
    a_finished_interview(services, a_campaign(ann), "It took an hour.")
    with pytest.raises(DatabaseError, match="append-only"), transaction():
        db.session.execute(text(change))
