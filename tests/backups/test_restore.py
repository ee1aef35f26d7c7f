"""Going back: into what, from what, and what is forgotten again."""

import hashlib
import io
import json
import tarfile
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from interviewrelay.backups import manifest
from interviewrelay.core.db import postgresql
from interviewrelay.core.file_lock import FileLock
from tests.conftest import SERVER


@pytest.fixture
def copy(old, tmp_path):
    """A backup of the old place, with its keys."""
    old.run("backup", "--with-keys", tmp_path / "b.tar")
    return tmp_path / "b.tar"


def changed(copy, name, change):
    """The same backup with one of its files changed."""
    made = copy.with_name(f"{uuid4()}.tar")
    with tarfile.open(copy) as old, tarfile.open(made, "w") as new:
        for told in old:
            content = old.extractfile(told).read()
            if told.name == name:
                content = change(content)
                told.size = len(content)
            new.addfile(told, io.BytesIO(content))
    return made


def with_manifest(copy, **more):
    return changed(
        copy, manifest.NAME, lambda c: json.dumps({**json.loads(c), **more}).encode()
    )


def test_an_empty_place_has_everything_afterwards_and_the_keys(old, copy, place):
    new = place("new", empty=True)
    told = new.run("restore", copy)
    assert "with secret keys" in told
    assert "FAIL" not in told
    everything = "SELECT text FROM turn ORDER BY id"
    assert new.ask(everything) == old.ask(everything)
    assert new.keys.read_text() == old.keys.read_text()
    assert new.keys.stat().st_mode & 0o777 == 0o600


def test_without_the_keys_it_says_what_cannot_be_opened(old, place, tmp_path):
    old.run("backup", tmp_path / "bare.tar")
    new = place("new", empty=True)
    told = new.run("restore", tmp_path / "bare.tar")  # it worked, whatever the doctor finds
    assert "Fix the problems marked FAIL above" in told
    assert "This server has none of the secret keys" in told
    assert "15 invite links: no key in SECRET_KEYS can decrypt them" in told
    new.keys.write_text(old.keys.read_text())
    assert "FAIL" not in new.run("doctor")


def test_who_is_there_is_replaced_only_by_force(old, copy, place):
    other = place("other")
    other.run(
        "accounts", "create", "--organization", "Other", "--email", "o@x.example",
        "--password", "correct horse battery staple",
    )  # fmt: skip
    kept = other.keys.read_text().strip()
    assert "use --force" in other.run("restore", copy, status=1)
    assert other.ask("SELECT email FROM person") == ["o@x.example"]
    other.run("restore", "--force", "--yes", copy)
    assert other.ask("SELECT email FROM person") == old.ask("SELECT email FROM person")
    ring = f"{old.keys.read_text().strip()},{kept}\n"
    assert other.keys.read_text() == ring  # the backup's first, none is lost


def test_nobody_is_replaced_unasked(old, copy):
    before = old.ask("SELECT email FROM invite")
    told = old.run("restore", "--force", copy, status=1)
    assert "run the command in a terminal or add --yes" in told
    assert old.ask("SELECT email FROM invite") == before


def test_what_waited_in_the_backup_is_told(old, copy, place):
    waits = old.ask("SELECT count(*) FROM mail WHERE state = 'queued'")[0]
    assert waits
    told = place("new", empty=True).run("restore", copy)
    assert f"{waits} emails and 0 webhook deliveries were queued" in told
    assert "HOLD_OUTGOING=1" in told


@pytest.mark.skipif(not SERVER, reason="SQLite's folder tells who is at work in it")
def test_a_database_that_servers_are_at_work_on_is_not_replaced(old, copy):
    named = make_url(old.url).update_query_dict({"application_name": postgresql.NAME})
    engine = create_engine(named)
    with engine.connect() as server:
        server.execute(text("SELECT 1"))
        told = old.run("restore", "--force", "--yes", copy, status=1)
        assert "Servers or workers are using this database (1 connections)" in told
    engine.dispose()
    assert "FAIL" not in old.run("restore", "--force", "--yes", copy)


def test_who_was_erased_after_the_backup_is_erased_again(old, copy, place, app_of):
    with app_of(old) as erase:
        email = erase()
    told = old.run("restore", "--force", "--yes", copy)
    assert "People erased after the backup and now erased again: 1" in told
    assert "FAIL" not in told
    assert email not in old.ask("SELECT email FROM invite")
    # Elsewhere the log is given.
    log = copy.with_name("erasures.jsonl")
    log.write_text(old.run("erasures"))
    new = place("new", empty=True)
    assert "after the backup and now erased again: 1" in new.run(
        "restore", "--erasures", log, copy
    )
    assert email not in new.ask("SELECT email FROM invite")
    log.write_text("{}\n")
    assert "not an erasure log" in place("third", empty=True).run(
        "restore", "--erasures", log, copy, status=1
    )


def test_what_cannot_be_used_is_refused_before_anything_changes(old, copy, place):
    new = place("new", empty=True)
    mine = set(new.folder.iterdir())
    kind = "postgresql" if old.url.startswith("sqlite") else "sqlite"
    database = manifest.DATABASE["sqlite" if kind == "postgresql" else "postgresql"]
    nothing, half, other = (copy.with_name(f"{n}.tar") for n in ("nothing", "half", "other"))
    half.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
    other.write_text("not at all")
    for file, words in (
        (nothing, "cannot be read: No such file"),
        (half, "not a complete InterviewRelay backup"),
        (other, "is not a complete InterviewRelay backup"),
        (with_manifest(copy, revision="9999"), "newer version"),
        (with_manifest(copy, form=3), "newer version"),
        (with_manifest(copy, form=1), "before the first release"),
        (
            with_manifest(copy, parts=[{"name": "files/../x", "bytes": 1, "sha256": ""}]),
            "not an InterviewRelay backup",
        ),
        (with_manifest(copy, counts=1, parts=[{}]), "not an InterviewRelay backup"),
        (
            changed(copy, database, lambda c: c[:-1] + b"?"),
            f"{database} does not match its manifest",
        ),
        (with_manifest(copy, parts=[{"name": "x", "bytes": 1, "sha256": ""}]), "x is missing"),
    ):
        assert words in new.run("restore", file, status=1), words
        assert set(new.folder.iterdir()) == mine, words
    other_kind = with_manifest(copy, database=kind)
    assert "Set DATABASE_URL to a database of the same kind" in new.run(
        "restore", other_kind, status=1
    )
    held = FileLock(new.folder / "rounds.lock")
    assert held.acquire(0)
    assert "Stop it before you restore" in new.run("restore", copy, status=1)
    held.release()
    assert "FAIL" not in new.run("restore", copy)


def test_what_was_there_comes_back_when_a_copy_cannot_be_loaded(old, copy):
    """Its manifest is right and the database in it is not."""
    wrong = b"no database at all " * 400

    def right(told):
        held = json.loads(told)
        held["parts"][0] |= {"bytes": len(wrong), "sha256": hashlib.sha256(wrong).hexdigest()}
        return json.dumps(held).encode()

    name = manifest.DATABASE["sqlite" if old.url.startswith("sqlite") else "postgresql"]
    broken = changed(changed(copy, name, lambda _content: wrong), manifest.NAME, right)
    everything = "SELECT text FROM turn ORDER BY id"
    before = old.ask(everything)
    told = old.run("restore", "--force", "--yes", broken, status=1)
    assert "integrity check" in told or " failed: " in told
    assert old.ask(everything) == before
    assert "FAIL" not in old.run("doctor")
