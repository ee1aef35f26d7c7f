"""Database copy: dump while others write, and load in place of the existing data."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

from sqlalchemy import (
    DDL,
    URL,
    Connection,
    Engine,
    create_engine,
    func,
    inspect,
    select,
    table as named,
    text,
)
from sqlalchemy.exc import DatabaseError, ProgrammingError
from sqlalchemy.schema import CreateSchema

from interviewrelay.backups import postgresql_restore
from interviewrelay.backups.manifest import BackupError
from interviewrelay.core.db.sqlite import backup_source
from interviewrelay.migrations import include_in_comparison

ReportProgress = Callable[[str], None]

PAGES: Final = 2_000
"""SQLite pages copied between two progress checks."""


def get_copier(engine: Engine) -> "SqliteCopier | PostgresqlCopier":
    """Copier for this kind of database: `dump` writes one moment to a file and returns the rows by
    table, `load` replaces the existing data with a dump, all or nothing. Both raise BackupError.
    """
    return SqliteCopier(engine) if engine.dialect.name == "sqlite" else PostgresqlCopier(engine)


def open_for_reading(engine: Engine) -> Engine:
    """The same database for reading, even if SQLite's file is in a read-only folder. Raises
    BackupError.

    A reader without other connections would have to create the log and its index. In a read-only
    folder the file is opened as immutable instead, and the contents of a log are not seen.
    """
    path = Path(engine.url.database or "")
    if engine.dialect.name != "sqlite" or os.access(path.parent, os.W_OK):
        return engine
    log, index = (path.with_name(path.name + end) for end in ("-wal", "-shm"))
    if (log.exists() and index.exists()) or not path.exists():
        return engine
    if log.exists() and log.stat().st_size:
        raise BackupError(
            f"{log} contains changes, and reading them requires a writable folder (for {index.name}). "
            f"Copy {path.parent} to a writable place and back up the copy."
        )
    still = {"immutable": "1", "uri": "true"}
    return create_engine(URL.create("sqlite", database=f"file:{quote(str(path))}", query=still))


def count_rows(connection: Connection) -> dict[str, int]:
    """Rows by table, without those of search indexes."""
    names = sorted(inspect(connection).get_table_names())
    return {
        name: connection.execute(select(func.count()).select_from(named(name))).scalar_one()
        for name in names
        if include_in_comparison(None, name)
    }


class SqliteCopier:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def dump(self, target: Path, tell: ReportProgress) -> dict[str, int]:
        """SQLite's online backup, which neither blocks writers nor is blocked by them."""
        try:
            with closing(sqlite3.connect(target)) as copy, self._unchanged():
                self._copy_into(copy, tell)
                copy.execute("PRAGMA journal_mode = DELETE")  # a single file in every mode
            _sound(target)
        except sqlite3.Error as fault:
            raise BackupError(f"The database could not be copied: {fault}.") from fault
        return _counts_of(target)

    @contextmanager
    def _unchanged(self) -> Iterator[None]:
        """Check that a file opened as immutable did not change. Raises BackupError."""
        url = self._engine.url
        if "immutable" not in url.query:
            yield
            return
        path = Path(unquote(str(url.database).removeprefix("file:")))
        before = _state(path)
        yield
        if _state(path) != before:
            raise BackupError(
                f"{path} changed while it was being copied. Run the backup again where its folder is "
                "writable."
            )

    def _copy_into(self, copy: sqlite3.Connection, tell: ReportProgress) -> None:
        """Copy all pages of one moment: a reader's view is stable within its transaction."""

        def progress(_status: int, left: int, total: int) -> None:
            tell(f"database {100 - 100 * left // max(total, 1)}%")

        with backup_source(self._engine) as source:
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            try:
                source.backup(copy, pages=PAGES, progress=progress)
            finally:
                source.execute("ROLLBACK")

    def load(self, source: Path) -> None:
        """Checkpoint the old file's log first: beside the new file it would corrupt it."""
        place = Path(self._engine.url.database or "")
        _sound(source)
        self._engine.dispose()
        if place.exists():
            with closing(sqlite3.connect(place)) as old, suppress(sqlite3.DatabaseError):
                old.execute("PRAGMA journal_mode = DELETE").fetchone()
            for end in ("-wal", "-shm"):
                place.with_name(place.name + end).unlink(missing_ok=True)
        source.chmod(0o600)
        source.replace(place)


def _state(path: Path) -> tuple[int, int, bool]:
    """File state that changes when another process writes to the file or opens it for writing."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size, path.with_name(f"{path.name}-wal").exists()


def _sound(path: Path) -> None:
    """Integrity check. Raises BackupError."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            said = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as fault:
        said = str(fault)
    if said != "ok":
        raise BackupError(
            f"The copy of the database failed its integrity check: {said}. Run `interviewrelay doctor`."
        )


