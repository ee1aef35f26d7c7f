"""Before a new version changes the schema there is a backup, or nothing is changed."""

import shutil
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from interviewrelay import migrations
from interviewrelay.backups import upgrade_backup
from interviewrelay.server import process_manager


@pytest.fixture
def older(place, monkeypatch):
    """A place with the schema of the first release, and an organization in it."""
    monkeypatch.setattr(process_manager, "run_in_subprocess", lambda work: work())
    made = place("older", empty=True)
    with made.engine() as engine:
        migrations.upgrade(engine, "0001")
    return made


def backups(place):
    folder = place.folder / "backups"
    return sorted(folder.glob("*")) if folder.exists() else []


def test_the_backup_holds_the_database_as_it_was(older, place):
    with older.engine() as engine, engine.begin() as connection:
        connection.execute(text("CREATE TABLE before_it (n INTEGER)"))
    told = older.run("migrate")
    (made,) = backups(older)
    assert f"Backed up to {made} before the upgrade." in told
    assert upgrade_backup.OWN_NAME.fullmatch(made.name)
    with older.engine() as engine:
        assert migrations.get_current(engine) == migrations.get_head()
    assert older.run("migrate") == "The database is up to date.\n"
    assert backups(older) == [made]

    again = place("again", empty=True)
    again.run("restore", made)
    assert again.ask("SELECT count(*) FROM before_it") == [0]
    assert backups(again) == []  # a restored backup needs no other


def test_a_new_database_needs_none(place):
    made = place("new", empty=True)
    made.run("migrate")
    assert backups(made) == []


def test_only_the_newest_two_are_kept(older, monkeypatch):
    (older.folder / "backups").mkdir()
    for year in (2023, 2024, 2025):
        (older.folder / "backups" / f"before-upgrade-{year}0101T000000Z.tar").touch()
    (older.folder / "backups" / "interviewrelay-20200101T000000Z.tar").touch()
    older.run("migrate")
    kept = [path.name for path in backups(older)]
    assert kept[0] == "before-upgrade-20250101T000000Z.tar"
    assert kept[-1] == "interviewrelay-20200101T000000Z.tar"
    assert len(kept) == 3


def test_without_room_nothing_is_changed(older, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=10**6))
    told = older.run("migrate", status=1)
    assert "MB are free. The database was not changed." in told
    assert "set BACKUP_BEFORE_UPGRADE=0" in told
    with older.engine() as engine:
        assert migrations.get_current(engine) == "0001"
    assert backups(older) == []
    older.run("migrate", BACKUP_BEFORE_UPGRADE="0")
    with older.engine() as engine:
        assert migrations.get_current(engine) == migrations.get_head()


def test_a_folder_that_cannot_be_made_is_told(older):
    (older.folder / "backups").write_text("a file")
    told = older.run("migrate", status=1)
    assert "the backup that comes first failed" in told
    with older.engine() as engine:
        assert migrations.get_current(engine) == "0001"
