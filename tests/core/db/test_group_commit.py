"""Short changes that are committed together."""

import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from sqlalchemy import insert, select, text

from interviewrelay.core import clock
from interviewrelay.core.db import group_commit, session, sqlite
from interviewrelay.core.db.compiled_statements import CompiledStatement
from interviewrelay.core.db.group_commit import (
    GROUP,
    GroupCommitter,
    UniqueViolation,
    commit_change,
)
from interviewrelay.core.db.session import WRITERS, db, transaction, unit_of_work
from interviewrelay.core.db.sqlite import limit_busy_wait
from interviewrelay.core.errors import StorageUnavailable
from interviewrelay.core.ids import new_id
from interviewrelay.models import Project
from tests.conftest import SERVER

ADD = CompiledStatement(insert(Project), ("id", "org_id", "name", "description", "created_at"))
lite = pytest.mark.skipif(bool(SERVER), reason="PostgreSQL groups commits by itself")


def names():
    session.release_connection()
    return sorted(db.session.execute(select(Project.name)).scalars())


@pytest.fixture
def adding(ann):
    """Makes changes: each adds a project, and fails when it is told to."""

    def named(name, fault=None, row_id=None):
        def work(runner):
            given = {"org_id": ann.actor.org_id, "description": None, "created_at": clock.now()}
            runner.change(ADD, id=row_id or new_id(), name=name, **given)
            if fault:
                raise fault
            return name

        return work

    return named


@pytest.fixture
def together(app):
    """Lets changes wait until all are there, then write."""

    def run(works):
        def one(work):
            with app.app_context():
                try:
                    return commit_change(work)
                except Exception as fault:  # noqa: BLE001 - what is seen is compared
                    return fault

        lock, group = app.extensions[WRITERS], app.extensions[GROUP]
        assert lock.acquire(0)
        with ThreadPoolExecutor(len(works)) as threads:
            outcomes = [threads.submit(one, work) for work in works]
            try:
                while len(group._waiting) < len(works):
                    time.sleep(0.01)
            finally:
                lock.release()
            return [outcome.result() for outcome in outcomes]

    return run


def test_a_change_gives_what_its_work_gives(adding):
    assert commit_change(adding("One")) == "One"
    assert names() == ["One"]


def test_a_change_that_fails_leaves_nothing(adding):
    with pytest.raises(ValueError, match="no"):
        commit_change(adding("One", ValueError("no")))
    assert names() == []


def test_a_row_that_is_there_already_is_told_as_such(adding):
    first = new_id()
    commit_change(adding("One", row_id=first))
    with pytest.raises(UniqueViolation):
        commit_change(adding("Two", row_id=first))
    assert names() == ["One"]


def test_a_change_is_no_part_of_a_transaction(adding):
    with transaction(), pytest.raises(RuntimeError):
        commit_change(adding("One"))
    with unit_of_work(), pytest.raises(RuntimeError):
        commit_change(adding("Two"))
    with pytest.raises(RuntimeError, match="cannot be nested|do not call"):
        commit_change(lambda _: commit_change(adding("Three")))
    assert names() == []


def test_a_change_has_the_clock_of_who_asked_for_it(adding, ann):
    noon = clock.parse_iso("2024-05-01T12:00:00Z")
    with clock.freeze_at(noon):
        commit_change(adding("One"))
    made = db.session.execute(select(Project.created_at)).scalar_one()
    assert made == noon


@lite
def test_what_waits_together_is_committed_once(adding, together, monkeypatch):
    commits, commit = [], GroupCommitter._commit
    monkeypatch.setattr(
        GroupCommitter, "_commit", lambda *given: commits.append(1) or commit(*given)
    )
    given = [f"N{n}" for n in range(8)]
    assert sorted(together([adding(name) for name in given])) == given
    assert names() == given
    assert commits == [1]


@lite
def test_one_that_fails_harms_no_other(adding, together):
    works = [adding("A"), adding("B", ValueError("no")), adding("C"), adding("D", KeyError())]
    told = together(works)
    assert [type(fault) for fault in told if isinstance(fault, Exception)] == [
        ValueError,
        KeyError,
    ]
    assert names() == ["A", "C"]


@lite
def test_nobody_goes_on_when_the_commit_fails(app, adding, together, monkeypatch):
    group, real = app.extensions[GROUP], app.extensions[GROUP]._engine

    class Full:
        dialect = real.dialect

        def raw_connection(self):
            return Broken(real.raw_connection())

    class Broken:
        def __init__(self, connection):
            self._connection = connection
            self.cursor, self.close = connection.cursor, connection.close

        def commit(self):
            raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(group, "_engine", Full())
    told = together([adding("A"), adding("B", ValueError("no"))])
    assert [type(fault) for fault in told] == [StorageUnavailable, StorageUnavailable]
    monkeypatch.undo()
    assert names() == []
    assert commit_change(adding("C")) == "C"


