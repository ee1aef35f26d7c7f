"""A backup needs to read only: the folder of the server may be one that cannot be written to."""

import json
import os
import sqlite3
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import insert

from interviewrelay.backups import database_copy, manifest
from interviewrelay.backups.manifest import BackupError
from interviewrelay.core import clock
from interviewrelay.core.ids import new_id
from interviewrelay.models import PasswordResetRequest
from tests.conftest import SERVER

KEY = "a key for tests only and long enough to be taken"

pytestmark = pytest.mark.gate  # chattr keeps even root from writing
only_sqlite = pytest.mark.skipif(bool(SERVER), reason="the files are SQLite's")


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nothing can be made in it, not even by root."""
    folder.chmod(0o500)
    if os.geteuid() == 0:
        subprocess.run(["chattr", "+i", str(folder)], check=True)
    try:
        with pytest.raises(OSError, match="ermi"):
            (folder / "made").touch()
        yield
    finally:
        if os.geteuid() == 0:
            subprocess.run(["chattr", "-i", str(folder)], check=True)
        folder.chmod(0o700)


@pytest.fixture
def still(place):
    """A place with one row that nobody has open."""
    made = place("at rest")
    with made.engine() as engine, engine.begin() as connection:
        ask = {"id": new_id(), "mark": "somebody's", "created_at": clock.now()}
        connection.execute(insert(PasswordResetRequest).values(ask))
    if not SERVER:
        with closing(sqlite3.connect(made.folder / "interviewrelay.db")) as file:
            file.execute("PRAGMA journal_mode = WAL")
        assert [path.name for path in made.folder.iterdir()] == ["interviewrelay.db"]
    return made


def counts(backup):
    with tarfile.open(backup) as tar:
        return json.load(tar.extractfile(manifest.NAME))["counts"]


def test_a_folder_that_cannot_be_written_to(still, tmp_path):
    with read_only(still.folder):
        still.run("backup", tmp_path / "b.tar", SECRET_KEYS=KEY)
        told = still.run("backup", SECRET_KEYS=KEY, status=1)
    assert counts(tmp_path / "b.tar")["password_ask"] == 1
    assert "backups cannot be created: " in told
    assert "Choose another folder." in told


def test_a_key_that_is_missing_there_is_not_made_up(still, tmp_path):
    with read_only(still.folder):
        told = still.run("backup", tmp_path / "b.tar", status=1)
    assert "secret_keys cannot be read or created: " in told


@only_sqlite
def test_where_no_database_is_that_is_said(still, tmp_path):
    (still.folder / "interviewrelay.db").unlink()
    with read_only(still.folder):
        told = still.run("backup", tmp_path / "b.tar", SECRET_KEYS=KEY, status=1)
    assert "The database could not be copied: unable to open database file." in told
    assert not (tmp_path / "b.tar").exists()


@only_sqlite
def test_what_a_server_has_not_yet_put_into_the_file_is_in_it(still, tmp_path):
    path = still.folder / "interviewrelay.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as server:
        server.execute("DELETE FROM password_ask")
        with read_only(still.folder):
            still.run("backup", tmp_path / "b.tar", SECRET_KEYS=KEY)
    assert counts(tmp_path / "b.tar")["password_ask"] == 0


@only_sqlite
def test_a_log_that_cannot_be_read_is_not_left_out(still):
    (still.folder / "interviewrelay.db-wal").write_bytes(b"changes")
    with (
        still.engine() as engine,
        read_only(still.folder),
        pytest.raises(
            BackupError,
            match="-wal contains changes, and reading them requires a writable folder",
        ),
    ):
        database_copy.open_for_reading(engine)


@only_sqlite
def test_what_is_changed_meanwhile_is_refused(still, tmp_path):
    path = still.folder / "interviewrelay.db"
    with still.engine() as engine, read_only(still.folder):
        readable = database_copy.open_for_reading(engine)
        database_copy.get_copier(readable).dump(tmp_path / "fine.db", lambda _: None)

        def change(_):
            os.utime(path)

        with pytest.raises(BackupError, match="changed while it was being copied"):
            database_copy.get_copier(readable).dump(tmp_path / "copy.db", change)
        readable.dispose()
