"""Fixtures: a fresh application, and people by name.

Ann owns Alder, Vic only looks at it; Ben owns Birch. The database is SQLite, or PostgreSQL when
TEST_DATABASE_URL names a server: then each worker has a database, which is emptied after each test.
"""

import gc
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from flask.globals import _cv_app
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings as hypothesis_settings
from sqlalchemy import create_engine, select

from interviewrelay import factory, migrations
from interviewrelay.accounts import accounts, api_keys, passwords
from interviewrelay.core.actor import Actor
from interviewrelay.core.config import settings
from interviewrelay.core.db import group_commit, session, sqlite
from interviewrelay.core.db.session import Base, db, release_connection
from interviewrelay.core.ports.speech import SpeechEngines
from interviewrelay.models import Membership, Organization
from interviewrelay.organizations import audit_log
from tests import document, known
from tests.alone import (  # noqa: F401 - hooks
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_runtest_protocol,
)
from tests.fakes import FakeMailer, FakePayments, FakePdf, FakeWebhookClient

SERVER = os.environ.get("TEST_DATABASE_URL", "")
PASSWORD = "correct horse battery staple"

for extra in ("SEMANTIC", "VOICE"):  # alike wherever they happen to be installed
    os.environ.setdefault(extra, "off")

hypothesis_settings.register_profile(
    "ci",
    deadline=None,
    derandomize=True,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],  # measures seconds
)
hypothesis_settings.load_profile("ci")


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it again and again took a tenth of the time."""
    gc.collect()
    gc.freeze()


@dataclass(frozen=True)
class Somebody:
    """A member with a key of theirs."""

    membership: Membership
    actor: Actor
    key: str
    email: str
    password: str = PASSWORD

    @property
    def auth(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}


@pytest.fixture(autouse=True)
def no_outside_world(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this machine is reached, whatever a test does."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, where: Any) -> None:
        inside = not isinstance(where, tuple) or where[0] in ("127.0.0.1", "::1", "localhost")
        if not inside:
            pytest.fail(f"a connection to {where} was attempted")
        connect(self, where)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> Iterator[None]:
    with known.hashes():
        yield


@pytest.fixture(scope="session", autouse=True)
def patient_writers() -> Iterator[None]:
    """On a busy machine a change may wait for its turn longer than a person would."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (session, group_commit):
            patch.setattr(module, "PATIENCE", 600.0)
        yield


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A migrated, empty database to copy: a file, or the name of a PostgreSQL database."""
    if not SERVER:
        path = tmp_path_factory.mktemp("template") / "interviewrelay.db"
        _migrate(f"sqlite:///{path}")
        yield str(path)
        return
    name = f"template_{uuid4().hex[:12]}"
    _on_server(f"CREATE DATABASE {name}")
    _migrate(_url(name))
    yield name
    _on_server(f"DROP DATABASE {name}")


@pytest.fixture(scope="session")
def own_database(template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The worker's own PostgreSQL database: nobody copies what somebody is connected to."""
    url, drop = (
        copied(template, tmp_path_factory.mktemp("own")) if SERVER else ("", lambda: None)
    )
    yield url
    drop()


@pytest.fixture
def database_url(template: str, own_database: str, tmp_path: Path) -> Iterator[str]:
    """An empty database: a copy of the file, or the worker's own PostgreSQL database, emptied after use."""
    if not SERVER:
        yield copied(template, tmp_path)[0]
        return
    yield own_database
    _on_server(_emptied(), own_database.rsplit("/", 1)[1])


def copied(template: str, folder: Path) -> tuple[str, Callable[[], None]]:
    """The address of a copy of the template, and how to be rid of it."""
    if not SERVER:
        shutil.copy(template, folder / "interviewrelay.db")
        (folder / "interviewrelay.db").chmod(0o600)
        return f"sqlite:///{folder / 'interviewrelay.db'}", lambda: None
    name = f"test_{uuid4().hex[:12]}"
    _on_server(f"CREATE DATABASE {name} TEMPLATE {template}")
    return _url(name), lambda: _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def mailer() -> FakeMailer:
    return FakeMailer()


@pytest.fixture
def payments() -> FakePayments:
    return FakePayments()


@pytest.fixture
def calls(services: Any) -> FakeWebhookClient:
    """What webhooks were sent."""
    made: FakeWebhookClient = services.webhook_client
    return made


@pytest.fixture
def speech() -> SpeechEngines | None:
    """The speech engines of the application; tests of spoken interviews put stand-ins here."""
    return None


@pytest.fixture
def app(
    database_url: str,
    tmp_path: Path,
    mailer: FakeMailer,
    payments: FakePayments,
    speech: SpeechEngines | None,
) -> Iterator[Any]:
    with application(database_url, tmp_path, mailer, payments, speech) as made:
        yield made