@lite
def test_all_that_wait_are_told_when_the_lock_cannot_be_had(app, adding, monkeypatch):
    monkeypatch.setattr(group_commit, "PATIENCE", 0.05)
    lock, told = app.extensions[WRITERS], []

    def one(name):
        with app.app_context(), pytest.raises(StorageUnavailable):
            commit_change(adding(name))
        told.append(name)

    assert lock.acquire(0)
    threads = [threading.Thread(target=one, args=(name,)) for name in "ABC"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lock.release()
    assert sorted(told) == ["A", "B", "C"]
    assert commit_change(adding("D")) == "D"
    assert names() == ["D"]


@pytest.fixture
def locked(app):
    """The file, locked by another program until it lets go."""
    with closing(sqlite3.connect(db.engine.url.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


@pytest.mark.gate
@lite
@pytest.mark.parametrize("kinds", ["SSSSSSSS", "HHHHHHHH", "SHSHSHSH"])
def test_however_many_wait_for_another_program_none_waits_longer(
    app, ann, adding, locked, monkeypatch, kinds
):
    """All come before the first one waits, so together they wait as long as one may."""
    allowed, lock, group = [], app.extensions[WRITERS], app.extensions[GROUP]

    def noted(moment, run):
        return limit_busy_wait(
            moment, lambda words: allowed.append(int(words.split()[-1])) or run(words)
        )

    for module in (session, group_commit):
        monkeypatch.setattr(module, "PATIENCE", 1.0)
        monkeypatch.setattr(module, "limit_busy_wait", noted)

    def one(kind):
        with app.app_context(), pytest.raises(StorageUnavailable):
            if kind == "S":
                with transaction():
                    db.session.execute(text("SELECT 1"))
                    pytest.fail("it was locked")
            commit_change(adding("H"))

    def come():
        """How many wait or have given up; of the changes one waits for the lock too."""
        changes = len(group._waiting)
        sessions = len(lock._threads._waiting) - bool(changes)
        return changes + sessions + sum(wait.done() for wait in waits)

    assert lock.acquire(0)
    with ThreadPoolExecutor(len(kinds)) as threads:
        waits = [threads.submit(one, kind) for kind in kinds]
        while come() < len(kinds):
            time.sleep(0.01)
        lock.release()
        for wait in waits:
            wait.result()
    assert sum(allowed[::2]) <= 1_000  # milliseconds; one after another, eight thousand
    assert set(allowed[1::2]) <= {5_000}
    locked.execute("ROLLBACK")
    assert commit_change(adding("After")) == "After"
    assert db.session.execute(text("PRAGMA busy_timeout")).scalar_one() == 5000


@lite
def test_who_comes_late_is_served_when_the_other_program_lets_go(
    app, ann, adding, locked, monkeypatch
):
    group = app.extensions[GROUP]
    monkeypatch.setattr(sqlite, "BUSY_MS", 1_000_000)

    def one(name):
        with app.app_context():
            return commit_change(adding(name))

    def come(threads, name, seconds):
        monkeypatch.setattr(group_commit, "PATIENCE", seconds)
        before = {id(entry) for entry in group._waiting}
        outcome = threads.submit(one, name)
        while not outcome.done() and {id(entry) for entry in group._waiting} <= before:
            time.sleep(0.001)
        return outcome

    with ThreadPoolExecutor(2) as threads:
        early = come(threads, "Early", 0.5)
        late = come(threads, "Late", 600.0)
        with pytest.raises(StorageUnavailable):
            early.result()
        locked.execute("ROLLBACK")
        assert late.result() == "Late"
    assert names() == ["Late"]


@lite
def test_sessions_and_changes_take_their_turns(app, ann, adding):
    def by_session(n):
        with app.app_context():
            with transaction():
                db.session.add(
                    Project(org_id=ann.actor.org_id, name=f"S{n:02}", description=None)
                )
            return n

    def by_hand(n):
        with app.app_context():
            return commit_change(adding(f"H{n:02}"))

    with ThreadPoolExecutor(8) as threads:
        jobs = [threads.submit(job, n) for n in range(20) for job in (by_session, by_hand)]
        for job in jobs:
            job.result()
    assert len(names()) == 40
