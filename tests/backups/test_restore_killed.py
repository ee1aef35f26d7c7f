"""A restore that is ended on the way: what was there is there."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress

import pytest

from interviewrelay.backups import restore
from tests.conftest import SERVER
from tests.flows.waiting import PATIENCE, until

EVERYTHING = "SELECT text FROM turn ORDER BY id"
SLOW = """#!/bin/sh
case "$1" in --version) exec {real} --version ;; esac
{real} "$@" | head -c 20000
touch {begun}
exec sleep 3600
"""


@pytest.fixture
def copy(old, tmp_path):
    old.run("backup", "--with-keys", tmp_path / "b.tar")
    return tmp_path / "b.tar"


@pytest.mark.skipif(not SERVER, reason="a file is renamed into its place")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_what_was_there_stays_when_a_restore_is_killed(old, copy, tmp_path, number):
    tools, begun = tmp_path / "tools", tmp_path / "begun"
    tools.mkdir()
    slow = tools / "pg_restore"
    slow.write_text(SLOW.format(real=shutil.which("pg_restore"), begun=begun))
    slow.chmod(0o700)
    before = old.ask(EVERYTHING)
    assert before
    running = subprocess.Popen(
        [sys.executable, "-P", "-m", "interviewrelay", "restore", "--force", "--yes", str(copy)],
        env={
            **os.environ,
            "PATH": f"{tools}:{os.environ['PATH']}",
            "INSTANCE_DIR": str(old.folder),
            "DATABASE_URL": old.url,
        },
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip
    until(lambda: begun.exists() or running.poll() is not None)
    assert running.poll() is None
    if number == signal.SIGTERM:
        running.terminate()  # it alone: it ends its tools
    else:
        os.killpg(running.pid, number)
    told, _ = running.communicate(timeout=PATIENCE)
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
    assert old.ask(EVERYTHING) == before
    left = list(old.folder.glob(".restore.*"))
    if number == signal.SIGTERM:
        assert "The restore was interrupted. Run it again." in told
        assert "Traceback" not in told
        assert left == []
    else:
        assert left
    assert "FAIL" not in old.run("doctor")
    assert "FAIL" not in old.run("restore", "--force", "--yes", copy)
    assert list(old.folder.glob(".restore.*")) == []


def test_files_of_the_same_name_are_replaced_after_the_database(old, copy, monkeypatch):
    """A copy that cannot be loaded spoils no file of what stays."""

    done = []
    monkeypatch.setattr(restore, "_load", lambda *_: done.append("database"))
    monkeypatch.setattr(restore, "_put", lambda _r, _p, names, _t: done.append(names))

    class Stored:
        stored = ("pdf/new.pdf", "pdf/same.pdf")

    class Reader:
        manifest = Stored

    class Storage:
        def list_names(self):
            return iter(("pdf/old.pdf", "pdf/same.pdf"))

        def delete(self, name):
            done.append(f"without {name}")

    class Place:
        storage = Storage()

    restore.restore_backup(Reader, Place, lambda _: None)
    assert done == [["pdf/new.pdf"], "database", ["pdf/same.pdf"], "without pdf/old.pdf"]