@contextmanager
def application(
    database_url: str,
    folder: Path,
    mailer: FakeMailer,
    payments: FakePayments,
    speech: SpeechEngines | None = None,
) -> Iterator[Any]:
    """The application on an empty database, inside its context; CSRF tokens are not asked for."""
    environment = {
        "INSTANCE_DIR": str(folder),
        "DATABASE_URL": database_url,
        "SECRET_KEYS": "a key for tests only and long enough to be taken",
        "IR_TESTING": "1",
        "SEMANTIC": "off",
        "VOICE": "off",
        "LLM_LOCAL_PORTS": "none",
    }
    with known.routes():
        made = factory.create_app(
            settings.read_settings(environment),
            mailer=mailer,
            pdf=FakePdf(),
            payments=payments,
            calls=FakeWebhookClient(),
            speech=speech,
        )
    made.config["WTF_CSRF_ENABLED"] = False
    made.jinja_env.bytecode_cache = known.templates
    made.test_client_class = FreshClient
    audit_log.set_actor(None)  # whom an earlier test left behind
    with made.app_context():
        known.unsynced(db.engine)
        known.statements(db.engine)
        yield made
        db.session.remove()
        db.engine.dispose()


class FreshClient(FlaskClient):
    """Sends each request into a context of its own, as a server does: nothing of the test's, nor of
    the request before, is found in `g`. What the request stored is there for the test afterwards.
    Every answer is held against the OpenAPI document."""

    def open(self, *given: Any, **more: Any) -> Any:
        db.session.rollback()
        answered = copy_context().run(self._alone, *given, **more)
        db.session.rollback()
        document.hold(answered)
        return answered

    def _alone(self, *given: Any, **more: Any) -> Any:
        _cv_app.set(None)
        return super().open(*given, **more)


@pytest.fixture
def services(app: Any) -> Any:
    return app.extensions["services"]


@pytest.fixture
def client(app: Any) -> Any:
    """A caller without a cookie."""
    return app.test_client(use_cookies=False)


@pytest.fixture
def ann(app: Any) -> Somebody:
    return _owner(app, "Alder", "ann@alder.example")


@pytest.fixture
def ben(app: Any) -> Somebody:
    return _owner(app, "Birch", "ben@birch.example")


@pytest.fixture
def vic(app: Any, ann: Somebody) -> Somebody:
    """A viewer of Ann's organization."""
    with _writing():
        user = accounts.add_user("vic@alder.example", "Vic", HASHED())
        member = accounts.add_member(ann.membership.organization, user, "viewer")
    return _somebody(app, member)


@pytest.fixture
def root(app: Any) -> Somebody:
    """Who administers the server, and owns an organization as everybody does."""
    return _owner(app, "Operations", "root@ops.example", system_admin=True)


@pytest.fixture
def desk(app: Any, ann: Somebody) -> Any:
    """A browser in which Ann is logged in."""
    return logged_in(app, ann)


def logged_in(app: Any, somebody: Somebody) -> Any:
    browser = app.test_client()
    sent = {"email": somebody.email, "password": somebody.password}
    assert browser.post("/login", data=sent).status_code == 303
    return browser


@cache
def HASHED() -> str:  # noqa: N802 - computed once
    return passwords.hash_password(PASSWORD)


def _owner(app: Any, name: str, email: str, *, system_admin: bool = False) -> Somebody:
    """The first owner in a database is made once; their rows are put into the next ones as they are."""
    known_by = (name, email, system_admin)
    alone = not SERVER and db.session.scalar(select(Organization.id).limit(1)) is None
    db.session.rollback()
    if not alone:
        return _new_owner(app, *known_by)
    if known_by not in known.owners:
        before = known.rows(db.engine)
        fresh = _new_owner(app, *known_by)
        db.session.rollback()
        more = known.rows(db.engine) - before
        known.owners[known_by] = known.Owner(fresh.membership.id, fresh.key, more)
        return fresh
    owner = known.owners[known_by]
    known.put(db.engine, owner.rows)
    member = db.session.get_one(Membership, owner.member_id)
    found = Somebody(member, accounts.build_actor(member), owner.key, email)
    release_connection()  # or the test would see the database as it is now
    db.session.expire_all()
    return found


def _new_owner(app: Any, name: str, email: str, system_admin: bool) -> Somebody:
    with _writing():
        organization = accounts.add_organization(name, plan="enterprise", monthly_credits=1_000)
        user = accounts.add_user(email, name, HASHED(), system_admin=system_admin)
        member = accounts.add_member(organization, user, "owner")
    return _somebody(app, member)


def _somebody(app: Any, member: Membership) -> Somebody:
    _, text_of_key = api_keys.create_api_key(app.extensions["services"].ring, member, "Key")
    return Somebody(member, accounts.build_actor(member), text_of_key, member.user.email)


def _writing() -> Any:
    from interviewrelay.core.db.session import transaction

    return transaction()


def _migrate(url: str) -> None:
    engine = create_engine(url)
    from sqlalchemy import event

    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", sqlite.configure_connection)
    event.listen(engine, "begin", session._begin)
    migrations.upgrade(engine)
    engine.dispose()


def _url(name: str) -> str:
    return SERVER.rsplit("/", 1)[0] + f"/{name}"


@cache
def _emptied() -> str:
    """All rows go, without triggers and references being asked. TRUNCATE makes new files for each table
    and index, which takes longer than most tests do.
    """
    tables = (f"DELETE FROM {table.name}" for table in Base.metadata.sorted_tables)
    return "; ".join(["SET session_replication_role = replica", *tables])


def _on_server(statements: str, database: str = "") -> None:
    url = (_url(database) if database else SERVER).replace("+psycopg", "", 1)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statements.encode())
