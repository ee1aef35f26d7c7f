"""PostgreSQL restore: a dump replaces a schema in one transaction.

If this process or a tool is killed, the commit never comes, and the server rolls back to the
previous data.
"""

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

from interviewrelay.backups.manifest import BackupError

BEFORE: Final = """BEGIN;
SET client_min_messages = warning;
DROP SCHEMA {schema} CASCADE;
CREATE SCHEMA {schema};
"""
QUIET: Final = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1")


def replace_schema(schema: str, psql: Sequence[str], pg_restore: Sequence[str]) -> None:
    """Pipe one tool into the other; `schema` is quoted. Raises BackupError."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as told:
        with subprocess.Popen(  # noqa: S603 - no shell
            [*psql, *QUIET], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said
        ) as into:
            try:
                written = _write(into, schema, pg_restore, told)
            except BaseException:
                into.kill()
                raise
        if into.returncode:
            raise BackupError(_words(psql[0], said))
        if not written:
            raise BackupError(_words(pg_restore[0], told))


def _write(
    into: subprocess.Popen[bytes], schema: str, pg_restore: Sequence[str], told: IO[bytes]
) -> bool:
    """True if everything was written, with the commit after it."""
    target = into.stdin
    assert target is not None  # noqa: S101 - a pipe was asked for
    try:
        target.write(BEFORE.format(schema=schema).encode())
        target.flush()  # before pg_restore writes into the same pipe
        done = subprocess.run(  # noqa: S603 - no shell
            [*pg_restore, "--file=-"], stdout=target, stderr=told, check=False
        )
        if done.returncode == 0:
            target.write(b"\nCOMMIT;\n")
        target.close()
    except BrokenPipeError:
        return False  # the reader has ended, and reports why
    return done.returncode == 0


def _words(program: str, told: IO[bytes]) -> str:
    told.seek(0)
    lines = told.read().decode("utf-8", "replace").strip().splitlines()
    return f"{Path(program).name} failed: {(lines or ['no reason given'])[0]}"
