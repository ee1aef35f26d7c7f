"""Commands for backup and restore."""

import sys
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from interviewrelay.cli import context
from interviewrelay.cli.doctor import print_report
from interviewrelay.core import clock

if TYPE_CHECKING:
    from interviewrelay.backups.manifest import Manifest
    from interviewrelay.backups.tar_archive import ArchiveReader
    from interviewrelay.privacy.erasure_log import ErasedInvite

KEEP_KEYS = (
    "The backup does not contain the secret keys. Store {} separately. Without them, API keys, "
    "sign-ins and links will not work after a restore."
)
WAITING = (
    "{} emails and {} webhook deliveries were queued when this backup was created. The next server or "
    "worker you start will send them, even if they have been sent since. To start without sending "
    "anything, set HOLD_OUTGOING=1."
)
NOT_ALL_RIGHT = (
    "The backup was restored, but some checks failed. Fix the problems marked FAIL above, then run "
    "`interviewrelay doctor` to check again."
)
LOST = (
    "This server has none of the secret keys used for the backup. Existing sign-ins, API keys and "
    "links will not work, links cannot be shown or emailed again, and saved model keys cannot be "
    "used. To fix this, set SECRET_KEYS to its previous value and restart the server."
)


class ProgressLine:
    """Progress line on standard error, each second after the first."""

    def __init__(self) -> None:
        self._told = time.monotonic()

    def __call__(self, words: str) -> None:
        if time.monotonic() - self._told > 1:
            self._told = time.monotonic()
            click.echo(f"… {words}", err=True)


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--with-keys", is_flag=True, help="Include the secret keys.")
@click.option(
    "--keep",
    type=click.IntRange(1),
    help="Keep the newest N backups in the folder and remove the others.",
)
def backup(file: Path | None, with_keys: bool, keep: int | None) -> None:
    """Back up all data to one file while the server is running.

    FILE is a new file or a folder (default: INSTANCE_DIR/backups). In a folder, the backup is named
    after the current time.
    """
    from interviewrelay.backups import create, database_copy, workspace
    from interviewrelay.core.db.session import db

    with context.open_application_as_is(looking=True) as app:
        settings, services = app.extensions["settings"], app.extensions["services"]
        folder = file or settings.instance_dir / "backups"
        named = file is not None and not file.is_dir()
        if named and keep:
            raise click.UsageError("--keep requires a folder to remove older backups from.")
        target = folder if named else folder / create.build_file_name()
        if file is None:
            create.create_own_folder(folder)
        keys = settings.secret_keys if with_keys else ()
        engine = database_copy.open_for_reading(db.engine)
        source = create.BackupSource(engine, services.storage, services.ring, keys)
        with workspace.end_on_sigterm(create.ENDED):
            told = create.create_backup(source, target, ProgressLine())
        size = target.stat().st_size / 1_000_000
        click.echo(f"{target}: {size:.1f} MB, {_described(told)}")
        if not with_keys:
            where = settings.secret_keys_at or "the value of SECRET_KEYS"
            click.echo(KEEP_KEYS.format(where), err=True)
        for gone in create.prune_backups(folder, keep) if keep else ():
            click.echo(f"Removed {gone}", err=True)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace existing data.")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@click.option(
    "--erasures",
    "log",
    type=click.File(encoding="utf-8"),
    help="File with the output of `interviewrelay erasures`. People listed there are erased again.",
)
def restore(file: Path, force: bool, yes: bool, log: Any) -> None:
    """Restore a backup into an empty folder and database. Stop the server first."""
    from interviewrelay.backups import (
        database_copy,
        restore as backup_restore,
        tar_archive,
        workspace,
    )
    from interviewrelay.core.db.session import db

    with tar_archive.open_reader(file) as reader:
        backup_restore.check_archive(reader)
        with context.open_application_as_is(new=True) as app:
            settings = app.extensions["settings"]
            place = backup_restore.RestoreTarget(
                settings, db.engine, app.extensions["services"].storage
            )
            ending = workspace.end_on_sigterm(backup_restore.ENDED)
            with ending, backup_restore.exclusive_access(settings, db.engine):
                backup_restore.check_target(reader, place, force=force)
                empty = database_copy.is_empty_database(db.engine)
                if not (empty or yes):
                    _confirm(reader)
                erased = [*_of_the_log(log), *([] if empty else _of_the_old_one())]
                backup_restore.restore_backup(reader, place, ProgressLine())
                backup_restore.restore_keys(reader, place, empty=empty)
        _finish(reader, erased)


def _finish(reader: "ArchiveReader", erased: "list[ErasedInvite]") -> None:
    """Finish in a fresh application, which has the keys and, from here on, this version's schema."""
    from interviewrelay.core.errors import StorageUnreachable
    from interviewrelay.operations import maintenance
    from interviewrelay.privacy import erasure_log
    from interviewrelay.runtime import stored_files

    with context.open_application(back_up=False) as app:
        services = app.extensions["services"]
        click.echo(f"Restored {_described(reader.manifest)}")
        again = erasure_log.replay_erasures(services, erased)
        if erased:
            click.echo(f"People erased after the backup and now erased again: {again}")
        # The doctor says why, and a server sweeps within the hour.
        with suppress(StorageUnreachable):
            stored_files.delete_stray_files(services)
        if waiting := maintenance.count_unsent():
            click.echo(WAITING.format(*waiting), err=True)
        if not set(services.ring.key_names()) & set(reader.manifest.keys):
            click.echo(LOST, err=True)
        if print_report(app):
            click.echo(NOT_ALL_RIGHT, err=True)


@click.command()
def erasures() -> None:
    """Print the erasure log for `restore --erasures`. It contains IDs only."""
    from interviewrelay.privacy import erasure_log as privacy_erasure_log

    with context.open_application():
        for entry in privacy_erasure_log.list_erased():
            click.echo(privacy_erasure_log.format_line(entry))


def _of_the_log(log: Any) -> "list[ErasedInvite]":
    from interviewrelay.privacy import erasure_log as privacy_erasure_log

    try:
        return [privacy_erasure_log.parse_line(line) for line in log or () if line.strip()]
    except ValueError:
        raise click.ClickException(
            f"{log.name} is not an erasure log. Use the output of `interviewrelay erasures`."
        ) from None


def _of_the_old_one() -> "list[ErasedInvite]":
    """Erasures from the database that is about to be replaced, as far as it is readable."""
    from sqlalchemy.exc import DatabaseError

    from interviewrelay.core.db.session import release_connection
    from interviewrelay.privacy import erasure_log as privacy_erasure_log

    try:
        return list(privacy_erasure_log.list_erased())
    except DatabaseError:
        click.echo(
            "The erasure log of the current database cannot be read. If you have a copy of the log, "
            "restore again with --erasures.",
            err=True,
        )
        return []
    finally:
        release_connection()


def _confirm(reader: "ArchiveReader") -> None:
    if not sys.stdin.isatty():
        raise click.ClickException(
            "This replaces all data. To confirm, run the command in a terminal or add --yes."
        )
    words = (
        f"This replaces all data with the backup from {reader.manifest.began}. "
        "Type 'replace' to confirm"
    )
    if click.prompt(words) != "replace":
        raise click.ClickException("Nothing was changed.")


def _described(told: "Manifest") -> str:
    rows = sum(told.counts.values())
    keys = "with" if told.with_keys else "without"
    begun = clock.format_iso(datetime.fromisoformat(told.began))
    files = f"{len(told.stored)} file{'' if len(told.stored) == 1 else 's'}"
    return f"{rows} rows and {files} from {begun}, {keys} secret keys"
