"""Servers on databases of their own: what is restored replaces everything."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, create_engine, make_url, select, text

from interviewrelay import cli, factory
from interviewrelay.core.config import settings
from interviewrelay.core.db.session import db
from interviewrelay.core.observability import logging_setup
from interviewrelay.models import Interview
from interviewrelay.privacy import erasure
from tests.conftest import SERVER, _on_server, _url, copied
from tests.flows.server import Server

Made = Callable[..., Server]


@pytest.fixture
def server_on(template: str, tmp_path: Path) -> Iterator[Made]:
    """A server that does not run yet, in a folder of this name; `empty` without a table."""
    with contextlib.ExitStack() as stack:

        def made(name: str, *, empty: bool = False, **settings: str) -> Server:
            folder = tmp_path / name
            folder.mkdir()
            if SERVER:
                url, drop = _nothing() if empty else copied(template, folder)
                stack.callback(drop)
                settings["DATABASE_URL"] = url
            return stack.enter_context(Server(folder, **settings))

        yield made


def _nothing() -> tuple[str, Callable[[], None]]:
    name = f"empty_{uuid4().hex[:12]}"
    _on_server(f"CREATE DATABASE {name}")
    return _url(name), lambda: _on_server(f"DROP DATABASE {name} WITH (FORCE)")


class Place:
    """A folder with a database of its own, and the command in it."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        self.keys = folder / "secret_keys"

    def run(self, *words: Any, status: int = 0, piped: str | None = None, **more: str) -> str:
        """What it prints, on both of its outputs."""
        environment = {"INSTANCE_DIR": str(self.folder), "DATABASE_URL": self.url, **more}
        given = [str(word) for word in words]
        done = CliRunner().invoke(cli.main, given, input=piped, env=environment)
        assert done.exit_code == status, done.output
        assert "Traceback" not in done.output
        return done.output

    @contextlib.contextmanager
    def engine(self) -> Iterator[Engine]:
        made = create_engine(self.url)
        yield made
        made.dispose()

    def ask(self, query: str) -> Any:
        with self.engine() as engine, engine.connect() as connection:
            return connection.execute(text(query)).scalars().all()


@pytest.fixture(autouse=True)
def logs_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command runs in the process of the tests, whose log it is not to set up."""
    monkeypatch.setattr(logging_setup, "configure_logging", lambda _level: None)


@pytest.fixture
def place(template: str, tmp_path: Path) -> Iterator[Callable[..., Place]]:
    """A place of this name; `empty` without a table."""
    with contextlib.ExitStack() as stack:

        def made(name: str, *, empty: bool = False) -> Place:
            folder = tmp_path / name
            folder.mkdir()
            if empty and not SERVER:
                return Place(folder, f"sqlite:///{folder / 'interviewrelay.db'}")
            url, drop = _nothing() if empty else copied(template, folder)
            stack.callback(drop)
            return Place(folder, url)

        yield made


@pytest.fixture(scope="session")
def demonstrated(
    template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, str]]:
    """A folder of a server, and its database to copy: Acme has held interviews there. No test's own."""
    server = Server(tmp_path_factory.mktemp("demonstrated"))
    folder = server.folder / "instance"
    folder.mkdir()
    url, drop = copied(template, folder)
    server.environment["DATABASE_URL"] = url
    server.command("demo")
    yield folder, make_url(url).database or ""
    drop()


@pytest.fixture
def old(demonstrated: tuple[Path, str], tmp_path: Path) -> Iterator[Place]:
    """A place in which Acme has held interviews."""
    shutil.copytree(demonstrated[0], tmp_path / "old")
    url, drop = copied(demonstrated[1], tmp_path / "old")
    yield Place(tmp_path / "old", url)
    drop()


@pytest.fixture
def app_of() -> Callable[[Place], Any]:
    """Within the application of a place: how to erase somebody there who has spoken; their address."""

    @contextlib.contextmanager
    def opened(place: Place) -> Iterator[Callable[[], str]]:
        given = {"INSTANCE_DIR": str(place.folder), "DATABASE_URL": place.url}
        app = factory.create_app(settings.read_settings(given))

        def erase() -> str:
            held = db.session.execute(select(Interview).limit(1)).scalar_one()
            email = held.invite.email
            erasure.withdraw_participant(app.extensions["services"], held.invite)
            return email

        with app.app_context():
            yield erase
            db.session.remove()
            db.engine.dispose()

    return opened
