"""When no server starts: one sentence each, with what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from interviewrelay import migrations
from interviewrelay.server import asgi_server, process_manager
from interviewrelay.worker.runner import WorkerElection
from tests.cli.test_cli import acme, run
from tests.conftest import SERVER

__all__ = ["acme", "run"]


@pytest.fixture
def served(monkeypatch):
    """Everything of a start but the serving."""
    monkeypatch.setattr(asgi_server, "open_listener", lambda *_: None)
    monkeypatch.setattr(asgi_server, "serve", lambda *_, **__: None)
    monkeypatch.setattr(WorkerElection, "start", lambda _self: None)
    monkeypatch.setattr(WorkerElection, "stop", lambda _self: None)
    monkeypatch.setattr(process_manager, "run_in_subprocess", lambda work: work())
    monkeypatch.setattr(process_manager.Supervisor, "run", lambda _self, work, _ending: work())


def test_without_the_keys_of_its_database(run, served, tmp_path):
    run("demo")
    run("serve")
    keys = tmp_path / "secret_keys"
    kept = keys.read_text()
    keys.unlink()
    for _ in range(2):
        told = run("serve", status=1)
        assert "The secret keys of this database are missing" in told
        assert not keys.exists()
    run("serve", "--lost-keys")
    keys.write_text(kept)
    run("serve")


@pytest.mark.parametrize(
    ("revision", "words"),
    [
        ("9999", "upgraded by a newer version of InterviewRelay"),
        ("0039", "created before the first release of InterviewRelay"),
    ],
)
def test_with_a_database_of_another_time(run, acme, served, database_url, revision, words):
    engine = create_engine(database_url)
    with engine.begin() as connection:
        old = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        said = {"revision": revision}
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), said)
    for command in ("serve", "migrate", "doctor", "backup"):
        told = run(command, status=1)
        assert words in told
        assert told.count("\n") == 1
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :old"), {"old": old})
    engine.dispose()


ROOT = Path(__file__).resolve().parents[2]
ASKED = "import app; answer = app.app.test_client().get('/setup'); print(answer.status_code)"


def under_another_server(folder, **settings):
    """What `app:app` answers first in a process of its own, as gunicorn and `flask run` load it."""
    environment = {
        **os.environ,
        "INSTANCE_DIR": str(folder),
        "PYTHONPATH": str(ROOT),
        **settings,
    }
    return subprocess.run(
        [sys.executable, "-P", "-c", ASKED],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_another_server_finds_a_fresh_folder_ready(tmp_path):
    done = under_another_server(tmp_path / "fresh")
    assert (done.returncode, done.stdout) == (0, "200\n"), done.stderr


@pytest.mark.skipif(bool(SERVER), reason="a database of its own is a file")
def test_another_server_backs_up_before_an_upgrade(tmp_path):
    url = f"sqlite:///{tmp_path / 'interviewrelay.db'}"
    engine = create_engine(url)
    migrations.upgrade(engine, "0001")
    engine.dispose()
    done = under_another_server(tmp_path, DATABASE_URL=url)
    assert (done.returncode, done.stdout) == (0, "200\n"), done.stderr
    (made,) = (tmp_path / "backups").iterdir()
    assert f"Backed up to {made} before the upgrade." in done.stderr


@pytest.mark.skipif(bool(SERVER), reason="a database of its own is a file")
def test_another_server_ends_in_one_sentence_where_it_cannot_serve(tmp_path, database_url):
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    for settings, words in (
        ({"DATABASE_URL": database_url}, "upgraded by a newer version of InterviewRelay"),
        ({"PORT": "x"}, "PORT must be"),
    ):
        done = under_another_server(tmp_path, **settings)
        assert done.returncode == 1
        assert words in done.stderr
        assert done.stderr.count("\n") == 1


def test_in_a_folder_that_is_none(run, served, tmp_path):
    (tmp_path / "file").write_text("")
    told = run("serve", status=1, INSTANCE_DIR=str(tmp_path / "file"))
    assert "must be a writable folder" in told


def test_without_a_database(run, served, tmp_path):
    if SERVER:
        url = "postgresql://nobody@127.0.0.1:1/none"
    else:
        (tmp_path / "text.db").write_text("This is no database, and was never one. " * 30)
        url = f"sqlite:///{tmp_path / 'text.db'}"
    told = run("serve", status=1, DATABASE_URL=url)
    assert "The database cannot be used" in told
    away = "postgresql://nobody@127.0.0.1:1/none"
    assert "The database cannot be used" in run("doctor", status=1, DATABASE_URL=away)
