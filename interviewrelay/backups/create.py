"""Creating a backup while the server runs."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from interviewrelay import __version__, migrations
from interviewrelay.backups import database_copy, manifest, tar_archive, workspace
from interviewrelay.backups.database_copy import ReportProgress
from interviewrelay.backups.manifest import BackupError, Manifest
from interviewrelay.core import clock
from interviewrelay.core.ports.storage import CHUNK, Storage
from interviewrelay.core.security.tokens import KeyRing
from interviewrelay.runtime.stored_files import CLIPS, LOGOS, RECORDINGS

Pattern = re.Pattern[str]

OWN_NAME: Final = re.compile(r"interviewrelay-\d{8}T\d{6}Z\.tar", re.ASCII)
WORK: Final = ".backup."
"""Prefix of the working folder beside the backup."""
AT_WORK: Final = timedelta(hours=1)
"""Longest pause of a running backup: one without writes for so long was killed."""
REPLACED: Final = (LOGOS, RECORDINGS, CLIPS)
"""Folders whose files may be replaced by others with another name."""
ENDED: Final = "The backup was interrupted, so no file was created. Run it again."


@dataclass(frozen=True, slots=True)
class BackupSource:
    """Backup source; `keys` are included if given."""

    engine: Engine
    storage: Storage
    ring: KeyRing
    keys: Sequence[str] = ()


def build_file_name(stem: str = "interviewrelay") -> str:
    """Default name, which sorts by time: `interviewrelay-20261125T213000Z.tar`."""
    return f"{stem}-{clock.now():%Y%m%dT%H%M%SZ}.tar"


def create_own_folder(folder: Path) -> None:
    """Create the default folder only: a named folder that does not exist is a typo or an unmounted
    disk. Raises BackupError.
    """
    try:
        folder.mkdir(exist_ok=True, mode=0o700)
    except OSError as fault:
        raise BackupError(
            f"{folder} cannot be created: {fault.strerror}. Choose another folder."
        ) from None


def create_backup(source: BackupSource, target: Path, tell: ReportProgress) -> Manifest:
    """Create a backup of everything committed before this call, or no file at all.

    The database is copied first, as of one moment, and then the stored files: if a PDF was deleted
    in between, its row is gone too. Logos and recordings are also read beforehand. Raises
    BackupError.
    """
    if target.exists():
        raise BackupError(f"{target} already exists. Choose another file.")
    if not target.parent.is_dir():
        raise BackupError(
            f"{target.parent} does not exist. Create it, or check that its disk is mounted."
        )
    try:
        with workspace.working_folder(target.parent, WORK, others=AT_WORK) as work:
            return _made(source, target, work, tell)
    except OSError as fault:
        raise BackupError(
            f"The backup could not be written to {target.parent}: {fault.strerror or fault}."
        ) from fault


def _made(source: BackupSource, target: Path, work: Path, tell: ReportProgress) -> Manifest:
    engine, began = source.engine, clock.format_iso_millis(clock.now())
    kind = engine.dialect.name
    with tar_archive.open_writer(target, work) as writer:
        # A replaced logo or recording is deleted, and the copied rows may still name it.
        early: set[str] = set()
        for folder in REPLACED:
            early |= _add_files(writer, source.storage, work, folder, tell)
        copy = work / manifest.DATABASE[kind]
        counts = database_copy.get_copier(engine).dump(copy, tell)
        writer.add_file(copy.name, copy)
        copy.unlink()
        _add_files(writer, source.storage, work, "", tell, but=early)
        if source.keys:
            writer.add(manifest.KEYS, (",".join(source.keys) + "\n").encode())
        told = Manifest(
            version=__version__,
            database=kind,
            revision=migrations.get_current(engine),
            began=began,
            ended=clock.format_iso_millis(clock.now()),
            counts=counts,
            keys=source.ring.key_names(),
            parts=list(writer.parts),
        )
        writer.add(manifest.NAME, told.to_json())
    return told


def _add_files(
    writer: tar_archive.ArchiveWriter,
    storage: Storage,
    work: Path,
    folder: str,
    tell: ReportProgress,
    but: Container[str] = (),
) -> set[str]:
    """Add the files of a folder, or all, except those already added; returns their names."""
    added: set[str] = set()
    for name in storage.list_names(folder):
        if name in but:
            continue
        if _add_file(writer, storage, work, name):
            added.add(name)
            tell(f"files {len(added)}")
    return added


def _add_file(
    writer: tar_archive.ArchiveWriter, storage: Storage, work: Path, name: str
) -> bool:
    """Add a file, one chunk in memory at a time; False if it was erased since the listing."""
    part = f"{manifest.FILES}{name}"
    content = storage.read(name, 0, CHUNK)
    if content is None:
        return False
    if len(content) < CHUNK:
        writer.add(part, content)
        return True
    copy = work / "file"
    with copy.open("wb") as file:
        while content:
            file.write(content)
            content = storage.read(name, file.tell(), file.tell() + CHUNK)
    writer.add_file(part, copy)
    copy.unlink()
    return True


def select_outdated(names: Iterable[str], keep: int, pattern: Pattern = OWN_NAME) -> list[str]:
    """Names of all but the newest backups among these; others are left alone."""
    ours = sorted(name for name in names if pattern.fullmatch(name))
    return ours[: max(0, len(ours) - keep)]


def prune_backups(folder: Path, keep: int, pattern: Pattern = OWN_NAME) -> list[Path]:
    """Delete all but the newest backups with a default name; returns them."""
    names = select_outdated((path.name for path in folder.iterdir()), keep, pattern)
    gone = [folder / name for name in names]
    for path in gone:
        path.unlink()
    return gone