def _counts_of(path: Path) -> dict[str, int]:
    engine = create_engine(f"sqlite:///{path}")
    try:
        with engine.connect() as connection:
            return count_rows(connection)
    finally:
        engine.dispose()


class PostgresqlCopier:
    """PostgreSQL by its own tools, which must be at least as new as the server."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def dump(self, target: Path, tell: ReportProgress) -> dict[str, int]:
        """Dump and count see the same moment."""
        program = self._tool("pg_dump")
        once = self._engine.connect().execution_options(isolation_level="REPEATABLE READ")
        with once as connection:
            moment = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
            tell("database")
            self._run(
                program, target.parent, "--format=custom", "--no-owner", "--no-privileges",
                "--no-unlogged-table-data",  # the counters of the rate limits
                f"--snapshot={moment}", f"--schema={self._schema(connection)}",
                f"--file={target}",
            )  # fmt: skip
            return count_rows(connection)

    def load(self, source: Path) -> None:
        """Load in one transaction: existing data stays until the whole copy is in place."""
        pg_restore, psql = self._tool("pg_restore"), self._tool("psql")
        schema = self._own_schema()
        quoted = self._engine.dialect.identifier_preparer.quote(schema)
        words = ("--no-owner", "--no-privileges", f"--schema={schema}", str(source))
        with self._reached(source.parent) as place:
            postgresql_restore.replace_schema(quoted, (psql, place), (pg_restore, *words))

    def _own_schema(self) -> str:
        """Name of our schema; first tests, and rolls back, whether it may be replaced. Raises
        BackupError.
        """
        with self._engine.connect() as connection:
            schema = self._schema(connection)
            try:
                names = {"schema": self._engine.dialect.identifier_preparer.quote(schema)}
                away = "ALTER SCHEMA %(schema)s RENAME TO interviewrelay_may_be_renamed"
                connection.execute(DDL(away, context=names))  # type: ignore[no-untyped-call]
                connection.execute(CreateSchema(schema))
            except ProgrammingError as fault:
                raise BackupError(
                    "The PostgreSQL user is not allowed to replace the schema. Make it the owner of "
                    f"the database and the schema, or restore into a new database ({fault.orig})."
                ) from fault
            finally:
                connection.rollback()
        self._engine.dispose()
        return schema

    @staticmethod
    def _schema(connection: Connection) -> str:
        found: str = connection.execute(text("SELECT current_schema()")).scalar_one()
        return found

    def _tool(self, name: str) -> str:
        with self._engine.connect() as connection:
            query = text("SELECT current_setting('server_version_num')::int / 10000")
            return find_postgresql_tool(name, connection.execute(query).scalar_one())

    def _run(self, program: str, folder: Path, *words: str) -> None:
        with self._reached(folder) as place:
            done = _called(program, place, *words)
        if done.returncode:
            said = (done.stderr.strip().splitlines() or ["no reason given"])[0]
            raise BackupError(f"{Path(program).name} failed: {said}")

    @contextmanager
    def _reached(self, folder: Path) -> Iterator[str]:
        """Environment with the password in a file, because other users of the machine can see
        command-line arguments.
        """
        url, passwords = self._engine.url, folder / ".pgpass"
        if url.password:
            secret = str(url.password).replace("\\", "\\\\").replace(":", "\\:")
            passwords.touch(mode=0o600)
            line = f"*:*:*:*:{secret}\n"
            passwords.write_text(line, encoding="utf-8")
            url = url.update_query_dict({"passfile": str(passwords)})
        plain = url.set(drivername="postgresql", password=None)
        try:
            yield f"--dbname={plain.render_as_string(hide_password=False)}"
        finally:
            passwords.unlink(missing_ok=True)


def find_postgresql_tool(name: str, server: int) -> str:
    """Path of a PostgreSQL tool. Raises BackupError when it is missing or older than the server."""
    wanted = f"Install the PostgreSQL client programs, version {server} or newer"
    path = shutil.which(name)
    if path is None:
        raise BackupError(f"{name} is not on PATH. {wanted} (on Debian: postgresql-client).")
    said = _called(path, "--version")
    own = re.search(r"\b(\d+)", said.stdout)
    if own is None or int(own[1]) < server:
        raise BackupError(
            f"{name} is version {own[1] if own else '?'}, which is too old for a version {server} "
            f"server. {wanted}."
        )
    return path


def _called(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603 - no shell


def is_empty_database(engine: Engine) -> bool:
    """True if this database has no accounts: no tables, or no organization."""
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("organization"):
                return True
            rows = select(func.count()).select_from(named("organization"))
            return bool(connection.execute(rows).scalar_one() == 0)
    except DatabaseError:
        return False  # unreadable, so not empty
