"""When no server starts: one sentence each, with what to do."""

import pytest
from sqlalchemy import create_engine, text

from interviewrelay.server import asgi_server, process_manager
from interviewrelay.worker.runner import Rounds
from tests.cli.test_cli import acme, run
from tests.conftest import SERVER

__all__ = ["acme", "run"]


@pytest.fixture
def served(monkeypatch):
    """Everything of a start but the serving."""
    monkeypatch.setattr(asgi_server, "listener", lambda *_: None)
    monkeypatch.setattr(asgi_server, "serve", lambda *_, **__: None)
    monkeypatch.setattr(Rounds, "start", lambda _self: None)
    monkeypatch.setattr(Rounds, "stop", lambda _self: None)
    monkeypatch.setattr(process_manager, "apart", lambda work: work())
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


def test_with_a_database_of_a_newer_version(run, acme, served, database_url):
    engine = create_engine(database_url)
    with engine.begin() as connection:
        old = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "made by a newer version of InterviewRelay" in run("serve", status=1)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :old"), {"old": old})
    engine.dispose()


def test_in_a_folder_that_is_none(run, served, tmp_path):
    (tmp_path / "file").write_text("")
    told = run("serve", status=1, INSTANCE_DIR=str(tmp_path / "file"))
    assert "must be a folder that can be written to" in told


def test_without_a_database(run, served, tmp_path):
    if SERVER:
        url = "postgresql://nobody@127.0.0.1:1/none"
    else:
        (tmp_path / "text.db").write_text("This is no database, and was never one. " * 30)
        url = f"sqlite:///{tmp_path / 'text.db'}"
    told = run("serve", status=1, DATABASE_URL=url)
    assert "does not answer or cannot be used" in told
    away = "postgresql://nobody@127.0.0.1:1/none"
    assert "does not answer or cannot be used" in run("doctor", status=1, DATABASE_URL=away)
