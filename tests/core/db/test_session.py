"""How the database is changed, on whichever is in use."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError, OperationalError, StatementError

from interviewrelay import factory
from interviewrelay.core.config import settings
from interviewrelay.core.db import session
from interviewrelay.core.db.session import Flag, Json, UtcDateTime, db, transaction
from interviewrelay.core.errors import StorageUnavailable
from interviewrelay.models import Organization, Project
from tests.conftest import SERVER

sqlite = not SERVER


def names():
    return sorted(db.session.execute(select(Project.name)).scalars())


def a_row(ann, name="One"):
    return Project(org_id=ann.actor.org_id, name=name, description=None)


def test_a_change_is_there_after_the_block(ann):
    with transaction():
        db.session.add(a_row(ann))
    db.session.rollback()
    assert names() == ["One"]


def test_a_transaction_does_not_nest(ann):
    with transaction(), pytest.raises(RuntimeError, match="cannot be nested"), transaction():
        raise AssertionError
    with transaction():
        db.session.add(a_row(ann))
    assert names() == ["One"]


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt])
def test_an_error_undoes_all_of_it(ann, fault):
    with pytest.raises(fault), transaction():
        db.session.add(a_row(ann))
        db.session.flush()
        raise fault
    assert names() == []
    session.refuse_transaction()


def test_a_database_that_cannot_take_it_is_told_as_such(ann):
    with pytest.raises(StorageUnavailable), transaction():
        db.session.add(a_row(ann))
        db.session.flush()
        raise OperationalError("disk full", None, Exception())
    assert names() == []


def test_a_flush_outside_is_refused(ann):
    db.session.add(a_row(ann))
    with pytest.raises(RuntimeError, match="inside a transaction"):
        db.session.flush()
    db.session.rollback()
    assert names() == []


def test_a_changed_object_outside_is_refused(ann):
    organization = db.session.execute(select(Organization)).scalar_one()
    organization.name = "Other"
    with pytest.raises(RuntimeError, match="inside a transaction"):
        db.session.commit()
    db.session.rollback()


def test_a_deletion_outside_is_refused(ann):
    with transaction():
        db.session.add(a_row(ann))
    db.session.delete(db.session.execute(select(Project)).scalar_one())
    with pytest.raises(RuntimeError, match="inside a transaction"):
        db.session.flush()
    db.session.rollback()
    assert names() == ["One"]


@pytest.mark.parametrize(
    "statement",
    [
        update(Project).values(name="x"),
        delete(Project),
        insert(Project).values(org_id="x", name="x"),
    ],
    ids=["update", "delete", "insert"],
)
def test_a_bulk_change_outside_is_refused(ann, statement):
    with pytest.raises(RuntimeError, match="inside a transaction"):
        db.session.execute(statement)


def test_reading_is_free(ann):
    assert names() == []
    db.session.commit()


def test_building_blocks_and_calls_outside_know_where_they_may_stand(app):
    session.refuse_transaction()
    session.release_connection()
    with pytest.raises(RuntimeError):
        session.require_transaction()
    with transaction():
        session.require_transaction()
        with pytest.raises(RuntimeError):
            session.refuse_transaction()
        with pytest.raises(RuntimeError):
            session.release_connection()


def test_ending_the_reading_gives_the_connection_back(ann):
    names()
    assert db.engine.pool.checkedout() == 1
    session.release_connection()
    assert db.engine.pool.checkedout() == 0


def test_sqlite_is_set_up_to_lose_nothing(database_url, tmp_path):
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 5000,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "temp_store": 2,
        "wal_autocheckpoint": 1000,
    }
    # As it is shipped: the application of the other tests does not wait for the disk.
    given = {"INSTANCE_DIR": str(tmp_path), "DATABASE_URL": database_url}
    shipped = factory.create_app(settings.read_settings(given))
    with shipped.app_context():
        if sqlite:
            found = {n: db.session.execute(text(f"PRAGMA {n}")).scalar() for n in wanted}
            assert found == wanted
        else:
            assert db.engine.dialect.name == "postgresql"
        db.session.remove()
        db.engine.dispose()


def test_a_change_begins_with_the_write_lock_and_reading_does_not(app, monkeypatch):
    begun = []

    class Heard:
        dialect = db.engine.dialect

        def exec_driver_sql(self, statement):
            begun.append(statement)

    session._begin(Heard())
    with transaction():
        session._begin(Heard())
    assert begun == (["BEGIN", "BEGIN IMMEDIATE"] if sqlite else [])


def test_two_threads_take_turns_at_changing(app, ann):
    order, entered, waiting = [], threading.Event(), threading.Event()

    def second():
        with app.app_context():
            entered.wait()
            waiting.set()
            with transaction():
                order.append("second")
                db.session.execute(update(Organization).values(name="second"))

    thread = threading.Thread(target=second)
    thread.start()
    with transaction():
        db.session.execute(update(Organization).values(name="first"))
        entered.set()
        waiting.wait()
        thread.join(0.2)
        order.append("first")
    thread.join()
    assert sorted(order) == ["first", "second"]
    if sqlite:
        assert order == ["first", "second"]
    db.session.expire_all()
    assert db.session.execute(select(Organization.name)).scalar_one() == "second"


def test_the_wrong_type_is_refused_by_the_database_too(ann):
    with pytest.raises(DBAPIError), transaction():
        db.session.execute(text("UPDATE credit_account SET seq = 'many'"))


def test_a_missing_parent_is_refused(ann):
    with pytest.raises(DBAPIError), transaction():
        db.session.add(Project(org_id="nobody", name="x"))


METADATA = MetaData()
KINDS = Table(
    "kinds",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime()),
    Column("json", Json()),
    Column("flag", Flag()),
)


@pytest.fixture
def kinds(app):
    with transaction():
        METADATA.create_all(db.session.connection())
    yield KINDS
    with transaction():
        METADATA.drop_all(db.session.connection())


def stored(table, **values):
    with transaction():
        db.session.execute(delete(table))
        db.session.execute(insert(table).values(id=1, **values))
    return db.session.execute(select(table)).one()


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2024, 2, 29, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(1970, 1, 2, tzinfo=UTC),
        datetime(2024, 10, 20, 12, tzinfo=timezone(timedelta(hours=5, minutes=30))),
        None,
    ],
)
def test_moments_come_back_as_they_were(kinds, moment):
    found = stored(kinds, at=moment).at
    assert found == moment
    assert found is None or found.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(kinds):
    with pytest.raises(StatementError, match="without a time zone"):
        stored(kinds, at=datetime(2024, 1, 1))  # noqa: DTZ001


def test_moments_sort_by_time(kinds):
    earlier = datetime(2024, 1, 1, 0, 0, 0, 1, tzinfo=UTC)
    later = datetime(2024, 1, 1, 2, tzinfo=timezone(timedelta(hours=1)))
    with transaction():
        db.session.execute(insert(kinds), [{"id": 1, "at": later}, {"id": 2, "at": earlier}])
    assert list(db.session.execute(select(kinds.c.id).order_by(kinds.c.at)).scalars()) == [2, 1]
    found = db.session.execute(select(kinds.c.id).where(kinds.c.at > earlier)).scalars()
    assert list(found) == [1]


@pytest.mark.parametrize(
    "value", [{"a": [1, 2.5, None, True, "ü \U0001f600 'quoted' \\"]}, [], {}, "text", 3, None]
)
def test_json_comes_back_as_it_was(kinds, value):
    assert stored(kinds, json=value).json == value


@pytest.mark.parametrize("value", [True, False, None])
def test_flags_come_back_as_true_and_false(kinds, value):
    assert stored(kinds, flag=value).flag is value


def test_faults_that_mean_try_again_are_named(app):
    assert OperationalError in session.get_error_types(app)


def test_a_unit_keeps_several_changes_together(ann):
    with session.unit_of_work():
        with transaction():
            db.session.add(a_row(ann, "One"))
        with transaction():
            db.session.add(a_row(ann, "Two"))
    db.session.rollback()
    assert names() == ["One", "Two"]


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt])
def test_a_fault_undoes_a_whole_unit(ann, fault):
    done = []
    with pytest.raises(fault), session.unit_of_work():
        with transaction():
            db.session.add(a_row(ann))
        session.on_commit(lambda: done.append(1))
        raise fault
    assert (names(), done) == ([], [])
    with transaction():
        db.session.add(a_row(ann))
    assert names() == ["One"]


def test_a_part_of_a_unit_is_undone_alone(ann):
    with session.unit_of_work():
        with transaction():
            db.session.add(a_row(ann, "One"))
        with pytest.raises(ValueError), transaction():
            db.session.add(a_row(ann, "Two"))
            db.session.flush()
            raise ValueError
        with pytest.raises(StorageUnavailable), transaction():
            raise OperationalError("disk full", None, Exception())
        with transaction():
            db.session.add(a_row(ann, "Three"))
    db.session.rollback()
    assert names() == ["One", "Three"]


def test_a_unit_refuses_what_a_transaction_refuses(ann):
    with session.unit_of_work():
        with pytest.raises(RuntimeError), session.unit_of_work():
            raise AssertionError
        with pytest.raises(RuntimeError):
            session.release_connection()
        with pytest.raises(RuntimeError):
            session.require_transaction()
        with pytest.raises(RuntimeError, match="inside a transaction"):
            db.session.execute(update(Project).values(name="x"))
        with (
            transaction(),
            pytest.raises(RuntimeError, match="cannot be nested"),
            transaction(),
        ):
            raise AssertionError
    with pytest.raises(RuntimeError, match="inside a transaction"), session.unit_of_work():
        db.session.add(a_row(ann))
    assert names() == []
    session.refuse_transaction()


def test_a_unit_holds_the_write_lock_from_its_beginning(app, monkeypatch):
    begun = []

    class Heard:
        dialect = db.engine.dialect

        def exec_driver_sql(self, statement):
            begun.append(statement)

    with session.unit_of_work():
        session._begin(Heard())
    assert begun == (["BEGIN IMMEDIATE"] if sqlite else [])


def test_what_follows_a_change_comes_after_it_or_not_at_all(ann):
    seen = []
    with session.unit_of_work():
        with transaction():
            db.session.add(a_row(ann))
        session.on_commit(lambda: seen.append(names()))
        assert seen == []
    assert seen == [["One"]]
    session.on_commit(lambda: seen.append("now"))
    assert seen[-1] == "now"
    with transaction(), pytest.raises(RuntimeError):
        session.on_commit(lambda: None)


def test_only_one_unit_at_a_time_has_a_name(app):
    """On SQLite there is only ever one unit; on PostgreSQL the name is taken by the first."""
    told = []

    def second():
        with app.app_context(), session.unit_of_work():
            told.append(session.exclusive_lock("it"))

    thread = threading.Thread(target=second)
    with session.unit_of_work():
        assert session.exclusive_lock("it")
        thread.start()
        if not sqlite:
            thread.join()
    thread.join()
    assert told == [sqlite]
    with session.unit_of_work():
        assert session.exclusive_lock("it")
