"""What a backup holds, and what it leaves behind when it cannot be made."""

import json
import os
import re
import signal
import stat
import tarfile
import time

import pytest
from sqlalchemy import create_engine, text

from interviewrelay.backups import create, database_copy, manifest, tar_archive
from interviewrelay.backups.manifest import BackupError
from interviewrelay.core import ids


@pytest.mark.gate
def test_a_copy_is_of_one_moment_whoever_writes_meanwhile(old, tmp_path, monkeypatch):
    monkeypatch.setattr(database_copy, "PAGES", 1)
    writer, written = create_engine(old.url), []

    def write(_words):
        if len(written) < 30:
            with writer.begin() as connection:
                connection.execute(
                    text("UPDATE person SET name = 'changed while it is copied'")
                )
            written.append(1)

    before = old.ask("SELECT name FROM person")
    with old.engine() as engine:
        target = tmp_path / manifest.DATABASE[engine.dialect.name]
        counts = database_copy.get_copier(engine).dump(target, write)
        assert written
        database_copy.get_copier(engine).load(target)
    writer.dispose()
    assert old.ask("SELECT name FROM person") == before
    with old.engine() as engine, engine.connect() as connection:
        assert database_copy.count_rows(connection) == counts


def test_it_says_what_it_holds_and_leaves_the_keys_out(old, tmp_path):
    told = old.run("backup", tmp_path / "b.tar")
    assert f"Store {old.keys} separately" in told
    with tarfile.open(tmp_path / "b.tar") as tar:
        assert manifest.KEYS not in tar.getnames()
        held = json.load(tar.extractfile(manifest.NAME))
    assert held["counts"]["interview"] == len(old.ask("SELECT id FROM interview"))
    assert old.keys.read_text().strip() not in (tmp_path / "b.tar").read_bytes().decode(
        "latin1"
    )
    assert stat.S_IMODE((tmp_path / "b.tar").stat().st_mode) == 0o600


def test_by_itself_it_goes_into_the_folder_and_older_ones_are_removed(old, monkeypatch):
    folder = old.folder / "backups"
    folder.mkdir()
    (folder / "interviewrelay-mine.tar").write_text("kept: it is no name of ours")
    for second in range(4):
        name = f"interviewrelay-20260101T00000{second}Z.tar"
        monkeypatch.setattr(create, "build_file_name", lambda name=name: name)
        told = old.run("backup", "--keep", 2)
    assert "Removed" in told
    assert sorted(path.name for path in folder.iterdir()) == [
        "interviewrelay-20260101T000002Z.tar",
        "interviewrelay-20260101T000003Z.tar",
        "interviewrelay-mine.tar",
    ]


def test_its_own_name_is_made_of_the_time():
    assert create.OWN_NAME.fullmatch(create.build_file_name())


def test_what_is_there_is_not_written_over(old, tmp_path):
    (tmp_path / "b.tar").write_text("mine")
    assert "Choose another file" in old.run("backup", tmp_path / "b.tar", status=1)
    assert (tmp_path / "b.tar").read_text() == "mine"
    assert "--keep requires a folder" in old.run(
        "backup", "--keep", 1, tmp_path / "c.tar", status=2
    )


def test_a_folder_that_is_not_there_is_not_made(old, tmp_path):
    told = old.run("backup", tmp_path / "mnt" / "x.tar", status=1)
    assert f"{tmp_path / 'mnt'} does not exist" in told
    assert not (tmp_path / "mnt").exists()
    assert not (old.folder / "backups").exists()
    old.run("backup")
    assert len(list((old.folder / "backups").iterdir())) == 1


def test_a_full_disk_leaves_no_half_of_it(old, tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    target = tmp_path / "copies" / "b.tar"
    target.parent.mkdir()
    monkeypatch.setattr(os, "fsync", full)
    told = old.run("backup", target, status=1)
    assert re.search(r"could not be written to .*copies: No space left", told)
    assert list((tmp_path / "copies").iterdir()) == []


@pytest.mark.parametrize(("hours", "stays"), [(0.5, True), (2, False)])
def test_what_one_that_was_killed_has_left_goes_with_the_next(old, tmp_path, hours, stays):
    """Not what another one writes: its folder may be old, and what is in it is not."""
    left, mine = tmp_path / f"{create.WORK}x1y2", tmp_path / "mine"
    for folder in (left, mine):
        folder.mkdir()
        (folder / tar_archive.PART).write_text("what people said")
    ago = time.time() - hours * 3600
    os.utime(left / tar_archive.PART, (ago, ago))
    os.utime(left, (1, 1))
    old.run("backup", tmp_path / "b.tar")
    there = {path.name for path in tmp_path.iterdir() if path.is_dir()} - {old.folder.name}
    assert there == ({"mine", left.name} if stays else {"mine"})


def test_one_that_is_told_to_end_leaves_nothing(old, tmp_path, monkeypatch):
    target = tmp_path / "copies" / "b.tar"
    target.parent.mkdir()
    held = []

    def told_to_end(_engine):
        held.extend(path.name for path in target.parent.rglob("*"))
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(database_copy, "get_copier", told_to_end)
    assert "no file was created" in old.run("backup", target, status=1)
    assert tar_archive.PART in held
    assert list(target.parent.iterdir()) == []


@pytest.mark.gate
def test_a_tool_that_is_missing_or_too_old_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="pg_dump is not on PATH. Install .* 15 or newer"):
        database_copy.find_postgresql_tool("pg_dump", 15)
    (tmp_path / "pg_dump").write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 14.9'\n")
    (tmp_path / "pg_dump").chmod(0o700)
    with pytest.raises(BackupError, match="is version 14, which is too old for a version 15"):
        database_copy.find_postgresql_tool("pg_dump", 15)
    assert database_copy.find_postgresql_tool("pg_dump", 14) == str(tmp_path / "pg_dump")


def test_a_logo_that_is_replaced_while_rows_are_copied_is_in_the_backup(
    old, tmp_path, monkeypatch
):
    """The copied rows name the first, and its file goes with the second."""
    logos = old.folder / "files" / "logo"
    logos.mkdir(parents=True, exist_ok=True)
    first, second = (logos / f"{ids.new_id()}.webp" for _ in range(2))
    first.write_bytes(b"the first")

    def replaced(engine):
        second.write_bytes(b"the second")
        first.unlink()
        return of(engine)

    of = database_copy.get_copier
    monkeypatch.setattr(database_copy, "get_copier", replaced)
    old.run("backup", tmp_path / "b.tar")
    with tarfile.open(tmp_path / "b.tar") as tar:
        held = {name: tar.extractfile(name).read() for name in tar.getnames() if "logo" in name}
    assert held == {
        f"{manifest.FILES}logo/{first.name}": b"the first",
        f"{manifest.FILES}logo/{second.name}": b"the second",
    }
